//! Feed → Document, one file per format; directory of feeds → index and OPML. Writers refuse nothing: the types of
//! the model already have.
//!
//! The three formats of a feed have the same ids, titles, dates, tags, people, enclosures, content and source. No
//! document contains the time of the run or the version of feedmill, so that the same entries always give the same
//! bytes.

mod advertised;
mod atom;
mod atom_entry;
mod byline;
mod hosting;
mod json;
mod maker;
mod markup;
mod media;
mod opml;
mod page;
mod pictures;
mod references;
mod rss;
mod rss_item;
mod text;

#[cfg(test)]
mod crates;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod sample;

pub use advertised::advertised_at;
pub use hosting::{hosting, is_ours};
pub use maker::{START, is_own};

use crate::model::{
    AbsUrl, ContentMode, Directory, Document, Entry, EntryId, Feed, FeedUrls, Format, Outline, Pages, Person, SelfLink,
    Site,
};
use std::sync::Arc;

/// The generator that feeds name: without a version, so that an upgrade alone changes no byte, and without a URL,
/// because feedmill has no home page yet.
const GENERATOR: &str = "feedmill";

/// Assembles a feed from its outline and rendered entries. `None` if there are no entries.
pub fn feed(outline: &Outline, entries: Vec<Arc<Entry>>, site: &Site) -> Option<Feed> {
    let updated = entries.iter().map(|e| e.updated).max()?;
    let urls = FeedUrls::new(site, &outline.folder, &outline.addresses)?;
    let authors = match site.authors.as_slice() {
        [] => vec![Person { name: site.title.clone(), email: None, url: None }],
        people => people.to_vec(),
    };
    let lang = outline.lang.clone().or_else(|| site.lang.clone());
    Some(Feed {
        face: (site.output.pages == Pages::Written).then(|| page::face(outline, lang.as_ref(), site)),
        name: outline.name.clone(),
        folder: outline.folder.clone(),
        id: feed_id(&outline.name, &urls, site)?,
        title: outline.title.clone(),
        description: outline.description.clone(),
        lang,
        content: outline.content,
        updated,
        authors,
        image: site.image.clone(),
        image_facts: None,
        parts: site.images.parts,
        copyright: site.copyright.clone(),
        hubs: site.hubs.clone(),
        copies: copies(&urls, site),
        formats: site.output.formats.clone(),
        urls,
        entries,
    })
}

/// Every document of a feed: its formats, then its page. The page of everything lists all feeds, and is made by
/// [`directory`]. The error text names the document that could not be written.
pub fn documents(feed: &Feed) -> impl Iterator<Item = Result<Document, String>> {
    let page = feed.face.as_ref().filter(|_| !feed.folder.is_empty()).map(|_| Format::Page);
    let made = |format| document(feed, format).ok_or_else(|| unwritten(&feed.name, format));
    let copy = |(format, path, topic): &(Format, String, AbsUrl)| {
        let bytes = bytes(feed, *format, topic).ok_or_else(|| unwritten(&feed.name, *format))?;
        Ok(Document { path: path.clone(), ..feed.document(*format, topic.clone(), bytes) })
    };
    feed.formats.iter().copied().chain(page).map(made).chain(feed.copies.iter().map(copy))
}

/// The copies of a feed's documents that the config asks for.
fn copies(urls: &FeedUrls, site: &Site) -> Vec<(Format, String, AbsUrl)> {
    let addresses = site.output.formats.iter().filter_map(|format| Some((*format, urls.addresses.get(*format)?)));
    let all = addresses.flat_map(|(format, path)| {
        let copies = site.output.old_addresses.copies_of(path, format);
        copies.filter_map(move |copy| {
            let topic = match copy.self_link {
                SelfLink::Document => urls.topic(format)?,
                SelfLink::Copy => site.output.url.join(&format!("./{}", copy.at.address())).ok()?,
            };
            Some((format, copy.at.file(format), topic))
        })
    });
    all.collect()
}

/// The documents that describe all feeds: the page of everything, and the OPML.
pub fn directory(
    everything: &Feed,
    directory: &Directory,
    site: &Site,
) -> impl Iterator<Item = Result<Document, String>> {
    let page = everything.face.as_ref().map(|face| {
        let topic = everything.urls.topic(Format::Page);
        let page = topic.map(|t| everything.document(Format::Page, t, page::bytes(everything, face, Some(directory))));
        page.ok_or_else(|| unwritten(&everything.name, Format::Page))
    });
    let opml = opml::document(directory, site).ok_or_else(|| unwritten(&everything.name, Format::Opml));
    page.into_iter().chain([opml])
}

