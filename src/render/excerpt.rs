//! The summary of an article: the written one, otherwise the first paragraph as plain text, otherwise the title.
//!
//! A written summary is never cut; one from a body has at most 300 characters and ends after a word.

use crate::model::html::{HtmlToken, HtmlTokens, TagSide, plain_text};
use memchr::{memchr3_iter, memmem};

/// The longest text that is cut from a body, in characters.
const MAX_EXCERPT_CHARACTERS: usize = 300;
/// Enough bytes to cut from, in any script.
const MAX_COLLECTED_BYTES: usize = MAX_EXCERPT_CHARACTERS * 8;

/// Listens to the text of a body until it has a paragraph. One at the top level is preferred to one in a quotation or
/// list.
#[derive(Debug, Default)]
pub struct Excerpt {
    open: Option<String>,
    top: Option<String>,
    nested: Option<String>,
}

/// The position of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ParagraphLevel {
    /// Directly in the body.
    Top,
    /// In a quotation or a list.
    Nested,
}

impl Excerpt {
    /// A paragraph begins.
    pub fn begin(&mut self, level: ParagraphLevel) {
        let wanted = self.top.is_none() && (level == ParagraphLevel::Top || self.nested.is_none());
        self.open = wanted.then(String::new);
    }

    /// Text, code or a space of the paragraph.
    pub fn push(&mut self, text: &str) {
        if let Some(open) = self.open.as_mut().filter(|open| open.len() < MAX_COLLECTED_BYTES) {
            let end = (0..4).find_map(|more| text.get(..MAX_COLLECTED_BYTES + more));
            open.push_str(end.unwrap_or(text));
        }
    }

    /// The paragraph ends. One without text (an image alone, a bare address) does not count.
    pub fn end(&mut self, level: ParagraphLevel) {
        let Some(text) = self.open.take().filter(|text| !text.trim().is_empty() && !is_address(text)) else { return };
        match level {
            ParagraphLevel::Top => self.top = Some(text),
            ParagraphLevel::Nested => self.nested = Some(text),
        }
    }

    /// The paragraph found, not yet cut.
    pub fn take(self) -> Option<String> {
        self.top.or(self.nested)
    }
}

fn is_address(text: &str) -> bool {
    let text = text.trim();
    (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(char::is_whitespace)
}

/// White space collapsed, characters that no feed may carry removed.
pub fn collapse(text: &str) -> String {
    let clean = crate::model::strip_forbidden(text).0;
    if is_collapsed(&clean) { clean.into_owned() } else { joined(&clean) }
}

fn joined(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(breaks).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// NBSP is not a place to break: Russian typography depends on it.
fn breaks(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

/// Whether nothing is there to collapse, which is so for nearly all texts. White space is a control character, a space,
/// or a character of three bytes that begins with one of three.
fn is_collapsed(text: &str) -> bool {
    let bytes = text.as_bytes();
    let breaks_at = |at: usize| text.get(at..).and_then(|rest| rest.chars().next()).is_some_and(breaks);
    !text.starts_with(' ')
        && !text.ends_with(' ')
        && !bytes.iter().fold(false, |any, b| any | (*b < 0x20))
        && memmem::find(bytes, b"  ").is_none()
        && !memchr3_iter(0xE1, 0xE2, 0xE3, bytes).any(breaks_at)
}

/// At most 300 characters of a text, cut after a word.
pub fn cut(text: &str) -> String {
    let text = collapse(text);
    let Some((end, _)) = text
        .char_indices()
        .nth(MAX_EXCERPT_CHARACTERS - 1)
        .filter(|_| text.chars().nth(MAX_EXCERPT_CHARACTERS).is_some())
    else {
        return text;
    };
    let (head, tail) = text.split_at_checked(end).unwrap_or((&text, ""));
    let whole = match head.rsplit_once(' ') {
        Some((words, _)) if !tail.starts_with(' ') => words,
        _ => head,
    };
    format!("{}…", whole.trim_end_matches(|c: char| c.is_whitespace() || ",;:—–-(".contains(c)))
}

/// The text of safe HTML, for bodies that hold no Markdown paragraph: the first `<p>` with text, else all of it.
pub fn of_html(html: &str) -> Option<String> {
    let plain = |html: &str| Some(plain_text(html, MAX_COLLECTED_BYTES)).filter(|text| !text.trim().is_empty());
    let mut from = None;
    for (at, token) in HtmlTokens::new(html) {
        match token {
            HtmlToken::Tag(tag) if tag.name != "p" => {}
            HtmlToken::Tag(tag) if tag.side == TagSide::Start => from = Some(at + tag.text.len()),
            HtmlToken::Tag(_) => {
                let text = from.take().and_then(|from| plain(html.get(from..at)?));
                if text.is_some() {
                    return text;
                }
            }
            _ => {}
        }
    }
    plain(html)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_paragraph_is_cut_after_a_word() {
        let long = "слово ".repeat(100);
        let cut_text = cut(&long);
        assert!(cut_text.chars().count() <= 300 && cut_text.ends_with("слово…"));
        assert_eq!(cut("a  b\n c"), "a b c");
        assert_eq!(cut(&"x".repeat(300)).len(), 300);
        assert_eq!(cut(&"字".repeat(400)).chars().count(), 300);
        assert_eq!(cut(&format!("{}, {}", "x".repeat(290), "y".repeat(50))), format!("{}…", "x".repeat(290)));
    }

    #[test]
    fn what_is_collapsed_stays_as_it_is() {
        for c in ('\0'..='\u{3100}').filter(|c| crate::model::is_xml_char(*c)) {
            for text in [format!("a{c}b"), format!("{c}a"), format!("a{c}"), format!("ж{c}{c}—")] {
                assert_eq!(collapse(&text), joined(&text), "{c:?}");
            }
        }
        assert!(is_collapsed("«Сеть» — это\u{a0}просто…") && !is_collapsed("a\u{2003}b") && !is_collapsed("a\tb"));
    }

    #[test]
    fn html_gives_its_first_paragraph() {
        let excerpt = |html: &str| of_html(html).map(|text| cut(&text));
        assert_eq!(excerpt("<h2>No</h2><p><img src=\"x\"></p><p>a &amp; <b>b</b></p>").as_deref(), Some("a & b"));
        assert_eq!(excerpt("<pre>a</pre><div>b</div>").as_deref(), Some("a b"));
        assert_eq!(excerpt("<hr>"), None);
    }
}
