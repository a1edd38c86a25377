//! The last run as a whole: what it depended on, its report, and its selection. If nothing changed, that report is
//! the result, and nothing is read, parsed or written; this is the usual case for a scheduled run. If only a few
//! articles changed, the next run may start from the selection.

use super::Done;
use super::documents::Documents;
use super::frame::{self, CacheFileKind, Frame, Unusable};
use super::notes::{Notes, NotesOf};
use super::shard::at_once;
use crate::diagnostic::{Code, Diagnostic};
use crate::edge::discover::FoundArticles;
use crate::edge::disk::{Disk, Look};
use crate::edge::file_stamp::{self, FileStamp};
use crate::edge::files::Root;
use crate::model::{
    ArticlePath, Change, Directory, DocumentState, FeedLine, Outcome, PageCount, Report, Site, TimeRule, Timestamp,
};
use crate::pipeline::{PreviousBuild, Selection};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// What a run is held against.
#[derive(Clone, Copy)]
pub struct CacheContext<'a> {
    /// The site's config.
    pub site: &'a Site,
    /// The current time, and which articles are published at it.
    pub time: TimeRule,
    /// The articles that were found.
    pub found: &'a FoundArticles,
    /// The folders of the site's own files.
    pub disk: &'a Disk,
    /// The output folder.
    pub out: &'a Path,
    /// What probes have learned, as it was before it was read.
    pub learned: Learned,
    /// `feedmill.ids`, as the run leaves it.
    pub ledger: Learned,
    /// Whether the run writes that file.
    pub writes_ledger: bool,
    /// Before any document was looked at.
    pub began: SystemTime,
}

/// `images.lock` or `feedmill.ids` as it was at an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Learned {
    /// It is not there.
    Nothing,
    /// The file exists with this stamp.
    This(FileStamp),
    /// It changed a moment ago.
    Fresh,
}

impl Learned {
    /// Of the file at a path, now.
    pub fn at(path: &Path) -> Self {
        let now = SystemTime::now();
        std::fs::symlink_metadata(path)
            .map_or(Self::Nothing, |about| FileStamp::from_metadata(&about, now).map_or(Self::Fresh, Self::This))
    }

    /// As it may be noted; `None` where it may not.
    fn settled(self) -> Option<Option<FileStamp>> {
        match self {
            Self::Nothing => Some(None),
            Self::This(stamp) => Some(Some(stamp)),
            Self::Fresh => None,
        }
    }
}

/// What the report of a run holds on.
#[derive(Debug, Serialize, Deserialize)]
struct Terms<'a> {
    /// Config, flags, the articles' paths.
    key: [u8; 32],
    /// The marks of the articles, one after another.
    #[serde(borrow, serialize_with = "at_once")]
    stamps: Cow<'a, [u8]>,
    /// From the instant of the run to when an article becomes due or expires.
    since: Timestamp,
    until: Option<Timestamp>,
    learned: Option<FileStamp>,
    ledger: Option<FileStamp>,
    images: Vec<(ArticlePath, Look)>,
    manifest: FileStamp,
    outputs: Vec<(String, FileStamp)>,
}

/// The report of a run that changed nothing.
#[derive(Debug, Serialize, Deserialize)]
struct SavedReport<N> {
    /// In the order of the paths.
    outcomes: Vec<Outcome>,
    feeds: Vec<FeedLine>,
    pages: PageCount,
    directory: Directory,
    findings: N,
    next_due: Option<Timestamp>,
}

/// The last run, as far as its result is valid for this one.
#[derive(Debug)]
pub enum CacheHit {
    /// It would change nothing.
    Whole {
        /// What became of each article, in the order of the paths.
        outcomes: Vec<Outcome>,
        /// All else, without the articles. Its findings are those of articles and documents.
        report: Box<Report>,
    },
    /// Only a few articles have changed.
    Partial(Box<PartialHit>),
}

/// A run since which only a few articles have changed.
#[derive(Debug)]
pub struct PartialHit {
    /// The result of the last run.
    pub last: PreviousBuild,
    /// The site's own images that it looked for; they are as they were.
    pub images: Vec<(ArticlePath, Look)>,
    /// The marks that it saw of the articles that have changed.
    pub(super) stamps: BTreeMap<usize, FileStamp>,
    /// The marks of the documents, which they still bear.
    pub(super) outputs: Vec<(String, FileStamp)>,
    manifest: (PathBuf, FileStamp),
}

impl PartialHit {
    /// Whether no other run has been at work in the output folder since.
    pub fn stands(&self) -> bool {
        let (path, stamp) = &self.manifest;
        FileStamp::at(path, SystemTime::now()) == Some(*stamp)
    }
}

