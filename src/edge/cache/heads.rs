//! Heads of articles as the last runs read them, in files by the hash of the path. An answer is given only where the mark
//! of the file and everything that heads are read by are the same.

use super::documents::Documents;
use super::frame::Unusable;
use super::shard::{self, Record, Shard, Writer};
use super::spool::{Depot, Spool};
use crate::edge::discover::Found;
use crate::edge::mark::Mark;
use crate::model::{
    Archive, ArticlePath, Aside, Axis, FeedRule, KnownDocuments, KnownEntry, KnownHead, OutputRules, Print, Site,
};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;
use std::hash::Hasher;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Articles of a file, about.
const SHARE: usize = 1024;

/// The heads that are known.
#[derive(Debug)]
pub struct Heads<'a> {
    folder: PathBuf,
    found: &'a Found,
    /// What heads are read by.
    rules: [u8; 32],
    shards: Vec<Shard>,
    /// Of the paths, by their places.
    hashes: Vec<u64>,
    /// Records that still hold, by the place of the path.
    held: Vec<AtomicBool>,
    /// The marks that the last run saw of the articles that have changed since, where nothing else did.
    before: BTreeMap<usize, Mark>,
    /// The run took over what it did not ask for: all other records hold.
    amended: AtomicBool,
    /// What was learned, by the place of the path; a share of the shards each.
    fresh: Vec<Mutex<Fresh>>,
    depot: Depot,
    pub(super) documents: Documents,
    /// Files that could not be used.
    pub(super) damaged: Vec<String>,
}

/// What was learned of the articles of a file, by the place of the path.
#[derive(Debug, Default)]
struct Fresh {
    /// Of each the head, and what was taken out of its article.
    heads: BTreeMap<usize, [Range<usize>; 2]>,
    entries: BTreeMap<usize, Range<usize>>,
    spool: Spool,
}

impl<'a> Heads<'a> {
    /// Opens the files of a folder for these articles. `before`: see there.
    pub(super) fn open(
        folder: &Path,
        found: &'a Found,
        site: &Site,
        documents: Documents,
        before: BTreeMap<usize, Mark>,
    ) -> Self {
        let rules = rules(site);
        let there = shard::count(&name(folder, 0)).filter(|count| count.is_power_of_two() && *count <= MOST);
        let wanted = wanted(found.paths.len());
        // Files are made anew where their number is far from right, so that a growing site does not pay at every step.
        let count = there.filter(|there| (wanted / 4..=wanted.saturating_mul(4)).contains(there)).unwrap_or(wanted);
        let opened: Vec<_> = (0..count).into_par_iter().map(|n| Shard::open(&name(folder, n), &rules, count)).collect();
        let mut damaged = Vec::new();
        let shards: Vec<Shard> = opened
            .into_iter()
            .zip(0..)
            .map(|(opened, n)| {
                opened.unwrap_or_else(|why| {
                    if let Unusable::Damaged(why) = why {
                        damaged.push(format!("{}: {why}", name(folder, n).display()));
                        return Shard::torn();
                    }
                    Shard::default()
                })
            })
            .collect();
        Self {
            folder: folder.to_owned(),
            hashes: found.paths.par_iter().with_min_len(1024).map(hash).collect(),
            held: found.paths.iter().map(|_| AtomicBool::new(false)).collect(),
            depot: Depot::of(shards.len()),
            fresh: shards.iter().map(|_| Mutex::default()).collect(),
            before,
            amended: AtomicBool::new(false),
            found,
            rules,
            shards,
            documents,
            damaged,
        }
    }

