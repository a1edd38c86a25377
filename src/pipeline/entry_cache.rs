//! Cached entries and documents of earlier runs: which entries need no rendering unless a document is written, and
//! which documents are unchanged.

use super::documents::{RenderedArticle, SiteImage};
use super::recording_world::RecordingWorld;
use super::{Job, heads};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::Listed;
use crate::model::{
    Article, ArticlePath, Directory, Entry, FeedRule, Fingerprint, KnownDocuments, KnownEntry, Outline, OutputRules,
    Place, Site, Staged, World,
};
use crate::normalise::Collection;
use crate::render::{self, Addresses, EntryContext};
use crate::select;
use rayon::prelude::*;
use std::borrow::Cow;
use std::sync::OnceLock;

/// The key of the documents that describe all feeds, among the keys of single feeds.
pub(super) const DIRECTORY: &str = "/";

/// The cached values of one run.
pub(super) struct EntryCache<'a> {
    job: &'a Job<'a>,
    pub(super) collection: &'a Collection,
    /// The index of each article among the paths of the run; empty if nothing is cached.
    places: Vec<usize>,
    /// The fingerprint of each entry, if known.
    entries: Vec<Option<Fingerprint>>,
    addresses: OnceLock<Fingerprint>,
    /// Fingerprint of everything that writers read except the feed's own entries.
    frame: Fingerprint,
}

/// An entry that was known before the run.
pub(super) struct CachedEntry {
    pub(super) index: usize,
    pub(super) listed: Listed,
    pub(super) findings: Vec<Diagnostic>,
    pub(super) uses_addresses: bool,
}

impl<'a> EntryCache<'a> {
    /// Prepares the cached values of this run. Paths and articles are in the same order.
    pub(super) fn new(
        paths: &[ArticlePath],
        collection: &'a Collection,
        face: Option<&SiteImage>,
        job: &'a Job<'a>,
    ) -> Self {
        let remembers = job.archive.remembers();
        let mut rest = paths.iter().enumerate();
        let mut place = |article: &Article| rest.find(|(_, path)| **path == article.path).map(|(at, _)| at);
        let places = match remembers {
            true => collection.articles.iter().map_while(&mut place).collect(),
            false => Vec::new(),
        };
        let frame = match remembers {
            true => Fingerprint::of_debug(&(face.map(|face| (&face.url, &face.facts)), writers(job.site))),
            false => Fingerprint::from_parts([]),
        };
        let entries = vec![None; places.len()];
        Self { job, collection, places, entries, addresses: OnceLock::new(), frame }
    }

    /// Whether entries and documents are cached at all.
    pub(super) fn remembers(&self) -> bool {
        !self.places.is_empty()
    }

    /// The cached values of these entries.
    pub(super) fn recall(&mut self, wanted: &[usize]) -> Vec<CachedEntry> {
        if !self.remembers() {
            return Vec::new();
        }
        let found: Vec<_> = wanted.par_iter().with_min_len(64).filter_map(|index| self.recalled(*index)).collect();
        found
            .into_iter()
            .map(|(print, recalled)| {
                self.note(recalled.index, Some(print));
                recalled
            })
            .collect()
    }

    fn recalled(&self, index: usize) -> Option<(Fingerprint, CachedEntry)> {
        let article = self.collection.articles.get(index)?;
        let known = self.job.archive.entry(*self.places.get(index)?, &article.path)?;
        let holds = known.under == under(article, self.collection)
            && known.uses_addresses.is_none_or(|addresses| addresses == self.addresses())
            && known.images.iter().all(|(image, print)| self.job.world.image_fingerprint(image) == Some(*print));
        holds.then(|| {
            let listed = Listed::known(article, &known.body);
            (
                known.entry,
                CachedEntry { index, listed, findings: known.findings, uses_addresses: known.uses_addresses.is_some() },
            )
        })
    }

