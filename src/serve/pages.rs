//! The preview's own pages, and its additions to those of feeds: the list of feeds, the explanation of a code, the bar
//! with drafts at the end of a page, the page for a missing path. Escaped by type.

use super::resource::Resource;
use super::snapshot::{HeldBack, Mark, Snapshot};
use crate::diagnostic::{Code, explain};
use crate::edge::store::Kept;
use crate::format;
use crate::model::{Axis, Format, Summary, decoded};
use bytes::Bytes;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::sync::Arc;

/// Root path of the preview's own pages.
pub(super) const ROOT: &str = "/_preview/";

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

fn page_mark(kept: &Kept, marks: &[(&str, &Mark)]) -> String {
    let marks: String = marks.iter().map(|(url, mark)| format!(" {url} {} {}", mark.why.label(), mark.title)).collect();
    blake3::hash(format!("{}{marks}", kept.digest).as_bytes()).to_hex().chars().take(16).collect()
}

/// Drafts and articles of the future that a page names.
fn marks_on<'a>(kept: &Kept, now: &'a Snapshot) -> Vec<(&'a str, &'a Mark)> {
    let names = |url: &str| {
        let written = format!("href=\"{}\"", html! { (url) }.into_string());
        memchr::memmem::find(&kept.bytes, written.as_bytes()).is_some()
    };
    now.marks.iter().map(|(url, mark)| (url.as_str(), mark)).filter(|(url, _)| names(url)).collect()
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
                    @for (url, mark) in &marks {
                        li { span.feedmill-badge { (mark.why.label()) } " " a href=(url) dir="auto" { (mark.title) } }
                    }
                }
            }
        }
        (script(&page_mark(kept, &marks), &marks))
    };
    let bytes = format::previewed(&kept.bytes, &tail.into_string()).map_or_else(|| kept.bytes.clone(), Bytes::from);
    let modified = Some(now.changed.map_or(kept.modified, |changed| changed.max(kept.modified)));
    Resource::made(bytes, "text/html; charset=utf-8").changed(modified)
}

fn script(mark: &str, marks: &[(&str, &Mark)]) -> Markup {
    let labels: std::collections::BTreeMap<_, _> = marks.iter().map(|(url, mark)| (*url, mark.why.label())).collect();
    let labels = serde_json::to_string(&labels).unwrap_or_default();
    html! {
        link rel="stylesheet" href={ (ROOT) "live.css" };
        script src={ (ROOT) "live.js" } data-mark=(mark) data-marks=(labels) {}
    }
}

pub(super) fn frame(title: &str, mark: &str, body: &Markup) -> Resource {
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

/// The explanation of a code. `None` for an unknown code.
pub(super) fn explanation(id: &str, now: &Snapshot) -> Option<Resource> {
    let code = Code::ALL.iter().find(|code| code.id().eq_ignore_ascii_case(id))?;
    let mut text = String::new();
    pulldown_cmark::html::push_html(&mut text, pulldown_cmark::Parser::new(explain(*code)));
    let body = html! {
        header { nav aria-label="Places" { a href=(now.base) { "The feeds' pages" } a href=(ROOT) { "Preview" } } }
        main.prose { (PreEscaped(text)) }
    };
    Some(frame(code.id(), "", &body))
}

/// The list of feeds.
pub(super) fn list(now: &Snapshot) -> Resource {
    let drafts = |mark: HeldBack| now.marks.values().filter(|own| own.why == mark).count();
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

/// The page on which readers display a feed.
pub(super) fn table_path(name: &str, format: Option<Format>) -> String {
    let query = format.map(|format| format!("?format={}", format.name())).unwrap_or_default();
    format!("{ROOT}{name}{query}")
}
