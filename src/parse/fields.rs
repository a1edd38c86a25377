//! The mapping of a head → a raw article. Each field is read on its own: a bad one is reported and absent, and hides no other.
//!
//! Keys have the names that engines give them, in the order of `docs/articles.md` (a survey of 87,768 files); of
//! several, the first with a value counts. A key may begin with a capital letter. `link`, `keywords`, `primary_image`
//! and `expirydate` mean other things and are not read.

mod authors;
mod dates;
mod enclosure;
mod flags;
mod image;
mod keys;
mod scrub;
mod source;
mod tags;
mod texts;

use super::tree::Node;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{ArticlePath, Located, Place, RawArticle};
use keys::Keys;

/// Reads the fields. The body and the heading are for the caller to add.
pub(super) fn read(
    pairs: &[(Located<String>, Node)],
    path: &ArticlePath,
    shown: &str,
    sink: &mut dyn Sink,
) -> RawArticle {
    let mut report = Report { shown, sink };
    let pairs = scrub::pairs(pairs, &mut report);
    keys::report_twins(&pairs, &mut report);
    let keys = Keys::of(&pairs);
    let permalink = texts::permalink(&keys, &mut report);
    let slug = texts::first(&keys, &["slug"], &mut report);
    let mut raw = RawArticle {
        path: path.clone(),
        title: texts::first(&keys, &["title"], &mut report),
        id: texts::first(&keys, &["id", "guid", "cuid"], &mut report),
        canonical: texts::first(&keys, &["canonical", "canonicalUrl", "canonicalURL", "canonical_url"], &mut report),
        description: texts::first(&keys, DESCRIPTION, &mut report),
        lang: texts::first(&keys, &["lang", "language", "locale"], &mut report),
        tags: tags::read(&keys, &mut report),
        image: image::read(&keys),
        enclosure: enclosure::read(&keys),
        source: source::read(&keys, &mut report),
        authors: authors::read(&keys, &mut report),
        featured: flags::featured(&keys, &mut report),
        draft: flags::draft(&keys, &mut report),
        ..RawArticle::default()
    };
    dates::read(&keys, &mut raw, &[permalink.as_ref(), slug.as_ref()], &mut report);
    raw.permalink = permalink;
    raw.slug = slug;
    raw
}

const DESCRIPTION: &[&str] =
    &["description", "summary", "deck", "excerpt", "subtitle", "lead", "seoDescription", "spoiler"];

/// Where findings about one article go.
struct Report<'a> {
    shown: &'a str,
    sink: &'a mut dyn Sink,
}

impl Report<'_> {
    fn tell(&mut self, code: Code, at: Place, message: String, help: &str) {
        self.sink.report(Diagnostic::new(code, self.shown, at, message).help(help));
    }

    /// A field of the wrong type.
    fn bad_field(&mut self, name: &str, node: &Node, wanted: &str) {
        let message = format!("`{name}` is {}, not {wanted}; it was ignored", texts::kind(node));
        self.tell(Code::BadField, node.at, message, &format!("give `{name}` {wanted}"));
    }
}

#[cfg(test)]
mod tests;