    /// Renders an entry, and caches its result where possible.
    pub(super) fn render(&self, index: usize, addresses: &Addresses<'_>) -> RenderedArticle {
        let (mut findings, addresses) = (Vec::new(), addresses.separate());
        let Job { site, world, .. } = *self.job;
        let place = self.places.get(index);
        let Some(article) = self.collection.articles.get(index).map(|article| self.whole(article, place)) else {
            return RenderedArticle { index, entry: None, findings, uses_addresses: false, print: None };
        };
        let article = &*article;
        let tags = &self.collection.tags;
        let rendered = |world: &dyn World, findings: &mut Vec<Diagnostic>| {
            let context = EntryContext { tags, addresses: &addresses, site, world };
            let entry = render::entry(article, context, findings as &mut dyn Sink)?;
            fits(&entry, article, site, findings).then_some(entry)
        };
        let (entry, print) = match place {
            None => (rendered(world, &mut findings), None),
            Some(_) => {
                let recording = RecordingWorld::new(world);
                let entry = rendered(&recording, &mut findings);
                let print = entry.as_ref().map(Entry::print);
                let images = recording.images();
                let seen = place.zip(entry.as_ref()).zip(print).zip(images);
                // An entry that was cached before need not be stored again.
                if let Some((((place, entry), print), images)) = seen.filter(|_| self.entry(index).is_none()) {
                    let body = blake3::Hash::from_hex(&entry.body_hash).map(|hash| *hash.as_bytes());
                    let known = KnownEntry {
                        under: under(article, self.collection),
                        uses_addresses: addresses.were_asked().then(|| self.addresses()),
                        images,
                        entry: print,
                        body: body.unwrap_or_default(),
                        findings: findings.clone(),
                    };
                    self.job.archive.keep_entry(*place, &article.path, &known);
                }
                (entry, print)
            }
        };
        let uses_addresses = addresses.were_asked();
        RenderedArticle { index, entry: entry.map(std::sync::Arc::new), findings, uses_addresses, print }
    }

