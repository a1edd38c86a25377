//! Cached heads of articles, in files by the hash of the path. A cached head is used only if the file's stamp and all
//! settings that affect reading are unchanged.

use super::documents::Documents;
use super::frame::Unusable;
use super::shard::{self, Record, Shard, ShardWriter};
use super::temp_records::{TempFiles, TempRecords};
use crate::edge::discover::FoundArticles;
use crate::edge::file_stamp::FileStamp;
use crate::model::{
    Archive, ArticlePath, Axis, EntryDetails, FeedRule, Fingerprint, KnownDocuments, KnownEntry, KnownHead,
    OutputRules, Site,
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
pub struct HeadCache<'a> {
    folder: PathBuf,
    found: &'a FoundArticles,
    /// What heads are read by.
    rules: [u8; 32],
    shards: Vec<Shard>,
    /// Of the paths, by their places.
    hashes: Vec<u64>,
    /// Records that still hold, by the place of the path.
    held: Vec<AtomicBool>,
    /// The marks that the last run saw of the articles that have changed since, where nothing else did.
    before: BTreeMap<usize, FileStamp>,
    /// The run took over what it did not ask for: all other records hold.
    amended: AtomicBool,
    /// What was learned, by the place of the path; a share of the shards each.
    fresh: Vec<Mutex<Fresh>>,
    temp_files: TempFiles,
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
    records: TempRecords,
}

impl<'a> HeadCache<'a> {
    /// Opens the files of a folder for these articles. `before`: see there.
    pub(super) fn open(
        folder: &Path,
        found: &'a FoundArticles,
        site: &Site,
        documents: Documents,
        before: BTreeMap<usize, FileStamp>,
    ) -> Self {
        let rules = rules(site);
        let there = shard::count(&name(folder, 0)).filter(|count| count.is_power_of_two() && *count <= MAX_SHARDS);
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
            temp_files: TempFiles::new(shards.len()),
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
            let bytes = fresh.records.all(&self.temp_files)?;
            let of = |place: &Range<usize>| bytes.get(place.clone());
            members.sort_unstable();
            let path_of_file = name(&self.folder, n);
            let mut writer = ShardWriter::begin(&path_of_file, members.len())?;
            for (hash, at) in members {
                let Some((path, stamp)) = self.found.paths.get(at).zip(self.found.stamp(at)) else {
                    continue;
                };
                let path = path.as_str();
                let entry = fresh.entries.get(&at).and_then(of);
                let learned = fresh.heads.get(&at).and_then(|[head, details]| of(head).zip(of(details)));
                if let Some((head, details)) = learned {
                    writer.add(hash, &Record { path, stamp, head, details, entry: entry.unwrap_or_default() })?;
                } else if amended || held(at) {
                    let kept = shard.find(hash, path, |record, bytes| {
                        (record.stamp == stamp).then(|| match entry {
                            Some(entry) => writer.add(hash, &Record { entry, ..record }),
                            None => writer.copy(hash, bytes),
                        })
                    });
                    kept.unwrap_or(Ok(()))?;
                }
            }
            writer.end(&self.rules, count)
        })?;
        for left in (count..MAX_SHARDS).map(|n| name(&self.folder, n)).take_while(|path| path.exists()) {
            std::fs::remove_file(left)?;
        }
        Ok(())
    }

    fn count(&self) -> u32 {
        u32::try_from(self.shards.len()).unwrap_or(MAX_SHARDS)
    }

    /// The number of shards is a power of two.
    fn home(&self, hash: u64) -> usize {
        usize::try_from(hash & u64::from(self.count().saturating_sub(1))).unwrap_or_default()
    }
}

