//! After any edit, a run with a memory gives the same result as a run without one. What did not change is not read,
//! rendered or staged again.

use super::*;
use crate::diagnostic::Diagnostic;
use crate::ledger::Ledger;
use crate::model::{
    Accept, Admit, BodyFault, Document, Extent, FileBytes, Forgetful, Image, ImageFacts, ReadFault, Site, Stage,
    TimeRule, Timestamp, World,
};
use crate::parse::{self, Overrides};
use crate::pipeline::{Build, Depth, Job, build, rebuild};
use std::collections::BTreeMap;
use std::sync::Mutex;

/// A `World` of files in a map that records what was read.
#[derive(Default)]
struct Folder {
    files: BTreeMap<ArticlePath, String>,
    read: Mutex<Vec<String>>,
    rendered: Mutex<Vec<String>>,
    staged: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl World for Folder {
    fn read(&self, path: &ArticlePath, _: Extent) -> Result<FileBytes, ReadFault> {
        self.read.lock().unwrap().push(path.to_string());
        let text = self.files.get(path).ok_or_else(|| ReadFault::Unreadable("gone".into()))?;
        Ok(FileBytes { bytes: text.clone().into_bytes(), extent: Extent::Whole })
    }

    fn body(&self, article: &Article) -> Result<String, BodyFault> {
        self.rendered.lock().unwrap().push(article.path.to_string());
        let text = self.files.get(&article.path).ok_or_else(|| BodyFault::Unreadable("gone".into()))?;
        Ok(parse::body(text, article.body).to_owned())
    }

    fn image(&self, _: &Image) -> Option<ImageFacts> {
        None
    }
}

impl Stage for Folder {
    fn put(&self, document: Document) -> Result<Staged, String> {
        let staged = Staged::for_document(&document);
        self.staged.lock().unwrap().insert(document.path, document.bytes);
        Ok(staged)
    }
}

fn site() -> Site {
    let config = "site: {title: Mill, url: \"https://e.org/\", language: en, since: 2020}\noutput: {limit: 3}\n";
    parse::config(Some(config), "feedmill.yaml", &Overrides::default(), &mut Vec::<Diagnostic>::new()).unwrap()
}

fn article(n: u32, tags: &str, body: &str) -> String {
    format!("---\ntitle: Number {n}\nslug: n-{n}\ndate: 2025-03-{n:02}T10:00:00Z\ntags: [{tags}]\n---\n\n{body}\n")
}

fn outcome(build: &Build) -> impl PartialEq + std::fmt::Debug {
    (
        build.articles.clone(),
        build.ids.clone(),
        build.staged.clone(),
        build.directory.clone(),
        build.listed.keys().cloned().collect::<Vec<_>>(),
        build.findings.clone(),
        (build.next_due, build.failure.clone()),
    )
}

/// A folder, the memory of it, and all documents staged so far.
struct Trial {
    folder: Folder,
    memory: BuildMemory,
}

impl Trial {
    fn new(files: &[(&str, String)]) -> Self {
        let files = files.iter().map(|(path, text)| (ArticlePath::new(path), text.clone())).collect();
        Self { folder: Folder { files, ..Folder::default() }, memory: BuildMemory::default() }
    }

    /// Changes a file, or removes it.
    fn edit(&mut self, path: &str, text: Option<String>) {
        let path = ArticlePath::new(path);
        self.memory.forget(&path);
        match text {
            Some(text) => self.folder.files.insert(path, text),
            None => self.folder.files.remove(&path),
        };
    }

