//! `feedmill diff`: what subscribers would feel of a build. Old documents × new ones × what was ever published → changes per feed,
//! unread entries per reader, causes.
//!
//! Pure: the caller reads the old documents and builds the new ones. What each reader keys on and what makes an entry unread again
//! is data (a file each in `readers/`).

mod causes;
mod documents;
mod readers;

pub use causes::{Cause, KeptBack};
pub use documents::{FeedDocument, FeedDocuments};
pub use readers::reader_names;

use crate::ledger::{Ledger, LineKey};
use crate::model::{AbsUrl, Format, Site};
use crate::parse::feed::SourceEntry;
use documents::Pairs;
use std::collections::{BTreeMap, HashMap, HashSet};

/// What is compared.
#[derive(Clone, Copy)]
pub struct DiffContext<'a> {
    /// The documents that subscribers have, by their paths.
    pub before: &'a FeedDocuments,
    /// The documents that the build makes.
    pub after: &'a FeedDocuments,
    /// What subscribers were ever given.
    pub given: &'a Ledger,
    /// The same after the build.
    pub next: &'a Ledger,
    /// What the build keeps back or cannot list.
    pub kept: &'a KeptBack,
    /// The config of the site.
    pub site: &'a Site,
}

/// What subscribers would feel.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DiffReport {
    /// A row for each document of before and after.
    pub feeds: Vec<FeedChanges>,
    /// A row for each reader and each document that it can be subscribed to.
    pub readers: Vec<ReaderChanges>,
    /// Why entries change, largest first.
    pub causes: Vec<Cause>,
    /// Kinds of `--accept` without which the build would be refused.
    pub needs: Vec<&'static str>,
}

/// Changes of one document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeedChanges {
    /// Path below the output folder.
    pub path: String,
    /// Entries that the feed never had.
    pub new: usize,
    /// Entries whose title, link, date, authors, tags or `updated` changes.
    pub changed: usize,
    /// Entries whose text changes while `updated` does not.
    pub silent: usize,
    /// Entries that leave the document.
    pub gone: usize,
    /// Entries of articles that subscribers have under another id.
    pub duplicate: usize,
}

/// What happens in one reader.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReaderChanges {
    /// Its name, as in `--as`.
    pub reader: &'static str,
    /// The document it is subscribed to.
    pub path: String,
    /// Entries that are unread after the next fetch, if all were read.
    pub unread: usize,
    /// Those of them that are a second row for an article the reader has.
    pub duplicates: usize,
    /// New articles that the reader never gets, because more were published at once than the feed holds.
    pub lost: usize,
}

/// Compares. `readers`: names of readers; empty: all.
pub fn diff(context: &DiffContext<'_>, readers: &[&str]) -> DiffReport {
    let mut report = DiffReport::default();
    let lines = LineIndex::new(context);
    let mut causes = causes::Causes::new(context);
    let paths: std::collections::BTreeSet<&String> = context.before.keys().chain(context.after.keys()).collect();
    for path in paths {
        let old = context.before.get(path);
        let new = context.after.get(path).or_else(|| redirected(path, context));
        let Some(format) = old.or(new).map(|document| document.format) else { continue };
        let seen = lines.seen(path, format);
        let subscription = Subscription {
            old: old.map_or(&[], |document| &document.entries),
            new: new.map_or(&[], |document| &document.entries),
            format,
            seen: &seen,
            lines: &lines,
        };
        let pairs = Pairs::new(&subscription);
        report.feeds.push(FeedChanges { path: path.clone(), ..pairs.changes(&subscription) });
        if old.is_some() {
            let lost = new.map_or(0, |document| context.kept.missed.get(&document.feed).copied().unwrap_or_default());
            let rows = readers::compared(readers, format).map(|(reader, rules)| {
                let (unread, duplicates) = readers::unread(rules, &subscription, &pairs);
                ReaderChanges { reader, path: path.clone(), unread, duplicates, lost }
            });
            report.readers.extend(rows);
            causes.take(&subscription, &pairs);
        }
    }
    report.causes = causes.finished();
    report.readers.sort_by(|a, b| a.reader.cmp(b.reader));
    report
}

