//! Runs over a folder that is edited under their hands and put back: the next run gives what one without a cache gives.

use super::*;
use crate::diagnostic::Diagnostic;
use crate::edge::cache::{Cache, CacheContext, Done, Learned, Whole};
use crate::edge::discover::{self, SearchScope, StampMode};
use crate::edge::images::lock::ImageLock;
use crate::edge::store::{Dir, Target};
use crate::ledger::Ledger;
use crate::model::{Accept, Admit, Archive, Stage, TimeRule, Timestamp};
use crate::parse::{self, Overrides};
use crate::pipeline::{Build, Depth, Job, build};
use crate::plan::{self, PlanContext};
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

/// When somebody edits the article and puts it back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    /// While its head is read.
    Head,
    /// While its body is read.
    Body,
    /// He takes its folder away while its head is read.
    Away,
    Never,
}

const PATH: &str = "content/b/a.md";

fn text(word: &str) -> String {
    format!("---\ntitle: A title that is {word}\ndate: 2025-03-01\n---\nA text that is {word}.\n")
}

/// A project in a folder of its own: an article that somebody edits, and another one.
struct Project {
    folder: tempfile::TempDir,
    site: Site,
}

/// A world in which files change at the worst moment.
struct Unsteady<'a> {
    world: CheckedDisk<'a>,
    project: &'a Project,
    when: When,
}

impl Unsteady<'_> {
    fn during<T>(&self, path: &ArticlePath, now: &[When], read: impl Fn() -> T) -> T {
        let there = self.project.path("content/b");
        match self.when {
            when if !now.contains(&when) || path.as_str() != "b/a.md" => read(),
            When::Away => {
                fs::rename(&there, self.project.path("elsewhere")).unwrap();
                let read = read();
                fs::rename(self.project.path("elsewhere"), &there).unwrap();
                read
            }
            _ => {
                self.project.write("changed");
                let read = read();
                self.project.write("as ever");
                read
            }
        }
    }
}

impl World for Unsteady<'_> {
    fn read(&self, path: &ArticlePath, extent: Extent) -> Result<FileBytes, ReadFault> {
        self.during(path, &[When::Head, When::Away], || self.world.read(path, extent))
    }

    fn body(&self, article: &Article) -> Result<String, BodyFault> {
        self.during(&article.path, &[When::Body], || self.world.body(article))
    }

    fn image(&self, image: &Image) -> Option<ImageFacts> {
        self.world.image(image)
    }
}

impl Project {
    fn new(way: &str) -> Self {
        let config = format!("site: {{title: Mill, url: \"https://e.org/\"}}\ncontent: {{change_detection: {way}}}\n");
        let mut findings: Vec<Diagnostic> = Vec::new();
        let site = parse::config(Some(&config), "feedmill.yaml", &Overrides::default(), &mut findings).unwrap();
        let project = Self { folder: tempfile::tempdir().unwrap(), site };
        fs::create_dir_all(project.path("content/b")).unwrap();
        fs::write(project.path("content/steady.md"), text("steady")).unwrap();
        project.write("as ever");
        project
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, word: &str) {
        fs::write(self.path(PATH), text(word)).unwrap();
    }

    fn found(&self) -> FoundArticles {
        let (content, out) = (self.path("content"), self.path("feeds"));
        let field = SearchScope { content: &content, site: &self.site, skip: &out, stamps: StampMode::Taken };
        discover::articles(field, &mut Vec::<Diagnostic>::new()).unwrap()
    }

