//! Which documents name feedmill as their generator. An output folder may hold feeds and pages of other programs,
//! which feedmill must not replace or delete.

use crate::model::Format;

/// How many of the first bytes of a document [`is_own`] needs.
pub const START: u64 = 64 << 10;

/// Whether a document that begins with these bytes was made by feedmill. An empty one has no owner, so it counts as
/// feedmill's.
///
/// RSS, Atom, pages and OPML name their generator. JSON Feed has no member for it, so a JSON feed is recognised by
/// the layout that the writer gives it: one item a line after a head without spaces.
pub fn is_own(format: Format, start: &[u8]) -> bool {
    start.is_empty()
        || match format {
            Format::Rss => holds(before(start, b"<item"), b">feedmill</generator>"),
            Format::Atom => holds(before(start, b"<entry"), b">feedmill</generator>"),
            Format::Json => start.starts_with(JSON_START) && holds(start, b",\"items\":[\n{\"id\":\""),
            Format::Page | Format::Opml => {
                holds(start.get(..PAGE_START).unwrap_or(start), b"name=\"generator\" content=\"feedmill\"")
            }
        }
}

const JSON_START: &[u8] = b"{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"";

/// The bytes in which a page or list names its generator.
const PAGE_START: usize = 2048;

/// The text before the first entry: an entry may quote anything.
fn before<'a>(text: &'a [u8], entry: &[u8]) -> &'a [u8] {
    memchr::memmem::find(text, entry).and_then(|at| text.get(..at)).unwrap_or(text)
}

fn holds(text: &[u8], words: &[u8]) -> bool {
    memchr::memmem::find(text, words).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::{document, sample};
    use crate::model::ContentMode;
    use std::sync::Arc;

    #[test]
    fn what_the_writers_write_is_own() {
        for format in Format::ALL {
            let document =
                document(&sample::feed("all", "", ContentMode::Both, vec![Arc::new(sample::plain_entry(1))]), format)
                    .unwrap();
            assert!(is_own(format, &document.bytes), "{}", String::from_utf8_lossy(&document.bytes));
        }
    }

    #[test]
    fn what_other_programs_write_is_not() {
        let quoted =
            "<rss><channel><generator>Hugo</generator><item><description><![CDATA[<generator>feedmill</generator>";
        for (format, text) in [
            (Format::Rss, "<rss version=\"2.0\"><channel><title>feedmill</title></channel></rss>"),
            (Format::Rss, quoted),
            (Format::Atom, "<feed><generator uri=\"https://e.org/\">Jekyll</generator></feed>"),
            (
                Format::Json,
                "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"T\",\"items\":[{\"id\":\"1\"}]}",
            ),
            (Format::Json, "{\"mine\":1}"),
            (Format::Page, "<title>feedmill</title>"),
        ] {
            assert!(!is_own(format, text.as_bytes()), "{text}");
        }
        assert!(Format::ALL.iter().all(|format| is_own(*format, b"")), "an empty file is nobody's");
    }
}
