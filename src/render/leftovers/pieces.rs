//! The plain HTML that replaces leftovers: figures, links, boxes, quotations, code.
//!
//! It is written into Markdown and passes the allow-list, URL resolution and the sanitiser like all raw HTML. So it
//! need not be safe here.

use pulldown_cmark::{Parser, html};

/// A quotation mark or bracket less.
pub fn attribute(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '"' => out.push_str("&quot;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c if c.is_whitespace() => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            c => out.push(c),
        }
    }
    out.trim().to_owned()
}

/// Text for an element within Markdown or raw HTML.
pub fn text(value: &str) -> String {
    let collapsed = value.split_whitespace().collect::<Vec<_>>().join(" ");
    collapsed.replace('<', "&lt;").replace('>', "&gt;")
}

/// A line of Markdown as inline HTML: captions and titles may hold links and code.
pub fn line(markdown: &str) -> String {
    let one = markdown.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = String::new();
    html::push_html(&mut out, Parser::new(&one));
    let bare = out.trim().strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>"));
    // What is more than a paragraph (`1. Title`, `# Title`) was meant as text.
    bare.filter(|bare| !bare.contains("<p>")).map_or_else(|| text(&one), str::to_owned)
}

/// A link; its text is HTML.
pub fn link(url: &str, html: &str) -> String {
    format!("<a href=\"{}\">{html}</a>", attribute(url))
}

/// A link that shows its address.
pub fn bare_link(url: &str) -> String {
    link(url, &text(url).replace('_', "&#95;").replace('*', "&#42;"))
}

/// An image as HTML or Markdown needs it.
#[derive(Debug, Clone, Default)]
pub struct ImagePiece {
    /// Where it is.
    pub src: String,
    /// What it shows.
    pub alt: String,
    /// The caption below it, as Markdown.
    pub caption: String,
    /// Where it leads.
    pub link: String,
    /// The width in pixels.
    pub width: String,
    /// The height in pixels.
    pub height: String,
}

impl ImagePiece {
    /// `<img>`, within a link if it has one.
    pub fn inline(&self) -> String {
        let mut tag = format!("<img src=\"{}\" alt=\"{}\"", attribute(&self.src), attribute(&self.alt));
        for (name, value) in [("width", &self.width), ("height", &self.height)] {
            if !value.is_empty() {
                tag.push_str(&format!(" {name}=\"{}\"", attribute(value)));
            }
        }
        tag.push('>');
        if self.link.is_empty() { tag } else { link(&self.link, &tag) }
    }

    /// `<figure>` with its caption.
    pub fn block(&self) -> String {
        let caption = match self.caption.trim() {
            "" => String::new(),
            caption => format!("<figcaption>{}</figcaption>", line(caption)),
        };
        format!("<figure>{}{caption}</figure>", self.inline())
    }
}

/// How a box begins; its title is Markdown.
pub fn quote_start(title: &str) -> String {
    match title.trim() {
        "" => "<blockquote>\n".to_owned(),
        title => format!("<blockquote>\n<p><strong>{}</strong></p>\n", line(title)),
    }
}

/// Code between fences longer than any in it; its first and last lines are those with text.
pub fn code(language: &str, code: &str) -> String {
    let code = match code.split_once('\n') {
        Some((first, rest)) if first.trim().is_empty() => rest,
        _ => code,
    };
    let code = match code.rsplit_once('\n') {
        Some((rest, last)) if last.trim_matches([' ', '\t', '>']).is_empty() => rest,
        _ => code,
    };
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    let language: String = language.chars().filter(|c| c.is_alphanumeric() || "+#-_.".contains(*c)).take(40).collect();
    format!("{fence}{language}\n{code}\n{fence}")
}

/// A text displayed literally, in a code span.
pub fn literal(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// The same within raw HTML.
pub fn literal_html(literal: &str) -> String {
    format!("<code>{}</code>", text(&literal.replace('&', "&amp;")))
}

/// Whether a text may be an address: absolute, rooted, relative with a file name.
pub fn is_address(written: &str) -> bool {
    let named = || {
        written.rsplit('/').next().and_then(|name| name.rsplit_once('.')).is_some_and(|(stem, extension)| {
            !stem.is_empty() && (1..=5).contains(&extension.split(['?', '#']).next().unwrap_or_default().len())
        })
    };
    !written.is_empty()
        && written.len() < 2000
        && !written.contains(['\n', '<', '>', '"'])
        && (written.contains("://")
            || written.starts_with(['/', '#'])
            || written.starts_with("./")
            || written.starts_with("../")
            || written.starts_with("mailto:")
            || (named() && !written.contains("{{")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_plain_html() {
        let image = ImagePiece {
            src: "a b.png".into(),
            alt: "\"x\"".into(),
            caption: "See [y](z) `<T>`".into(),
            ..ImagePiece::default()
        };
        assert_eq!(
            image.block(),
            "<figure><img src=\"a b.png\" alt=\"&quot;x&quot;\"><figcaption>See <a href=\"z\">y</a> <code>&lt;T&gt;</code></figcaption></figure>"
        );
        assert_eq!(line("1. Title"), "1. Title");
        assert_eq!(code("rust", "\n  a\n```\n\n  "), "````rust\n  a\n```\n\n````");
        assert_eq!(literal("{{ `x` }}"), "``{{ `x` }}``");
        assert!(
            is_address("/a")
                && is_address("a/b.png")
                && is_address("a.jpg?x")
                && !is_address("uid-of-data")
                && !is_address("A text.")
        );
    }
}
