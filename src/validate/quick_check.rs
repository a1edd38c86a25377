//! A fast single pass over a document of our own, for every build, over every byte.
//!
//! Nearly all of a feed is text, in which only a character, a reference or `]]>` can be wrong. The rest are plain
//! tags. Does not judge anything else (comments, single quotes, prefixes declared below the root, references by other
//! names): the full pass does, which also writes the message for a fault.

use super::namespaces::meant;
use crate::model::first_forbidden;
use memchr::{memchr, memchr_iter, memchr2, memchr2_iter, memmem};

/// The only declaration that is plain, with or without its encoding.
const DECLARATIONS: [&str; 2] = ["<?xml version=\"1.0\" encoding=\"utf-8\"?>", "<?xml version=\"1.0\"?>"];

const MAX_QUICK_DEPTH: usize = 100;

/// What the pass made of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum QuickCheck {
    /// The full pass would find nothing.
    Sound,
    /// It has to look.
    Unclear,
}

/// Looks over an XML document.
pub(super) fn xml(text: &str) -> QuickCheck {
    if first_forbidden(text).is_none() && elements(text).is_some() { QuickCheck::Sound } else { QuickCheck::Unclear }
}

/// Looks over the strings of a JSON document: the same document with every string that is not short emptied, for a
/// reader of the rest. `None` where a string is not plain.
pub(super) fn without_strings(text: &str) -> Option<String> {
    const SHORT: usize = 40;
    let mut out = String::with_capacity(text.len() / 8 + 1024);
    // The text before `kept` is in `out`, or was left out.
    let (mut kept, mut at) = (0, 0);
    while let Some(quote) = memchr(b'"', text.as_bytes().get(at..)?) {
        let start = at + quote + 1;
        let string = text.get(start..start + end_of_string(text.as_bytes().get(start..)?)?)?;
        let end = start + string.len();
        if string.len() > SHORT {
            if string.bytes().fold(false, |any, b| any | (b < 0x20)) {
                return None;
            }
            out.push_str(text.get(kept..start)?);
            kept = end;
        }
        at = end + 1;
    }
    out.push_str(text.get(kept..)?);
    Some(out)
}

/// End of the string that begins here, if its escapes are plain.
fn end_of_string(bytes: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += memchr2(b'"', b'\\', bytes.get(at..)?)?;
        if bytes.get(at) == Some(&b'"') {
            return Some(at);
        }
        if !matches!(bytes.get(at + 1)?, b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') {
            return None;
        }
        at += 2;
    }
}

fn elements(text: &str) -> Option<()> {
    let mut seen = Seen::default();
    let mut rest = DECLARATIONS.iter().find_map(|declaration| text.strip_prefix(declaration)).unwrap_or(text);
    while let Some(at) = memchr(b'<', rest.as_bytes()) {
        let (run, markup) = rest.split_at_checked(at)?;
        seen.text(run)?;
        rest = match markup.strip_prefix("<![CDATA[") {
            Some(_) if seen.open.is_empty() => return None,
            Some(section) => section.get(memmem::find(section.as_bytes(), b"]]>")? + 3..)?,
            None => {
                let (tag, after) = markup.split_at_checked(memchr(b'>', markup.as_bytes())? + 1)?;
                seen.tag(tag.strip_prefix('<')?.strip_suffix('>')?)?;
                after
            }
        };
    }
    seen.text(rest)?;
    (seen.open.is_empty() && seen.roots == 1).then_some(())
}

#[derive(Default)]
struct Seen<'t> {
    /// Names of the elements that are open.
    open: Vec<&'t str>,
    roots: usize,
    /// Prefixes that the root declares.
    prefixes: Vec<&'t str>,
    /// Names of the attributes of the tag in hand: those that declare nothing, and those that do.
    names: Vec<&'t str>,
    declared: Vec<&'t str>,
}

impl<'t> Seen<'t> {
    fn text(&self, run: &str) -> Option<()> {
        if run.trim_ascii().is_empty() {
            return Some(());
        }
        (!self.open.is_empty() && is_plain_text(run)).then_some(())
    }

