//! Written values → what they mean: identity, dates, tags and slugs, image, attribution, and checks over all articles.

mod attribution;
mod dates;
mod disambiguate;
mod duplicates;
mod enclosure;
mod encode;
mod engine_ids;
pub(crate) mod engine_names;
mod findings;
mod identity;
mod image;
mod image_place;
mod instants;
mod markup;
mod order;
mod people;
mod permalink;
mod placeholder;
mod slug;
pub(crate) mod slugs;
mod tags;
mod text;
mod title;
mod urls;

pub use instants::gives_way;
pub use order::{Orders, settle};

use crate::diagnostic::{Code, Sink};
use crate::ledger::short;
use crate::model::{
    Article, ArticlePath, Axis, FeedRule, Image, Lang, LedgerRecord, Located, MediaFile, Place, Places, RawArticle,
    Site, Slug, TagTable, Tagged, WrittenDate, WrittenHashes,
};
use dates::Dates;
use findings::{Findings, quoted};
use std::collections::BTreeMap;
use std::sync::Arc;

pub use image::of_site as image_of_site;

/// All articles of a run that may appear in feeds, with their tags.
#[derive(Debug, Clone, Default)]
pub struct Collection {
    /// The articles in order of their paths.
    pub articles: Vec<Article>,
    /// Every tag in use.
    pub tags: TagTable,
    /// Whether feedmill made any time that may give way to another.
    pub makes_times: bool,
    /// Articles refused because another has their id or permalink; these have been reported.
    pub refused: Vec<ArticlePath>,
}

/// Completes one article. `None` when it has an error; the finding has been reported.
///
/// Every field is read even if another one is wrong, so that one run reports all faults.
pub fn article(raw: RawArticle, site: &Site, sink: &mut dyn Sink) -> Option<Article> {
    let display_path = site.display_path(&raw.path);
    let findings = &mut Findings::new(&display_path, sink);
    let description = description(&raw);
    let title = title::read(&raw, description.as_deref(), findings);
    let path_info = site.path_info(&raw.path);
    let slug = slug::read(&raw, title.as_ref().and_then(|t| t.slug.as_deref()), &path_info, findings)?;
    let is_draft = raw.draft || path_info.among_drafts;
    let dates = dates_of(&raw, is_draft, &slug.value, site, findings);
    let lang = raw.lang.as_ref().and_then(|l| lang(l, findings)).or_else(|| path_info.lang.clone());
    let (tags, categories) = tags_and_categories(&raw, site, findings);
    let authors = people::read(&raw.authors, site, findings);
    let attribution = raw.source.as_ref().and_then(|s| attribution::read(s, site, findings)).map(Arc::new);
    let addresses = permalink::written(&raw, site, findings);
    let parts = permalink::PatternParts {
        slug: &slug.value,
        title: title.as_ref().map_or("", |title| title.text.as_str()),
        published: dates.and_then(|dates| dates::in_address(&raw, dates, site)),
        lang: lang.as_ref(),
        categories: &categories,
        path_info: &path_info,
        raw: &raw,
    };
    let permalink = addresses.permalink.value.unwrap_or_else(|| permalink::by_pattern(parts, site));
    let (image, enclosure) = media(&raw, image::Home { path: &raw.path, permalink: &permalink, site }, findings);
    let id_parts = engine_ids::IdParts { raw: &raw, path_info: &path_info, permalink: &permalink };
    let (id, guids, id_written) = identity::read(id_parts, &slug.value, site)?;
    let (title, dates) = (title?, dates?);
    Some(Article {
        id,
        guids,
        id_written,
        record: LedgerRecord { earlier: dates.earlier, ..record(&raw) },
        permalink,
        address: addresses.from,
        title: title.text.into(),
        published: dates.published,
        precision: dates.precision,
        updated: dates.updated,
        expires: dates.expires,
        tags,
        categories,
        description: description.map(String::into),
        image,
        enclosure,
        attribution,
        via: addresses.via,
        authors,
        lang,
        featured: raw.featured,
        draft: is_draft,
        body: raw.body,
        places: places(&raw, slug.at),
        abridged: false,
        moved: false,
        slug: slug.value,
        path: raw.path,
    })
}

