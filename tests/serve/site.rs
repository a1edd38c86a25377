//! A site of a few articles with the server over it, which ends with the value.

use crate::client::{Answer, Connection};
use crate::project::TestProject;
use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

pub const CONFIG: &str = "site: {title: Test, url: \"https://example.org/\", language: en, since: 2025}\n\
                          websub: {hubs: [\"https://hub.example/\"]}\n";

/// A running server.
pub struct Served {
    pub project: TestProject,
    pub address: SocketAddr,
    /// What it printed first.
    pub said: String,
    child: Child,
}

/// The text of an article.
pub fn article(n: usize, more: &str, body: &str) -> String {
    format!(
        "---\ntitle: Article number {n}\nslug: article-{n}\ndate: 2025-03-{n:02}T10:00:00Z\ntags: [news]\n\
         description: Summary {n}.\nimg: https://images.example/{n}.png\n{more}---\n\n{body}\n"
    )
}

/// A site of three articles.
pub fn project() -> TestProject {
    let project = TestProject::empty();
    project.write("feedmill.yaml", CONFIG);
    for n in 1..=3 {
        project.write(&format!("content/{n:02}.md"), article(n, "", "As first written."));
    }
    project
}

/// Serves a site of three articles.
pub fn served(args: &[&str]) -> Served {
    Served::over(project(), args)
}

impl Served {
    /// Serves a folder.
    pub fn over(project: TestProject, args: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_feedmill"))
            .args(["serve", "--addr", "127.0.0.1:0", "--jobs", "2"])
            .args(args)
            .current_dir(project.root())
            .env_remove("SOURCE_DATE_EPOCH")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut said = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut said).unwrap();
        let address = said.split("http://").nth(1).and_then(|rest| rest.split('/').next()).and_then(|a| a.parse().ok());
        let address = address.unwrap_or_else(|| panic!("no address in {said:?}"));
        Self { project, address, said, child }
    }

    /// One request on a connection of its own.
    pub fn ask(&self, head: &str) -> Answer {
        Connection::to(self.address).ask(head)
    }

    /// `GET` with more header lines.
    pub fn get(&self, path: &str, more: &str) -> Answer {
        self.ask(format!("GET {path} HTTP/1.1\nHost: {{host}}\n{more}").trim_end())
    }

    /// `HEAD`.
    pub fn head(&self, path: &str) -> Answer {
        self.ask(&format!("HEAD {path} HTTP/1.1\nHost: {{host}}"))
    }

    /// What is wrong now.
    pub fn findings(&self) -> Value {
        serde_json::from_slice(&self.get("/_preview/findings.json", "").body).unwrap()
    }

    /// Waits until something holds; how long is not the test's matter.
    #[track_caller]
    pub fn until<T>(&self, what: &str, holds: impl Fn(&Self) -> Option<T>) -> T {
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(60) {
            if let Some(found) = holds(self) {
                return found;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("{what}: not within a minute; findings are {}", self.findings());
    }

    /// Waits until a document holds a text.
    #[track_caller]
    pub fn shows(&self, path: &str, text: &str) {
        self.until(&format!("{text:?} in {path}"), |served| served.get(path, "").text().contains(text).then_some(()));
    }

    /// Whether the process lives.
    pub fn lives(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