/// The last run, if its result is valid for this one.
pub(super) fn recall(path: &Path, context: CacheContext<'_>) -> Result<Option<CacheHit>, Unusable> {
    let frame = Frame::read(path, CacheFileKind::Run)?;
    let unread = |why| Unusable::unread(&why);
    let (terms, rest) = postcard::take_from_bytes::<Terms<'_>>(frame.rest()).map_err(unread)?;
    let Some(changed) = context.changed(&terms).filter(|changed| few(changed.len(), context.found.paths.len())) else {
        return Ok(None);
    };
    let (saved, rest) = postcard::take_from_bytes::<SavedReport<Notes>>(rest).map_err(unread)?;
    let SavedReport { outcomes, feeds, pages, directory, findings: Notes(findings), next_due } = saved;
    if outcomes.len() != context.found.paths.len() {
        return Ok(None);
    }
    if changed.is_empty() {
        let report = Report { feeds, pages, directory, findings, next_due, ..Report::default() };
        return Ok(Some(CacheHit::Whole { outcomes, report: Box::new(report) }));
    }
    let Some(selection) = postcard::from_bytes::<Option<Selection>>(rest).map_err(unread)? else { return Ok(None) };
    let (changed, stamps) = (changed.keys().copied().collect(), changed);
    Ok(Some(CacheHit::Partial(Box::new(PartialHit {
        last: PreviousBuild { changed, outcomes, selection, directory, findings, next_due, holds_until: terms.until },
        images: terms.images,
        stamps,
        outputs: terms.outputs,
        manifest: (context.out.join(MANIFEST), terms.manifest),
    }))))
}

/// Path of the manifest below the output folder.
const MANIFEST: &str = ".feedmill/manifest.json";

/// Whether so many changed articles are few enough that the others need not be looked at.
const fn few(changed: usize, of: usize) -> bool {
    changed <= 1 || changed * 8 <= of
}

/// Records a run that has just been committed. If something could change undetected, nothing is recorded and the
/// previous record is removed.
pub(super) fn keep(path: &Path, done: &Done<'_>, stamps: &Marks<'_>) -> std::io::Result<()> {
    match terms(done, stamps) {
        Some(terms) => {
            let saved = saved_report(done);
            let mut file = frame::Growing::begin(path, CacheFileKind::Run)?;
            postcard::to_io(&terms, &mut file).map_err(std::io::Error::other)?;
            postcard::to_io(&saved, &mut file).map_err(std::io::Error::other)?;
            postcard::to_io(&done.build.selection, &mut file).map_err(std::io::Error::other)?;
            file.end()
        }
        None => match std::fs::remove_file(path) {
            Err(why) if why.kind() != std::io::ErrorKind::NotFound => Err(why),
            _ => Ok(()),
        },
    }
}

/// The marks of files by their paths below the output folder.
type Marks<'a> = BTreeMap<&'a str, Option<FileStamp>>;

/// The stamps of all files that were made, in their final places; `None` for those changed since.
pub(super) fn stamps<'a>(done: &Done<'a>, documents: &Documents) -> Marks<'a> {
    let Done { context, build, plan, at, beside, .. } = *done;
    if plan.documents.iter().any(|(_, change)| *change == Change::Written) || !plan.delete.is_empty() {
        std::thread::sleep(file_stamp::TICK);
    }
    // Also files of others: if one is removed, a document takes its place.
    let outputs: Vec<&String> = build.staged.iter().map(|staged| &staged.path).chain(beside).collect();
    let mut stamps = documents.stamps(&outputs, SystemTime::now());
    // What was left in its place was looked at after the run began, and not since; what came there has the time of its making.
    let left = plan.documents.iter().filter(|(_, change)| *change == Change::Unchanged);
    let left: HashSet<&str> = left.map(|(staged, _)| staged.path.as_str()).collect();
    let holds = |path: &str, stamp: &FileStamp| match left.contains(path) {
        true => stamp.is_settled_by(context.began),
        false => stamp.is_no_later_than(at),
    };
    stamps.iter_mut().for_each(|(path, stamp)| *stamp = stamp.filter(|stamp| holds(path, stamp)));
    stamps
}

fn terms(done: &Done<'_>, stamps: &Marks<'_>) -> Option<Terms<'static>> {
    let Done { context, build, .. } = *done;
    let now = SystemTime::now();
    let outputs: Option<Vec<_>> = stamps.iter().map(|(path, stamp)| Some(((*path).to_owned(), (*stamp)?))).collect();
    let images = context.disk.looked();
    let settled = images.iter().all(|(_, look)| *look != Look::Fresh);
    Some(Terms {
        key: context.key(),
        stamps: context.stamps()?.into(),
        since: context.time.now,
        until: build.holds_until,
        learned: context.learned.settled()?,
        ledger: context.ledger.settled()?,
        images: settled.then_some(images)?,
        manifest: FileStamp::at(&context.out.join(MANIFEST), now)?,
        outputs: outputs?,
    })
}