/// The image of an article, and its audio, video or other file.
fn media(
    raw: &RawArticle,
    home: image::Home<'_>,
    findings: &mut Findings<'_>,
) -> (Option<Image>, Option<Box<MediaFile>>) {
    let image = raw.image.as_ref().and_then(|i| image::read(i, home, findings));
    let enclosure = raw.enclosure.as_ref().and_then(|e| enclosure::read(e, home, findings));
    (image, enclosure.map(Box::new))
}

/// The dates of an article. A draft waits for its date as well.
fn dates_of(raw: &RawArticle, is_draft: bool, slug: &Slug, site: &Site, findings: &mut Findings<'_>) -> Option<Dates> {
    if is_draft && raw.date.is_none() && !raw.date_is_bad {
        return dates::never();
    }
    dates::read(raw, slug, site, findings)
}

/// Categories are also tags, unless the config makes a feed for each category.
fn tags_and_categories(raw: &RawArticle, site: &Site, findings: &mut Findings<'_>) -> (Box<[Tagged]>, Box<[Tagged]>) {
    if site.feeds.iter().any(|rule| matches!(rule, FeedRule::By { axis: Axis::Category, .. })) {
        return (tags::read(&raw.tags, site, findings), tags::read(&raw.categories, site, findings));
    }
    let tags = tags::read(raw.tags.iter().chain(&raw.categories), site, findings);
    // Faults of categories have already been reported for them as tags.
    (tags, tags::read(&raw.categories, site, &mut Findings::new("", &mut ())))
}

/// The places for findings about the article in the whole collection.
fn places(raw: &RawArticle, slug: Place) -> Places {
    Places {
        head: raw.head,
        date: raw.date.as_ref().map_or(raw.head, |d| d.at),
        slug,
        id: raw.id.as_ref().or(raw.permalink.as_ref()).or(raw.canonical.as_ref()).map_or(slug, |f| f.at),
        source: raw.source.as_ref().and_then(|s| s.name.as_ref()).map_or(raw.head, |n| n.at),
    }
}

/// Checks over all articles: duplicates, colliding instants, tags. What was published keeps what it has; the order of the input
/// makes no difference. `folders` has the folders that tags were given, each with the key of its tag.
pub fn collection(
    mut articles: Vec<Article>,
    site: &Site,
    folders: &BTreeMap<String, String>,
    sink: &mut dyn Sink,
) -> Collection {
    articles.sort_by(|a, b| a.path.cmp(&b.path));
    let (mut articles, refused) = duplicates::part(articles, site, sink);
    let makes_times = articles.iter().any(|article| instants::gives_way(article, site));
    instants::spread(&mut articles, site);
    placeholder::tell(&articles, site, sink);
    attribution::tell_unknown(&articles, site, sink);
    let tags = tags::table(&articles, site, folders, sink);
    Collection { articles, tags, makes_times, refused }
}

/// What the ledger knows an article by, before it has looked for it.
fn record(raw: &RawArticle) -> LedgerRecord {
    let date = |date: Option<&Located<WrittenDate>>| date.map_or(0, |date| short(&format!("{:?}", date.value)));
    let written = WrittenHashes {
        date: date(raw.date.as_ref()),
        updated: date(raw.updated.as_ref()),
        slug: raw.slug.as_ref().map_or(0, |slug| short(slug.value.trim())),
    };
    LedgerRecord { written, ..LedgerRecord::default() }
}

fn description(raw: &RawArticle) -> Option<String> {
    let written = raw.description.as_ref()?;
    Some(text::plain(&markup::without_tags(&written.value))).filter(|d| !d.is_empty())
}

fn lang(written: &Located<String>, findings: &mut Findings<'_>) -> Option<Lang> {
    let value = written.value.trim();
    let lang = Lang::new(value);
    if lang.is_none() && !value.is_empty() {
        let message = format!("{} is not a language tag; it was ignored", quoted(value));
        findings.report(Code::BadLanguage, written.at, message, "write a language tag, such as `ru` or `en-GB`");
    }
    lang
}

#[cfg(test)]
mod tests;
