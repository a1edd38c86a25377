//! Elements that hold plain text: markup in them is shown to people as it is, or taken for HTML (W3C classes
//! ContainsHTML, ContainsUndeclaredHTML, CharacterData).

use super::html_tags::is_known;
use super::judge::{Judge, shown};
use super::tree::Element;
use crate::diagnostic::Code;

/// The entities that people type; any other word after `&` is just a word.
const ENTITIES: &str = "amp lt gt quot apos nbsp copy reg trade hellip mdash ndash laquo raquo lsquo rsquo ldquo rdquo bull \
    middot euro pound yen sect deg times divide plusmn frac12 sup2 sup3 para shy rarr larr eacute egrave agrave auml ouml uuml szlig";

/// A plain-text element.
pub(super) fn element(element: &Element, judge: &mut Judge<'_>) {
    text(&format!("<{}>", element.name), &element.text, element.at, judge);
}

/// Plain text anywhere.
pub(super) fn text(what: &str, text: &str, at: usize, judge: &mut Judge<'_>) {
    if let Some(markup) = closing_tag(text).or_else(|| entity(text)) {
        let message = format!("{what} is plain text and holds {}", shown(&markup));
        judge.report(
            Code::HtmlInPlainText,
            at,
            message,
            "write the text without tags and entities (RSS profile, Character data)",
        );
    }
}

/// The title of an RSS item or channel, where a `<` must be written `&#x3C;`.
pub(super) fn title(element: &Element, judge: &mut Judge<'_>) {
    let tag = |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic());
    if element.named_markup && element.text.split('<').skip(1).any(tag) && closing_tag(&element.text).is_none() {
        let message = format!("<{}> writes a `<` as `&lt;` or in CDATA, which readers take for markup", element.name);
        judge.report(
            Code::HtmlInPlainText,
            element.at,
            message,
            "write `&#x3C;` and `&#x26;` (RSS profile, Character data)",
        );
    }
    self::element(element, judge);
}

/// `</b>`, of an element that HTML knows.
fn closing_tag(text: &str) -> Option<String> {
    text.split("</").skip(1).find_map(|rest| {
        let (name, _) = rest.split_once('>')?;
        is_known(&name.to_ascii_lowercase()).then(|| format!("</{name}>"))
    })
}

/// `&amp;` or `&#38;`, after XML has been read.
fn entity(text: &str) -> Option<String> {
    text.split('&').skip(1).find_map(|rest| {
        let (name, _) = rest.split_once(';').filter(|(name, _)| name.len() <= 10)?;
        let number = name.strip_prefix('#').is_some_and(|n| {
            let hex =
                n.strip_prefix(['x', 'X']).is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_hexdigit()));
            hex || (!n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
        });
        (number || ENTITIES.split_whitespace().any(|known| known == name)).then(|| format!("&{name};"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_told_from_words() {
        assert_eq!(closing_tag("a <b>c</B>"), Some("</B>".into()));
        assert_eq!(closing_tag("Vec<T> </T>"), None);
        assert_eq!(entity("AT&T; R&D"), None);
        assert_eq!(entity("a &amp; b"), Some("&amp;".into()));
        assert_eq!(entity("&#x27;"), Some("&#x27;".into()));
    }
}