fn saved_report<'a>(done: &Done<'a>) -> SavedReport<NotesOf<'a>> {
    let Done { context, build, plan, found, .. } = *done;
    // Both are in the order of the paths, and each path has a result.
    let mut each = build.articles.iter().peekable();
    let mut outcome = |path: &ArticlePath| {
        while each.next_if(|(other, _)| *other < path).is_some() {}
        each.next_if(|(other, _)| *other == path).map_or(Outcome::Error, |(_, outcome)| *outcome)
    };
    let state = || build.staged.iter().filter(|staged| staged.state != DocumentState::Foreign);
    let foreign = plan.findings.iter().filter(|finding| finding.code == Code::ForeignPage);
    let others: Vec<&Diagnostic> = foreign.chain(found).collect();
    let mut findings: Vec<&Diagnostic> = build.findings.iter().collect();
    if !others.is_empty() {
        findings.extend(others);
        findings.sort();
        findings.dedup();
    }
    SavedReport {
        outcomes: context.found.paths.iter().map(&mut outcome).collect(),
        feeds: state().filter(|s| s.format.is_feed()).map(|s| FeedLine::from_staged(s, Change::Unchanged)).collect(),
        pages: PageCount::from_changes(state().map(|staged| (Some(staged.format), Change::Unchanged))),
        directory: build.directory.clone(),
        findings: NotesOf(findings),
        next_due: build.next_due,
    }
}

impl CacheContext<'_> {
    /// The articles that have changed, with the marks they had, where all else is as it was.
    fn changed(&self, terms: &Terms<'_>) -> Option<BTreeMap<usize, FileStamp>> {
        let now = SystemTime::now();
        let out = Root::new(self.out);
        let at = |path: &str| out.join(path);
        // No run is at work there, and none died at it: such a run leaves its note in the lock.
        let lock = out.open(".feedmill/lock").ok()?;
        let free = lock.metadata().is_ok_and(|about| about.len() == 0) && lock.try_lock_shared().is_ok();
        let holds =
            free && out.check(".feedmill/.gitignore").is_ok()
                && at(".feedmill/stage").symlink_metadata().is_err()
                && terms.since <= self.time.now
                && terms.until.is_none_or(|until| self.time.now < until)
                && self.learned.settled() == Some(terms.learned)
                && self.ledger.settled() == Some(terms.ledger)
                && FileStamp::at(&at(MANIFEST), now) == Some(terms.manifest)
                && self.key() == terms.key
                && terms.images.par_iter().all(|(name, look)| self.disk.look(name) == *look)
                && terms.outputs.par_iter().all(|(path, stamp)| {
                    out.check_folders(path).is_ok() && FileStamp::at(&at(path), now) == Some(*stamp)
                });
        let (then, rest) = terms.stamps.as_chunks();
        (holds && rest.is_empty() && then.len() == self.found.paths.len()).then(|| {
            let differs =
                |place: usize, then: &[u8; 32]| self.found.stamp(place).is_none_or(|now| now.bytes() != *then);
            let other = then.iter().enumerate().filter(|(place, then)| differs(*place, then));
            other.map(|(place, then)| (place, FileStamp::from_bytes(*then))).collect()
        })
    }

    /// A digest of the config, the flags that affect the result, and the paths of all articles.
    fn key(&self) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        hasher.update(
            format!("{:?} {:?} {} {:?}\n", self.time.drafts, self.time.future, self.writes_ledger, self.site)
                .as_bytes(),
        );
        let mut rows = Vec::with_capacity(64 << 10);
        for path in &self.found.paths {
            rows.extend_from_slice(path.as_str().as_bytes());
            rows.push(0);
            if rows.len() > 60 << 10 {
                hasher.update(&rows);
                rows.clear();
            }
        }
        hasher.update(&rows);
        *hasher.finalize().as_bytes()
    }

    /// The stamps of all articles; `None` if one has none.
    fn stamps(&self) -> Option<Vec<u8>> {
        let places = 0..self.found.paths.len();
        let mut bytes = Vec::with_capacity(places.len() * size_of::<FileStamp>());
        for place in places {
            bytes.extend_from_slice(&self.found.stamp(place)?.bytes());
        }
        Some(bytes)
    }
}