    /// The article with the texts that were taken out of it.
    fn whole(&self, article: &'a Article, place: Option<&usize>) -> Cow<'a, Article> {
        if !article.abridged {
            return Cow::Borrowed(article);
        }
        let mut article = article.clone();
        heads::complete(&mut article, place.copied(), self.job);
        Cow::Owned(article)
    }

    /// Fingerprint of an entry, if it is known.
    pub(super) fn entry(&self, index: usize) -> Option<Fingerprint> {
        self.entries.get(index).copied().flatten()
    }

    /// Sets the fingerprint of an entry.
    pub(super) fn note(&mut self, index: usize, print: Option<Fingerprint>) {
        if let Some(entry) = self.entries.get_mut(index) {
            *entry = print;
        }
    }

    /// Fingerprint of everything that the documents of a feed are made of; `None` if an entry is not known.
    pub(super) fn print(&self, outline: &Outline) -> Option<Fingerprint> {
        if !self.remembers() {
            return None;
        }
        // Indices into the collection shift, and no document of the feed contains the number of articles elsewhere.
        let head = Fingerprint::of_debug(&Outline { entries: Vec::new(), total: 0, ..outline.clone() });
        let mut parts = vec![self.frame, head];
        for index in &outline.entries {
            parts.push((*self.entries.get(*index)?)?);
        }
        Some(Fingerprint::from_parts(parts.iter().map(Fingerprint::bytes)))
    }

    /// Fingerprint of everything that the documents describing all feeds are made of.
    pub(super) fn print_of_all(&self, everything: &Outline, directory: &Directory) -> Option<Fingerprint> {
        let (everything, directory) = (self.print(everything)?, Fingerprint::of_debug(directory));
        Some(Fingerprint::from_parts([everything.bytes(), directory.bytes()]))
    }

    /// The documents of a feed, if they are unchanged.
    pub(super) fn standing(&self, outline: &Outline) -> Option<MadeFeed> {
        self.documents(&outline.name, &self.print(outline)?)
    }

    /// The documents that describe all feeds, if they are unchanged.
    pub(super) fn directory(&self, print: Option<Fingerprint>) -> Option<MadeFeed> {
        self.documents(DIRECTORY, &print?)
    }

    fn documents(&self, name: &str, print: &Fingerprint) -> Option<MadeFeed> {
        let KnownDocuments { staged, findings } = self.job.archive.documents(name, Some(print))?;
        let staged: Option<Vec<Staged>> = staged.iter().map(|staged| self.job.stage.again(staged)).collect();
        Some((staged?, findings))
    }

    /// Caches the documents of a feed.
    pub(super) fn keep(&self, name: &str, print: Option<Fingerprint>, staged: &[Staged], findings: &[Diagnostic]) {
        if let Some(print) = print {
            let made = KnownDocuments { staged: staged.to_vec(), findings: findings.to_vec() };
            self.job.archive.keep_documents(name, &print, made);
        }
    }

    /// Caches the documents that describe all feeds.
    pub(super) fn keep_directory(&self, print: Option<Fingerprint>, staged: &[Staged], findings: &[Diagnostic]) {
        self.keep(DIRECTORY, print, staged, findings);
    }

    /// Fingerprint of the URLs of all articles, computed when the first entry needs it.
    fn addresses(&self) -> Fingerprint {
        *self.addresses.get_or_init(|| {
            let of = |a: &'a Article| [a.path.as_str(), a.permalink.as_str(), a.slug.as_str(), &a.title];
            Fingerprint::from_parts(self.collection.articles.iter().flat_map(of).map(str::as_bytes))
        })
    }
}

/// Bytes that the text of an article may have in all its feeds, in one format.
const MAX_OUTPUT: usize = 32 << 20;

/// Whether an entry may be written to all feeds that hold it; if not, this is reported.
fn fits(entry: &Entry, article: &Article, site: &Site, sink: &mut dyn Sink) -> bool {
    // No article has more than a thousand feeds that hold it, and most entries are small.
    if entry.html.len() < MAX_OUTPUT / 1024 {
        return true;
    }
    let copies = select::copies(article, site);
    let bytes = entry.html.len().saturating_mul(copies);
    if bytes > MAX_OUTPUT {
        let (text, all) = (entry.html.len().div_ceil(1 << 20), bytes.div_ceil(1 << 20));
        let feeds = if copies == 1 { "1 feed".to_owned() } else { format!("{copies} feeds") };
        let message = format!("the article has {text} MiB of HTML in {feeds}: {all} MiB, and 32 MiB are the limit");
        let path = site.display_path(&article.path);
        let finding = Diagnostic::new(Code::TooMuchOutput, &path, Place::WHOLE, message);
        sink.report(finding.help("split the article, give it fewer tags, or set `output.content: summary`"));
    }
    bytes <= MAX_OUTPUT
}

/// The documents of a feed and the findings in them.
pub(super) type MadeFeed = (Vec<Staged>, Vec<Diagnostic>);

/// Fingerprint of what an entry depends on besides its file, the config, images and the URLs of other articles: values
/// that checks over the whole collection may change or choose.
fn under(article: &Article, collection: &Collection) -> Fingerprint {
    let dates = [article.published.unix(), article.updated.unix()].map(i64::to_le_bytes);
    let own = [article.id.as_str(), article.permalink.as_str(), article.slug.as_str()];
    let guids = article.guids.iter().flat_map(|guids| [&*guids.rss, &*guids.json]);
    let label = |key| collection.tags.get(key).map_or("", |tag| tag.label.as_str());
    let labels = article.tags.iter().map(|(key, _, _)| label(key));
    let texts = own.into_iter().chain(guids).chain(labels).map(str::as_bytes);
    Fingerprint::from_parts(dates.iter().map(<[u8; 8]>::as_slice).chain(texts))
}

/// The config as far as writers read it. The settings of a feed are in its outline, and writers do not read what
/// happens to documents later.
fn writers(site: &Site) -> Site {
    Site {
        feeds: Vec::<FeedRule>::new(),
        output: OutputRules { limit: 0, dir: String::new(), ..site.output.clone() },
        publishing: Default::default(),
        push: Default::default(),
        policy: Default::default(),
        ..site.clone()
    }
}
