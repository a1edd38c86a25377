//! An article may change during a run: its head was read before the edit and its body after it. The result of that
//! run is not specified; the next run must give the same result as a run without a cache.

use super::*;
use crate::ledger::Ledger;
use crate::model::{
    Accept, Admit, BodyFault, Document, DocumentState, EntryDetails, Extent, FileBytes, Fingerprint, Forgetful, Image,
    ImageFacts, KnownDocuments, KnownEntry, KnownHead, ReadFault,
};
use crate::parse::{self, Overrides};
use std::collections::{BTreeSet, VecDeque};
use std::sync::Mutex;

/// The article that changes.
const UNSTEADY: &str = "x.md";

/// What its body is when it is read a second time.
#[derive(Debug, Clone, Copy)]
enum Body {
    /// The body is unchanged.
    Same,
    /// Another, for a moment.
    Other(&'static str),
    /// It cannot be read, for a moment.
    Gone,
}

/// Files, each with a number that every change counts on, as a ctime does.
#[derive(Default)]
struct Folder {
    files: Mutex<BTreeMap<ArticlePath, (u32, String)>>,
    meanwhile: Mutex<VecDeque<Body>>,
}

impl Folder {
    fn write(&self, path: &str, text: String) {
        let mut files = self.files.lock().unwrap();
        let file = files.entry(ArticlePath::new(path)).or_default();
        *file = (file.0 + 1, text);
    }

    fn text(&self, path: &ArticlePath) -> String {
        self.files.lock().unwrap()[path].1.clone()
    }

    fn marks(&self) -> BTreeMap<ArticlePath, u32> {
        self.files.lock().unwrap().iter().map(|(path, (mark, _))| (path.clone(), *mark)).collect()
    }
}

impl World for Folder {
    fn read(&self, path: &ArticlePath, _: Extent) -> Result<FileBytes, ReadFault> {
        Ok(FileBytes { bytes: self.text(path).into_bytes(), extent: Extent::Whole })
    }

    fn body(&self, article: &Article) -> Result<String, BodyFault> {
        let text = self.text(&article.path);
        let same = parse::body(&text, article.body).to_owned();
        let next = (article.path.as_str() == UNSTEADY).then(|| self.meanwhile.lock().unwrap().pop_front()).flatten();
        let answer = match next {
            None | Some(Body::Same) => return Ok(same),
            Some(Body::Other(body)) => Ok(body.to_owned()),
            Some(Body::Gone) => Err(BodyFault::Unreadable("gone".into())),
        };
        // It has been changed and put back.
        self.write(UNSTEADY, text);
        answer
    }

    fn image(&self, _: &Image) -> Option<ImageFacts> {
        None
    }
}

/// A stage that keeps documents in memory.
#[derive(Default)]
struct Shelf(Mutex<BTreeMap<String, Vec<u8>>>);

impl Stage for Shelf {
    fn put(&self, document: Document) -> Result<Staged, String> {
        let staged = Staged::for_document(&document);
        self.0.lock().unwrap().insert(document.path, document.bytes);
        Ok(staged)
    }

    fn again(&self, staged: &Staged) -> Option<Staged> {
        let shelf = self.0.lock().unwrap();
        let lies = shelf.get(&staged.path).is_some_and(|b| blake3::hash(b).to_hex().as_str() == staged.digest);
        lies.then(|| Staged { state: DocumentState::AsListed, ..staged.clone() })
    }
}

/// An archive in memory, with the marks that the files had when the run began.
#[derive(Default)]
struct Shelves {
    marks: BTreeMap<ArticlePath, u32>,
    heads: Mutex<BTreeMap<ArticlePath, (u32, KnownHead, EntryDetails)>>,
    entries: Mutex<BTreeMap<ArticlePath, (u32, KnownEntry)>>,
    documents: Mutex<BTreeMap<String, (Fingerprint, KnownDocuments)>>,
    /// Of the documents, which held and which were kept in this run.
    held: Mutex<BTreeSet<String>>,
    kept: Mutex<BTreeSet<String>>,
}

impl Archive for Shelves {
    fn head(&self, _: usize, path: &ArticlePath) -> Option<KnownHead> {
        let heads = self.heads.lock().unwrap();
        heads.get(path).filter(|(mark, ..)| *mark == self.marks[path]).map(|(_, head, _)| head.clone())
    }

