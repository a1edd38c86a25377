//! Why entries change: a key of the config where most entries change in one way, else the files of the articles.

use super::documents::{Pairs, without_scheme};
use super::{DiffContext, Subscription};
use crate::ledger::LineState;
use crate::model::ArticlePath;
use crate::parse::feed::SourceEntry;
use std::collections::{BTreeMap, BTreeSet};

/// A reason for which entries change, with the number of entries.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cause {
    /// `id`, `link`, `date`, `title`, `text`, `authors`, `tags`, `updated`, `new`, `gone`, `old entry`, `held id`, `held feed`,
    /// `gone feed`, `moved feed`, `kept out`, `lost`.
    pub kind: &'static str,
    /// The key of the config, or the file of the article.
    pub what: String,
    /// Number of entries.
    pub entries: usize,
}

/// What a build keeps as subscribers have it, and what it cannot list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeptBack {
    /// Articles whose body was edited since the last run.
    pub edited: BTreeSet<ArticlePath>,
    /// New articles that a feed belongs to and does not list, by the name of the feed.
    pub missed: BTreeMap<String, usize>,
    /// Old entries that do not enter a feed.
    pub kept_out: usize,
    /// Articles that keep an id although another was written or made.
    pub held: Vec<ArticlePath>,
    /// Labels of feeds that nothing asks for any more, and how many entries each lists.
    pub held_feeds: Vec<(String, usize)>,
    /// Labels of feeds of which nothing is left.
    pub gone_feeds: Vec<String>,
}

/// An entry before and after the build.
type Change = (SourceEntry, SourceEntry);

/// Collects the changes of all documents; an article counts once.
pub(super) struct Causes<'a> {
    context: &'a DiffContext<'a>,
    /// Articles that are in an old document and in its successor.
    compared: BTreeSet<String>,
    changes: BTreeMap<&'static str, BTreeMap<String, Change>>,
    single: BTreeSet<(&'static str, String, String)>,
}

