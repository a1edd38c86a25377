//! How readers display the entries of a feed: a card for each different display, with what differs marked, then a table
//! of the elements that each reader takes. Escaped by type.

use super::pages::{ROOT, frame, table_path};
use super::resource::Resource;
use super::snapshot::Snapshot;
use crate::model::Format;
use crate::readers::{self, Displayed, FeedReader, Item, ItemKind, Offer, Pick, readers};
use chrono::{DateTime, FixedOffset};
use maud::{Markup, html};

/// Entries of a page.
const MAX_LISTED_ITEMS: usize = 30;

/// The page of one feed, in one of its formats. `None` if the feed does not exist.
pub(super) fn page(name: &str, wanted: Option<&str>, now: &Snapshot) -> Option<Resource> {
    let feed = now.directory.feeds.iter().find(|feed| feed.name == name)?;
    let in_format = |format: Format| now.documents.get(&feed.addresses.get(format)?.file(format));
    let formats: Vec<Format> = Format::ALL.into_iter().filter(|format| in_format(*format).is_some()).collect();
    let format = *formats.iter().find(|format| Some(format.name()) == wanted).or(formats.first())?;
    let items = readers::items(&in_format(format)?.bytes, format);
    let page = format!("{}{}", now.base, feed.folder);
    let body = html! {
        header { nav aria-label="Places" { a href=(ROOT) { "All feeds" } a href=(page) { "This feed's page" } } }
        main {
            h1 { "What readers make of " bdi { (feed.title) } }
            p { (items.len()) " entries" @if items.len() > MAX_LISTED_ITEMS { ", the first " (MAX_LISTED_ITEMS) " here" } ". Read from:" }
            nav aria-label="Formats" {
                @for own in &formats {
                    a href=(table_path(name, Some(*own))) aria-current=[(*own == format).then_some("page")] { (own.label()) }
                }
            }
            @for item in items.iter().take(MAX_LISTED_ITEMS) { (entry(item, format, now)) }
            h2 { "Where the rules come from" }
            ul { @for reader in readers().iter().filter(|reader| reader.formats.contains(&format)) { li {
                strong { (reader.name) } ": " (reader.checked.in_words()) " " small { "(" (reader.source) ")" }
                @if !reader.notes.is_empty() { ul { @for note in &reader.notes { li { (note.text) " " small { "(" (note.from) ")" } } } } }
            } } }
            p.dim { "The rules are those of the versions named; a reader's next release may change them." }
        }
    };
    Some(frame(&feed.title, &now.revision.to_string(), &body))
}

