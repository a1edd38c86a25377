//! The mapping of a head → a raw article. Each field is read independently: a bad one is reported and left out.
//!
//! Keys have the names that engines use, in the order of `docs/articles.md` (a survey of 87,768 files); if several are
//! set, the first one with a value wins. A key may begin with a capital letter. `link`, `keywords`, `primary_image` and
//! `expirydate` mean other things and are not read.

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
pub mod usual;

use super::date::DateRules;
use super::tree::Node;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{ArticlePath, ContentRules, Located, Place, RawArticle, RawAuthor};
use keys::Keys;
use usual::Field;

/// Reads the fields of a head in which a text may hold any character, by an escape. The body and the heading are for
/// the caller to add.
pub(super) fn read(
    pairs: &[(Located<String>, Node)],
    path: &ArticlePath,
    rules: &ContentRules,
    display_path: &str,
    sink: &mut dyn Sink,
) -> RawArticle {
    let pairs = scrub::pairs(pairs, &mut Report { display_path, sink });
    read_plain(&pairs, path, rules, display_path, sink)
}

/// Reads the fields of a head whose texts hold what the file holds, which has been looked at.
pub(super) fn read_plain(
    pairs: &[(Located<String>, Node)],
    path: &ArticlePath,
    rules: &ContentRules,
    display_path: &str,
    sink: &mut dyn Sink,
) -> RawArticle {
    let mut report = Report { display_path, sink };
    keys::report_twins(pairs, &mut report);
    let keys = Keys::new(pairs);
    let own = Own(rules);
    let address = texts::permalink(&keys, own, &mut report);
    let slug = texts::first(&keys, own.keys(Field::Slug), &mut report);
    let mut raw = RawArticle {
        path: path.clone(),
        title: texts::first(&keys, own.keys(Field::Title), &mut report),
        id: texts::first(&keys, own.keys(Field::Id), &mut report),
        canonical: texts::first(&keys, own.keys(Field::Canonical), &mut report),
        description: texts::first(&keys, own.keys(Field::Description), &mut report),
        lang: texts::first(&keys, own.keys(Field::Lang), &mut report),
        tags: tags::tags(&keys, own, &mut report),
        categories: tags::categories(&keys, own, &mut report),
        image: image::read(&keys, own),
        enclosure: enclosure::read(&keys, own, &mut report),
        source: source::read(&keys, own, &mut report),
        authors: authors::read(&keys, own, &mut report),
        featured: flags::featured(&keys, own, &mut report),
        draft: flags::draft(&keys, own, &mut report),
        ..RawArticle::default()
    };
    dates::read(&keys, own, &mut raw, &[address.written.as_ref(), slug.as_ref()], &mut report);
    raw.permalink = address.written;
    raw.pattern = address.pattern;
    raw.slug = slug;
    raw
}

/// One author's text, as articles and the config write it; `None` where nothing is left that could be a name.
pub(super) fn author(text: &str, at: Place) -> Option<RawAuthor> {
    authors::named(text, at)
}

/// The field that a name of `content.fields` means.
pub(super) fn own_name(name: &str) -> Option<&'static str> {
    let other = match name {
        "date" => "published",
        "lastmod" => "updated",
        "tag" => "tags",
        "category" => "categories",
        "img" => "image",
        "summary" => "description",
        "authors" => "author",
        "url" => "permalink",
        "language" => "lang",
        "feature" => "featured",
        same => same,
    };
    usual::own_names().find(|own| *own == other)
}

/// What the config says of articles.
#[derive(Clone, Copy)]
struct Own<'c>(&'c ContentRules);

impl<'c> Own<'c> {
    /// The keys of the config for a field, then those that every article may use.
    fn keys(self, field: Field) -> impl Iterator<Item = &'c str> {
        self.named(field).chain(field.keys().map(|key| -> &'c str { key }))
    }

    /// The keys of the config for a field.
    fn named(self, field: Field) -> impl Iterator<Item = &'c str> {
        self.0.fields.get(field.name()).into_iter().flatten().map(String::as_str)
    }

    /// How dates are read.
    fn dates(self) -> DateRules<'c> {
        DateRules { formats: &self.0.date_formats, order: self.0.date_order }
    }
}

/// Where findings about one article go.
struct Report<'a> {
    display_path: &'a str,
    sink: &'a mut dyn Sink,
}

impl Report<'_> {
    fn tell(&mut self, code: Code, at: Place, message: String, help: &str) {
        self.sink.report(Diagnostic::new(code, self.display_path, at, message).help(help.to_owned()));
    }

    /// A field of the wrong type.
    fn bad_field(&mut self, name: &str, node: &Node, wanted: &str) {
        let message = format!("`{name}` is {}, not {wanted}; it was ignored", texts::kind(node));
        self.tell(Code::BadField, node.at, message, &format!("set `{name}` to {wanted}"));
    }
}

#[cfg(test)]
mod tests;