    /// Writes the files in which anything changed.
    pub(super) fn save(&self) -> std::io::Result<()> {
        let count = self.count();
        let mut members: Vec<Vec<(u64, usize)>> = self.shards.iter().map(|_| Vec::new()).collect();
        for (at, hash) in self.hashes.iter().copied().enumerate() {
            if let Some(members) = members.get_mut(self.home(hash)) {
                members.push((hash, at));
            }
        }
        let amended = self.amended.load(Ordering::Relaxed);
        let work = self.shards.par_iter().zip(self.fresh.par_iter()).zip(members.into_par_iter()).zip(0..count);
        work.try_for_each(|(((shard, fresh), mut members), n)| {
            let fresh = fresh.lock().unwrap_or_else(PoisonError::into_inner);
            let held = |at: usize| self.held.get(at).is_some_and(|held| held.load(Ordering::Relaxed));
            let all = || amended || members.iter().filter(|(_, at)| held(*at)).count() == shard.records;
            if fresh.heads.is_empty() && fresh.entries.is_empty() && all() && !shard.torn {
                return Ok(());
            }
            let bytes = fresh.spool.all(&self.depot)?;
            let of = |place: &Range<usize>| bytes.get(place.clone());
            members.sort_unstable();
            let path_of_file = name(&self.folder, n);
            let mut writer = Writer::begin(&path_of_file, members.len())?;
            for (hash, at) in members {
                let Some((path, mark)) = self.found.paths.get(at).zip(self.found.mark(at)) else {
                    continue;
                };
                let path = path.as_str();
                let entry = fresh.entries.get(&at).and_then(of);
                let learned = fresh.heads.get(&at).and_then(|[head, aside]| of(head).zip(of(aside)));
                if let Some((head, aside)) = learned {
                    writer.add(hash, &Record { path, mark, head, aside, entry: entry.unwrap_or_default() })?;
                } else if amended || held(at) {
                    let kept = shard.find(hash, path, |record, bytes| {
                        (record.mark == mark).then(|| match entry {
                            Some(entry) => writer.add(hash, &Record { entry, ..record }),
                            None => writer.copy(hash, bytes),
                        })
                    });
                    kept.unwrap_or(Ok(()))?;
                }
            }
            writer.end(&self.rules, count)
        })?;
        for left in (count..MOST).map(|n| name(&self.folder, n)).take_while(|path| path.exists()) {
            std::fs::remove_file(left)?;
        }
        Ok(())
    }

    fn count(&self) -> u32 {
        u32::try_from(self.shards.len()).unwrap_or(MOST)
    }

    /// The number of shards is a power of two.
    fn home(&self, hash: u64) -> usize {
        usize::try_from(hash & u64::from(self.count().saturating_sub(1))).unwrap_or_default()
    }
}

