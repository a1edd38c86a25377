//! The last run as a whole: all it hung on, and what it told. Where all is as it was, the run's report is the answer, and
//! nothing is read, parsed or written: that is what almost every run of a clock job finds.

use super::Done;
use super::documents::Documents;
use super::frame::{self, Frame, Kind, Unusable};
use super::notes::{Notes, NotesOf};
use crate::diagnostic::{Code, Diagnostic};
use crate::edge::discover::Found;
use crate::edge::disk::{Disk, Look};
use crate::edge::mark::{self, Mark};
use crate::model::{
    ArticlePath, Change, Directory, FeedLine, Outcome, PageCount, Report, Site, Standing, TimeRule, Timestamp,
};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;
use std::time::SystemTime;

/// What a run is held against.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The config.
    pub site: &'a Site,
    /// Now, and what is let in.
    pub time: TimeRule,
    /// The articles.
    pub found: &'a Found,
    /// Where files of the site's own lie.
    pub disk: &'a Disk,
    /// Where documents lie.
    pub out: &'a Path,
    /// What probes have learned: `images.lock`.
    pub learned: &'a Path,
}

/// What the report of a run holds on, besides the key.
#[derive(Debug, Serialize, Deserialize)]
struct Terms {
    /// Config, articles, flags.
    key: [u8; 32],
    /// From the instant of the run to when an article becomes due or expires.
    since: Timestamp,
    until: Option<Timestamp>,
    learned: Option<Mark>,
    images: Vec<(ArticlePath, Look)>,
    manifest: Mark,
    outputs: Vec<(String, Mark)>,
}

/// What a run told that changed nothing.
#[derive(Debug, Serialize, Deserialize)]
struct Told<N> {
    /// In the order of the paths.
    outcomes: Vec<Outcome>,
    feeds: Vec<FeedLine>,
    pages: PageCount,
    directory: Directory,
    findings: N,
    next_due: Option<Timestamp>,
}

/// The report of a run that would change nothing, without the articles' paths.
#[derive(Debug)]
pub struct Recalled {
    /// What became of each article, in the order of the paths.
    pub outcomes: Vec<Outcome>,
    /// All else. Its findings are those of articles and documents.
    pub report: Report,
}

/// The report of the last run, if this one would come to the same.
pub(super) fn recall(path: &Path, scene: Scene<'_>) -> Result<Option<Recalled>, Unusable> {
    let frame = Frame::read(path, Kind::Run)?;
    let (terms, rest) = postcard::take_from_bytes::<Terms>(frame.rest()).map_err(|why| Unusable::unread(&why))?;
    if !scene.meets(&terms) {
        return Ok(None);
    }
    let told: Told<Notes> = postcard::from_bytes(rest).map_err(|why| Unusable::unread(&why))?;
    Ok((told.outcomes.len() == scene.found.paths.len()).then(|| Recalled {
        outcomes: told.outcomes,
        report: Report {
            feeds: told.feeds,
            pages: told.pages,
            directory: told.directory,
            findings: told.findings.0,
            next_due: told.next_due,
            ..Report::default()
        },
    }))
}

/// Notes a run that has just been committed. Where something could change unseen, nothing is noted, and the note that was
/// there goes.
pub(super) fn keep(path: &Path, done: &Done<'_>, marks: &Marks<'_>) -> std::io::Result<()> {
    match terms(done, marks) {
        Some(terms) => {
            let told = told(done);
            let bytes = postcard::to_stdvec(&terms).map_err(std::io::Error::other)?;
            let bytes = postcard::to_extend(&told, bytes).map_err(std::io::Error::other)?;
            frame::write(path, Kind::Run, &bytes)
        }
        None => match std::fs::remove_file(path) {
            Err(why) if why.kind() != std::io::ErrorKind::NotFound => Err(why),
            _ => Ok(()),
        },
    }
}

/// The marks of files by their paths below the output folder.
type Marks<'a> = BTreeMap<&'a str, Option<Mark>>;

/// The marks of all that was made, as it lies in its place; none of what was touched since it was made.
pub(super) fn marks<'a>(done: &Done<'a>, documents: &Documents) -> Marks<'a> {
    let Done { ground, plan, at, beside, .. } = *done;
    if plan.documents.iter().any(|(_, change)| *change == Change::Written) || !plan.delete.is_empty() {
        std::thread::sleep(mark::TICK);
    }
    // Also what is not ours: where it goes, ours comes.
    let outputs: Vec<&String> = ground.staged.iter().map(|staged| &staged.path).chain(beside).collect();
    let mut marks = documents.marks(&outputs, SystemTime::now());
    marks.values_mut().for_each(|mark| *mark = mark.filter(|mark| mark.is_no_later_than(at)));
    marks
}

