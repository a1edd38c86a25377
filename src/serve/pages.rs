//! The preview's own pages, and its additions to those of feeds: the list of feeds, how readers display one, the bar
//! with drafts at the end of a page, the page for a missing path. Escaped by type.

use super::resource::Resource;
use super::snapshot::{HeldBack, Snapshot};
use crate::edge::store::Kept;
use crate::format;
use crate::model::{Axis, Format, Summary, decoded};
use crate::preview::{self, FeedReader, Item, ItemKind, Offer, Pick, READERS};
use bytes::Bytes;
use maud::{DOCTYPE, Markup, html};
use std::sync::Arc;

/// Root path of the preview's own pages.
pub(super) const ROOT: &str = "/_preview/";

/// Entries of a table.
const MAX_LISTED_ITEMS: usize = 50;

/// What a page at this path is known by: when it becomes another, the open one is to be loaded again.
pub(super) fn mark(now: &Snapshot, path: &str) -> String {
    let Some(path) = decoded(path) else { return String::new() };
    if path.starts_with(ROOT) {
        return now.revision.to_string();
    }
    let base = decoded(&now.base).unwrap_or_default();
    let page = path.strip_prefix(&base).and_then(|path| page_at(now, path));
    page.map(|kept| page_mark(kept, &marks_on(kept, now))).unwrap_or_default()
}

/// The page at a path under the base.
fn page_at<'a>(now: &'a Snapshot, path: &str) -> Option<&'a Arc<Kept>> {
    let index = if path.is_empty() || path.ends_with('/') { Format::Page.file_name() } else { "" };
    now.documents.get(&format!("{path}{index}")).filter(|kept| kept.format == Format::Page)
}

fn page_mark(kept: &Kept, marks: &[(&str, HeldBack)]) -> String {
    let marks: String = marks.iter().map(|(url, mark)| format!(" {url} {}", mark.label())).collect();
    blake3::hash(format!("{}{marks}", kept.digest).as_bytes()).to_hex().chars().take(16).collect()
}

/// Drafts and articles of the future that a page names.
fn marks_on<'a>(kept: &Kept, now: &'a Snapshot) -> Vec<(&'a str, HeldBack)> {
    let names = |url: &str| {
        let written = format!("href=\"{}\"", html! { (url) }.into_string());
        memchr::memmem::find(&kept.bytes, written.as_bytes()).is_some()
    };
    now.marks.iter().map(|(url, mark)| (url.as_str(), *mark)).filter(|(url, _)| names(url)).collect()
}

/// A feed's page as the preview sends it.
pub(super) fn of_feed(kept: &Kept, now: &Snapshot) -> Resource {
    let marks = marks_on(kept, now);
    let tail = html! {
        aside.feedmill-bar aria-label="feedmill preview" lang="en" dir="ltr" {
            p { strong { "Preview. " } a href=(table_path(&kept.feed, None)) { "What readers make of this feed" } }
            @if !marks.is_empty() {
                p { "Not in a build yet:" }
                ul {
                    @for (url, mark) in &marks { li { span.feedmill-badge { (mark.label()) } " " a href=(url) dir="auto" { (url) } } }
                }
            }
        }
        (script(&page_mark(kept, &marks), &marks))
    };
    let bytes = format::previewed(&kept.bytes, &tail.into_string()).map_or_else(|| kept.bytes.clone(), Bytes::from);
    let modified = Some(now.changed.map_or(kept.modified, |changed| changed.max(kept.modified)));
    Resource::made(bytes, "text/html; charset=utf-8").changed(modified)
}

fn script(mark: &str, marks: &[(&str, HeldBack)]) -> Markup {
    let labels: std::collections::BTreeMap<_, _> = marks.iter().map(|(url, mark)| (*url, mark.label())).collect();
    let labels = serde_json::to_string(&labels).unwrap_or_default();
    html! {
        link rel="stylesheet" href={ (ROOT) "live.css" };
        script src={ (ROOT) "live.js" } data-mark=(mark) data-marks=(labels) {}
    }
}

fn frame(title: &str, mark: &str, body: &Markup) -> Resource {
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) " · feedmill preview" }
                link rel="stylesheet" href={ (ROOT) "preview.css" };
            }
            body { (body) (script(mark, &[])) }
        }
    };
    Resource::made(page.into_string(), "text/html; charset=utf-8")
}

/// Nothing is there; perhaps it will be.
pub(super) fn missing(path: &str, now: &Snapshot) -> Resource {
    let body = html! {
        main {
            h1 { "Nothing here" }
            p { code { bdi { (path) } } " is no document of this site." }
            p { a href=(now.base) { "All feeds" } " · " a href=(ROOT) { "Preview" } }
        }
    };
    frame("Nothing here", "", &body)
}

