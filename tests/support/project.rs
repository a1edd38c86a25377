//! A temporary project folder, and runs of the real binary in it. Every run is killed after two minutes, so that a
//! hang fails the test; a panic fails it too.
#![allow(dead_code)] // each test binary uses its part

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The instant at which tests run the mill: after every dated case, before the scheduled ones of 2099.
pub const NOW: &str = "2030-01-01T00:00:00Z";

/// A project folder that goes away with the value.
pub struct TestProject {
    dir: tempfile::TempDir,
    /// Set for every run.
    pub env: Vec<(String, String)>,
}

/// How a run came out.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl TestProject {
    /// An empty folder.
    pub fn empty() -> Self {
        Self { dir: tempfile::tempdir().unwrap(), env: Vec::new() }
    }

    /// A copy of a folder.
    pub fn copy_of(folder: &Path) -> Self {
        let project = Self::empty();
        for (path, bytes) in tree(folder) {
            project.write(&path, bytes);
        }
        project
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        self.dir.path()
    }

    /// A path in the folder.
    pub fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    /// Writes a file with the folders it needs.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }

    /// A file as text.
    pub fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    /// Whether something stands under the path.
    pub fn has(&self, path: &str) -> bool {
        self.path(path).symlink_metadata().is_ok()
    }

    /// Runs the binary in the folder at the fixed instant, offline by nature.
    pub fn run(&self, args: &[&str]) -> Ran {
        self.run_at(Some(NOW), args)
    }

    /// Runs the binary in the folder; `now: None` leaves the clock to it.
    pub fn run_at(&self, now: Option<&str>, args: &[&str]) -> Ran {
        let mut command = self.command(args);
        if let Some(now) = now {
            command.args(["--now", now]);
        }
        Ran::new(command.output().unwrap(), args)
    }

    /// The binary with its arguments, ready to be changed and run.
    pub fn command(&self, args: &[&str]) -> assert_cmd::Command {
        let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_feedmill"));
        command.current_dir(self.root()).args(args).timeout(Duration::from_secs(120));
        command.env_remove("SOURCE_DATE_EPOCH").env_remove("CI").env("NO_COLOR", "1");
        command.envs(self.env.iter().map(|(k, v)| (k.as_str(), v.as_str())));
        command
    }

    /// All files below a folder of the project with their bytes; without locks and similar files.
    pub fn tree(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        tree(&self.path(folder))
    }
}

impl Ran {
    /// Takes the output of a finished run; a panic or a death by signal fails the test at once.
    pub fn new(output: std::process::Output, args: &[&str]) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("feedmill prints UTF-8");
        let ran =
            Self { code: output.status.code().unwrap_or(-1), stdout: text(output.stdout), stderr: text(output.stderr) };
        assert!(ran.code >= 0, "feedmill {args:?} was killed or timed out\n{}", ran.stderr);
        assert!(!ran.stderr.contains("panicked at"), "feedmill {args:?}\n{}", ran.stderr);
        ran
    }

    /// The same run, if it ended with this code.
    #[track_caller]
    pub fn ends(self, code: i32) -> Self {
        assert_eq!(self.code, code, "\nstdout:\n{}\nstderr:\n{}", self.stdout, self.stderr);
        self
    }

    /// The document of `--report json`.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout)
            .unwrap_or_else(|e| panic!("stdout is no JSON document: {e}\n{}\nstderr:\n{}", self.stdout, self.stderr))
    }

    /// The codes of the JSON report, in its order.
    pub fn codes(&self) -> Vec<String> {
        let report = self.json();
        let all = report["diagnostics"].as_array().cloned().unwrap_or_default();
        all.iter().map(|d| d["code"].as_str().unwrap_or_default().to_owned()).collect()
    }
}

/// An output folder without what its manifest keeps of earlier runs: what a build over no earlier one gives.
pub fn without_history(mut tree: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    if let Some(manifest) = tree.get_mut(".feedmill/manifest.json") {
        let mut value: serde_json::Value = serde_json::from_slice(manifest).unwrap();
        value.as_object_mut().unwrap().remove("given");
        *manifest = value.to_string().into_bytes();
    }
    tree
}

/// All files below a folder with their bytes; `lock` is the only file of a set that is not part of it.
pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(dir) = open.pop() {
        let Ok(entries) = std::fs::read_dir(&dir) else { continue };
        for path in entries.map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                open.push(path);
            } else if path.file_name().is_some_and(|name| name != "lock") {
                let name = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                found.insert(name, std::fs::read(&path).unwrap());
            }
        }
    }
    found
}
