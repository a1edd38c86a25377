//! Outlines → staged documents. Each entry is rendered once for all feeds and formats and dropped after the last feed
//! that holds it, so that memory follows the feeds in hand and not the number of articles.

pub(super) use super::entry_cache::DIRECTORY;
use super::entry_cache::{CachedEntry, EntryCache};
use super::{BuildMemory, Depth, Job, directory};
use crate::diagnostic::{Diagnostic, Sink};
use crate::model::Listed;
use crate::model::{
    AbsUrl, ArticlePath, Count, Directory, Document, Entry, EntryId, Feed, Fingerprint, ImageFacts, Outline,
    ProgressEvent, Staged, Step, many, within,
};
use crate::normalise::Collection;
use crate::render::Addresses;
use crate::validate::Subject;
use crate::{format, normalise, render, validate};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// Feeds in hand at one time.
const BATCH: usize = 64;

/// What was made of the outlines.
#[derive(Default)]
pub(super) struct MadeDocuments {
    pub(super) staged: Vec<Staged>,
    pub(super) directory: Directory,
    pub(super) listed: BTreeMap<EntryId, Listed>,
    pub(super) lost: Vec<ArticlePath>,
    /// Whether an entry used the URLs of other articles.
    pub(super) uses_addresses: bool,
    pub(super) findings: Vec<Diagnostic>,
    pub(super) failure: Option<String>,
}

/// What documents are made of.
#[derive(Clone, Copy)]
pub(super) struct Work<'a> {
    pub(super) paths: &'a [ArticlePath],
    pub(super) collection: &'a Collection,
    pub(super) outlines: &'a [Outline],
    /// Of more feeds than the outlines are; without one they are all.
    pub(super) directory: Option<&'a Directory>,
    pub(super) job: &'a Job<'a>,
}

/// Renders, serialises, validates and stages everything that is not remembered.
pub(super) fn make(work: Work<'_>, memory: Option<&mut BuildMemory>) -> MadeDocuments {
    let made = all(work, memory);
    work.job.progress.report(ProgressEvent::Ended);
    made
}

fn all<'a>(work: Work<'a>, mut memory: Option<&'a mut BuildMemory>) -> MadeDocuments {
    let Work { collection, outlines, job, .. } = work;
    let mut made = MadeDocuments::default();
    if let Some(memory) = memory.as_deref_mut() {
        memory.begin(collection);
    }
    let face = face(job, &mut made.findings);
    let mut last_use: HashMap<usize, usize> = HashMap::new();
    for (at, outline) in outlines.iter().enumerate() {
        last_use.extend(outline.entries.iter().map(|index| (*index, at)));
    }
    let bodies = if job.depth == Depth::Check { collection.articles.len() } else { last_use.len() };
    job.progress.report(ProgressEvent::Began(Step::Render, bodies + outlines.len()));
    let mut known = EntryCache::new(work.paths, collection, face.as_ref(), job);
    made.recall(&mut known, &last_use, collection);
    let addresses = Addresses::new(&collection.articles);
    let mut maker = Maker { work, addresses, face, known, last_use, memory, rendered: HashMap::new(), made };
    let everything = match maker.feeds() {
        Ok(everything) => everything,
        Err(why) => return MadeDocuments { failure: Some(why), ..maker.made },
    };
    let of_these = || directory::from_outlines(outlines, &maker.made.staged, &collection.articles);
    maker.made.directory = work.directory.cloned().unwrap_or_else(of_these);
    if let Some(first) = outlines.first().filter(|first| first.folder.is_empty()) {
        maker.directory(first, everything);
    }
    if job.depth == Depth::Check {
        maker.look_at_the_rest();
    }
    maker.made
}

/// Documents in the making.
struct Maker<'a> {
    work: Work<'a>,
    addresses: Addresses<'a>,
    face: Option<SiteImage>,
    known: EntryCache<'a>,
    /// The last outline that holds an entry, by the entry's place in the collection.
    last_use: HashMap<usize, usize>,
    memory: Option<&'a mut BuildMemory>,
    /// Entries that feeds to come hold.
    rendered: HashMap<usize, Option<Arc<Entry>>>,
    made: MadeDocuments,
}

