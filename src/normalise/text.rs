//! Plain text for titles, labels, names and descriptions. Entities are decoded once, line breaks become spaces,
//! forbidden characters are removed (reported by the parser, A040), a no-break space inside is kept. Markup is not
//! interpreted: `<` in a title is a less-than sign.

use crate::model::strip_forbidden;

/// One line of plain text, trimmed. Empty if nothing visible is left.
pub fn plain(text: &str) -> String {
    let clean = strip_forbidden(text).0;
    let line = match memchr::memchr(b'&', clean.as_bytes()) {
        Some(_) => one_line(&strip_forbidden(&decode_entities(&clean)).0),
        None => one_line(&clean),
    };
    if line.chars().all(is_invisible) { String::new() } else { line }
}

/// The first sentence, without its period; a long one is cut at a word boundary.
pub fn first_sentence(text: &str) -> String {
    const LIMIT: usize = 150;
    let end = sentence_end(text).unwrap_or(text.len());
    let sentence = text.get(..end).unwrap_or(text).trim();
    let sentence = match sentence.strip_suffix('.') {
        Some(rest) if !rest.ends_with('.') => rest,
        _ => sentence,
    };
    cut_at_word(sentence, LIMIT)
}

fn one_line(text: &str) -> String {
    // Nearly every text is one line with single spaces. Byte E2 begins the two Unicode separators, and dashes.
    let controls = text.bytes().fold(false, |any, b| any | (b < b' '));
    let separator = |at: usize| matches!(text.as_bytes().get(at + 1..at + 3), Some([0x80, 0xA8 | 0xA9]));
    let rare = || controls || memchr::memchr_iter(0xE2, text.as_bytes()).any(separator);
    if !rare() && memchr::memmem::find(text.as_bytes(), b"  ").is_none() {
        return text.trim().to_owned();
    }
    let breaks = |c: char| c.is_ascii_whitespace() || matches!(c, '\u{2028}' | '\u{2029}');
    let words: Vec<&str> = text.split(breaks).filter(|word| !word.is_empty()).collect();
    words.join(" ").trim().to_owned()
}

/// Invisible characters: a text of only these counts as empty.
fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

/// `&amp;` → `&`, once. Only names closed by a semicolon, so that `?a=1&copy=2` is unchanged.
fn decode_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        match entity(after) {
            Some((decoded, tail)) => {
                out.push_str(&decoded);
                rest = tail;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

/// The entity at the start of this text (after the `&`), and the rest. CommonMark's table of names is HTML's own.
fn entity(text: &str) -> Option<(String, &str)> {
    const LONGEST_NAME: usize = 32;
    let end = text.bytes().take(LONGEST_NAME).position(|b| b == b';')?;
    let (name, tail) = (text.get(..end)?, text.get(end + 1..)?);
    if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#') {
        return None;
    }
    let source = format!("&{name};");
    let decoded: String = pulldown_cmark::Parser::new(&source)
        .filter_map(|event| if let pulldown_cmark::Event::Text(text) = event { Some(text.into_string()) } else { None })
        .collect();
    (decoded != source).then_some((decoded, tail))
}

/// The offset after a `.`, `!`, `?` or `…` that is followed by a space and no lower-case letter; initials and
/// one-letter abbreviations do not end a sentence.
fn sentence_end(text: &str) -> Option<usize> {
    let mut word = 0usize;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, c)| *c);
        let ends = match c {
            '.' => word != 1,
            '!' | '?' | '…' => true,
            _ => false,
        };
        let after = at + c.len_utf8();
        if ends && next.is_some_and(char::is_whitespace) {
            let follows = text.get(after..).and_then(|t| t.chars().find(|c| !c.is_whitespace()));
            if !follows.is_some_and(char::is_lowercase) {
                return Some(after);
            }
        }
        word = if c.is_alphanumeric() { word + 1 } else { 0 };
    }
    None
}

fn cut_at_word(text: &str, limit: usize) -> String {
    let Some((cut, _)) = text.char_indices().nth(limit) else { return text.to_owned() };
    let head = text.get(..cut).unwrap_or(text);
    let head = head.rsplit_once(char::is_whitespace).map_or(head, |(head, _)| head);
    format!("{}…", head.trim_end_matches(|c: char| c.is_whitespace() || ",;:-–—".contains(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_plain_text() {
        assert_eq!(plain("  a\r\n  b\u{a0}c \u{8}"), "a b\u{a0}c");
        assert_eq!(
            plain("Q&amp;A &lt;b&gt; &amp;lt; &#8212; &nbsp;&bogus; AT&T &copy=2"),
            "Q&A <b> &lt; — \u{a0}&bogus; AT&T &copy=2"
        );
        assert_eq!(plain("\u{200b}\u{feff} "), "");
        assert_eq!(plain("a &#8; b"), "a b");
        assert_eq!(plain("It&#146;s &#x80;5 &#150; &#147;new&#148;&#133; \u{96}&#129;"), "It’s €5 – “new”… –");
        assert_eq!(plain("]]> **bold** <b>x</b>"), "]]> **bold** <b>x</b>");
    }

    #[test]
    fn sentences() {
        assert_eq!(
            first_sentence("zkSync Era преодолела $500M TVL, закрепив лидерство среди L2."),
            "zkSync Era преодолела $500M TVL, закрепив лидерство среди L2"
        );
        assert_eq!(first_sentence("Version 2.0 is out. Try it."), "Version 2.0 is out");
        assert_eq!(first_sentence("Really? Yes."), "Really?");
        assert_eq!(first_sentence("J. Doe writes, т.е. many words. End"), "J. Doe writes, т.е. many words");
        assert_eq!(first_sentence("And so on..."), "And so on...");
        assert!(first_sentence(&"word ".repeat(100)).chars().count() <= 151);
    }

    #[test]
    fn hostile_texts_take_no_time() {
        assert_eq!(plain(&"&".repeat(65_536)).len(), 65_536);
        assert_eq!(plain(&"&lt;".repeat(16_384)).len(), 16_384);
        first_sentence(&". ".repeat(32_768));
    }
}