    /// Runs with the memory and without; both must agree. Returns what was read, rendered and staged anew.
    fn run(&mut self) -> [Vec<String>; 3] {
        let paths: Vec<ArticlePath> = self.folder.files.keys().cloned().collect();
        let site = site();
        let now = Timestamp::from_unix(1_900_000_000).unwrap();
        let time = TimeRule { now, drafts: Admit::Yes, future: Admit::Yes };
        let taken = |list: &Mutex<Vec<String>>| {
            let mut list = std::mem::take(&mut *list.lock().unwrap());
            list.sort();
            list
        };
        let job = Job {
            site: &site,
            time,
            depth: Depth::Build,
            world: &self.folder,
            stage: &self.folder,
            progress: &(),
            archive: &Forgetful,
            ledger: &Ledger::default(),
            accept: Accept::NONE,
        };
        let again = rebuild(&paths, &job, &mut self.memory);
        let staged = std::mem::take(&mut *self.folder.staged.lock().unwrap());
        let asked = [taken(&self.folder.read), taken(&self.folder.rendered), staged.keys().cloned().collect()];
        let fresh = build(&paths, &job);
        taken(&self.folder.read);
        taken(&self.folder.rendered);
        let all = std::mem::take(&mut *self.folder.staged.lock().unwrap());
        assert_eq!(outcome(&again), outcome(&fresh));
        assert!(staged.iter().all(|(path, bytes)| all.get(path) == Some(bytes)));
        asked
    }
}

fn trial() -> Trial {
    Trial::new(&[
        ("a.md", article(1, "One", "First, see [c](c.md).")),
        ("b.md", article(2, "One, Two", "Second.")),
        ("c.md", article(3, "Two", "Third.")),
        ("d.md", article(4, "Three", "Fourth.")),
    ])
}

#[test]
fn a_second_run_does_next_to_nothing() {
    let mut trial = trial();
    assert_eq!(trial.run().map(|asked| asked.len()), [4, 4, 4 * 4 + 1]);
    // The page of everything and the list of all feeds describe all feeds; they are made each time.
    let [read, rendered, staged] = trial.run();
    assert_eq!(
        (read.len(), rendered.len(), staged.as_slice()),
        (0, 0, ["feeds.opml".to_owned(), "index.html".into()].as_slice())
    );
}

#[test]
fn an_edit_touches_its_own_feeds_alone() {
    let mut trial = trial();
    trial.run();
    trial.edit("b.md", Some(article(2, "One, Two", "Second, mended.")));
    let [read, rendered, staged] = trial.run();
    assert_eq!((read, rendered), (vec!["b.md".to_owned()], vec!["b.md".to_owned()]));
    let folders: std::collections::BTreeSet<_> =
        staged.iter().map(|p| p.rsplit_once('/').map_or("", |(folder, _)| folder)).collect();
    assert_eq!(folders.into_iter().collect::<Vec<_>>(), ["", "tags/one", "tags/two"]);
}

#[test]
fn whoever_leans_on_another_follows_its_move() {
    let mut trial = trial();
    trial.run();
    trial.edit("c.md", Some(article(3, "Two", "Third.").replace("slug: n-3", "slug: elsewhere")));
    let [_, rendered, _] = trial.run();
    assert_eq!(rendered, ["a.md", "c.md"], "a.md links to c.md; the others ask for nobody");
}

#[test]
fn every_kind_of_edit_gives_what_a_run_from_nothing_gives() {
    let mut trial = trial();
    trial.run();
    let edits: Vec<(&str, Option<String>)> = vec![
        ("e.md", Some(article(5, "Two, New", "Fifth."))),
        ("d.md", None),
        ("a.md", Some(article(1, "one", "Another spelling of a tag."))),
        ("b.md", Some(article(2, "ONE, Two", "And another."))),
        ("c.md", Some(article(2, "Two", "A twin of b by its slug."))),
        ("c.md", Some("no front matter".into())),
        ("c.md", Some(article(3, "Two", "Back.").replace("2025-03-03T10:00:00Z", "nonsense"))),
        ("c.md", Some(article(3, "Two", "Back.").replace("2025-03-03T10:00:00Z", "03/04/2025"))),
        ("f.md", Some(article(6, "Two", "x").replace("2025-03-06T10:00:00Z", "25/04/2025"))),
        ("f.md", Some(article(6, "Two", "x").replace("2025-03-06T10:00:00Z", "04/25/2025"))),
        ("g.md", Some(article(7, "One", "x").replace("2025-03-07T10:00:00Z", "2025-03-05"))),
        ("h.md", Some(article(8, "One", "x").replace("2025-03-08T10:00:00Z", "2025-03-05"))),
        ("g.md", None),
        ("a.md", Some(article(1, "One", "First, see [c](c.md) and [h](h.md)."))),
        ("h.md", None),
        ("a.md", Some(String::new())),
        ("b.md", None),
        ("c.md", None),
        ("e.md", None),
        ("f.md", None),
        ("a.md", Some(article(1, "One", "Alone."))),
    ];
    for (path, text) in edits {
        trial.edit(path, text);
        trial.run();
    }
}
