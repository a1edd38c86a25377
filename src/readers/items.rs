//! An item as a feed offers it: parts under their names, in the order of the document. What a part is for is known by its name.

use serde::Deserialize;

/// What a reader looks for in an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// What it is called.
    Title,
    /// An image or other file attached to the item.
    Image,
    /// When it was published.
    Date,
    /// The text that is read.
    Body,
    /// Who wrote it.
    Author,
    /// Address of its page.
    Link,
    /// Where it comes from.
    Source,
}

/// A part of an item, in any of the three formats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ItemPart {
    /// The element or key `title`.
    Title,
    /// The element `dc:title`.
    DcTitle,
    /// `pubDate`, `published`, `date_published`.
    Published,
    /// `updated` or `date_modified`.
    Updated,
    /// The element `dc:date`.
    DcDate,
    /// `content:encoded`, `content`, `content_html`.
    Content,
    /// The key `content_text`.
    ContentText,
    /// `description` or `summary`.
    Summary,
    /// The element `media:thumbnail`.
    Thumbnail,
    /// The element `media:content`.
    MediaContent,
    /// An `enclosure` that is an image.
    Enclosure,
    /// An attachment of JSON Feed that is an image.
    Attachment,
    /// `image` of JSON Feed.
    Image,
    /// `banner_image` of JSON Feed.
    Banner,
    /// The first `<img>` of the body.
    FirstImg,
    /// The first `<img>` of the body with the class `featured`, or wider and higher than 15 pixels.
    FeaturedImg,
    /// `source`, `via`, `external_url`.
    Source,
    /// `dc:creator`, `author`, `authors`.
    Author,
    /// `link` or `url`.
    Link,
}

impl ItemPart {
    /// What it is for.
    pub const fn kind(self) -> ItemKind {
        match self {
            Self::Title | Self::DcTitle => ItemKind::Title,
            Self::Published | Self::Updated | Self::DcDate => ItemKind::Date,
            Self::Content | Self::ContentText | Self::Summary => ItemKind::Body,
            Self::Thumbnail
            | Self::MediaContent
            | Self::Enclosure
            | Self::Attachment
            | Self::Image
            | Self::Banner
            | Self::FirstImg
            | Self::FeaturedImg => ItemKind::Image,
            Self::Source => ItemKind::Source,
            Self::Author => ItemKind::Author,
            Self::Link => ItemKind::Link,
        }
    }
}

/// One part that is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Which part it is.
    pub part: ItemPart,
    /// As the document calls it: `content:encoded`.
    pub name: &'static str,
    /// Its text, or its address.
    pub value: String,
}

/// One item, entry, post.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// The parts it offers.
    pub offers: Vec<Offer>,
}

impl Item {
    /// Adds a part; an empty one is none.
    pub(super) fn offer(&mut self, part: ItemPart, name: &'static str, value: impl Into<String>) {
        let value = value.into();
        if !value.trim().is_empty() {
            self.offers.push(Offer { part, name, value });
        }
    }

    /// The first of a part.
    pub fn first(&self, part: ItemPart) -> Option<&Offer> {
        self.offers.iter().find(|offer| offer.part == part)
    }

    /// URL of its page; empty without one.
    pub fn link(&self) -> &str {
        self.first(ItemPart::Link).map_or("", |offer| &offer.value)
    }

    /// The title, or the address if there is none.
    pub fn title(&self) -> &str {
        self.first(ItemPart::Title).map_or(self.link(), |offer| &offer.value)
    }
}