/// The list of feeds.
pub(super) fn list(now: &Snapshot) -> Resource {
    let drafts = |mark: HeldBack| now.marks.values().filter(|own| **own == mark).count();
    let (draft, future) = (drafts(HeldBack::Draft), drafts(HeldBack::Future));
    let alone: Vec<&Summary> =
        now.directory.feeds.iter().filter(|f| f.folder.is_empty()).chain(now.directory.family(None)).collect();
    let families = Axis::ALL.map(|axis| (axis.folder(), now.directory.family(Some(axis))));
    let families = [("feeds", alone)].into_iter().chain(families).filter(|(_, feeds)| !feeds.is_empty());
    let body = html! {
        header { nav aria-label="Places" { a href=(now.base) { "The feeds' pages" } a href={ (ROOT) "findings.json" } { "Findings as JSON" } } }
        main {
            h1 { "What readers make of the feeds" }
            p { (now.articles) " articles, " (now.documents.len()) " documents." }
            @if draft + future > 0 {
                p { "Also shown: " span.feedmill-badge { "drafts: " (draft) } " " span.feedmill-badge { "of the future: " (future) }
                    ". " code { "feedmill serve --published" } " leaves them out, as a build does." }
            }
            @for (family, feeds) in families {
                h2 { (family) }
                ul.feeds { @for feed in feeds { li { a href=(table_path(&feed.name, None)) { bdi { (feed.label) } } " " small { (feed.total) } } } }
            }
        }
    };
    frame("Feeds", &now.revision.to_string(), &body)
}

/// How readers display one feed, in one of its formats. `None` if the feed does not exist.
pub(super) fn table(name: &str, wanted: Option<&str>, now: &Snapshot) -> Option<Resource> {
    let feed = now.directory.feeds.iter().find(|feed| feed.name == name)?;
    let in_format = |format: Format| now.documents.get(&feed.addresses.get(format)?.file(format));
    let formats: Vec<Format> = Format::ALL.into_iter().filter(|format| in_format(*format).is_some()).collect();
    let format = *formats.iter().find(|format| Some(format.name()) == wanted).or(formats.first())?;
    let items = preview::items(&in_format(format)?.bytes, format);
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
            div.wide tabindex="0" role="region" aria-label="Entries" {
                table {
                    thead { tr { @for head in ["Reader", "Title", "Image", "Date", "Body", "Not shown"] { th scope="col" { (head) } } } }
                    @for item in items.iter().take(MAX_LISTED_ITEMS) { (entry(item, now)) }
                }
            }
            h2 { "Where the rules come from" }
            ul { @for reader in READERS { @for note in reader.notes { li { strong { (reader.name) } ": " (note.text) " " small { "(" (note.from) ")" } } } } }
            p.dim { "The rules are those of the versions named; a reader's next release may change them." }
        }
    };
    Some(frame(&feed.title, &now.revision.to_string(), &body))
}

fn entry(item: &Item, now: &Snapshot) -> Markup {
    html! {
        tbody {
            tr { th colspan="6" scope="rowgroup" {
                a href=(item.link) dir="auto" { (preview::prose(item.title(), 200)) }
                @if let Some(mark) = now.marks.get(&item.link) { " " span.feedmill-badge { (mark.label()) } }
            } }
            @for reader in &READERS { (row(reader, item)) }
        }
    }
}

fn row(reader: &FeedReader, item: &Item) -> Markup {
    let displayed = reader.shows(item);
    let dropped = [&displayed.title, &displayed.image, &displayed.date, &displayed.body]
        .into_iter()
        .flat_map(|pick| &pick.dropped);
    let lost: Vec<&&Offer> = dropped.chain(&displayed.lost).collect();
    html! {
        tr {
            th scope="row" { (reader.name) }
            td { (taken(&displayed.title, "the address instead")) }
            td {
                @if let Some(image) = displayed.image.taken {
                    img src=(image.value) alt="" loading="lazy" referrerpolicy="no-referrer";
                    code { (image.name) } br; small { (reader.image_goes.describe(image, item)) }
                } @else { span.dim { "none" } }
            }
            td { (taken(&displayed.date, "the moment it was fetched")) }
            td { (taken(&displayed.body, "nothing")) }
            td { @if lost.is_empty() { span.dim { "all is shown" } } @else { ul.lost { @for offer in lost { li { (lost_one(offer)) } } } } }
        }
    }
}

fn taken(pick: &Pick<'_>, otherwise: &str) -> Markup {
    html! {
        @match pick.taken {
            Some(offer) => {
                code { (offer.name) } br;
                span dir="auto" { (offer_summary(offer)) }
                @if offer.part.kind() == ItemKind::Body { br; small { (offer.value.chars().count()) " characters" } }
            },
            None => span.dim { (otherwise) },
        }
    }
}

fn lost_one(offer: &Offer) -> Markup {
    let body = offer.part.kind() == ItemKind::Body;
    html! {
        code { (offer.name) } " "
        @if body { "(" (offer.value.chars().count()) " characters)" } @else { bdi { (preview::prose(&offer.value, 120)) } }
    }
}

fn offer_summary(offer: &Offer) -> String {
    preview::prose(&offer.value, if offer.part.kind() == ItemKind::Body { 160 } else { 200 })
}

fn table_path(name: &str, format: Option<Format>) -> String {
    let query = format.map(|format| format!("?format={}", format.name())).unwrap_or_default();
    format!("{ROOT}{name}{query}")
}
