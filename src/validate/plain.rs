//! Elements that hold plain text: markup in them is shown to people as it is, or taken for HTML (W3C classes
//! ContainsHTML, ContainsUndeclaredHTML, CharacterData). A `<` or `&` written as `&#x3C;` or `&#x26;` says that it is
//! meant as a character (RSS profile, Character data); a closing tag is taken for markup all the same.

use super::html_tags::is_known;
use super::judge::{Judge, quoted_value};
use super::tree::XmlElement;
use super::xml::Attribute;
use crate::diagnostic::Code;

const HELP: &str =
    "write text without tags and entities, `<` as `&#x3C;` and `&` as `&#x26;` (RSS profile, Character data)";

/// The entities that people type; any other word after `&` is just a word.
const ENTITIES: &str = "amp lt gt quot apos nbsp copy reg trade hellip mdash ndash laquo raquo lsquo rsquo ldquo rdquo bull \
    middot euro pound yen cent sect deg times divide plusmn frac12 sup2 sup3 para shy rarr larr eacute egrave agrave auml \
    ouml uuml szlig iexcl iquest not sum and or int";

/// A plain-text element of RSS.
pub(super) fn rss(element: &XmlElement, judge: &mut Judge<'_>) {
    let bare = || starts_tag(&element.text).or_else(|| entity(&element.text));
    let markup = closing_tag(&element.text).or_else(|| bare().filter(|_| !element.numeric));
    reported(&format!("<{}>", element.name), markup, element.at, judge);
}

/// A plain-text element of Atom.
pub(super) fn atom(element: &XmlElement, judge: &mut Judge<'_>) {
    let markup = closing_tag(&element.text).or_else(|| entity(&element.text).filter(|_| !element.numeric));
    reported(&format!("<{}>", element.name), markup, element.at, judge);
}

/// A plain-text attribute.
pub(super) fn attribute(what: &str, attribute: &Attribute, at: usize, judge: &mut Judge<'_>) {
    let text = &attribute.value;
    reported(what, closing_tag(text).or_else(|| entity(text).filter(|_| !attribute.numeric)), at, judge);
}

fn reported(what: &str, markup: Option<String>, at: usize, judge: &mut Judge<'_>) {
    if let Some(markup) = markup {
        judge.report(
            Code::HtmlInPlainText,
            at,
            format!("{what} is plain text and holds {}", quoted_value(&markup)),
            HELP,
        );
    }
}

/// `<b`, of any name.
fn starts_tag(text: &str) -> Option<String> {
    let tag = |rest: &&str| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
    text.split('<').skip(1).find(tag).map(|rest| format!("<{}", rest.chars().take(8).collect::<String>()))
}

/// `</b>`, of an element that HTML knows.
fn closing_tag(text: &str) -> Option<String> {
    text.split("</").skip(1).find_map(|rest| {
        let (name, _) = rest.split_once('>')?;
        is_known(&name.to_ascii_lowercase()).then(|| format!("</{name}>"))
    })
}

/// `&amp` or `&#38`, after XML has been read; a semicolon is not waited for.
fn entity(text: &str) -> Option<String> {
    text.split('&').skip(1).find_map(|rest| {
        let word = |c: char| c.is_alphanumeric() || c == '_';
        let digits = rest.strip_prefix('#').unwrap_or(rest);
        let name = digits.split(|c| !word(c)).next().filter(|name| !name.is_empty())?;
        let number = digits.len() < rest.len() || !name.chars().all(char::is_alphabetic);
        (number || ENTITIES.split_ascii_whitespace().any(|known| known == name)).then(|| format!("&{name}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_told_from_words() {
        assert_eq!(closing_tag("a <b>c</B>"), Some("</B>".into()));
        assert_eq!(closing_tag("Vec<T> </T>"), None);
        assert_eq!(entity("AT&T; R&D, Q & A"), None);
        assert_eq!(entity("a &amp; b"), Some("&amp".into()));
        assert_eq!(entity("&#x27;"), Some("&x27".into()));
        assert_eq!(starts_tag("a < b, 1<2, Vec<T>"), Some("<T>".into()));
    }
}
