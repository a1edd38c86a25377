//! The readers and their rules, as data: which parts they look at for each purpose; the first one present wins. The
//! rules come from the readers' sources, or from their makers in the threads named with each rule. Where neither
//! gives a rule, the order of the formats' specifications applies.

use super::items::{Item, ItemKind, ItemPart, Offer};

/// A feed reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeedReader {
    /// As people call it.
    pub name: &'static str,
    titles: &'static [ItemPart],
    images: &'static [ItemPart],
    dates: &'static [ItemPart],
    bodies: &'static [ItemPart],
    /// What becomes of the image.
    pub image_goes: ImageGoes,
    /// Further facts about the reader.
    pub notes: &'static [Note],
}

/// Something one must know of a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Note {
    /// The text of the note.
    pub text: &'static str,
    /// Where it was found out.
    pub from: &'static str,
}

/// Where a reader puts an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageGoes {
    /// It is displayed as part of the body, or not at all.
    InBody,
    /// It is listed below the body.
    Below,
    /// It is put before the body, unless the body has the same address.
    BeforeUnlessThere,
    /// It is displayed next to the item.
    Beside,
}

const CONTENT_FIRST: &[ItemPart] = &[ItemPart::Content, ItemPart::ContentText, ItemPart::Summary];

/// The readers of the preview.
pub const READERS: [FeedReader; 4] = [
    FeedReader {
        name: "NetNewsWire",
        titles: &[ItemPart::Title],
        images: &[ItemPart::FirstImg],
        dates: &[ItemPart::Published, ItemPart::DcDate, ItemPart::Updated],
        bodies: CONTENT_FIRST,
        image_goes: ImageGoes::InBody,
        notes: &[
            Note { text: "an image enclosure is not shown: the image must be in the body", from: "NetNewsWire#3131" },
            Note { text: "media:content is not read", from: "NetNewsWire#2538" },
            Note { text: "image and banner_image of JSON Feed are not shown", from: "NetNewsWire#4581" },
        ],
    },
    FeedReader {
        name: "Miniflux",
        titles: &[ItemPart::DcTitle, ItemPart::Title],
        images: &[ItemPart::Thumbnail, ItemPart::Enclosure, ItemPart::MediaContent, ItemPart::Attachment],
        dates: &[ItemPart::DcDate, ItemPart::Published, ItemPart::Updated],
        bodies: CONTENT_FIRST,
        image_goes: ImageGoes::Below,
        notes: &[
            Note { text: "dc:title and dc:date stand above title and pubDate", from: "miniflux 106cdd09, rss" },
            Note { text: "a date that is missing or broken is now", from: "miniflux 106cdd09" },
            Note { text: "of JSON Feed only attachments count as images", from: "miniflux 106cdd09, json/adapter.go" },
        ],
    },
    FeedReader {
        name: "FreshRSS",
        titles: &[ItemPart::Title, ItemPart::DcTitle],
        images: &[
            ItemPart::Thumbnail,
            ItemPart::Enclosure,
            ItemPart::MediaContent,
            ItemPart::Attachment,
            ItemPart::FirstImg,
        ],
        dates: &[ItemPart::Published, ItemPart::Updated, ItemPart::DcDate],
        bodies: CONTENT_FIRST,
        image_goes: ImageGoes::BeforeUnlessThere,
        notes: &[Note {
            text: "an image is added to the body unless the same address is there already",
            from: "FreshRSS 006959dc, Entry.php",
        }],
    },
    FeedReader {
        name: "Mail digest",
        titles: &[ItemPart::Title],
        images: &[ItemPart::MediaContent, ItemPart::FeaturedImg],
        dates: &[ItemPart::Published, ItemPart::DcDate, ItemPart::Updated],
        bodies: &[ItemPart::Summary, ItemPart::Content, ItemPart::ContentText],
        image_goes: ImageGoes::Beside,
        notes: &[
            Note { text: "Mailchimp takes media:content; enclosures come out as links", from: "jekyll-feed#310" },
            Note {
                text: "FeedBlitz takes the first <img> with class featured, or above 15 pixels, with a whole address",
                from: "feedblitz.freshdesk.com 43000633478",
            },
        ],
    },
];

/// What one reader makes of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown<'a> {
    /// For its heading.
    pub title: Pick<'a>,
    /// For its picture.
    pub image: Pick<'a>,
    /// For its date.
    pub date: Pick<'a>,
    /// For its text.
    pub body: Pick<'a>,
    /// The source of the article, which none of these readers displays.
    pub lost: Vec<&'a Offer>,
}

/// The part that a reader picks for one purpose.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pick<'a> {
    /// It; `None`: nothing that the reader looks at is there.
    pub taken: Option<&'a Offer>,
    /// Parts with a different value that are not displayed.
    pub dropped: Vec<&'a Offer>,
}

impl FeedReader {
    /// What it makes of an item.
    pub fn shows<'a>(&self, item: &'a Item) -> Shown<'a> {
        let pick = |kind: ItemKind, order: &[ItemPart]| {
            let taken = order.iter().find_map(|part| item.first(*part));
            let differs = |offer: &&Offer| taken.is_none_or(|taken| taken.value != offer.value);
            let mut dropped: Vec<&Offer> =
                item.offers.iter().filter(|offer| offer.part.kind() == kind).filter(differs).collect();
            // One address under several names is lost once; an <img> is in the body whatever else is taken.
            dropped.dedup_by(|a, b| a.value == b.value && a.name == b.name);
            dropped.retain(|offer| !matches!(offer.part, ItemPart::FirstImg | ItemPart::FeaturedImg));
            Pick { taken, dropped }
        };
        let lost = item.offers.iter().filter(|offer| offer.part.kind() == ItemKind::Source).collect();
        Shown {
            title: pick(ItemKind::Title, self.titles),
            image: pick(ItemKind::Image, self.images),
            date: pick(ItemKind::Date, self.dates),
            body: pick(ItemKind::Body, self.bodies),
            lost,
        }
    }
}

impl ImageGoes {
    /// Where the image of an item is seen, in words.
    pub fn describe(self, image: &Offer, item: &Item) -> &'static str {
        let body = item.first(ItemPart::Content).or_else(|| item.first(ItemPart::Summary));
        let there = body.is_some_and(|body| body.value.contains(&image.value))
            || item.first(ItemPart::FirstImg).is_some_and(|first| first.value == image.value);
        match self {
            Self::InBody => "in the body",
            Self::Below => "listed below the body",
            Self::BeforeUnlessThere if there => "in the body already, so not added",
            Self::BeforeUnlessThere => "added to the body",
            Self::Beside => "beside the text",
        }
    }
}
