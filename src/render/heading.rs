//! Anchors of headings, as GitHub and Docusaurus make them, and detection of a heading that only repeats the title.
//!
//! An anchor keeps letters of every script and is unique within its body.

use std::collections::HashMap;

/// Gives each heading of a body an anchor of its own.
#[derive(Debug, Default)]
pub struct HeadingIds {
    /// Anchors given, with how often each was wanted again.
    given: HashMap<String, usize>,
}

impl HeadingIds {
    /// The anchor for a heading's text; `None` if the text has no letter or digit.
    pub fn of_text(&mut self, text: &str) -> Option<String> {
        let slug = slug(text);
        slug.chars().any(char::is_alphanumeric).then(|| self.unique(slug))
    }

    /// The anchor that the author wrote as `{#anchor}`, made unique.
    pub fn unique(&mut self, wanted: String) -> String {
        let Some(count) = self.given.get_mut(&wanted) else {
            self.given.insert(wanted.clone(), 0);
            return wanted;
        };
        let mut next = *count;
        let id = loop {
            next += 1;
            let id = format!("{wanted}-{next}");
            if !self.given.contains_key(&id) {
                break id;
            }
        };
        self.given.insert(wanted, next);
        self.given.insert(id.clone(), 0);
        id
    }
}

/// The anchor of a heading with this text, if it is the first of its body.
pub fn anchor(text: &str) -> String {
    HeadingIds::default().of_text(text).unwrap_or_default()
}

/// Splits the anchor that Docusaurus lets an author write off the end of a heading: `Title {#anchor}`.
pub fn written_anchor(heading: &str) -> Option<(&str, &str)> {
    let (text, anchor) = heading.trim_end().strip_suffix('}')?.rsplit_once("{#")?;
    is_safe_id(anchor).then(|| (text.trim_end(), anchor))
}

/// Whether an anchor is safe to give to readers: letters, digits, `-`, `_`, `:` and `.`, at most 200 bytes.
pub fn is_safe_id(id: &str) -> bool {
    !id.is_empty() && id.len() <= 200 && id.chars().all(|c| c.is_alphanumeric() || "-_:.".contains(c))
}

/// Whether a heading repeats the title, ignoring case, white space and emphasis.
pub fn repeats(heading: &str, title: &str) -> bool {
    let is_mark = |c: &char| matches!(c, '*' | '_' | '`');
    if heading == title {
        return heading.chars().any(|c| !is_mark(&c) && !c.is_whitespace());
    }
    let words = |text: &str| {
        let plain: String = text.chars().filter(|c| !is_mark(c)).collect();
        plain.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let heading = words(heading);
    !heading.is_empty() && heading == words(title)
}

fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        match c {
            'a'..='z' | '0'..='9' | 'а'..='я' | '-' | '_' => out.push(c),
            c if c.is_whitespace() => out.push('-'),
            c if c.is_alphanumeric() => out.extend(c.to_lowercase()),
            _ => {}
        }
        if out.len() >= 160 {
            break;
        }
    }
    // Footnotes have the anchors `fn1` and `fnref1`.
    let number = out.strip_prefix("fnref").or_else(|| out.strip_prefix("fn")).unwrap_or("x");
    if number.bytes().all(|b| b.is_ascii_digit()) {
        out.push('-');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn anchors_are_those_of_github_and_unique() {
        let mut ids = HeadingIds::default();
        let mut id = |text: &str| ids.of_text(text).unwrap_or_default();
        assert_eq!(id("Прорыв в масштабируемости, «и» L2!"), "прорыв-в-масштабируемости-и-l2");
        assert_eq!(id("A & B"), "a--b");
        assert_eq!(id("Same"), "same");
        assert_eq!(id("Same"), "same-1");
        assert_eq!(id("Same 1"), "same-1-1");
        assert_eq!(id("same"), "same-2");
        assert_eq!(id("fn1"), "fn1-");
        assert_eq!(id("!?"), "");
    }

    #[test]
    fn a_title_is_known_in_any_dress() {
        assert!(repeats("*Hello*,\u{a0} `World` ", "hello, World"));
        assert!(!repeats("Hello", "Hello, World") && !repeats("", "") && !repeats("ab c", "a bc"));
        assert!(repeats("ж", "ж") && !repeats(" * ", " * "));
        assert_eq!(written_anchor("Title {#the-one} "), Some(("Title", "the-one")));
        assert_eq!(written_anchor("Title {#a b}"), None);
    }
}
