//! The latest entries, each with its image, date, source and summary.

use super::{Page, shortened};
use crate::model::{Enclosure, Entry, Word};
use maud::{Markup, html};

/// Maximum number of entries that a page shows.
const MAX_LATEST_ENTRIES: usize = 20;

/// Maximum characters of a summary on a page.
const SUMMARY: usize = 150;

/// The section with the latest entries.
pub(super) fn section(page: &Page<'_>) -> Markup {
    html! {
        section #latest aria-labelledby="new" {
            h2 #new lang=[page.fallback_lang()] { (page.words.word(Word::Latest)) }
            ul.entries { @for entry in page.feed.entries.iter().take(MAX_LATEST_ENTRIES) { (article(page, entry)) } }
        }
    }
}

/// A list item and not an `article`: Liferea takes a page with three articles that have headings for a feed
/// (liferea 1.14.4, html5_feed.c), and its subscribers see each entry twice.
fn article(page: &Page<'_>, entry: &Entry) -> Markup {
    let lang = entry.lang.as_ref().map(|lang| lang.as_str()).filter(|lang| *lang != page.lang);
    html! {
        li lang=[lang] {
            h3 dir="auto" { a href=(entry.permalink.as_str()) { (shortened(&entry.title, super::TITLE)) } }
            p.by lang=[page.fallback_lang()] {
                time datetime=(entry.published.rfc3339()) { (page.words.day(entry.published)) }
                @if let Some(source) = &entry.attribution {
                    " · " (page.words.word(Word::Source)) " "
                    @match &source.url {
                        Some(url) => a href=(url.as_str()) dir="auto" { (shortened(&source.name, 80)) },
                        None => bdi { (shortened(&source.name, 80)) },
                    }
                }
            }
            @if entry.summary != entry.title { p dir="auto" { (shortened(&entry.summary, SUMMARY)) } }
            @if let Some(image) = entry.image.as_ref().filter(|image| image.media_type.is_image()) { (picture(image)) }
        }
    }
}

/// An image without a description is decorative: it adds nothing to the title.
fn picture(image: &Enclosure) -> Markup {
    let alt = shortened(image.alt.as_deref().unwrap_or_default(), 160);
    let pixels = image.width.zip(image.height).filter(|(width, height)| *width > 0 && *height > 0);
    html! {
        img src=(image.url.as_str()) alt=(alt) width=[pixels.map(|(width, _)| width)] height=[pixels.map(|(_, height)| height)]
            loading="lazy";
    }
}
