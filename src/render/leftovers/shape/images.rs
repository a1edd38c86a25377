//! Images, videos and sounds: `figure`, `img`, `asset_img`, `<Image>`, `video`.

use super::super::embeds;
use super::super::pieces::{self, ImagePiece};
use super::super::tokens::{Context, Family};
use super::{LineUse, Part, TagShape};

/// Which addresses are believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Paths {
    /// All that look like one.
    Any,
    /// Only absolute URLs: the tag is unknown, and its paths may be incomplete.
    Sure,
}

/// Whether a plain name refers to an image.
pub(super) fn is_image_name(name: &str) -> bool {
    ["img", "image", "figure", "photo", "picture"].iter().any(|word| name.contains(word))
}

const SOURCES: [&str; 9] = ["src", "url", "image_path", "image", "path", "file", "img", "source", "image_url"];

impl Part<'_, '_> {
    pub(super) fn image(&self, paths: Paths) -> Option<TagShape> {
        let (src, texts) = self.source()?;
        if !pieces::is_address(&src) || (paths == Paths::Sure && !src.contains("://")) {
            return None;
        }
        let named = |names: &[&str]| self.arguments.named(names).unwrap_or_default().to_owned();
        let mut image = ImagePiece {
            src: self.rooted(src),
            alt: named(&["alt", "title", "caption", "description"]),
            caption: named(&["caption", "title", "figcaption", "description"]),
            link: named(&["link", "href"]),
            width: named(&["width"]),
            height: named(&["height"]),
        };
        if image.alt.is_empty() {
            image.alt = texts;
        }
        // A key into the site's data is not a link.
        if !pieces::is_address(&image.link) {
            image.link.clear();
        }
        if self.is_paired() {
            return Some(TagShape::AroundBlocks(format!("<figure>{}", image.inline()), "</figure>".to_owned()));
        }
        Some(match (self.tag_context.line, self.tag_context.context) {
            (LineUse::Shared, _) => TagShape::Inline(image.inline()),
            (LineUse::Own, Context::Html) => TagShape::Inline(image.block()),
            (LineUse::Own, Context::Text) => TagShape::Block(image.block()),
        })
    }

    pub(super) fn media(&self) -> Option<TagShape> {
        let first = || self.arguments.positional.iter().find(|text| pieces::is_address(text)).map(String::as_str);
        let src =
            self.arguments.named(&["src", "url", "mp4", "webm", "mp3", "file", "link", "href", "ogg"]).or_else(first);
        let Some(src) = src.filter(|src| pieces::is_address(src)) else { return self.embed() };
        let page = embeds::watched(src);
        if page != src || (src.contains("://") && !has_media_extension(src)) {
            return Some(TagShape::Inline(self.titled_link(&page)));
        }
        let element = if self.name.contains("audio") || self.name == "mp3" { "audio" } else { "video" };
        let poster = self.arguments.named(&["poster"]).filter(|poster| pieces::is_address(poster));
        let poster = poster.map_or_else(String::new, |poster| format!(" poster=\"{}\"", pieces::attribute(poster)));
        let src = pieces::attribute(&self.rooted(src.to_owned()));
        Some(TagShape::Inline(format!("<{element} src=\"{src}\"{poster} controls></{element}>")))
    }

    /// The URL of an image and the arguments around it, in order: Hexo's classes come before it, sizes and texts after
    /// it.
    fn source(&self) -> Option<(String, String)> {
        let positional = &self.arguments.positional;
        if let Some(src) = self.arguments.named(&SOURCES) {
            return Some((src.to_owned(), positional.join(" ")));
        }
        let place = positional.iter().position(|text| pieces::is_address(text))?;
        let src = positional.get(place)?.clone();
        let texts: Vec<&str> =
            positional.iter().skip(place + 1).map(String::as_str).filter(|text| !is_size(text)).collect();
        let text = match self.tag.family {
            // Hexo: `title text`, or `"title" "alt"` within quotes.
            Family::Liquid if matches!(self.name.as_str(), "img" | "assetimg") => {
                let all = texts.join(" ");
                let alt = all.trim_matches(['"', '\'']).rsplit('"').find(|part| !part.trim().is_empty());
                alt.map_or_else(String::new, str::to_owned)
            }
            _ => texts.last().copied().unwrap_or_default().to_owned(),
        };
        Some((src, text))
    }

    /// Liquid's paths are those of the site (`assets/a.png`), all others those of the article's folder.
    fn rooted(&self, src: String) -> String {
        let relative = src.trim_start_matches("./");
        let of_site = self.tag.family == Family::Liquid && self.name != "assetimg" && relative.contains('/');
        if of_site && !src.starts_with(['/', '#']) && !src.starts_with("../") && !src.contains("://") {
            return format!("{}/{relative}", self.context.site_path);
        }
        src
    }
}

/// `100`, `50%`, `10px`, `auto`.
fn is_size(text: &str) -> bool {
    let number = text.trim_end_matches(['%', 'p', 'x']);
    text.is_empty() || text == "auto" || number.bytes().all(|b| b.is_ascii_digit())
}

fn has_media_extension(src: &str) -> bool {
    let path = src.split(['?', '#']).next().unwrap_or_default().to_lowercase();
    [".mp4", ".webm", ".mov", ".m4v", ".ogv", ".ogg", ".mp3", ".m4a", ".wav", ".flac", ".opus"]
        .iter()
        .any(|extension| path.ends_with(extension))
}
