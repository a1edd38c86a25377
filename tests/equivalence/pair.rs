//! Two projects with the same files: one is built with its cache, the other without one.

use crate::project::{Ran, TestProject};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::time::SystemTime;

/// What may be wrong with the cache.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Damage {
    /// Nobody touched it: a word of damage is a fault.
    None,
    /// It was damaged at some time: whether that is reported depends on which files the run reads.
    Done,
}

pub struct Pair {
    warm: TestProject,
    cold: TestProject,
}

impl Pair {
    pub fn new() -> Self {
        Self { warm: TestProject::empty(), cold: TestProject::empty() }
    }

    fn both(&self) -> [&TestProject; 2] {
        [&self.warm, &self.cold]
    }

    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        self.both().iter().for_each(|project| project.write(path, bytes.as_ref()));
    }

    /// Writes into the file that is there, and puts its time back.
    pub fn overwrite(&self, path: &str, bytes: &[u8]) {
        for project in self.both() {
            let mut file = File::options().write(true).open(project.path(path)).unwrap();
            let then = file.metadata().unwrap().modified().unwrap();
            file.write_all(bytes).unwrap();
            file.set_modified(then).unwrap();
        }
    }

    pub fn touch(&self, path: &str, at: SystemTime) {
        for project in self.both() {
            File::options().append(true).open(project.path(path)).unwrap().set_modified(at).unwrap();
        }
    }

    pub fn rename(&self, from: &str, to: &str) {
        for project in self.both() {
            fs::create_dir_all(project.path(to).parent().unwrap()).unwrap();
            fs::rename(project.path(from), project.path(to)).unwrap();
        }
    }

    pub fn swap(&self, one: &str, other: &str) {
        for (from, to) in [(one, "aside"), (other, one), ("aside", other)] {
            self.rename(from, to);
        }
    }

    pub fn remove(&self, path: &str) {
        for project in self.both() {
            let path = project.path(path);
            let gone = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
            gone.unwrap();
        }
    }

    pub fn has(&self, path: &str) -> bool {
        self.warm.has(path)
    }

    /// Files of the output folder.
    pub fn outputs(&self) -> BTreeMap<String, Vec<u8>> {
        self.warm.tree("feeds")
    }

    /// Files of the cache, except those for git.
    pub fn cached(&self) -> BTreeMap<String, Vec<u8>> {
        self.warm.tree(".feedmill-cache").into_iter().filter(|(path, _)| !path.starts_with('.')).collect()
    }

    /// Spoils a file of the cache; no bytes: it goes.
    pub fn spoil(&self, path: &str, bytes: Option<&[u8]>) {
        let path = self.warm.path(".feedmill-cache").join(path);
        bytes.map_or_else(|| fs::remove_file(&path), |bytes| fs::write(&path, bytes)).unwrap();
    }

    /// Builds both, and holds one against the other.
    pub fn build(&self, flags: &[&str], damage: Damage) {
        let common = ["--accept", "-v", "--report", "json"];
        let args = [&["build"][..], flags, &common].concat();
        let warm = self.warm.run_at(None, &args);
        let cold = self.cold.run_at(None, &[&args[..], &["--no-cache"]].concat());
        assert_eq!(warm.code, cold.code, "exit with the cache, and without\n{}\n{}", warm.stdout, cold.stdout);
        assert_eq!((&*warm.stderr, &*cold.stderr), ("", ""));
        let (mut warm, mut cold) = (report(&warm), report(&cold));
        let noted = diagnostics(&mut warm).extract_if(.., |finding| finding["code"] == "P011").count();
        assert!(damage == Damage::Done || noted == 0, "nobody touched the cache");
        assert!(diagnostics(&mut cold).iter().all(|finding| finding["code"] != "P011"));
        for part in cold.as_object().unwrap().keys() {
            assert_eq!(warm[part], cold[part], "`{part}` of the report with the cache, and without");
        }
        assert_eq!(warm, cold, "the reports");
        same(&self.outputs(), &self.cold.tree("feeds"), "of the one without a cache");
    }
}

fn report(ran: &Ran) -> Value {
    let mut report = ran.json();
    for timed in ["elapsed_ms", "timings"] {
        report.as_object_mut().unwrap().remove(timed);
    }
    report
}

fn diagnostics(report: &mut Value) -> &mut Vec<Value> {
    report["diagnostics"].as_array_mut().unwrap()
}

#[track_caller]
fn same(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>, whose: &str) {
    let names = |tree: &BTreeMap<String, Vec<u8>>| tree.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(one), names(other), "the files are not those {whose}");
    for (path, bytes) in one {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        assert!(*bytes == other[path], "{path} is not that {whose}:\n{}\n---\n{}", text(bytes), text(&other[path]));
    }
}
