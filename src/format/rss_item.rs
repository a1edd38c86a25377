//! An item of RSS 2.0, written straight into the document with the same bytes as the `rss` crate, because a feed has
//! thousands of them. Tests compare every byte with the crate's.
//!
//! Refuses nothing; [`rss`](super::rss) documents what an item may contain.

use super::markup::html_text;
use super::references::EntityStyle;
use super::text::{push_cdata, push_element, push_end, push_pair, push_text};
use super::{Carried, byline, media, pictures};
use crate::model::{Entry, Feed};

/// Writes the item of an entry.
pub(super) fn push(out: &mut String, entry: &Entry, feed: &Feed) {
    let carried = Carried::for_entry(entry, feed.content);
    out.push_str("<item>\n");
    push_element(out, "title", &entry.title);
    push_element(out, "link", entry.permalink.as_str());
    match carried {
        Carried::Both(summary, _) | Carried::Summary(summary) => html(out, "description", &html_text(summary)),
        Carried::Html(body) => html(out, "description", body),
    }
    for tag in &entry.tags {
        push_element(out, "category", tag);
    }
    if let Some(enclosure) = pictures::enclosure(entry, feed.parts.enclosure) {
        out.push_str("<enclosure");
        pair(out, "url", enclosure.url.as_str());
        // A length of zero means that it is unknown (RSS profile, enclosure).
        pair(out, "length", &enclosure.length.to_string());
        pair(out, "type", enclosure.media_type.as_str());
        out.push_str("/>\n");
    }
    // A permalink only where it is the page itself: readers open it instead of the link.
    let is_page = entry.rss_guid() == entry.permalink.as_str();
    out.push_str(if is_page { "<guid>" } else { "<guid isPermaLink=\"false\">" });
    push_text(out, entry.rss_guid(), EntityStyle::Numeric);
    push_end(out, "guid");
    push_element(out, "pubDate", &entry.published.rfc822());
    // `source` names a feed, not a page.
    if let Some((source, url)) = entry.attribution.as_ref().and_then(|source| Some((source, source.feed.as_ref()?))) {
        out.push_str("<source");
        pair(out, "url", url.as_str());
        out.push('>');
        push_text(out, &source.title, EntityStyle::Numeric);
        push_end(out, "source");
    }
    if let Carried::Both(_, body) = carried {
        html(out, "content:encoded", body);
    }
    if let Some(image) = entry.image.as_ref().filter(|_| feed.parts.media) {
        media::push_content(out, image, pair);
    }
    if let Some(author) = byline::author(&entry.authors) {
        push_element(out, "dc:creator", &author.name);
    }
    push_end(out, "item");
}

fn html(out: &mut String, name: &str, html: &str) {
    out.push('<');
    out.push_str(name);
    out.push('>');
    push_cdata(out, html);
    push_end(out, name);
}

fn pair(out: &mut String, name: &str, value: &str) {
    push_pair(out, name, value, EntityStyle::Named);
}
