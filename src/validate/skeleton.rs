//! An XML document without its texts, for the pass that every build makes over every document.
//!
//! Nearly all of a feed is text, and what can be wrong with text is little: a character, a reference or `]]>`. So texts
//! are looked over here, in blocks, and only the tags go to the reader. Refuses to judge: whatever is not plain at a
//! glance is left to the full pass, which also finds the words for a fault.

use memchr::{memchr, memchr_iter, memmem};

/// References that a text may hold to be plain.
const PLAIN: [&[u8]; 7] = [b"lt;", b"gt;", b"amp;", b"quot;", b"apos;", b"#x3C;", b"#x26;"];

/// The document with every text cut down to one letter. It is well-formed only where the document is. `None` where that
/// cannot be said. The characters must have been looked at.
pub(super) fn of(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len() / 16 + 1024);
    let mut rest = text;
    loop {
        let Some(at) = memchr(b'<', rest.as_bytes()) else {
            push_text(&mut out, rest)?;
            return Some(out);
        };
        let (run, markup) = rest.split_at_checked(at)?;
        push_text(&mut out, run)?;
        rest = match markup.strip_prefix("<![CDATA[") {
            Some(section) => {
                let end = memmem::find(section.as_bytes(), b"]]>")?;
                out.push_str("<![CDATA[x]]>");
                section.get(end + 3..)?
            }
            None => {
                let (tag, after) = markup.split_at_checked(memchr(b'>', markup.as_bytes())? + 1)?;
                out.push_str(plain_tag(tag)?);
                after
            }
        };
    }
}

fn push_text(out: &mut String, run: &str) -> Option<()> {
    if run.trim_ascii().is_empty() {
        out.push_str(run);
        return Some(());
    }
    let bytes = run.as_bytes();
    let plain = |at: usize| bytes.get(at + 1..).is_some_and(|name| PLAIN.iter().any(|known| name.starts_with(known)));
    if memmem::find(bytes, b"]]>").is_some() || !memchr_iter(b'&', bytes).all(plain) {
        return None;
    }
    out.push('x');
    Some(())
}

/// A tag that ends where it seems to: its quotes are closed. The declaration too; comments and the like are not plain.
fn plain_tag(tag: &str) -> Option<&str> {
    let quotes = memchr_iter(b'"', tag.as_bytes()).count();
    let odd = tag.starts_with("<!") || (tag.starts_with("<?") && !tag.ends_with("?>")) || tag.contains('\'');
    (quotes.is_multiple_of(2) && !odd).then_some(tag)
}

#[cfg(test)]
mod tests {
    use super::super::xml;
    use super::*;
    use crate::diagnostic::Diagnostic;
    use crate::validate::judge::Judge;
    use proptest::prelude::*;

    fn faults(text: &str) -> usize {
        let mut sink: Vec<Diagnostic> = Vec::new();
        xml::read(text, &mut Judge::new("x", text.as_bytes(), &mut sink), &mut ());
        sink.len()
    }

    #[test]
    fn texts_go_and_tags_stay() {
        let xml = "<?xml version=\"1.0\"?>\n<a b=\"c\"><d>жук &lt; &#x26;</d><e><![CDATA[<p>]]></e></a>\n";
        let want = "<?xml version=\"1.0\"?>\n<a b=\"c\"><d>x</d><e><![CDATA[x]]></e></a>\n";
        assert_eq!(of(xml).as_deref(), Some(want));
        for odd in
            ["<a>]]></a>", "<a>&nbsp;</a>", "<a b='c'/>", "<a><!-- x --></a>", "<a b=\"x>y\"/>", "<a><![CDATA[x</a>"]
        {
            assert_eq!(of(odd), None, "{odd}");
        }
    }

    fn part() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![
            "<a>",
            "</a>",
            "<a",
            "b=",
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
            "<?xml version=\"1.0\"?>",
            "<!--",
            "-->",
            "<p:q/>",
            "=",
            "x",
        ])
    }

    proptest! {
        #[test]
        fn a_sound_skeleton_is_that_of_a_sound_document(parts in prop::collection::vec(part(), 0..14)) {
            for text in [parts.concat(), format!("<a>{}</a>", parts.concat())] {
                if of(&text).is_some_and(|skeleton| faults(&skeleton) == 0) {
                    prop_assert_eq!(faults(&text), 0, "{}", text);
                }
            }
        }
    }
}
