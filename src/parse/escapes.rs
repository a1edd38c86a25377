//! Characters and escapes that YAML, TOML and JSON refuse, although the rest of the article is fine: raw control
//! characters, and escapes of half a surrogate pair (`\ud800`, as some exporters write them).
//!
//! Each becomes one U+FFFD, so that places stay correct; the field reader then removes that character with a finding,
//! as it does with every character forbidden in a feed.

use std::borrow::Cow;

/// The text with U+FFFD for every character that is not printable by YAML 1.2 section 5.1, the strictest of the three.
pub fn readable(text: &str) -> Cow<'_, str> {
    let printable = |c: char| {
        matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{85}' | '\u{A0}'..='\u{FFFD}' | '\u{10000}'..)
            && c != '\u{FEFF}'
    };
    if text.chars().all(printable) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().map(|c| if printable(c) { c } else { '\u{FFFD}' }).collect())
    }
}

/// The text with every lone surrogate escape replaced. A `u` after an escaped backslash is not an escape.
pub fn without_lone_surrogates(text: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut rest = text;
    let mut copied = text;
    while let Some(at) = rest.find('\\') {
        let (_, tail) = rest.split_at(at);
        let step = match (half(tail), tail.get(6..).and_then(half)) {
            (Some(Half::High), Some(Half::Low)) => 12,
            (Some(_), _) => {
                let (before, after) = copied.split_at(copied.len() - tail.len());
                out.push_str(before);
                out.push_str("\\uFFFD");
                copied = after.get(6..).unwrap_or_default();
                6
            }
            (None, _) => 1 + tail.chars().nth(1).map_or(0, char::len_utf8),
        };
        rest = tail.get(step..).unwrap_or_default();
    }
    if out.is_empty() { Cow::Borrowed(text) } else { Cow::Owned(out + copied) }
}

enum Half {
    High,
    Low,
}

/// The half that an escape at the start of the text names.
fn half(text: &str) -> Option<Half> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    match u16::from_str_radix(digits, 16).ok()? {
        0xD800..=0xDBFF => Some(Half::High),
        0xDC00..=0xDFFF => Some(Half::Low),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::without_lone_surrogates as mend;

    #[test]
    fn only_lone_halves_go() {
        assert_eq!(mend(r#""\ud83d\ude00""#), r#""\ud83d\ude00""#);
        assert_eq!(mend(r#"a\ud800b\udc00"#), r#"a\uFFFDb\uFFFD"#);
        assert_eq!(mend(r#"\ud800\ud83d\ude00x"#), r#"\uFFFD\ud83d\ude00x"#);
        assert_eq!(mend(r#"\\ud800 \"#), r#"\\ud800 \"#);
        assert_eq!(mend(r#"\u+800 \ж\ud8"#), r#"\u+800 \ж\ud8"#);
    }
}
