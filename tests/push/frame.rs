//! A site of two feeds in three formats whose web server and hub run in the test.

use crate::project::{Ran, TestProject};
use crate::web::{Asked, Reply, Web};
use serde_json::Value;

/// A project, its server, and the hub behind `/hub`.
pub struct Frame {
    pub project: TestProject,
    pub web: Web,
}

/// A site whose hub answers as given and whose server serves files.
pub fn frame(hub: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Frame {
    served(move |asked| if asked.method == "POST" { hub(asked) } else { Reply::File })
}

/// The same where the script answers every request.
pub fn served(script: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Frame {
    let project = TestProject::empty();
    let web = Web::serve(project.path("feeds"), script);
    let frame = Frame { project, web };
    frame.config("");
    for n in 1..=3 {
        frame.article(n, "As first written.");
    }
    frame.project.run(&["build"]).ends(0);
    frame
}

impl Frame {
    /// Writes the config with more lines at its end.
    pub fn config(&self, more: &str) {
        let base = &self.web.base;
        let text = format!(
            "site: {{title: Test, url: \"https://example.org/\", language: en, since: 2025}}\n\
             output: {{url: \"{base}\"}}\nwebsub: {{hubs: [\"{base}hub\"]}}\n{more}\n"
        );
        self.project.write("feedmill.yaml", text);
    }

    /// Writes an article; all carry one tag.
    pub fn article(&self, n: usize, body: &str) {
        let text = format!(
            "---\ntitle: Article number {n}\nslug: article-{n}\ndate: 2025-03-{n:02}T10:00:00Z\ntags: [news]\n---\n\n{body}\n"
        );
        self.project.write(&format!("content/{n:02}.md"), text);
    }

    /// Changes one feed file by hand.
    pub fn touch(&self, path: &str) {
        let text = self.project.read(&format!("feeds/{path}"));
        self.project.write(&format!("feeds/{path}"), format!("{text}\n"));
    }

    /// Runs `feedmill push` with a JSON report.
    pub fn push(&self, more: &[&str]) -> Ran {
        self.project.run_at(None, &[&["push", "--report", "json"], more].concat())
    }

    /// The topic of a path.
    pub fn topic(&self, path: &str) -> String {
        format!("{}{path}", self.web.base)
    }
}

/// Outcome, status and attempts of each ping in a report, without repeats.
pub fn outcomes(ran: &Ran) -> Vec<(String, Value, u64)> {
    let report = ran.json();
    let line =
        |p: &Value| (p["outcome"].as_str().unwrap().to_owned(), p["status"].clone(), p["attempts"].as_u64().unwrap());
    let mut all: Vec<_> = report["push"].as_array().unwrap().iter().map(line).collect();
    all.dedup();
    all
}
