//! RSS 2.0 (rssboard.org/rss-specification) by the Best Practices Profile (rssboard.org/rss-profile): the channel
//! through the `rss` crate, its items by [`rss_item`](super::rss_item).
//!
//! Writes no `author` (it needs an e-mail address; `dc:creator` takes a name), no `ttl`, no `itunes`, and no second
//! element with the same meaning (`dc:date` with `pubDate`), which validators report as a duplicate.

use super::markup::rewrite_references;
use super::references::EntityStyle;
use super::text::push_pair;
use super::{GENERATOR, media, pictures, rss_item};
use crate::model::{AbsUrl, Feed, Format};
use rss::extension::dublincore;
use rss::{Channel, Image, Item};
use std::collections::BTreeMap;

/// The RSS document's bytes.
pub(super) fn bytes(feed: &Feed, topic: &AbsUrl) -> Option<Vec<u8>> {
    let frame = written(feed, topic, Vec::new())?;
    let (head, end) = frame.split_at_checked(frame.rfind("</channel>")?)?;
    let mut out = String::with_capacity(frame.len() + super::room(feed));
    out.push_str(head);
    for entry in &feed.entries {
        rss_item::push(&mut out, entry, feed);
    }
    out.push_str(end);
    Some(out.into_bytes())
}

/// The channel with these items, as the crate writes them.
pub(super) fn written(feed: &Feed, topic: &AbsUrl, items: Vec<Item>) -> Option<String> {
    let channel = Channel {
        title: feed.title.clone(),
        link: feed.urls.home.as_str().to_owned(),
        description: feed.description.clone(),
        language: feed.lang.as_ref().map(|lang| lang.to_string()),
        copyright: feed.copyright.clone(),
        last_build_date: Some(feed.updated.rfc822()),
        generator: Some(GENERATOR.into()),
        // Exactly this spelling: validators then allow the attributes of extensions.
        docs: Some("http://www.rssboard.org/rss-specification".into()),
        image: image(feed),
        items,
        namespaces: namespaces(),
        ..Channel::default()
    };
    let written = channel.pretty_write_to(Vec::new(), b' ', 0).ok()?;
    let written = simdutf8::basic::from_utf8(&written).ok()?;
    let text = rewrite_references(written, |_| EntityStyle::Numeric);
    // The title before it is escaped, so the first tag of this name is the channel's.
    let (before, after) = text.split_at_checked(text.find("<link>")?)?;
    Some([before, &links(feed, topic), after, "\n"].concat())
}

/// Only GIF, JPEG and PNG are allowed; title and link are the channel's.
fn image(feed: &Feed) -> Option<Image> {
    let url = feed.image.as_ref()?;
    let kind = pictures::site_type(feed)?;
    let size = pictures::channel_size(feed);
    matches!(kind.as_str(), "image/gif" | "image/jpeg" | "image/png").then(|| Image {
        url: url.as_str().to_owned(),
        title: feed.title.clone(),
        link: feed.urls.home.as_str().to_owned(),
        width: size.map(|(width, _)| width.to_string()),
        height: size.map(|(_, height)| height.to_string()),
        ..Image::default()
    })
}

/// `atom:link` for the feed itself and its hubs (RSS profile; WebSub section 4), a line each. They are written before the
/// channel's `link`, as WordPress does: yarr takes the last `link` of any namespace for the site.
fn links(feed: &Feed, topic: &AbsUrl) -> String {
    let mut out = String::new();
    let mut link = |pairs: &[(&str, &str)]| {
        out.push_str("<atom:link");
        pairs.iter().for_each(|(name, value)| push_pair(&mut out, name, value, EntityStyle::Named));
        out.push_str("/>\n");
    };
    link(&[("href", topic.as_str()), ("rel", "self"), ("type", Format::Rss.media_type())]);
    feed.hubs.iter().for_each(|hub| link(&[("href", hub.as_str()), ("rel", "hub")]));
    out
}

/// All namespaces, always: a document with an undeclared prefix is not well-formed.
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