    fn keep_head(&self, _: usize, path: &ArticlePath, head: &KnownHead, details: &EntryDetails) -> bool {
        self.heads.lock().unwrap().insert(path.clone(), (self.marks[path], head.clone(), details.clone()));
        true
    }

    fn entry_details(&self, _: usize, path: &ArticlePath) -> Option<EntryDetails> {
        self.heads.lock().unwrap().get(path).map(|(_, _, details)| details.clone())
    }

    fn remembers(&self) -> bool {
        true
    }

    fn entry(&self, _: usize, path: &ArticlePath) -> Option<KnownEntry> {
        let entries = self.entries.lock().unwrap();
        entries.get(path).filter(|(mark, _)| *mark == self.marks[path]).map(|(_, entry)| entry.clone())
    }

    fn keep_entry(&self, _: usize, path: &ArticlePath, entry: &KnownEntry) {
        self.entries.lock().unwrap().insert(path.clone(), (self.marks[path], entry.clone()));
    }

    fn documents(&self, name: &str, of: Option<&Fingerprint>) -> Option<KnownDocuments> {
        let known =
            self.documents.lock().unwrap().get(name).filter(|(print, _)| of.is_none_or(|of| print == of))?.1.clone();
        self.held.lock().unwrap().insert(name.into());
        Some(known)
    }

