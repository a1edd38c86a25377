//! What one reader displays of one item.

use super::items::{Item, ItemKind, ItemPart, Offer};
use super::rules::{FeedReader, ImageGoes, WhichAuthors};

/// What one reader makes of one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Displayed<'a> {
    /// For its heading.
    pub title: Pick<'a>,
    /// For its picture.
    pub image: Pick<'a>,
    /// Where the picture is seen, in words; empty without one.
    pub image_place: &'static str,
    /// For its date.
    pub date: Pick<'a>,
    /// For its text.
    pub body: Pick<'a>,
    /// For what its title leads to.
    pub link: Pick<'a>,
    /// Authors that it displays.
    pub authors: Vec<&'a Offer>,
    /// The source of the article, which no reader displays, and authors that are not displayed.
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
    pub fn displays<'a>(&self, item: &'a Item) -> Displayed<'a> {
        let shows = &self.shows;
        let of_kind = |kind: ItemKind| item.offers.iter().filter(move |offer| offer.part.kind() == kind);
        let pick = |kind: ItemKind, order: &[ItemPart]| {
            let taken = order.iter().find_map(|part| item.first(*part));
            let differs = |offer: &&Offer| taken.is_none_or(|taken| taken.value != offer.value);
            let mut dropped: Vec<&Offer> = of_kind(kind).filter(differs).collect();
            // One address under several names is lost once; an <img> is in the body whatever else is taken.
            dropped.dedup_by(|a, b| a.value == b.value && a.name == b.name);
            dropped.retain(|offer| !matches!(offer.part, ItemPart::FirstImg | ItemPart::FeaturedImg));
            Pick { taken, dropped }
        };
        let every: Vec<&Offer> = of_kind(ItemKind::Author).collect();
        let (authors, unseen) = match (shows.authors, every.as_slice()) {
            (WhichAuthors::First, [first, rest @ ..]) => (vec![*first], rest.to_vec()),
            (WhichAuthors::Last, [rest @ .., last]) => (vec![*last], rest.to_vec()),
            (WhichAuthors::None, _) => (Vec::new(), every),
            _ => (every, Vec::new()),
        };
        let image = pick(ItemKind::Image, &shows.image);
        Displayed {
            title: pick(ItemKind::Title, &shows.title),
            image_place: image.taken.map_or("", |taken| shows.image_goes.describe(taken, item)),
            image,
            date: pick(ItemKind::Date, &shows.date),
            body: pick(ItemKind::Body, &shows.body),
            link: pick(ItemKind::Link, &shows.link),
            authors,
            lost: of_kind(ItemKind::Source).chain(unseen).collect(),
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