fn terms(done: &Done<'_>, marks: &Marks<'_>) -> Option<Terms> {
    let Done { scene, ground, .. } = *done;
    let now = SystemTime::now();
    let outputs: Option<Vec<_>> = marks.iter().map(|(path, mark)| Some(((*path).to_owned(), (*mark)?))).collect();
    let images = scene.disk.looked();
    let settled = images.iter().all(|(_, look)| *look != Look::Fresh);
    Some(Terms {
        key: scene.key()?,
        since: scene.time.now,
        until: ground.holds_until,
        learned: scene.learned(now).ok()?,
        images: settled.then_some(images)?,
        manifest: Mark::at(&scene.out.join(".feedmill/manifest.json"), now)?,
        outputs: outputs?,
    })
}

fn told<'a>(done: &Done<'a>) -> Told<NotesOf<'a>> {
    let Done { scene, ground, plan, found, .. } = *done;
    let outcome = |path: &ArticlePath| ground.articles.get(path).copied().unwrap_or(Outcome::Error);
    let standing = || ground.staged.iter().filter(|staged| staged.standing != Standing::Foreign);
    let foreign = plan.findings.iter().filter(|finding| finding.code == Code::ForeignPage);
    let mut findings: Vec<&Diagnostic> = ground.findings.iter().chain(foreign).chain(found).collect();
    findings.sort();
    findings.dedup();
    Told {
        outcomes: scene.found.paths.iter().map(outcome).collect(),
        feeds: standing().filter(|s| s.format.is_feed()).map(|s| FeedLine::of(s, Change::Unchanged)).collect(),
        pages: PageCount::of(standing().map(|staged| (Some(staged.format), Change::Unchanged))),
        directory: ground.directory.clone(),
        findings: NotesOf(findings),
        next_due: ground.next_due,
    }
}

impl Scene<'_> {
    /// Whether all is as it was.
    fn meets(&self, terms: &Terms) -> bool {
        let now = SystemTime::now();
        let at = |path: &str| self.out.join(path);
        // Nobody is at work there, and nobody died at it: such a run left a word behind.
        let Ok(lock) = File::open(at(".feedmill/lock")) else { return false };
        let free = lock.metadata().is_ok_and(|about| about.len() == 0) && lock.try_lock_shared().is_ok();
        free && !at(".feedmill/stage").exists()
            && terms.since <= self.time.now
            && terms.until.is_none_or(|until| self.time.now < until)
            && self.learned(now).is_ok_and(|learned| learned == terms.learned)
            && Mark::at(&at(".feedmill/manifest.json"), now) == Some(terms.manifest)
            && self.key() == Some(terms.key)
            && terms.images.par_iter().all(|(name, look)| self.disk.look(name) == *look)
            && terms.outputs.par_iter().all(|(path, mark)| Mark::at(&at(path), now) == Some(*mark))
    }

    /// A digest of the config, the flags that have a say, and the marks of all articles; `None` where one has no mark.
    fn key(&self) -> Option<[u8; 32]> {
        let mut hasher = blake3::Hasher::new();
        hasher.update(format!("{:?} {:?} {:?}\n", self.time.drafts, self.time.future, self.site).as_bytes());
        let mut rows = Vec::with_capacity(64 << 10);
        for (at, path) in self.found.paths.iter().enumerate() {
            rows.extend_from_slice(path.as_str().as_bytes());
            rows.push(0);
            rows.extend_from_slice(self.found.mark(at)?.bytes().as_flattened());
            if rows.len() > 60 << 10 {
                hasher.update(&rows);
                rows.clear();
            }
        }
        hasher.update(&rows);
        Some(*hasher.finalize().as_bytes())
    }

    /// The mark of what probes have learned; none where they learned nothing. Not to be told: it changed a moment ago.
    fn learned(&self, now: SystemTime) -> Result<Option<Mark>, ()> {
        match std::fs::metadata(self.learned) {
            Ok(about) => Mark::of(&about, now).map(Some).ok_or(()),
            Err(_) => Ok(None),
        }
    }
}
