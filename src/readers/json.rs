//! Items of JSON Feed 1.1.

use super::items::{Item, ItemPart};
use super::prose;
use serde::Deserialize;

#[derive(Deserialize)]
struct Wire {
    #[serde(default)]
    items: Vec<WireItem>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct WireItem {
    url: String,
    external_url: String,
    title: String,
    content_html: String,
    content_text: String,
    summary: String,
    image: String,
    banner_image: String,
    date_published: String,
    date_modified: String,
    authors: Vec<WireAuthor>,
    attachments: Vec<WireAttachment>,
}

#[derive(Deserialize)]
struct WireAuthor {
    #[serde(default)]
    name: String,
}

#[derive(Deserialize)]
struct WireAttachment {
    url: String,
    mime_type: String,
}

/// Every item; empty if the document is not a JSON Feed.
pub(super) fn items(bytes: &[u8]) -> Vec<Item> {
    let Ok(feed) = serde_json::from_slice::<Wire>(bytes) else { return Vec::new() };
    feed.items.into_iter().map(item).collect()
}

fn item(wire: WireItem) -> Item {
    let mut item = Item::default();
    item.offer(ItemPart::Link, "url", wire.url);
    item.offer(ItemPart::Title, "title", wire.title);
    item.offer(ItemPart::Published, "date_published", wire.date_published);
    item.offer(ItemPart::Updated, "date_modified", wire.date_modified);
    item.offer(ItemPart::Content, "content_html", wire.content_html);
    item.offer(ItemPart::ContentText, "content_text", wire.content_text);
    item.offer(ItemPart::Summary, "summary", wire.summary);
    for attachment in wire.attachments.into_iter().filter(|a| a.mime_type.starts_with("image/")) {
        item.offer(ItemPart::Attachment, "attachments", attachment.url);
    }
    item.offer(ItemPart::Image, "image", wire.image);
    item.offer(ItemPart::Banner, "banner_image", wire.banner_image);
    for author in wire.authors {
        item.offer(ItemPart::Author, "authors", author.name);
    }
    item.offer(ItemPart::Source, "external_url", wire.external_url);
    prose::images_of_body(&mut item);
    item
}