    fn keep_documents(&self, name: &str, of: &Fingerprint, made: KnownDocuments) {
        self.kept.lock().unwrap().insert(name.into());
        self.documents.lock().unwrap().insert(name.into(), (*of, made));
    }
}

fn article(day: u32, tags: &str, body: &str) -> String {
    format!("---\ntitle: Of day {day}\ndate: 2025-03-{day:02}T10:00:00Z\ntags: [{tags}]\n---\n{body}\n")
}

fn said(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

type Change = fn(&Trial);

/// A site with what its runs leave behind. The feed of all articles holds the two newest articles, those of tags hold all.
#[derive(Default)]
struct Trial {
    folder: Folder,
    shelf: Shelf,
    archive: Shelves,
}

impl Trial {
    fn new() -> Self {
        let trial = Self::default();
        trial.folder.write("a.md", article(9, "One", "The newest."));
        trial.folder.write(UNSTEADY, article(8, "One, Two", "As ever."));
        trial.folder.write("b.md", article(7, "Two", "An old one."));
        trial.folder.write("c.md", article(6, "Three", "One by itself."));
        trial
    }

    fn build(&self, stage: &Shelf, archive: &dyn Archive) -> Build {
        let config = "site: {title: Mill, url: \"https://e.org/\", language: en}\noutput: {limit: 2}\nfeeds: [{by: tag, limit: 9}]\n";
        let mut findings = Vec::<Diagnostic>::new();
        let site = parse::config(Some(config), CONFIG, &Overrides::default(), &mut findings).unwrap();
        let now = Timestamp::from_unix(1_900_000_000).unwrap();
        let time = TimeRule { now, drafts: Admit::No, future: Admit::No };
        let world = &self.folder;
        let paths: Vec<ArticlePath> = world.marks().into_keys().collect();
        let (site, ledger, accept, depth) = (&site, &Ledger::default(), Accept::NONE, Depth::Build);
        build(&paths, &Job { site, time, depth, world, stage, progress: &(), archive, ledger, accept })
    }

    /// Runs over the cache. Returns the build and the names of the feeds whose documents were newly cached.
    fn run(&mut self, meanwhile: &[Body]) -> (Build, BTreeSet<String>) {
        *self.folder.meanwhile.lock().unwrap() = meanwhile.iter().copied().collect();
        self.archive.marks = self.folder.marks();
        let build = self.build(&self.shelf, &self.archive);
        self.folder.meanwhile.lock().unwrap().clear();
        let [held, kept] =
            [&self.archive.held, &self.archive.kept].map(|names| std::mem::take(&mut *names.lock().unwrap()));
        self.archive.documents.lock().unwrap().retain(|name, _| held.contains(name) || kept.contains(name));
        (build, &kept - &held)
    }

    /// Cached documents that equal the staged ones and contain text that no later run can produce again.
    fn known_of_a_moment(&self) -> Vec<String> {
        let documents = self.archive.documents.lock().unwrap();
        let lie = documents.values().flat_map(|(_, known)| &known.staged).filter_map(|staged| self.shelf.again(staged));
        let shelf = self.shelf.0.lock().unwrap().clone();
        let momentary = |path: &String| ["Changed.", "Again."].iter().any(|word| said(&shelf[path]).contains(word));
        lie.map(|staged| staged.path).filter(momentary).collect()
    }

    /// Runs while nothing changes, and holds what it leaves against a run from nothing. Names as above.
    fn settles(&mut self, what: &str) -> BTreeSet<String> {
        let (build, kept) = self.run(&[]);
        let shelf = Shelf::default();
        let cold = self.build(&shelf, &Forgetful);
        let here = self.shelf.0.lock().unwrap();
        for (path, bytes) in shelf.0.into_inner().unwrap() {
            assert!(here[&path] == bytes, "{what}: {path}\n{}\n---\n{}", said(&here[&path]), said(&bytes));
        }
        let outcome = |build: &Build| {
            let staged: Vec<_> = build.staged.iter().map(|s| (s.path.clone(), s.digest.clone())).collect();
            (staged, build.articles.clone(), build.listed.clone(), build.findings.clone(), build.directory.clone())
        };
        assert!(outcome(&build) == outcome(&cold), "{what}: {:?}\n---\n{:?}", outcome(&build), outcome(&cold));
        kept
    }
}

/// Each reason why a run reads the unsteady article although it is cached, with the change that triggers it.
const REASONS: [(&str, Change); 4] = [
    ("an article of its feed is new", |trial| trial.folder.write("b.md", article(7, "Two", "Mended."))),
    ("the newest is new", |trial| trial.folder.write("a.md", article(9, "One", "Mended."))),
    ("a document of its feed is gone", |trial| {
        trial.shelf.0.lock().unwrap().remove("tags/two/atom.xml");
    }),
    ("the list of all feeds is another", |trial| trial.folder.write("c.md", article(6, "Three, Four", "Mended."))),
];

#[test]
fn what_changes_while_a_run_is_on_its_way_leaves_nothing_to_the_next() {
    let others = [
        &[Body::Other("Changed.\n")][..],
        &[Body::Other("Changed.\n"), Body::Other("Again.\n")],
        &[Body::Same, Body::Other("Changed.\n")],
        &[Body::Other("Changed.\n"), Body::Same],
        &[Body::Gone],
        &[Body::Gone, Body::Other("Changed.\n")],
        &[Body::Other("Changed.\n"), Body::Gone],
    ];
    for (reason, change) in REASONS {
        for (meanwhile, stays) in others.into_iter().flat_map(|meanwhile| [(meanwhile, false), (meanwhile, true)]) {
            let what = format!("{reason}, {meanwhile:?}, stays: {stays}");
            let mut trial = Trial::new();
            trial.run(&[]);
            assert_eq!(trial.settles(&what), BTreeSet::new(), "{what}: all is known");
            change(&trial);
            trial.run(meanwhile);
            assert_eq!(trial.known_of_a_moment(), Vec::<String>::new(), "{what}");
            if stays {
                trial.folder.write(UNSTEADY, article(8, "One, Two", "Changed."));
            }
            trial.settles(&what);
            assert_eq!(trial.settles(&what), BTreeSet::new(), "{what}: all is known again");
        }
    }
}