    /// A whole run, to the manifest and the cache. What it could spare.
    fn run(&self, when: When) -> Ran {
        let (out, began, found) = (self.path("feeds"), SystemTime::now(), self.found());
        let disk = Disk::new(&self.path("content"), Arc::new(ImageLock::default()));
        let now = Timestamp::from_unix(1_900_000_000).unwrap();
        let time = TimeRule { now, drafts: Admit::No, future: Admit::No };
        let context = CacheContext {
            site: &self.site,
            time,
            found: &found,
            disk: &disk,
            out: &out,
            learned: Learned::Nothing,
            ledger: Learned::Nothing,
            writes_ledger: false,
            began,
        };
        let cache = Cache::open(self.folder.path(), "build", &mut ()).unwrap();
        let mut findings: Vec<Diagnostic> = Vec::new();
        if cache.recall(context, &mut findings).is_some() {
            return Ran::Recalled;
        }
        let heads = cache.heads(context, None, &mut findings);
        let world = Unsteady { world: CheckedDisk::new(&disk, &self.site, &found), project: self, when };
        let mut target = Dir::open(&out).unwrap();
        let before = target.before().unwrap();
        let known = found.paths.iter().enumerate().all(|(at, path)| heads.head(at, path).is_some());
        let build = self.build(&found, time, &world, &target, &heads);
        let accept = PlanContext { site: &self.site, ledger: &Ledger::default(), accept: Accept::ALL };
        let plan = plan::plan(&build, &before, &accept);
        let at = SystemTime::now();
        target.commit(&plan, &()).unwrap();
        let done = Done { context, build: &build, plan: &plan, beside: &[], found: &[], at };
        cache.keep(&heads, done, Whole::Stands, &mut findings);
        assert!(findings.is_empty(), "{findings:?}");
        if known { Ran::WithKnownHeads } else { Ran::Anew }
    }

    fn build(
        &self,
        found: &FoundArticles,
        time: TimeRule,
        world: &dyn World,
        stage: &dyn Stage,
        archive: &dyn Archive,
    ) -> Build {
        let job = Job {
            site: &self.site,
            time,
            depth: Depth::Build,
            world,
            stage,
            progress: &(),
            archive,
            ledger: &Ledger::default(),
            accept: Accept::NONE,
        };
        build(&found.paths, &job)
    }

    fn feed(&self) -> String {
        fs::read_to_string(self.path("feeds/atom.xml")).unwrap_or_default()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ran {
    Recalled,
    WithKnownHeads,
    Anew,
}

fn undisturbed(way: &str) -> String {
    let project = Project::new(way);
    project.run(When::Never);
    project.feed()
}

#[test]
fn an_edit_that_is_put_back_leaves_nothing_in_the_cache() {
    for (way, when) in [("hash", When::Head), ("hash", When::Body), ("hash", When::Away), ("stat", When::Away)] {
        let undisturbed = undisturbed(way);
        // With the note on the run as a whole, and by heads, entries and documents alone.
        for whole in [Whole::Stands, Whole::No] {
            let project = Project::new(way);
            let marked = project.found().stamp(0);
            assert!(marked.is_some());
            project.run(when);
            assert_ne!(project.feed(), undisturbed, "{way} {when:?}: nothing was changed");
            assert_eq!(project.found().stamp(0), marked, "{way} {when:?}: it is seen by the mark");
            if whole == Whole::No {
                let _ = fs::remove_file(project.path(".feedmill-cache/run-build"));
            }
            assert_eq!(project.run(When::Never), Ran::Anew, "{way} {when:?}");
            assert_eq!(project.feed(), undisturbed, "{way} {when:?}");
            assert_eq!(project.run(When::Never), Ran::Recalled, "{way} {when:?}");
            fs::remove_file(project.path(".feedmill-cache/run-build")).unwrap();
            assert_eq!(project.run(When::Never), Ran::WithKnownHeads, "{way} {when:?}");
        }
    }
}

#[test]
fn what_was_known_of_an_article_before_it_was_edited_and_put_back_stands_for_no_run() {
    let project = Project::new("hash");
    project.run(When::Never);
    fs::remove_file(project.path("feeds/atom.xml")).unwrap();
    assert_eq!(project.run(When::Body), Ran::WithKnownHeads);
    assert_ne!(project.feed(), undisturbed("hash"));
    assert_ne!(project.run(When::Never), Ran::Recalled);
    assert_eq!(project.feed(), undisturbed("hash"));
}

/// The first read of a long file ends at the same byte as without a cache.
#[test]
fn a_mark_by_bytes_does_not_change_what_is_read() {
    for length in [0, 1, 4095, 4096, 4097, 9000] {
        let project = Project::new("hash");
        fs::write(project.path(PATH), "x".repeat(length)).unwrap();
        let (found, disk) = (project.found(), Disk::new(&project.path("content"), Arc::default()));
        let vouched = CheckedDisk::new(&disk, &project.site, &found);
        for extent in [Extent::Start, Extent::Whole] {
            let [one, other] =
                [&vouched as &dyn World, &disk].map(|world| world.read(&found.paths[0], extent).unwrap());
            assert_eq!((one.bytes, one.extent), (other.bytes, other.extent), "{length} {extent:?}");
        }
        assert!(found.stamp(0).is_some());
    }
}