/// What a person sees of an entry in one reader.
#[derive(PartialEq, Eq)]
struct Card {
    title: String,
    image: Option<(String, &'static str)>,
    by: String,
    text: String,
}

impl Card {
    fn new(displayed: &Displayed<'_>) -> Self {
        let value = |pick: &Pick<'_>| pick.taken.map(|offer| offer.value.clone());
        let title = value(&displayed.title).or_else(|| value(&displayed.link)).unwrap_or_default();
        let date =
            value(&displayed.date).map_or_else(|| "the moment it was fetched".to_owned(), |date| in_words(&date));
        let authors: Vec<&str> = displayed.authors.iter().map(|offer| offer.value.as_str()).collect();
        let by = [date, authors.join(", ")];
        Self {
            title: readers::prose(&title, 200),
            // To the eye it is the same whether a reader leaves the image in the body or finds that it is there.
            image: value(&displayed.image).map(|url| match displayed.image_place {
                place if place.starts_with("in the body") => (url, "in the body"),
                place => (url, place),
            }),
            by: by.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
            text: value(&displayed.body).map(|body| readers::prose(&body, 280)).unwrap_or_default(),
        }
    }
}

/// `8 June 2025, 03:23 (+03:00)`; a date that cannot be read as written.
fn in_words(date: &str) -> String {
    let read = DateTime::<FixedOffset>::parse_from_rfc3339(date).or_else(|_| DateTime::parse_from_rfc2822(date));
    read.map_or_else(|_| date.to_owned(), |date| date.format("%-d %B %Y, %H:%M (%:z)").to_string())
}

fn entry(item: &Item, format: Format, now: &Snapshot) -> Markup {
    let all: Vec<(&FeedReader, Displayed<'_>)> = readers()
        .iter()
        .filter(|reader| reader.formats.contains(&format))
        .map(|reader| (reader, reader.displays(item)))
        .collect();
    let mut cards: Vec<(Card, Vec<&str>)> = Vec::new();
    for (reader, displayed) in &all {
        let card = Card::new(displayed);
        match cards.iter_mut().find(|(own, _)| *own == card) {
            Some((_, names)) => names.push(&reader.name),
            None => cards.push((card, vec![&reader.name])),
        }
    }
    cards.sort_by_key(|(_, names)| std::cmp::Reverse(names.len()));
    html! {
        section.entry {
            h2 {
                a href=(item.link()) dir="auto" { (readers::prose(item.title(), 200)) }
                @if let Some(mark) = now.marks.get(item.link()) { " " span.feedmill-badge { (mark.why.label()) } }
            }
            div.cards { @for (card, names) in &cards { (displayed_card(card, names, cards.first().map(|(most, _)| most))) } }
            details {
                summary { "Elements that each reader takes" }
                div.wide tabindex="0" role="region" aria-label="Elements" {
                    table {
                        thead { tr { @for head in ["Reader", "Title", "Image", "Date", "Body", "Not displayed"] { th scope="col" { (head) } } } }
                        tbody { @for (reader, displayed) in &all { (row(reader, displayed)) } }
                    }
                }
            }
        }
    }
}

/// A card; parts that differ from most readers' are marked.
fn displayed_card(card: &Card, names: &[&str], most: Option<&Card>) -> Markup {
    let differs =
        |is_same: fn(&Card, &Card) -> bool| most.is_some_and(|most| !is_same(card, most)).then_some("differs");
    html! {
        section.card {
            p.who { (names.join(", ")) }
            @if let Some((url, place)) = &card.image {
                div class=[differs(|a, b| a.image == b.image)] {
                    img src=(url) alt="" loading="lazy" referrerpolicy="no-referrer";
                    small { "image " (place) }
                }
            } @else if most.is_some_and(|most| most.image.is_some()) { p.differs { small { "no image" } } }
            h3 dir="auto" class=[differs(|a, b| a.title == b.title)] { (card.title) }
            p dir="auto" class=[differs(|a, b| a.by == b.by)] { span.dim { (card.by) } }
            p dir="auto" class=[differs(|a, b| a.text == b.text)] {
                @if card.text.is_empty() { span.dim { "no text" } } @else { (card.text) }
            }
        }
    }
}

fn row(reader: &FeedReader, displayed: &Displayed<'_>) -> Markup {
    let dropped = [&displayed.title, &displayed.image, &displayed.date, &displayed.body]
        .into_iter()
        .flat_map(|pick| &pick.dropped);
    let lost: Vec<&&Offer> = dropped.chain(&displayed.lost).collect();
    html! {
        tr {
            th scope="row" { (reader.name) }
            td data-of="Title" { (taken(&displayed.title, "the address instead")) }
            td data-of="Image" {
                @if let Some(image) = displayed.image.taken { code { (image.name) } br; small { (displayed.image_place) } }
                @else { span.dim { "none" } }
            }
            td data-of="Date" { (taken(&displayed.date, "the moment it was fetched")) }
            td data-of="Body" { (taken(&displayed.body, "nothing")) }
            td data-of="Not displayed" {
                @if lost.is_empty() { span.dim { "everything is displayed" } } @else { ul.lost { @for offer in lost { li { (lost_one(offer)) } } } }
            }
        }
    }
}

fn taken(pick: &Pick<'_>, otherwise: &str) -> Markup {
    html! {
        @match pick.taken {
            Some(offer) => {
                code { (offer.name) }
                @if offer.part.kind() == ItemKind::Body { br; small { (offer.value.chars().count()) " characters" } }
                @else { br; span dir="auto" { (readers::prose(&offer.value, 200)) } }
            },
            None => span.dim { (otherwise) },
        }
    }
}

fn lost_one(offer: &Offer) -> Markup {
    let body = offer.part.kind() == ItemKind::Body;
    html! {
        code { (offer.name) } " "
        @if body { "(" (offer.value.chars().count()) " characters)" } @else { bdi { (readers::prose(&offer.value, 120)) } }
    }
}