/// The document that readers of a redirected address get.
fn redirected<'a>(path: &str, context: &DiffContext<'a>) -> Option<&'a FeedDocument> {
    let redirects = context.site.output.old_addresses.redirects.iter();
    let mut of_path = redirects.filter(|redirect| Format::ALL.iter().any(|format| redirect.from.file(*format) == path));
    let to = &of_path.next()?.to;
    Format::ALL.iter().find_map(|format| context.after.get(&to.file(*format)))
}

/// A document as its subscribers have it and get it.
struct Subscription<'a> {
    old: &'a [SourceEntry],
    new: &'a [SourceEntry],
    format: Format,
    /// Ids that the feed has ever listed.
    seen: &'a HashSet<&'a str>,
    lines: &'a LineIndex<'a>,
}

/// Which line of the ledger an id belongs to, before and after the build.
struct LineIndex<'a> {
    context: DiffContext<'a>,
    given: HashMap<&'a str, &'a LineKey>,
    next: HashMap<&'a str, &'a LineKey>,
    /// Feeds by the path part of their addresses.
    feeds: BTreeMap<String, &'a LineKey>,
}

impl<'a> LineIndex<'a> {
    fn new(context: &DiffContext<'a>) -> Self {
        let ids = |ledger: &'a Ledger| {
            let lines = ledger.entries.iter();
            let ids = lines
                .flat_map(|(key, line)| [&*line.ids.rss, line.ids.atom.as_str(), &*line.ids.json].map(|id| (id, key)));
            ids.collect::<HashMap<_, _>>()
        };
        let lines = context.given.feeds.iter();
        let addresses = lines.flat_map(|(key, line)| line.addresses.iter().map(move |address| (address, key)));
        let feeds = addresses.filter_map(|(address, key)| Some((AbsUrl::parse(address).ok()?.path().to_owned(), key)));
        Self { context: *context, given: ids(context.given), next: ids(context.next), feeds: feeds.collect() }
    }

    /// The ids that the feed at a path has ever listed, in its format.
    fn seen(&self, path: &str, format: Format) -> HashSet<&'a str> {
        let url = self.context.site.output.url.join(&format!("./{path}"));
        let folder = path.strip_suffix("index.xml").or_else(|| path.strip_suffix("index.json"));
        let short = folder.and_then(|folder| self.context.site.output.url.join(&format!("./{folder}")).ok());
        let mut urls = url.into_iter().chain(short);
        let Some(feed) = urls.find_map(|url| self.feeds.get(url.path())) else { return HashSet::new() };
        let listed = self.context.given.entries.values().filter(|line| line.feeds.contains(feed));
        let id = |line: &'a crate::ledger::LedgerEntry| match format {
            Format::Atom => line.ids.atom.as_str(),
            Format::Json => &*line.ids.json,
            _ => &*line.ids.rss,
        };
        listed.map(id).collect()
    }

    /// Whether an id of before and one of after are the same article's.
    fn is_same(&self, old: &str, new: &str) -> bool {
        self.given.get(old).zip(self.next.get(new)).is_some_and(|(old, new)| old == new)
    }

    /// The id that an article had before the build.
    fn given_id(&self, new: &str, format: Format) -> Option<&'a str> {
        let line = self.context.given.entries.get(*self.next.get(new)?)?;
        Some(match format {
            Format::Atom => line.ids.atom.as_str(),
            Format::Json => &*line.ids.json,
            _ => &*line.ids.rss,
        })
    }

    /// The file of an article, by its id after the build or before it.
    fn article(&self, id: &str) -> Option<&'a str> {
        let line =
            |ids: &HashMap<&'a str, &'a LineKey>, ledger: &'a Ledger| Some(&*ledger.entries.get(*ids.get(id)?)?.path);
        // A withdrawn article's path is hidden in the ledger after the build.
        let is_live = |path: &&str| !path.starts_with('~');
        line(&self.next, self.context.next).filter(is_live).or_else(|| line(&self.given, self.context.given))
    }
}

#[cfg(test)]
mod tests;