/// Documents that need not be made again, with their findings.
type Standing = Option<(Vec<Staged>, Vec<Diagnostic>)>;

impl Maker<'_> {
    /// Makes the documents of all feeds. Returns the feed of all articles, if it was made.
    fn feeds(&mut self) -> Result<Option<Feed>, String> {
        let mut everything = None;
        for (number, batch) in self.work.outlines.chunks(BATCH).enumerate() {
            let standing: Vec<Standing> = batch.par_iter().map(|outline| self.known.standing(outline)).collect();
            let open = batch.iter().zip(&standing).filter(|(_, standing)| standing.is_none());
            self.render(open.flat_map(|(outline, _)| outline.entries.iter().copied()).collect());
            for (outline, result) in batch.iter().zip(self.serialise(batch, standing)) {
                let feed = self.take(outline, result)?;
                everything = everything.or(feed.filter(|feed| feed.folder.is_empty()));
            }
            let done = (number + 1) * BATCH;
            let last_use = &self.last_use;
            self.rendered.retain(|index, _| last_use.get(index).is_some_and(|last| *last >= done));
        }
        Ok(everything)
    }

    /// Renders those of these entries that are not rendered yet.
    fn render(&mut self, mut wanted: BTreeSet<usize>) {
        let Work { collection, job, .. } = self.work;
        wanted.retain(|index| !self.rendered.contains_key(index));
        let wanted: Vec<usize> = wanted.into_iter().collect();
        for rendered in entries(&wanted, &self.known, &self.addresses, job, self.memory.as_deref()) {
            if let Some(memory) = self.memory.as_deref_mut() {
                memory.keep_entry(&rendered, collection);
            }
            self.rendered.insert(rendered.index, rendered.entry.clone());
            self.made.take(rendered, &mut self.known, collection);
        }
    }

    /// The documents of a batch of feeds.
    fn serialise(&self, batch: &[Outline], mut standing: Vec<Standing>) -> Vec<OneFeed> {
        let job = self.work.job;
        within(Step::Serialise, job.progress, || {
            let work = batch.par_iter().zip(standing.par_iter_mut());
            work.map(|(outline, standing)| {
                // What was rendered again may have come out as it was.
                if let Some((staged, findings)) = standing.take().or_else(|| self.known.standing(outline)) {
                    job.progress.report(ProgressEvent::Done);
                    return (Ok(staged), findings, None);
                }
                one_feed(outline, &self.rendered, &self.face, job, self.memory.as_deref())
            })
            .collect()
        })
    }

    /// Takes the documents of a feed, and caches them where possible.
    fn take(&mut self, outline: &Outline, (staged, findings, feed): OneFeed) -> Result<Option<Feed>, String> {
        if let (Some(feed), Ok(staged)) = (&feed, &staged) {
            self.known.keep(&outline.name, self.known.print(outline), staged, &findings);
            if let Some(memory) = self.memory.as_deref_mut() {
                memory.keep_feed(outline, feed, staged, &findings);
            }
        }
        self.made.findings.extend(findings);
        self.made.staged.extend(staged?);
        Ok(feed)
    }

    /// Makes the documents that describe all feeds.
    fn directory(&mut self, first: &Outline, everything: Option<Feed>) {
        let job = self.work.job;
        let print = self.known.print_of_all(first, &self.made.directory);
        let standing = self.known.directory(print);
        let everything = match everything.filter(|_| standing.is_none()) {
            // The feed is unchanged, but its page lists other feeds.
            None if standing.is_none() => self.everything_again(first),
            there => there,
        };
        // None, where an entry changed under our hands.
        let print = print.filter(|print| self.known.print_of_all(first, &self.made.directory) == Some(*print));
        let mut findings = Vec::new();
        let stood = standing.is_some();
        let staged = match (standing, everything) {
            (Some((staged, replayed)), _) => {
                findings = replayed;
                Ok(staged)
            }
            (None, Some(feed)) => within(Step::Serialise, job.progress, || {
                directory_documents(&feed, &self.made.directory, job, &mut findings)
            }),
            (None, None) => Ok(Vec::new()),
        };
        match staged {
            Ok(staged) => {
                if !stood {
                    self.known.keep_directory(print, &staged, &findings);
                }
                self.made.staged.extend(staged);
            }
            Err(why) => self.made.failure = Some(why),
        }
        self.made.findings.extend(findings);
    }

    /// The feed of all articles, whose own documents need not be made again.
    fn everything_again(&mut self, first: &Outline) -> Option<Feed> {
        let Work { collection, job, .. } = self.work;
        let mut all = HashMap::new();
        for rendered in entries(&first.entries, &self.known, &self.addresses, job, None) {
            all.insert(rendered.index, rendered.entry.clone());
            if self.known.remembers() {
                self.made.take(rendered, &mut self.known, collection);
            }
        }
        feed(first, &all, &self.face, job)
    }

    /// In a check every body is rendered, also of articles that no feed lists.
    fn look_at_the_rest(&mut self) {
        let Work { collection, job, .. } = self.work;
        let all = 0..collection.articles.len();
        let rest: Vec<usize> = all.filter(|index| !self.last_use.contains_key(index)).collect();
        for part in rest.chunks(BATCH * 16) {
            for RenderedArticle { index, entry, findings, .. } in entries(part, &self.known, &self.addresses, job, None)
            {
                self.made.findings.extend(findings);
                if let (None, Some(article)) = (entry, collection.articles.get(index)) {
                    self.made.lost.push(article.path.clone());
                }
            }
        }
    }
}

