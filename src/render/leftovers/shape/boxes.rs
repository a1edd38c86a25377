//! Boxes: notes and warnings, quotations, collapsible sections, tabs.
//!
//! Each becomes a quotation or a `<details>`, with its title in bold; its content stays Markdown.

use super::super::arguments::Arguments;
use super::super::notices;
use super::super::pieces;
use super::super::tokens::Family;
use super::{Part, TagShape};

/// The arguments of a container: `Title`, `[Title]{key="value"}`, `{key="value"}`.
pub(super) fn container_arguments(written: &str) -> Arguments {
    let (title, attributes) = match written.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((title, rest)) => (title, rest),
        None => match written.split_once('{') {
            Some((title, attributes)) => (title, attributes),
            None => (written, ""),
        },
    };
    let attributes = attributes.trim().trim_start_matches('{').trim_end_matches('}');
    let mut arguments = Arguments::parse(attributes);
    arguments.positional.clear();
    if !title.trim().is_empty() {
        arguments.positional.push(title.trim().to_owned());
    }
    arguments
}

const KINDS: [&str; 11] =
    ["type", "kind", "level", "variant", "status", "intent", "color", "class", "style", "tone", "theme"];
const TITLES: [&str; 7] = ["title", "header", "heading", "summary", "label", "caption", "kicker"];
/// Words of Hexo's themes that say how a box looks.
const LOOKS: [&str; 10] =
    ["simple", "modern", "flat", "disabled", "no-icon", "icon", "outline", "block", "default", "open"];

impl Part<'_, '_> {
    pub(super) fn notice(&self, named: &'static str) -> Option<TagShape> {
        let (kind, title) = self.kind_and_title(named);
        let display_name = match title.trim() {
            "" => notices::title(kind, self.context.language),
            title => title,
        };
        let start = pieces::quote_start(display_name);
        if self.is_paired() {
            return Some(TagShape::AroundBlocks(start.trim_end().to_owned(), "</blockquote>".into()));
        }
        let text = self.arguments.named(&["text", "content", "message", "body", "description"]);
        match (self.tag.family, text) {
            // A container that nothing closes: its first line is all that is known of it.
            (Family::Container, _) if display_name.is_empty() => Some(TagShape::Gone),
            (Family::Container, _) => Some(TagShape::Block(format!("**{}**", display_name.replace('*', "")))),
            (_, Some(text)) => Some(TagShape::Block(format!("{start}<p>{}</p>\n</blockquote>", pieces::line(text)))),
            (_, None) if !title.trim().is_empty() => {
                Some(TagShape::Block(format!("<blockquote>\n<p>{}</p>\n</blockquote>", pieces::line(&title))))
            }
            _ => None,
        }
    }

    fn kind_and_title(&self, named: &'static str) -> (&'static str, String) {
        let said = self.arguments.named(&KINDS).and_then(notices::kind);
        let title = self.arguments.named(&TITLES).map(str::to_owned);
        let mut words: Vec<&str> = match self.tag.family {
            Family::Component => Vec::new(),
            Family::Container => self.arguments.at(0).map_or_else(Vec::new, |text| text.splitn(2, ' ').collect()),
            _ => self.arguments.positional.iter().map(String::as_str).collect(),
        };
        let mut kind = said.filter(|kind| !kind.is_empty()).unwrap_or(named);
        let may_say_kind = self.tag.family != Family::Container || named.is_empty();
        while let Some(word) = words.first().copied().filter(|_| may_say_kind) {
            match notices::kind(word) {
                Some(known) => kind = if known.is_empty() { kind } else { known },
                None if LOOKS.contains(&word) => {}
                None => break,
            }
            words.remove(0);
        }
        words.pop_if(|last| matches!(*last, "true" | "false"));
        // Zenn's messages have an icon and no title.
        let silent = self.tag.family == Family::Container && self.name == "message";
        match (silent, title) {
            (true, _) => ("", String::new()),
            (false, Some(title)) => (kind, title),
            (false, None) => (kind, words.join(" ")),
        }
    }

    /// A quotation with its author.
    pub(super) fn quote(&self) -> TagShape {
        let author = self.arguments.named(&["author", "cite", "by", "name", "attribution", "who", "caption"]);
        let source = self.arguments.named(&["source", "work", "from", "title", "via"]);
        let link = self.arguments.named(&["link", "url", "href", "authorlink"]).filter(|url| pieces::is_address(url));
        let place = self.arguments.positional.iter().position(|text| text.contains("://"));
        let said = match self.tag.family {
            // Hexo's author and source are not quoted: `A sailor, The sea https://sea.example/`.
            Family::Liquid => {
                let words = self.tag.arguments.text().split_whitespace().filter(|word| !word.contains("://"));
                words.collect::<Vec<_>>().join(" ").trim_matches(['"', '\'']).to_owned()
            }
            _ => {
                let words = self.arguments.positional.iter().enumerate().filter(|(at, _)| Some(*at) != place);
                words.map(|(_, word)| word.as_str()).collect::<Vec<_>>().join(" ")
            }
        };
        let text = self.arguments.named(&["text", "quote", "content", "body"]);
        let (words, text) = match (self.is_paired(), text) {
            (true, _) => (said, None),
            (false, Some(text)) => (said, Some(text.to_owned())),
            (false, None) => (String::new(), Some(said)),
        };
        let names: Vec<&str> =
            [author.unwrap_or(&words), source.unwrap_or_default()].into_iter().filter(|n| !n.is_empty()).collect();
        let names = names.join(", ");
        let link = link.or_else(|| place.and_then(|place| self.arguments.at(place)));
        let by = match (names.as_str(), link) {
            ("", None) => String::new(),
            ("", Some(url)) => format!("<p>— {}</p>\n", pieces::bare_link(url)),
            (names, None) => format!("<p>— {}</p>\n", pieces::line(names)),
            (names, Some(url)) => format!("<p>— {}</p>\n", pieces::link(url, &pieces::line(names))),
        };
        match text {
            Some(text) if text.trim().is_empty() => TagShape::Gone,
            Some(text) => TagShape::Block(format!("<blockquote>\n<p>{}</p>\n{by}</blockquote>", pieces::line(&text))),
            None => TagShape::AroundBlocks("<blockquote>".into(), format!("{by}</blockquote>")),
        }
    }

    pub(super) fn details(&self) -> TagShape {
        let joined = self.arguments.positional.join(" ");
        let title = self.arguments.named(&TITLES).map_or(joined, str::to_owned);
        let title = if title.trim().is_empty() { "…".to_owned() } else { pieces::line(&title) };
        match self.is_paired() {
            true => TagShape::AroundBlocks(format!("<details><summary>{title}</summary>"), "</details>".into()),
            false if self.arguments.positional.is_empty() => TagShape::Gone,
            false => TagShape::Block(format!("<p><strong>{title}</strong></p>")),
        }
    }

    pub(super) fn titled(&self) -> TagShape {
        let joined = self.arguments.positional.join(" ");
        let title = self
            .arguments
            .named(&["label", "title", "name", "header", "value", "tabname"])
            .map_or(joined, str::to_owned);
        match (title.trim(), self.is_paired()) {
            ("", true) => TagShape::Content,
            ("", false) => TagShape::Gone,
            (title, true) => {
                TagShape::AroundBlocks(format!("<p><strong>{}</strong></p>", pieces::line(title)), String::new())
            }
            (title, false) => TagShape::Block(format!("<p><strong>{}</strong></p>", pieces::line(title))),
        }
    }
}
