//! The image of an article, and its audio or video, as enclosures. The type is that of the file if known, otherwise
//! that of the extension; it is never guessed. Files that no reader could display are left out and reported at their
//! line.

use super::excerpt;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{AbsUrl, Article, Enclosure, Image, ImageFacts, ImageFlaw, MediaType, World};

/// Pixels beyond which a reader that decodes an image may run out of memory: a gigabyte at four bytes each.
const MOST_PIXELS: u64 = 1 << 28;

/// The enclosure of an article's image. An image that no reader could display, or of unknown type, is left out and
/// reported.
pub fn enclosure(article: &Article, display_path: &str, world: &dyn World, sink: &mut dyn Sink) -> Option<Enclosure> {
    let image = article.image.as_ref()?;
    let facts = world.image(image).unwrap_or_default();
    if let Some(finding) = fault(image, &facts, display_path) {
        sink.report(finding);
        return None;
    }
    let Some(media_type) = facts.media_type.or_else(|| MediaType::of_url(&image.url)).filter(MediaType::is_image)
    else {
        let message = format!("the type of the image {} is unknown; it was left out of the feeds", image.url);
        let help = "run `feedmill probe`, or use a URL that ends in .webp, .jpg, .png or another image extension";
        sink.report(Diagnostic::new(Code::UnknownImageType, display_path, image.at, message).help(help));
        return None;
    };
    Some(Enclosure {
        url: image.url.clone(),
        media_type,
        length: facts.length,
        width: facts.width,
        height: facts.height,
        alt: image.alt().map(excerpt::collapse).filter(|alt| !alt.is_empty()),
        duration: None,
    })
}

/// The enclosure of an article's audio, video or other file: its type as the author wrote it, its length by the file.
pub fn media(article: &Article, display_path: &str, world: &dyn World, sink: &mut dyn Sink) -> Option<Enclosure> {
    let written = article.enclosure.as_ref()?;
    let (url, at) = (&written.file.url, written.file.at);
    let facts = world.image(&written.file).unwrap_or_default();
    let named = written.media_type.clone().or_else(|| MediaType::of_url(url)).filter(|t| !is_page(t));
    let message = match (&facts.flaw, &facts.media_type) {
        (Some(ImageFlaw::Gone), _) => gone(url),
        (_, Some(page)) if is_page(page) => {
            format!("{url} is {page}, not audio or video; it was left out of the feeds")
        }
        _ => String::new(),
    };
    if !message.is_empty() {
        let code = if facts.flaw.is_some() { Code::ImageGone } else { Code::NoImage };
        sink.report(Diagnostic::new(code, display_path, at, message).help("write the URL of the file itself"));
        return None;
    }
    let Some(media_type) = written.media_type.clone().or(facts.media_type).or(named).filter(|t| !is_page(t)) else {
        let message = format!("the type of the file {url} is unknown; it was left out of the feeds");
        let help = "set its type, as in `audio: {url: …, type: audio/mpeg}`, or run `feedmill probe`";
        sink.report(Diagnostic::new(Code::UnknownEnclosureType, display_path, at, message).help(help));
        return None;
    };
    let length = Some(facts.length).filter(|length| *length > 0).or(written.length).unwrap_or_default();
    Some(Enclosure {
        url: url.clone(),
        media_type,
        length,
        width: facts.width,
        height: facts.height,
        alt: None,
        duration: written.duration,
    })
}

/// Why no reader could show an image, as a finding of the file that names it.
pub fn fault(image: &Image, facts: &ImageFacts, display_path: &str) -> Option<Diagnostic> {
    let url = &image.url;
    let pixels = u64::from(facts.width.unwrap_or_default()) * u64::from(facts.height.unwrap_or_default());
    let (code, message, help) = match (&facts.flaw, &facts.media_type) {
        (Some(ImageFlaw::Gone), _) => {
            (Code::ImageGone, gone(url), "upload it and run `feedmill images --refresh`, or remove it from the article")
        }
        (Some(ImageFlaw::Script), _) => (
            Code::NoImage,
            format!("the image {url} is an SVG that contains a script; it was left out of the feeds"),
            "remove the script from the SVG, or use a PNG or WebP",
        ),
        (None, Some(kind)) if !kind.is_image() => (
            Code::NoImage,
            format!("{url} is {kind}, not an image; it was left out of the feeds"),
            "write the URL of the image itself, not of a page that shows it",
        ),
        _ if pixels > MOST_PIXELS => (
            Code::NoImage,
            format!(
                "the image {url} has {} × {} pixels, too many for feed readers to decode; it was left out of the feeds",
                facts.width.unwrap_or_default(),
                facts.height.unwrap_or_default()
            ),
            "scale the image down",
        ),
        _ => return None,
    };
    Some(Diagnostic::new(code, display_path, image.at, message).help(help))
}

fn gone(url: &AbsUrl) -> String {
    format!("{url} does not exist (the host answers 404 or 410); it was left out of the feeds")
}

/// Text and HTML are not media: a host that returns a page in place of the file sends such a type.
fn is_page(kind: &MediaType) -> bool {
    kind.as_str().starts_with("text/") || kind.as_str() == "application/xhtml+xml"
}