    /// A tag without its brackets.
    fn tag(&mut self, tag: &'t str) -> Option<()> {
        if let Some(name) = tag.strip_prefix('/') {
            return (self.open.pop()? == name).then_some(());
        }
        let (tag, empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag, true));
        let end = tag.bytes().position(|b| b == b' ').unwrap_or(tag.len());
        let (name, attributes) = tag.split_at_checked(end)?;
        let root = self.open.is_empty();
        self.roots += usize::from(root);
        self.attributes(attributes, root)?;
        if self.roots > 1
            || self.open.len() >= MAX_QUICK_DEPTH
            || !self.is_known(name)
            || !self.names.iter().all(|n| self.is_known(n))
        {
            return None;
        }
        if !empty {
            self.open.push(name);
        }
        Some(())
    }

    /// Notes the names of attributes.
    fn attributes(&mut self, mut rest: &'t str, root: bool) -> Option<()> {
        self.names.clear();
        self.declared.clear();
        if rest.is_empty() {
            return Some(());
        }
        if memchr2(b'<', b'\t', rest.as_bytes()).is_some() || !has_plain_references(rest) {
            return None;
        }
        while !rest.is_empty() {
            let (name, after) = rest.strip_prefix(' ').and_then(|rest| cut(rest, b'='))?;
            let (value, after) = cut(after.strip_prefix('"')?, b'"')?;
            rest = after;
            let list = match name.strip_prefix("xmlns") {
                None => &mut self.names,
                Some("") if root => &mut self.declared,
                Some(prefix) if root && !value.is_empty() => {
                    let prefix = prefix.strip_prefix(':')?;
                    if !is_plain_name(prefix) || prefix == "xml" || meant(prefix, value).is_some() {
                        return None;
                    }
                    self.prefixes.push(prefix);
                    &mut self.declared
                }
                Some(_) => return None,
            };
            if list.contains(&name) {
                return None;
            }
            list.push(name);
        }
        Some(())
    }

    /// Whether a name is plain and its prefix declared.
    fn is_known(&self, name: &str) -> bool {
        if is_plain_name(name) {
            return true;
        }
        cut(name, b':').is_some_and(|(prefix, local)| {
            (prefix == "xml" || self.prefixes.contains(&prefix)) && is_plain_name(local) && is_plain_name(prefix)
        })
    }
}

fn is_plain_name(name: &str) -> bool {
    let plain = |b: &u8| b.is_ascii_alphanumeric() || *b == b'-';
    name.as_bytes().split_first().is_some_and(|(first, rest)| first.is_ascii_alphabetic() && rest.iter().all(plain))
}

/// The text before the first such byte, and after it.
fn cut(text: &str, at: u8) -> Option<(&str, &str)> {
    let (before, found) = text.split_at_checked(memchr(at, text.as_bytes())?)?;
    Some((before, found.get(1..)?))
}

/// Whether text holds no `]]>`, and no references but plain ones.
fn is_plain_text(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr2_iter(b'&', b'>', bytes).all(|at| match bytes.get(at..) {
        Some([b'>', ..]) => !bytes.get(..at).is_some_and(|before| before.ends_with(b"]]")),
        rest => rest.is_some_and(is_plain_reference),
    })
}

fn has_plain_references(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr_iter(b'&', bytes).all(|at| bytes.get(at..).is_some_and(is_plain_reference))
}

fn is_plain_reference(bytes: &[u8]) -> bool {
    let [b'&', name @ ..] = bytes else { return false };
    matches!(
        name,
        [b'l' | b'g', b't', b';', ..]
            | [b'a', b'm', b'p', b';', ..]
            | [b'q', b'u', b'o', b't', b';', ..]
            | [b'a', b'p', b'o', b's', b';', ..]
            | [b'#', b'x', b'3', b'C', b';', ..]
            | [b'#', b'x', b'2', b'6', b';', ..]
    )
}

#[cfg(test)]
mod tests {
    use super::super::xml::read;
    use super::*;
    use crate::diagnostic::Diagnostic;
    use crate::validate::judge::Judge;
    use proptest::prelude::*;

