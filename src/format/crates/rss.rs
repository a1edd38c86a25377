//! Items through the `rss` crate: what [`rss_item`](super::super::rss_item) is held to.

use super::super::markup::html_text;
use super::super::{Carried, byline, media, pictures, rss};
use super::tree::{self, Media};
use crate::model::{AbsUrl, Attribution, Enclosure, Entry, Feed, Format};
use ::rss::extension::dublincore::DublinCoreExtension;
use ::rss::extension::{Extension, ExtensionMap};
use ::rss::{Category, Guid, Item, Source};
use std::collections::BTreeMap;

/// The RSS document's text.
pub(super) fn text(feed: &Feed) -> String {
    let topic = feed.urls.topic(Format::Rss).unwrap();
    rss::written(feed, &topic, feed.entries.iter().map(|e| item(e, feed)).collect()).unwrap()
}

fn item(entry: &Entry, feed: &Feed) -> Item {
    let carried = Carried::for_entry(entry, feed.content);
    let (description, content) = match carried {
        Carried::Both(summary, html) => (html_text(summary).into_owned(), Some(html.to_owned())),
        Carried::Html(html) => (html.to_owned(), None),
        Carried::Summary(summary) => (html_text(summary).into_owned(), None),
    };
    Item {
        title: Some(entry.title.clone()),
        link: Some(entry.permalink.as_str().to_owned()),
        description: Some(description),
        categories: entry.tags.iter().map(|tag| Category { name: tag.clone(), domain: None }).collect(),
        enclosure: pictures::enclosure(entry, feed.parts.enclosure).map(enclosure),
        guid: Some(guid(entry.rss_guid(), &entry.permalink)),
        pub_date: Some(entry.published.rfc822()),
        source: entry.attribution.as_ref().and_then(source),
        content,
        extensions: picture(entry, feed),
        dublin_core_ext: Some(DublinCoreExtension {
            creators: byline::author(&entry.authors).map(|author| author.name.clone()).into_iter().collect(),
            ..DublinCoreExtension::default()
        }),
        ..Item::default()
    }
}

/// A permalink only where it is the page itself: readers open it instead of the link.
fn guid(value: &str, permalink: &AbsUrl) -> Guid {
    Guid { value: value.to_owned(), permalink: value == permalink.as_str() }
}

/// A length of zero means that it is unknown (RSS profile, enclosure).
fn enclosure(image: &Enclosure) -> ::rss::Enclosure {
    ::rss::Enclosure {
        url: image.url.as_str().to_owned(),
        length: image.length.to_string(),
        mime_type: image.media_type.to_string(),
    }
}

/// `source` names a feed, not a page.
fn source(attribution: &Attribution) -> Option<Source> {
    let url = attribution.feed.as_ref()?.as_str().to_owned();
    Some(Source { url, title: Some(attribution.title.clone()) })
}

fn picture(entry: &Entry, feed: &Feed) -> ExtensionMap {
    let Some(image) = entry.image.as_ref().filter(|_| feed.parts.media) else { return ExtensionMap::new() };
    let content = tree::content(image);
    let elements = BTreeMap::from([(content.name.to_owned(), vec![extension(content)])]);
    BTreeMap::from([(media::PREFIX.to_owned(), elements)])
}

fn extension(media: Media) -> Extension {
    let attrs = media.attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let children = media.children.into_iter().map(|child| (child.name.to_owned(), vec![extension(child)])).collect();
    Extension { name: format!("{}:{}", media::PREFIX, media.name), value: Some(media.text), attrs, children }
}