impl MadeDocuments {
    /// Takes cached entries without rendering them.
    fn recall(&mut self, known: &mut EntryCache<'_>, listed: &HashMap<usize, usize>, collection: &Collection) {
        let mut wanted: Vec<usize> = listed.keys().copied().collect();
        wanted.sort_unstable();
        for CachedEntry { index, listed, findings, uses_addresses } in known.recall(&wanted) {
            self.uses_addresses |= uses_addresses;
            self.findings.extend(findings);
            self.listed.extend(collection.articles.get(index).map(|article| (article.id.clone(), listed)));
        }
    }

    /// Takes what was rendered, unless it is what was known before.
    fn take(&mut self, rendered: RenderedArticle, known: &mut EntryCache<'_>, collection: &Collection) {
        let RenderedArticle { index, entry, findings, print, uses_addresses } = rendered;
        self.uses_addresses |= uses_addresses;
        let before = known.entry(index);
        if before.is_some() && before == print {
            return;
        }
        self.findings.extend(findings);
        // An entry that differs from its cached fingerprint changed during the run, so nothing made of it is cached.
        known.note(index, print.filter(|_| before.is_none()));
        let Some(article) = collection.articles.get(index) else { return };
        match &entry {
            Some(entry) => {
                self.listed.insert(entry.id.clone(), Listed::from_entry(entry, &article.path));
            }
            None => {
                self.listed.remove(&article.id);
                self.lost.push(article.path.clone());
            }
        }
    }
}

/// The site's image, when readers can show it.
#[derive(Clone)]
pub(super) struct SiteImage {
    pub(super) url: AbsUrl,
    pub(super) facts: Option<ImageFacts>,
}

fn face(job: &Job<'_>, sink: &mut dyn Sink) -> Option<SiteImage> {
    let image = normalise::image_of_site(job.site)?;
    let facts = job.world.image(&image);
    if let Some(fault) = facts.as_ref().and_then(|facts| render::image_fault(&image, facts, super::CONFIG)) {
        sink.report(fault);
        return None;
    }
    if job.depth == Depth::Check {
        render::advice::site(&image, facts.as_ref(), super::CONFIG, sink);
    }
    Some(SiteImage { url: image.url, facts })
}

