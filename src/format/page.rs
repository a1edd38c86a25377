//! The HTML page of a feed, for people whose browser shows XML as text: what the feed is, how to subscribe, its
//! latest articles. The page of everything lists all feeds as well.
//!
//! Made only from the feed (and the directory), without the clock. Escaped by type (`maud`). Loads nothing from other
//! hosts except images of entries, works without scripts (one adds the copy buttons and the filter box), and runs no
//! other: its policy names style and script by their hashes.

mod direction;
mod feeds;
mod latest;
mod policy;
mod subscribe;
#[cfg(test)]
mod tests;
mod words;

pub(super) use words::PageWords;

use crate::model::{AbsUrl, Directory, Feed, Format, Lang, Outline, PageContext, Site, Word};
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// What the page of a feed needs besides the feed; `lang` is the feed's.
pub(super) fn face(outline: &Outline, lang: Option<&Lang>, site: &Site) -> PageContext {
    let words = PageWords::for_language(lang, site);
    PageContext {
        site: site.title.clone(),
        tongue: words.lang.to_owned(),
        texts: words.own(),
        related: outline.related.clone(),
    }
}

/// The page's bytes; with a directory, the page of everything.
pub(super) fn bytes(feed: &Feed, face: &PageContext, directory: Option<&Directory>) -> Vec<u8> {
    let words = PageWords::on(face);
    let lang = feed.lang.as_ref().map_or(words.lang, Lang::as_str);
    let page = Page { feed, face, words, lang };
    page.markup(directory).into_string().into_bytes()
}

/// A page as a preview serves it, with markup before its end.
pub(super) fn served(page: &[u8], tail: &str) -> Option<Vec<u8>> {
    policy::served(page, tail)
}

/// `<link rel="alternate">` by which readers find a feed from a page.
pub(super) fn alternate(title: &str, format: Format, url: &AbsUrl) -> Markup {
    let title = format!("{} ({})", shortened(title, TITLE), format.label());
    html! { link rel="alternate" type=(format.media_type()) title=(title) href=(url.as_str()); }
}

/// Maximum characters of a title on a page.
const TITLE: usize = 200;

/// One page, and in which languages it speaks.
#[derive(Clone, Copy)]
struct Page<'a> {
    feed: &'a Feed,
    face: &'a PageContext,
    words: PageWords<'a>,
    /// Of the articles, and of the document.
    lang: &'a str,
}

impl Page<'_> {
    fn markup(&self, directory: Option<&Directory>) -> Markup {
        let (feed, words) = (self.feed, &self.words);
        let aside = directory.map_or_else(|| feeds::related(self), |directory| feeds::all(self, directory));
        let filter = directory.map(|_| words.word(Word::Filter));
        html! {
            (DOCTYPE)
            html lang=(self.lang) dir=(direction::for_language(self.lang)) {
                (self.head())
                body data-copy=(words.word(Word::Copy)) data-copied=(words.word(Word::Copied))
                    data-filter=[filter] data-found=[directory.map(|_| words.word(Word::Found))] {
                    a.skip href="#latest" lang=[self.fallback_lang()] { (words.word(Word::Skip)) }
                    (self.top(directory.is_some() && aside.is_some()))
                    main {
                        div.hero {
                            p.kind lang=[self.fallback_lang()] { (icon()) (words.word(Word::Feed)) }
                            h1 dir="auto" { (shortened(&feed.title, TITLE)) }
                            @if feed.description != feed.title { p.lead dir="auto" { (shortened(&feed.description, 500)) } }
                            p.about lang=[self.fallback_lang()] dir="auto" { (words.word(Word::About)) }
                        }
                        (subscribe::section(self))
                        div.columns[aside.is_some()] {
                            (latest::section(self))
                            @if let Some(aside) = aside { (aside) }
                        }
                    }
                    script { (PreEscaped(policy::SCRIPT)) }
                }
            }
        }
    }

    fn head(&self) -> Markup {
        let feed = self.feed;
        html! {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy::policy());
                meta name="generator" content="feedmill";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (shortened(&feed.title, TITLE)) " · " (self.words.word(Word::Feed)) }
                meta name="description" content=(shortened(&feed.description, 500));
                @for (format, url) in self.addresses() { (alternate(&feed.title, format, &url)) }
                style { (PreEscaped(policy::STYLE)) }
            }
        }
    }

    /// Links to the site and to the list of all feeds.
    fn top(&self, lists: bool) -> Markup {
        let root = self.root();
        let all = match (self.feed.folder.is_empty(), lists) {
            (true, true) => Some("#feeds"),
            (true, false) => None,
            (false, _) => Some(root.as_str()),
        };
        html! {
            header {
                nav aria-label=(self.words.word(Word::AllFeeds)) {
                    a.site href=(self.feed.urls.home.as_str()) dir="auto" { (shortened(&self.face.site, 80)) }
                    @if let Some(all) = all { a href=(all) lang=[self.fallback_lang()] { (self.words.word(Word::AllFeeds)) } }
                }
            }
        }
    }

    /// The formats that are written, with their addresses.
    fn addresses(&self) -> impl Iterator<Item = (Format, AbsUrl)> {
        self.feed.formats.iter().filter_map(|format| Some((*format, self.feed.urls.topic(*format)?)))
    }

    /// Relative path to the folder of all feeds: pages link to each other without a host name.
    fn root(&self) -> String {
        match self.feed.folder.matches('/').count() {
            0 => "./".to_owned(),
            depth => "../".repeat(depth),
        }
    }

    /// The language of words, where it is not the document's.
    fn fallback_lang(&self) -> Option<&str> {
        let primary = |lang: &str| lang.split('-').next().unwrap_or_default().to_owned();
        (primary(self.lang) != primary(self.words.lang)).then_some(self.words.lang)
    }
}

/// The waves that people know feeds by.
fn icon() -> Markup {
    html! {
        svg viewBox="0 0 24 24" aria-hidden="true" {
            path d="M5 12a7 7 0 0 1 7 7M5 5a14 14 0 0 1 14 14" {}
            circle cx="6" cy="18" r="1" {}
        }
    }
}

/// The first words of a text.
fn shortened(text: &str, most: usize) -> String {
    let Some((cut, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let start = text.get(..cut).unwrap_or_default();
    let words = start.rfind(char::is_whitespace).filter(|at| *at > cut / 2).and_then(|at| start.get(..at));
    format!("{}…", words.unwrap_or(start).trim_end_matches(|c: char| c.is_whitespace() || ",;:.–—-".contains(c)))
}
