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
    attachments: Vec<WireAttachment>,
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
    let mut item = Item { link: wire.url, offers: Vec::new() };
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
    item.offer(ItemPart::Source, "external_url", wire.external_url);
    prose::images_of_body(&mut item);
    item
}