/// A kind of change and its test.
type Test = (&'static str, fn(&SourceEntry, &SourceEntry) -> bool);

const TESTS: [Test; 8] = [
    ("id", |old, new| old.id != new.id),
    ("link", |old, new| old.link != new.link),
    ("date", |old, new| old.published.map(|at| at.unix()) != new.published.map(|at| at.unix())),
    ("title", |old, new| old.title != new.title),
    ("text", |old, new| old.markup != new.markup),
    ("authors", |old, new| old.authors != new.authors),
    ("tags", |old, new| old.tags != new.tags),
    ("updated", |old, new| {
        let of = |entry: &SourceEntry| {
            entry.updated.map(|at| at.unix()).filter(|at| entry.published.map(|at| at.unix()) != Some(*at))
        };
        of(old) != of(new)
    }),
];

impl<'a> Causes<'a> {
    pub(super) fn new(context: &'a DiffContext<'a>) -> Self {
        Self { context, compared: BTreeSet::new(), changes: BTreeMap::new(), single: BTreeSet::new() }
    }

    /// Takes the changes of one document.
    pub(super) fn take(&mut self, subscription: &Subscription<'_>, pairs: &Pairs) {
        let article = |entry: &SourceEntry| {
            subscription
                .lines
                .article(&entry.id)
                .map_or_else(|| entry.link.clone(), |path| self.context.site.display_path(&ArticlePath::new(path)))
        };
        let newest = subscription.old.iter().filter_map(|entry| entry.published).max();
        let mut single = Vec::new();
        for (new, old, is_known) in pairs.iter(subscription) {
            let name = article(new);
            let Some(old) = old else {
                let is_old = !is_known && newest.is_some_and(|newest| new.published.is_some_and(|at| at < newest));
                let entry = (if is_known { "returns" } else { "new" }, name.clone(), name);
                single.push(if is_old && self.is_wider(subscription) {
                    ("old entry", "output.limit".into(), entry.1)
                } else {
                    entry
                });
                continue;
            };
            self.compared.insert(name.clone());
            for (kind, differs) in TESTS {
                if differs(old, new) {
                    self.changes
                        .entry(kind)
                        .or_default()
                        .entry(name.clone())
                        .or_insert_with(|| (old.clone(), new.clone()));
                }
            }
        }
        let oldest_kept = subscription.new.iter().filter_map(|entry| entry.published).min();
        for entry in pairs.gone(subscription) {
            // What is older than all that is listed is pushed out by the limit.
            if !subscription.new.is_empty() && entry.published >= oldest_kept {
                single.push(("gone", article(entry), article(entry)));
            }
        }
        self.single.extend(single);
    }

    /// Whether the build lists more entries than the document held, as a raised limit does.
    fn is_wider(&self, subscription: &Subscription<'_>) -> bool {
        subscription.new.len() > subscription.old.len()
    }

    /// All causes, the largest first.
    pub(super) fn finished(self) -> Vec<Cause> {
        let mut found: BTreeMap<(&'static str, String), usize> = BTreeMap::new();
        let all = self.compared.len();
        for (kind, changes) in &self.changes {
            let is_common = changes.len() >= 3 && changes.len() * 2 > all;
            let key = if is_common { key_of(kind, changes, self.context) } else { None };
            for name in changes.keys() {
                *found.entry((*kind, key.map_or_else(|| name.clone(), str::to_owned))).or_default() += 1;
            }
        }
        for (kind, what, _) in self.single.clone() {
            *found.entry((kind, what)).or_default() += 1;
        }
        let mut add = |kind, what: String, entries| {
            if entries > 0 {
                found.insert((kind, what), entries);
            }
        };
        let kept = self.context.kept;
        add("kept out", "output.limit".into(), kept.kept_out);
        add("lost", "output.limit".into(), kept.missed.values().copied().max().unwrap_or_default());
        kept.held.iter().for_each(|path| add("held id", self.context.site.display_path(path), 1));
        kept.held_feeds
            .iter()
            .for_each(|(label, entries)| add("held feed", format!("tags.aliases: {label}"), *entries));
        kept.gone_feeds.iter().for_each(|label| add("gone feed", label.clone(), 1));
        add("moved feed", "output.paths".into(), self.moved_feeds());
        let mut causes: Vec<Cause> =
            found.into_iter().map(|((kind, what), entries)| Cause { kind, what, entries }).collect();
        causes.sort_by(|a, b| b.entries.cmp(&a.entries).then_with(|| a.cmp(b)));
        causes
    }

    /// Feeds whose address below the output folder is another one, without an answer at the old one.
    fn moved_feeds(&self) -> usize {
        let (given, next, site) = (self.context.given, self.context.next, self.context.site);
        let live = given.feeds.iter().filter(|(_, line)| line.state == LineState::Live);
        let pairs = live.filter_map(|(key, line)| Some((line, next.feeds.get(key)?)));
        let is_moved =
            |a: &str, b: &str| !a.is_empty() && path(a) != path(b) && !site.output.old_addresses.is_answered(a, site);
        pairs.filter(|(old, new)| old.addresses.iter().zip(&new.addresses).any(|(a, b)| is_moved(a, b))).count()
    }
}

/// The path of an address, without its host.
fn path(url: &str) -> &str {
    without_scheme(url).split_once('/').map_or("", |(_, path)| path)
}

/// The key of the config whose change makes most entries change in this way; `None` where it cannot be known.
fn key_of(kind: &str, changes: &BTreeMap<String, Change>, context: &DiffContext<'_>) -> Option<&'static str> {
    let (old, new) = changes.values().next()?;
    match kind {
        "id" => Some(id_key(&old.id, &new.id)),
        "link" if path(&old.link) == path(&new.link) => Some("site.url"),
        "link" => Some("content.permalink"),
        "date" => {
            let shift = |(old, new): &Change| Some(new.published?.unix() - old.published?.unix());
            let first = shift(changes.values().next()?);
            changes.values().all(|change| shift(change) == first).then_some("site.timezone")
        }
        // The old config is not known, but the bodies are: the config, the facts of images or a new version changed their texts.
        "text" => {
            let edited: BTreeSet<String> =
                context.kept.edited.iter().map(|path| context.site.display_path(path)).collect();
            (!changes.keys().any(|name| edited.contains(name))).then_some("feedmill.yaml")
        }
        "authors" => Some("site.authors"),
        _ => None,
    }
}

/// Which key made the ids others.
fn id_key(old: &str, new: &str) -> &'static str {
    let authority = |id: &str| {
        let (authority, _) = id.strip_prefix("tag:")?.split_once(':')?;
        let (host, day) = authority.split_once(',')?;
        Some((host.to_owned(), day.to_owned()))
    };
    match (authority(old), authority(new)) {
        (Some((old, _)), Some((new, _))) if old != new => "site.id_host",
        (Some((_, old)), Some((_, new))) if old != new => "site.since",
        (Some(_), Some(_)) => "content.permalink",
        (Some(_), None) | (None, Some(_)) if is_url(old) || is_url(new) => "site.since",
        _ if is_url(old) && is_url(new) && path(old) == path(new) => "site.url",
        _ if is_url(old) && is_url(new) => "content.permalink",
        _ => "content.ids",
    }
}

fn is_url(id: &str) -> bool {
    id.starts_with("http://") || id.starts_with("https://")
}
