//! Addresses in text without marks around them: `https://…`, `www.…`, `a@b.c` (GFM sections 6.9 and 6.10).
//!
//! The crate `linkify` finds them in the whole text at once, because the parser cuts text at each `_` and `&`. They are
//! looked up by binary search.

use crate::model::{MarkdownDialect, MarkdownFeature};
use linkify::{LinkFinder, LinkKind};
use memchr::memmem;
use std::ops::Range;

/// The longest address without a scheme that is looked for.
const MAX_WWW_BYTES: usize = 500;

/// The bare links of a text.
#[derive(Debug, Default)]
pub struct BareLinks<'t> {
    text: &'t str,
    /// Ascending, none in another.
    links: Vec<Range<usize>>,
    /// The end of the link that was written last: the parser's events before it are part of it.
    written_until: usize,
    /// Ends of the spans that began in a written link, whose end tags are left out too.
    dropped_spans: Vec<usize>,
}

impl<'t> BareLinks<'t> {
    /// The links that the dialect sees in a text.
    pub fn new(text: &'t str, dialect: &MarkdownDialect) -> Self {
        let mut links = Vec::new();
        if dialect.has(MarkdownFeature::BareLinks) {
            let found = LinkFinder::new();
            links.extend(found.links(text).filter_map(|link| kept(text, link.start()..link.end(), link.kind())));
        }
        if dialect.has(MarkdownFeature::WwwLinks) {
            links.extend(with_www(text));
            links.sort_by_key(|link| link.start);
            links.dedup_by(|next, before| next.start < before.end);
        }
        Self { text, links, ..Self::default() }
    }

    /// The first link that begins in this part of the text and ends in this line.
    pub fn first_in(&self, part: Range<usize>) -> Option<Range<usize>> {
        let at = self.links.partition_point(|link| link.start < part.start);
        self.links.get(at).filter(|link| link.start < part.end).cloned()
    }

    /// The text of a link and its address.
    pub fn write(&mut self, link: Range<usize>) -> (String, String) {
        self.written_until = link.end;
        let text = self.text.get(link).unwrap_or_default().replace("&amp;", "&");
        let address = match text.contains("://") {
            true => text.clone(),
            false if text.starts_with("www.") => format!("http://{text}"),
            false => format!("mailto:{text}"),
        };
        (text, address)
    }

    /// The place from which on this part of the text is not yet written.
    pub fn unwritten(&self, part: &Range<usize>) -> usize {
        part.start.max(self.written_until)
    }

    /// Whether a span with this text begins within a written link, so that both its tags are left out.
    pub fn covers_start(&mut self, span: &Range<usize>) -> bool {
        let covered = span.start < self.written_until;
        if covered {
            self.dropped_spans.push(span.end);
        }
        covered
    }

    /// Whether the start tag of the span that ends here was left out.
    pub fn covers_end(&mut self, span: &Range<usize>) -> bool {
        self.dropped_spans.pop_if(|end| *end == span.end).is_some()
    }
}

/// A link as GFM has it: not within a word, without marks of Markdown at its end.
fn kept(text: &str, link: Range<usize>, kind: &LinkKind) -> Option<Range<usize>> {
    let before = text.get(..link.start)?.chars().next_back();
    if before.is_some_and(|c| c.is_alphanumeric() || "/\"'=@".contains(c)) {
        return None;
    }
    let written = text.get(link.clone())?;
    let known = ["https://", "http://", "ftp://"].iter().any(|scheme| written.starts_with(scheme));
    if *kind == LinkKind::Url && !known {
        return None;
    }
    let end = written.find(['*', '`', '[', ']', '\\', '|', '$']).unwrap_or(written.len());
    let kept = written.get(..end)?.trim_end_matches(['_', '~', '*', '.', ',', ':', '!', '?', ';', '\'', '"']);
    (kept.len() > "http://".len() || *kind == LinkKind::Email).then(|| link.start..link.start + kept.len())
}

fn with_www(text: &str) -> impl Iterator<Item = Range<usize>> {
    memmem::find_iter(text.as_bytes(), b"www.").filter_map(|at| {
        let rest = text.get(at..)?;
        let near = (0..4).find_map(|less| rest.get(..rest.len().min(MAX_WWW_BYTES).saturating_sub(less)))?;
        let word = near.split(|c: char| c.is_whitespace() || "*|<>".contains(c)).next()?.trim_end_matches(['_', '~']);
        if text.get(..at)?.ends_with('.') {
            return None;
        }
        let mut finder = LinkFinder::new();
        finder.url_must_have_scheme(false).kinds(&[LinkKind::Url]);
        let link = finder.links(word).next().filter(|link| link.start() == 0)?;
        // Its kind is that of an address, so that a missing scheme does not matter.
        kept(text, at..at + link.end(), &LinkKind::Email).filter(|link| link.len() > "www.".len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Engine;

    fn found(text: &str) -> Vec<&str> {
        let dialect = MarkdownDialect::for_engine(Engine::Hugo);
        BareLinks::new(text, dialect).links.into_iter().map(|link| &text[link]).collect()
    }

    #[test]
    fn addresses_in_text_are_links() {
        assert_eq!(
            found("See https://a.ex/b_c?d=e, (www.f.ex) and g@h.ex."),
            ["https://a.ex/b_c?d=e", "www.f.ex", "g@h.ex"]
        );
        assert_eq!(
            found("**https://a.ex/**, https://a.ex/x_y_z! _www.b.ex_"),
            ["https://a.ex/", "https://a.ex/x_y_z", "www.b.ex"]
        );
        assert_eq!(found("|https://a.ex|www.b.ex|"), ["https://a.ex", "www.b.ex"]);
    }

    #[test]
    fn other_text_is_not() {
        for text in ["a.b", "file.md", "e.g. www. x", "git://a.b/c", "xhttps://a.b", "http://", "@name", "\"www.a.b\""]
        {
            assert_eq!(found(text), Vec::<&str>::new(), "{text}");
        }
    }
}