/// An article as readers get it.
pub(super) struct RenderedArticle {
    /// Into the collection.
    pub(super) index: usize,
    pub(super) entry: Option<Arc<Entry>>,
    pub(super) findings: Vec<Diagnostic>,
    /// Whether it depends on the URLs of other articles.
    pub(super) uses_addresses: bool,
    /// Of the entry, where anything remembers it.
    pub(super) print: Option<Fingerprint>,
}

fn entries(
    wanted: &[usize],
    known: &EntryCache<'_>,
    addresses: &Addresses<'_>,
    job: &Job<'_>,
    memory: Option<&BuildMemory>,
) -> Vec<RenderedArticle> {
    job.progress.report(ProgressEvent::Counted(Count::Entries, many(wanted.len())));
    job.progress.report(ProgressEvent::Entered(Step::Render));
    let rendered = wanted
        .par_iter()
        .map(|index| {
            if let Some(remembered) = memory.and_then(|memory| memory.entry(*index, known.collection)) {
                return remembered;
            }
            let rendered = known.render(*index, addresses);
            job.progress.report(ProgressEvent::Done);
            job.progress.report(ProgressEvent::Counted(Count::Rendered, 1));
            rendered
        })
        .collect();
    job.progress.report(ProgressEvent::Left);
    rendered
}

/// The documents of one feed, with the feed itself: the feed of all articles has a page that lists all others and is
/// made last.
type OneFeed = (Result<Vec<Staged>, String>, Vec<Diagnostic>, Option<Feed>);

fn one_feed(
    outline: &Outline,
    rendered: &HashMap<usize, Option<Arc<Entry>>>,
    face: &Option<SiteImage>,
    job: &Job<'_>,
    memory: Option<&BuildMemory>,
) -> OneFeed {
    let mut findings = Vec::new();
    let Some(feed) = feed(outline, rendered, face, job) else { return (Ok(Vec::new()), findings, None) };
    if let Some((staged, findings)) = memory.and_then(|memory| memory.feed(outline, &feed)) {
        return (Ok(staged), findings, Some(feed));
    }
    let staged = format::documents(&feed).map(|made| put(made, job, &mut findings)).collect();
    job.progress.report(ProgressEvent::Done);
    (staged, findings, Some(feed))
}

fn feed(
    outline: &Outline,
    rendered: &HashMap<usize, Option<Arc<Entry>>>,
    face: &Option<SiteImage>,
    job: &Job<'_>,
) -> Option<Feed> {
    let entries = outline.entries.iter().filter_map(|index| rendered.get(index).cloned().flatten()).collect();
    let feed = format::feed(outline, entries, job.site)?;
    Some(match face.clone() {
        Some(SiteImage { url, facts }) => Feed { image: Some(url), image_facts: facts, ..feed },
        None => Feed { image: None, ..feed },
    })
}

/// The documents that describe all feeds: the page of the feed of all articles, and the OPML.
fn directory_documents(
    everything: &Feed,
    directory: &Directory,
    job: &Job<'_>,
    findings: &mut Vec<Diagnostic>,
) -> Result<Vec<Staged>, String> {
    format::directory(everything, directory, job.site).map(|made| put(made, job, findings)).collect()
}

fn put(made: Result<Document, String>, job: &Job<'_>, findings: &mut Vec<Diagnostic>) -> Result<Staged, String> {
    let document = made?;
    job.progress.report(ProgressEvent::Counted(Count::Made, 1));
    job.progress.report(ProgressEvent::Counted(Count::BytesMade, many(document.bytes.len())));
    judge(&document, job.depth, findings);
    job.stage.put(document)
}

fn judge(document: &Document, depth: Depth, findings: &mut Vec<Diagnostic>) {
    let subject =
        Subject { path: &document.path, format: document.format, topic: Some(&document.topic), bytes: &document.bytes };
    match depth {
        Depth::Build => validate::verify(subject, findings),
        Depth::Check => validate::document(subject, findings),
    }
}
