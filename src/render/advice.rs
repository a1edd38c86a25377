//! Advice of `check` about images: notes, none of which leaves an image out. An aggregator's own requirements are
//! reported only if `targets:` names it.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{Aggregator, Article, Image, ImageFacts, MediaType, Place, Site, World};

/// The smaller side of an image that Flipboard shows, in pixels (flipboard.helpshift.com, faq 1023).
const FLIPBOARD: u32 = 500;

/// The largest channel image of RSS 2.0.
const CHANNEL: (u32, u32) = (144, 400);

/// Advice about one article's image.
pub fn article(article: &Article, site: &Site, world: &dyn World, sink: &mut dyn Sink) {
    let Some(image) = &article.image else { return };
    let display_path = site.display_path(&article.path);
    if image.alt().is_none() {
        let message = format!("the image {} has no alt text", image.url);
        let help = "add `alt: …` for readers who cannot see the image";
        sink.report(Diagnostic::new(Code::MissingAlt, &display_path, image.at, message).help(help.to_owned()));
    }
    if let Some((width, height)) = world.image(image).and_then(|facts| facts.width.zip(facts.height))
        && site.targets.contains(&Aggregator::Flipboard)
        && width.min(height) < FLIPBOARD
    {
        let message = format!(
            "the image {} has {width} × {height} pixels; Flipboard needs at least {FLIPBOARD} on the smaller side",
            image.url
        );
        let help = format!("use an image whose smaller side has at least {FLIPBOARD} pixels");
        sink.report(Diagnostic::new(Code::TargetImage, &display_path, image.at, message).help(help.to_owned()));
    }
}

/// Advice about the site's image; `display_path` is the config's path.
pub fn site(image: &Image, facts: Option<&ImageFacts>, display_path: &str, sink: &mut dyn Sink) {
    let kind = facts.and_then(|facts| facts.media_type.clone()).or_else(|| MediaType::of_url(&image.url));
    let mut tell = |message: String, help: &str| {
        sink.report(Diagnostic::new(Code::SiteImage, display_path, Place::WHOLE, message).help(help.to_owned()));
    };
    match kind {
        Some(kind) if !matches!(kind.as_str(), "image/gif" | "image/jpeg" | "image/png") => {
            tell(
                format!("`site.image` is {kind}, which RSS does not allow for the image of a channel"),
                "use a PNG, JPEG or GIF",
            );
        }
        None => tell("the type of `site.image` is unknown".into(), "use a PNG, JPEG or GIF, and run `feedmill probe`"),
        Some(_) => {}
    }
    if let Some((width, height)) = facts.and_then(|facts| facts.width.zip(facts.height))
        && (width > CHANNEL.0 || height > CHANNEL.1)
    {
        let message = format!(
            "`site.image` has {width} × {height} pixels; RSS allows at most 144 × 400, so the feed declares a smaller size"
        );
        tell(message, "use an image of at most 144 × 400 pixels; a small square one suits most readers");
    }
}
