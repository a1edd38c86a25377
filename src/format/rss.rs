//! RSS 2.0 (rssboard.org/rss-specification) by the Best Practices Profile (rssboard.org/rss-profile), through the `rss` crate.
//!
//! Writes no `author` (it wants an address; `dc:creator` takes a name), no `ttl`, no `itunes`, and nothing beside an
//! element that means the same (`dc:date` beside `pubDate`): validators call that doubled.

use super::inlay::{self, Dress, Inlay};
use super::markup::{References, html_text, rewrite_references};
use super::media::{self, Media};
use super::{Carried, GENERATOR, pictures};
use crate::model::{AbsUrl, Attribution, Enclosure, Entry, EntryId, Feed, Format};
use rss::extension::dublincore::{self, DublinCoreExtension};
use rss::extension::{Extension, ExtensionMap};
use rss::{Category, Channel, Guid, Image, Item, Source};
use std::collections::BTreeMap;

/// The document.
pub(super) fn bytes(feed: &Feed, topic: &AbsUrl) -> Option<Vec<u8>> {
    inlay::laid(|inlay| written(feed, topic, inlay)).map(String::into_bytes)
}

fn written<'a>(feed: &'a Feed, topic: &AbsUrl, inlay: &mut Inlay<'a>) -> Option<String> {
    let channel = Channel {
        title: feed.title.clone(),
        link: feed.urls.home.to_string(),
        description: feed.description.clone(),
        language: feed.lang.as_ref().map(|lang| lang.to_string()),
        copyright: feed.copyright.clone(),
        last_build_date: Some(feed.updated.rfc822()),
        generator: Some(GENERATOR.into()),
        // Exactly this spelling: validators then allow the attributes of extensions.
        docs: Some("http://www.rssboard.org/rss-specification".into()),
        image: image(feed),
        items: feed.entries.iter().map(|entry| item(entry, feed, inlay)).collect(),
        extensions: links(feed, topic),
        namespaces: namespaces(),
        ..Channel::default()
    };
    let written = channel.pretty_write_to(Vec::new(), b' ', 0).ok()?;
    let written = simdutf8::basic::from_utf8(&written).ok()?;
    let mut text = rewrite_references(written, |_| References::Numeric);
    text.push('\n');
    Some(text)
}

fn item<'a>(entry: &'a Entry, feed: &Feed, inlay: &mut Inlay<'a>) -> Item {
    let carried = Carried::of(entry, feed.content);
    let (description, content) = match carried {
        Carried::Both(summary, html) => {
            (html_text(summary).into_owned(), Some(inlay.mark(html, Dress::Cdata).to_owned()))
        }
        Carried::Html(html) => (inlay.mark(html, Dress::Cdata).to_owned(), None),
        Carried::Summary(summary) => (html_text(summary).into_owned(), None),
    };
    Item {
        title: Some(entry.title.clone()),
        link: Some(entry.permalink.to_string()),
        description: Some(description),
        categories: entry.tags.iter().map(|tag| Category { name: tag.clone(), domain: None }).collect(),
        enclosure: pictures::enclosure(entry, feed.parts.enclosure).map(enclosure),
        guid: Some(guid(&entry.id, &entry.permalink)),
        pub_date: Some(entry.published.rfc822()),
        source: entry.attribution.as_ref().and_then(source),
        content,
        extensions: picture(entry, feed, &carried),
        dublin_core_ext: Some(DublinCoreExtension {
            creators: entry.authors.iter().map(|person| person.name.clone()).collect(),
            ..DublinCoreExtension::default()
        }),
        ..Item::default()
    }
}

/// A permalink only where it is the page itself: readers open it instead of the link.
fn guid(id: &EntryId, permalink: &AbsUrl) -> Guid {
    Guid { value: id.to_string(), permalink: id.as_str() == permalink.as_str() }
}

/// A length of zero says that it is unknown (RSS profile, enclosure).
fn enclosure(image: &Enclosure) -> rss::Enclosure {
    rss::Enclosure {
        url: image.url.to_string(),
        length: image.length.to_string(),
        mime_type: image.media_type.to_string(),
    }
}

/// `source` names a feed, not a page.
fn source(attribution: &Attribution) -> Option<Source> {
    let url = attribution.feed.as_ref()?.to_string();
    Some(Source { url, title: Some(attribution.title.clone()) })
}

/// Only GIF, JPEG and PNG may stand there; title and link are the channel's.
fn image(feed: &Feed) -> Option<Image> {
    let url = feed.image.as_ref()?;
    let kind = pictures::site_type(feed)?;
    let size = pictures::channel_size(feed);
    matches!(kind.as_str(), "image/gif" | "image/jpeg" | "image/png").then(|| Image {
        url: url.to_string(),
        title: feed.title.clone(),
        link: feed.urls.home.to_string(),
        width: size.map(|(width, _)| width.to_string()),
        height: size.map(|(_, height)| height.to_string()),
        ..Image::default()
    })
}

/// `atom:link` for the feed itself and its hubs (RSS profile; WebSub section 4).
fn links(feed: &Feed, topic: &AbsUrl) -> ExtensionMap {
    let own = link([("rel", "self"), ("type", Format::Rss.media_type()), ("href", topic.as_str())]);
    let hubs = feed.hubs.iter().map(|hub| link([("rel", "hub"), ("href", hub.as_str())]));
    let all = std::iter::once(own).chain(hubs).collect();
    BTreeMap::from([("atom".into(), BTreeMap::from([("link".into(), all)]))])
}

fn link<const N: usize>(attributes: [(&str, &str); N]) -> Extension {
    let attrs = attributes.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    // An empty text keeps the writer from breaking the line inside the element.
    Extension { name: "atom:link".into(), value: Some(String::new()), attrs, children: BTreeMap::new() }
}

fn picture(entry: &Entry, feed: &Feed, carried: &Carried<'_>) -> ExtensionMap {
    let Some(image) = entry.image.as_ref().filter(|_| feed.parts.media) else { return ExtensionMap::new() };
    let content = media::content(image, entry, carried);
    let elements = BTreeMap::from([(content.name.to_owned(), vec![extension(content)])]);
    BTreeMap::from([(media::PREFIX.to_owned(), elements)])
}

fn extension(media: Media) -> Extension {
    let attrs = media.attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let children = media.children.into_iter().map(|child| (child.name.to_owned(), vec![extension(child)])).collect();
    Extension { name: format!("{}:{}", media::PREFIX, media.name), value: Some(media.text), attrs, children }
}

/// Always all of them: a document with an undeclared prefix is no document.
fn namespaces() -> BTreeMap<String, String> {
    [
        ("atom", "http://www.w3.org/2005/Atom"),
        ("content", "http://purl.org/rss/1.0/modules/content/"),
        ("dc", dublincore::NAMESPACE),
        (media::PREFIX, media::NAMESPACE),
    ]
    .map(|(prefix, uri)| (prefix.to_owned(), uri.to_owned()))
    .into()
}
