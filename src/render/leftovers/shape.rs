//! Converts a tag, by its meaning and its arguments, to plain HTML or to nothing.
//!
//! A URL is written only if the arguments contain one; a key into the site's data is not one, and its tag is removed.

mod boxes;
mod images;
mod links;

use super::BodyContext;
use super::arguments::Arguments;
use super::meaning::{self, Meaning};
use super::pieces;
use super::tokens::{Context, Family, TemplateTag};

/// What a tag becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TagShape {
    /// Something in its line.
    Inline(String),
    /// A block of its own.
    Block(String),
    /// Inline text before and after the content between the tags.
    Around(String, String),
    /// Blocks before and after the content between the tags.
    AroundBlocks(String, String),
    /// Only the content between the tags.
    Content,
    /// Nothing, and the content between the tags is removed too.
    Gone,
    /// A URL, if it is known.
    Address(Option<String>),
    /// A variable whose text is the content between the tags.
    Capture(String),
    /// A variable, from the arguments.
    Assign,
}

/// Whether readers get the intended result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagOutcome {
    /// The tag is rendered.
    Rendered,
    /// The tag is removed.
    Removed,
    /// As [`Removed`](Self::Removed), and definitions of references may be gone with it.
    Unread,
}

/// The position of a tag.
#[derive(Debug, Clone, Copy)]
pub struct TagContext {
    /// In Markdown or raw HTML.
    pub context: Context,
    /// Whether an end belongs to it.
    pub ends: Ends,
    /// Whether its line holds anything else.
    pub line: LineUse,
}

/// Whether an end belongs to a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// It has an end.
    Paired,
    /// It is not within a line of text.
    Single,
}

/// Whether the line of a tag holds anything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineUse {
    /// It is alone.
    Own,
    /// There is text beside it.
    Shared,
}

/// Decides what replaces a tag.
pub fn for_tag(tag: &TemplateTag<'_>, tag_context: TagContext, context: &BodyContext<'_>) -> (TagShape, TagOutcome) {
    let arguments = match tag.family {
        Family::Container => boxes::container_arguments(tag.arguments.text()),
        _ => tag.arguments.split(),
    };
    Part { tag, name: meaning::plain(&tag.name), arguments, tag_context, context }.shape()
}

/// A tag with all that decides over it.
struct Part<'a, 't> {
    tag: &'a TemplateTag<'t>,
    /// The plain name.
    name: String,
    arguments: Arguments,
    tag_context: TagContext,
    context: &'a BodyContext<'a>,
}

impl Part<'_, '_> {
    fn shape(mut self) -> (TagShape, TagOutcome) {
        let meaning = meaning::for_name(&self.name);
        if meaning == Meaning::Include {
            return self.include();
        }
        self.meant(meaning)
    }

    fn meant(&self, meaning: Meaning) -> (TagShape, TagOutcome) {
        let shape = match meaning {
            Meaning::Assign => Some(TagShape::Assign),
            Meaning::Capture if self.is_paired() => {
                let name = self.tag.arguments.text().split_whitespace().next().unwrap_or_default();
                Some(TagShape::Capture(name.trim_matches(['"', '\'']).to_owned()))
            }
            Meaning::Capture => Some(TagShape::Assign),
            Meaning::Branch => return (TagShape::Content, TagOutcome::Removed),
            Meaning::Dropped => return (TagShape::Gone, TagOutcome::Removed),
            Meaning::Layout => Some(TagShape::Content),
            Meaning::Silent if self.name == "br" => Some(TagShape::Inline("<br>".to_owned())),
            Meaning::Silent => Some(if self.is_paired() { TagShape::Content } else { TagShape::Gone }),
            Meaning::Element(element) => self.element(element),
            Meaning::Image => self.image(images::Paths::Any),
            Meaning::Media => self.media(),
            Meaning::Address => return self.article_address(),
            Meaning::ArticleLink => return self.article_link(),
            Meaning::AssetAddress => self.arguments.at(0).map(|path| TagShape::Inline(path.to_owned())),
            Meaning::Link => return self.link(),
            Meaning::Embed => self.embed(),
            Meaning::Quote => Some(self.quote()),
            Meaning::Notice(kind) => self.notice(kind),
            Meaning::Details => Some(self.details()),
            Meaning::Titled => Some(self.titled()),
            Meaning::Include => None,
            Meaning::Unknown => self.guessed(),
        };
        match shape {
            Some(shape) => (shape, TagOutcome::Rendered),
            None if self.is_paired() => (TagShape::Content, TagOutcome::Removed),
            None => (TagShape::Gone, TagOutcome::Removed),
        }
    }

    /// `{% include youtube.html id="…" %}` has the meaning of the file's name.
    fn include(&mut self) -> (TagShape, TagOutcome) {
        let file =
            if self.arguments.positional.is_empty() { String::new() } else { self.arguments.positional.remove(0) };
        let named = file.rsplit('/').next().unwrap_or_default();
        let stem = named.split('.').next().unwrap_or_default();
        self.name = meaning::plain(stem);
        // `{% include video provider="youtube" id="…" %}`
        if let Some(provider) = self.arguments.named(&["provider"]) {
            self.name = meaning::plain(provider);
        }
        let meaning = match meaning::for_name(&self.name) {
            Meaning::Unknown | Meaning::Include if images::is_image_name(&self.name) => Meaning::Image,
            Meaning::Unknown | Meaning::Include | Meaning::Assign | Meaning::Capture | Meaning::Branch => {
                return (TagShape::Gone, TagOutcome::Unread);
            }
            meaning => meaning,
        };
        match self.meant(meaning) {
            (_, TagOutcome::Removed) => (TagShape::Gone, TagOutcome::Unread),
            decided => decided,
        }
    }

    /// An unknown name whose arguments say enough: a link with its text, an image with a whole address, a title.
    fn guessed(&self) -> Option<TagShape> {
        if images::is_image_name(&self.name)
            && let Some(image) = self.image(images::Paths::Sure)
        {
            return Some(image);
        }
        let url = self.arguments.named(&["href", "to", "url", "link"]).filter(|url| pieces::is_address(url));
        let text = self.text_argument();
        match (url, text) {
            (Some(url), Some(text)) if !self.is_paired() => {
                Some(TagShape::Inline(pieces::link(url, &pieces::line(text))))
            }
            _ => None,
        }
    }

    fn element(&self, element: &str) -> Option<TagShape> {
        let (open, close) = match element {
            "span" => (String::new(), String::new()),
            element => (format!("<{element}>"), format!("</{element}>")),
        };
        if self.is_paired() {
            return Some(TagShape::Around(open, close));
        }
        let joined = self.arguments.positional.join(" ");
        let text = self.text_argument().map_or(joined, str::to_owned);
        let text = match self.tag.family {
            Family::Liquid => text.split_once('@').map_or(text.as_str(), |(_, text)| text),
            _ => text.as_str(),
        };
        (!text.trim().is_empty()).then(|| TagShape::Inline(format!("{open}{}{close}", pieces::text(text))))
    }

    fn is_paired(&self) -> bool {
        self.tag_context.ends == Ends::Paired
    }

    fn text_argument(&self) -> Option<&str> {
        self.arguments.named(&["text", "label", "title", "name", "content", "caption"])
    }
}