impl Heads<'_> {
    /// What is kept of an article as it is now.
    fn record<T>(&self, at: usize, path: &ArticlePath, look: impl FnOnce(Record<'_>) -> Option<T>) -> Option<T> {
        self.marked(at, self.found.mark(at)?, path, look)
    }

    fn marked<T>(
        &self,
        at: usize,
        mark: Mark,
        path: &ArticlePath,
        look: impl FnOnce(Record<'_>) -> Option<T>,
    ) -> Option<T> {
        let hash = *self.hashes.get(at)?;
        let shard = self.shards.get(self.home(hash))?;
        shard.find(hash, path.as_str(), |record, _| if record.mark == mark { look(record) } else { None })
    }

    /// Why a record could not be used that was asked for.
    pub(super) fn damage(&self) -> Option<String> {
        let whys = self.shards.iter().zip(0..).filter_map(|(shard, n)| Some((shard.damaged.get()?, n)));
        whys.map(|(why, n)| format!("{}: {why}", name(&self.folder, n).display())).next()
    }

    /// What was learned in this run of the articles of a file; `None` for one that changed a moment ago.
    fn fresh(&self, at: usize) -> Option<MutexGuard<'_, Fresh>> {
        self.found.mark(at)?;
        Some(self.fresh.get(self.home(*self.hashes.get(at)?))?.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Archive for Heads<'_> {
    fn head(&self, at: usize, path: &ArticlePath) -> Option<KnownHead> {
        if let Some(head) = self.record(at, path, |record| postcard::from_bytes(record.head).ok()) {
            self.held.get(at)?.store(true, Ordering::Relaxed);
            return Some(head);
        }
        let fresh = self.fresh(at)?;
        let [head, _] = fresh.heads.get(&at)?;
        postcard::from_bytes(&fresh.spool.read(&self.depot, head).ok()?).ok()
    }

    fn aside(&self, at: usize, path: &ArticlePath) -> Option<Aside> {
        if let Some(aside) = self.record(at, path, |record| postcard::from_bytes(record.aside).ok()) {
            return Some(aside);
        }
        let fresh = self.fresh(at)?;
        let [_, aside] = fresh.heads.get(&at)?;
        postcard::from_bytes(&fresh.spool.read(&self.depot, aside).ok()?).ok()
    }

    fn before(&self, at: usize, path: &ArticlePath) -> Option<KnownHead> {
        self.marked(at, *self.before.get(&at)?, path, |record| postcard::from_bytes(record.head).ok())
    }

    fn take_over(&self) {
        self.amended.store(true, Ordering::Relaxed);
    }

    fn keep_head(&self, at: usize, _: &ArticlePath, head: &KnownHead, aside: &Aside) -> bool {
        let keep = || {
            let (head, aside) = (bytes_of(head)?, bytes_of(aside)?);
            let mut fresh = self.fresh(at)?;
            let places = [fresh.spool.push(&self.depot, &head).ok()?, fresh.spool.push(&self.depot, &aside).ok()?];
            fresh.heads.insert(at, places);
            Some(())
        };
        keep().is_some()
    }

    fn remembers(&self) -> bool {
        true
    }

    fn entry(&self, at: usize, path: &ArticlePath) -> Option<KnownEntry> {
        self.record(at, path, |record| postcard::from_bytes(record.entry).ok())
    }

    fn keep_entry(&self, at: usize, _: &ArticlePath, entry: &KnownEntry) {
        if let (Some(bytes), Some(mut fresh)) = (bytes_of(entry), self.fresh(at))
            && let Ok(place) = fresh.spool.push(&self.depot, &bytes)
        {
            fresh.entries.insert(at, place);
        }
    }

    fn documents(&self, name: &str, of: Option<&Print>) -> Option<KnownDocuments> {
        self.documents.get(name, of)
    }

    fn keep_documents(&self, name: &str, of: &Print, made: KnownDocuments) {
        self.documents.keep(name, of, made);
    }
}

/// As it is written; most need no larger place.
fn bytes_of(one: &impl Serialize) -> Option<Vec<u8>> {
    postcard::to_extend(one, Vec::with_capacity(1024)).ok()
}

/// More files than this there never are.
const MOST: u32 = 1024;

fn wanted(articles: usize) -> u32 {
    u32::try_from(articles / SHARE).unwrap_or(MOST).clamp(1, MOST).next_power_of_two()
}

fn name(folder: &Path, shard: u32) -> PathBuf {
    folder.join(format!("heads-{shard:04}"))
}

fn hash(path: &ArticlePath) -> u64 {
    // The same in every run of one program, and another program's cache is not read.
    let mut hasher = std::hash::DefaultHasher::new();
    hasher.write(path.as_str().as_bytes());
    hasher.finish()
}

/// A digest of all that heads are read by: the whole config but for what speaks of feeds alone.
fn rules(site: &Site) -> [u8; 32] {
    // Of the feeds only one thing is asked: whether categories make feeds, and so are no tags.
    let by_category = |rule: &&FeedRule| matches!(rule, FeedRule::By { axis: Axis::Category, .. });
    let category = FeedRule::By { axis: Axis::Category, limit: None, content: None };
    let heads = Site {
        feeds: site.feeds.iter().find(by_category).map(|_| category).into_iter().collect(),
        output: OutputRules { limit: 0, dir: String::new(), formats: Vec::new(), ..site.output.clone() },
        publishing: Default::default(),
        push: Default::default(),
        hubs: Vec::new(),
        pages: Default::default(),
        policy: Default::default(),
        ..site.clone()
    };
    *blake3::hash(format!("{heads:?}").as_bytes()).as_bytes()
}