    fn faults(text: &str) -> usize {
        let mut sink: Vec<Diagnostic> = Vec::new();
        read(text, &mut Judge::new("x", text.as_bytes(), &mut sink), &mut ());
        sink.len()
    }

    #[test]
    fn plain_documents_are_sound_and_odd_ones_unclear() {
        let rss = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
            <a b=\"c&amp;d\" e=\"\"/><dc:x>жук &lt; &#x26;</dc:x><e><![CDATA[<p>]]></e></rss>\n";
        assert_eq!((xml(rss), faults(rss)), (QuickCheck::Sound, 0));
        for odd in [
            "",
            "<a>",
            "<a></b>",
            "<a/><a/>",
            "x<a/>",
            "<a/>x",
            "<a>]]></a>",
            "<a>&nbsp;</a>",
            "<a b='c'/>",
            "<a><!-- x --></a>",
            "<a b=\"x>y\"/>",
            "<a><![CDATA[x</a>",
            "<a b=\"x<y\"/>",
            "<a b=\"c\"b=\"d\"/>",
            "<a b=\"1\" b=\"2\"/>",
            "<p:a/>",
            "<a xmlns:dc=\"http://other/\"/>",
            "<a p:b=\"\"/>",
            "<1/>",
            "<a>\u{1}</a>",
            "<a ></a>",
            "<a/>\u{a0}",
        ] {
            assert_eq!(xml(odd), QuickCheck::Unclear, "{odd}");
        }
    }

    #[test]
    fn strings_are_emptied_where_they_are_plain() {
        let long = "x\\\"y\\\\ ж".repeat(20);
        let text = format!("{{\"a\":\"{long}\",\"b\":[\"c\",1]}}");
        assert_eq!(without_strings(&text).as_deref(), Some("{\"a\":\"\",\"b\":[\"c\",1]}"));
        for odd in [format!("\"{long}"), format!("\"{long}\\u0041\""), format!("\"{long}\n\""), "\"\\x\"".into()] {
            assert_eq!(without_strings(&odd), None, "{odd}");
        }
    }

    fn part() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "<a>",
            "</a>",
            "<a",
            " b=",
            "\"",
            "'",
            ">",
            "<",
            "/>",
            "&lt;",
            "&",
            "&#x26;",
            "]]>",
            "<![CDATA[",
            "text",
            " ",
            "\n",
            "<b c=\"d>e\">",
            "</b>",
            "<b>",
            "<?xml version=\"1.0\"?>",
            "<!--",
            "-->",
            "<p:q/>",
            "=",
            "x",
            " xmlns:p=\"u\"",
            " c=\"&amp;\"",
            "<dc:b xmlns:dc=\"http://purl.org/dc/elements/1.1/\">",
            "</dc:b>",
            " xml:lang=\"ru\"",
            "\u{1}",
        ])
    }

    fn json_part() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "\"",
            "\\",
            "\\\"",
            "\\n",
            "\\u0041",
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "1",
            "true",
            "\n",
            "\t",
            "ж",
            "\"a\"",
            "\"a\":",
            "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        ])
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

        #[test]
        fn what_is_sound_at_a_glance_is_sound(parts in prop::collection::vec(part(), 0..14)) {
            for text in [parts.concat(), format!("<a>{}</a>", parts.concat()), format!("<a{}/>", parts.concat())] {
                if xml(&text) == QuickCheck::Sound {
                    prop_assert_eq!(faults(&text), 0, "{}", text);
                }
            }
        }

        #[test]
        fn a_document_without_its_strings_is_json_only_where_it_is(parts in prop::collection::vec(json_part(), 0..14)) {
            for text in [parts.concat(), format!("{{\"a\":[\"{}\"]}}", parts.concat())] {
                let is_json = |text: &str| serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
                if without_strings(&text).is_some_and(|rest| is_json(&rest)) {
                    prop_assert!(is_json(&text), "{}", text);
                }
            }
        }
    }
}