impl HeadCache<'_> {
    /// The cached record of an article in its present state.
    fn record<T>(&self, at: usize, path: &ArticlePath, look: impl FnOnce(Record<'_>) -> Option<T>) -> Option<T> {
        self.marked(at, self.found.stamp(at)?, path, look)
    }

    fn marked<T>(
        &self,
        at: usize,
        stamp: FileStamp,
        path: &ArticlePath,
        look: impl FnOnce(Record<'_>) -> Option<T>,
    ) -> Option<T> {
        let hash = *self.hashes.get(at)?;
        let shard = self.shards.get(self.home(hash))?;
        shard.find(hash, path.as_str(), |record, _| if record.stamp == stamp { look(record) } else { None })
    }

    /// Why a record could not be used, of those that were looked up.
    pub(super) fn damage(&self) -> Option<String> {
        let whys = self.shards.iter().zip(0..).filter_map(|(shard, n)| Some((shard.damaged.get()?, n)));
        whys.map(|(why, n)| format!("{}: {why}", name(&self.folder, n).display())).next()
    }

    /// What this run read of the articles of a cache file; `None` for an article that changed a moment ago.
    fn fresh(&self, at: usize) -> Option<MutexGuard<'_, Fresh>> {
        self.found.stamp(at)?;
        Some(self.fresh.get(self.home(*self.hashes.get(at)?))?.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Archive for HeadCache<'_> {
    fn head(&self, at: usize, path: &ArticlePath) -> Option<KnownHead> {
        if let Some(head) = self.record(at, path, |record| postcard::from_bytes(record.head).ok()) {
            self.held.get(at)?.store(true, Ordering::Relaxed);
            return Some(head);
        }
        let fresh = self.fresh(at)?;
        let [head, _] = fresh.heads.get(&at)?;
        postcard::from_bytes(&fresh.records.read(&self.temp_files, head).ok()?).ok()
    }

    fn entry_details(&self, at: usize, path: &ArticlePath) -> Option<EntryDetails> {
        if let Some(details) = self.record(at, path, |record| postcard::from_bytes(record.details).ok()) {
            return Some(details);
        }
        let fresh = self.fresh(at)?;
        let [_, details] = fresh.heads.get(&at)?;
        postcard::from_bytes(&fresh.records.read(&self.temp_files, details).ok()?).ok()
    }

    fn before(&self, at: usize, path: &ArticlePath) -> Option<KnownHead> {
        self.marked(at, *self.before.get(&at)?, path, |record| postcard::from_bytes(record.head).ok())
    }

    fn reuse(&self) {
        self.amended.store(true, Ordering::Relaxed);
    }

    fn keep_head(&self, at: usize, _: &ArticlePath, head: &KnownHead, details: &EntryDetails) -> bool {
        let keep = || {
            let (head, details) = (bytes_of(head)?, bytes_of(details)?);
            let mut fresh = self.fresh(at)?;
            let places = [
                fresh.records.push(&self.temp_files, &head).ok()?,
                fresh.records.push(&self.temp_files, &details).ok()?,
            ];
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
            && let Ok(place) = fresh.records.push(&self.temp_files, &bytes)
        {
            fresh.entries.insert(at, place);
        }
    }

    fn documents(&self, name: &str, of: Option<&Fingerprint>) -> Option<KnownDocuments> {
        self.documents.get(name, of)
    }

    fn keep_documents(&self, name: &str, of: &Fingerprint, made: KnownDocuments) {
        self.documents.keep(name, of, made);
    }
}

/// As it is written; most need no larger place.
fn bytes_of(one: &impl Serialize) -> Option<Vec<u8>> {
    postcard::to_extend(one, Vec::with_capacity(1024)).ok()
}

/// More files than this there never are.
const MAX_SHARDS: u32 = 1024;

fn wanted(articles: usize) -> u32 {
    u32::try_from(articles / SHARE).unwrap_or(MAX_SHARDS).clamp(1, MAX_SHARDS).next_power_of_two()
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

/// A digest of everything that affects reading a head: the config without the settings that only concern feeds.
fn rules(site: &Site) -> [u8; 32] {
    // Of the feed rules, only this affects heads: whether categories make feeds, and are therefore not tags.
    let by_category = |rule: &&FeedRule| matches!(rule, FeedRule::By { axis: Axis::Category, .. });
    let category = FeedRule::By { axis: Axis::Category, paths: Default::default(), limit: None, content: None };
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