/// Writes a feed in one format. `None` when a writer fails, which only a fault of ours can bring about, and for the page of
/// a feed that has none.
pub fn document(feed: &Feed, format: Format) -> Option<Document> {
    let topic = feed.urls.topic(format)?;
    let bytes = bytes(feed, format, &topic)?;
    Some(feed.document(format, topic, bytes))
}

/// A feed in one format, which gives this URL as its own.
fn bytes(feed: &Feed, format: Format, topic: &AbsUrl) -> Option<Vec<u8>> {
    match format {
        Format::Rss => rss::bytes(feed, topic),
        Format::Atom => atom::bytes(feed, topic),
        Format::Json => json::bytes(feed, topic),
        Format::Page => Some(page::bytes(feed, feed.face.as_ref()?, None)),
        Format::Opml => None,
    }
}

/// `<link rel="alternate">` of every format of a feed, a line each, for the head of any page.
pub fn autodiscovery(title: &str, urls: &FeedUrls, formats: &[Format]) -> String {
    let links = formats.iter().filter_map(|format| Some((*format, urls.topic(*format)?)));
    links.map(|(format, url)| page::alternate(title, format, &url).into_string() + "\n").collect()
}

/// A page made by feedmill as a preview serves it: with the preview's markup inserted before its end, which may load
/// scripts and styles from its own server. `None` for any other page.
pub fn previewed(page: &[u8], tail: &str) -> Option<Vec<u8>> {
    page::served(page, tail)
}

fn unwritten(name: &str, format: Format) -> String {
    format!("{name} cannot be written as {}", format.name())
}

/// A `tag:` URI (RFC 4151) if the site sets the year since which it owns its host name, else the URL of the Atom
/// document. A host that is not a DNS name (an IPv6 address, a name with `_`) cannot be part of a `tag:` URI.
fn feed_id(name: &str, urls: &FeedUrls, site: &Site) -> Option<EntryId> {
    let tag = site.tag_prefix().and_then(|prefix| EntryId::new(&format!("{prefix}feeds/{name}")));
    tag.or_else(|| EntryId::new(urls.topic(Format::Atom)?.as_str()))
}

/// Bytes that the entries of a feed take in a document, rather more than less, so that it is allocated once.
fn room(feed: &Feed) -> usize {
    const REST: usize = 2 << 10;
    feed.entries.iter().map(|entry| entry.html.len() / 8 * 9 + entry.summary.len() + REST).sum()
}

/// What an entry contains in every format, by the feed's content mode. An entry without a body has its summary in all
/// modes: no reader displays an empty one well.
enum Carried<'a> {
    /// Summary and HTML.
    Both(&'a str, &'a str),
    /// Only the HTML.
    Html(&'a str),
    /// Only the summary.
    Summary(&'a str),
}

impl<'a> Carried<'a> {
    fn for_entry(entry: &'a Entry, mode: ContentMode) -> Self {
        match mode {
            _ if entry.html.trim().is_empty() => Self::Summary(&entry.summary),
            ContentMode::Summary => Self::Summary(&entry.summary),
            ContentMode::Full => Self::Html(&entry.html),
            ContentMode::Both => Self::Both(&entry.summary, &entry.html),
        }
    }

    const fn summary(&self) -> Option<&'a str> {
        match self {
            Self::Both(summary, _) | Self::Summary(summary) => Some(summary),
            Self::Html(_) => None,
        }
    }

    const fn html(&self) -> Option<&'a str> {
        match self {
            Self::Both(_, html) | Self::Html(html) => Some(html),
            Self::Summary(_) => None,
        }
    }
}

/// The page elsewhere that an entry comes from: the article itself before the source's site.
fn via(entry: &Entry) -> Option<&AbsUrl> {
    entry.via.as_ref().or_else(|| entry.attribution.as_ref()?.url.as_ref())
}

/// The language of an entry where it is not the feed's.
fn own_lang<'a>(entry: &'a Entry, feed: &Feed) -> Option<&'a str> {
    entry.lang.as_ref().filter(|lang| feed.lang.as_ref() != Some(lang)).map(|lang| lang.as_str())
}
