//! Manifest × documents → what to put, delete and leave; and the brake. Pure: takes old state and new, returns intents.

mod removal;
mod subscribers;
#[cfg(test)]
mod tests;

pub use removal::Removal;

use crate::diagnostic::{Code, Diagnostic};
use crate::ledger::{self, Ledger};
use crate::model::{
    Accept, Change, DocumentPaths, DocumentState, Engine, FeedLine, Format, PageCount, Place, Site, Staged,
};
use crate::pipeline::{Build, Manifest};
use std::collections::BTreeSet;

/// What subscribers had before this run, as far as it is known.
#[derive(Debug, Clone)]
pub enum Before {
    /// Nothing: the folder is new.
    Nothing,
    /// The manifest cannot be read, or is gone while documents are there; why.
    Lost(String),
    /// The manifest was read.
    Known(Manifest),
}

impl Before {
    /// The manifest, if it was read.
    pub const fn known(&self) -> Option<&Manifest> {
        match self {
            Self::Known(manifest) => Some(manifest),
            Self::Nothing | Self::Lost(_) => None,
        }
    }
}

/// What a plan is made with, besides the build and the manifest.
#[derive(Debug, Clone, Copy)]
pub struct PlanContext<'a> {
    /// The config of the site.
    pub site: &'a Site,
    /// What subscribers were given.
    pub ledger: &'a Ledger,
    /// What the run may change for them.
    pub accept: Accept,
}

/// What a run means to do to its target.
#[derive(Debug, Default)]
pub struct Plan {
    /// Every document of the new set, in its order, with what happens to it.
    pub documents: Vec<(Staged, Change)>,
    /// Documents to delete: listed before, not made now.
    pub delete: Vec<String>,
    /// Other files that go: packed copies of documents, and files for servers.
    pub delete_beside: Vec<String>,
    /// The manifest to write last.
    pub manifest: Manifest,
    /// Refusals of the brake, silent edits, a lost manifest.
    pub findings: Vec<Diagnostic>,
}

/// Decides what to write, keep and delete, and what to hold or refuse.
pub fn plan(build: &Build, before: &Before, context: &PlanContext<'_>) -> Plan {
    let manifest = Manifest::from_build(build);
    let mut plan = Plan { manifest, ..Plan::default() };
    if build.staged.is_empty() {
        let text = format!("no article is there to publish: {} found, none accepted", build.articles.len());
        let help = "check content.dir and content.include; what was published before stays as it is";
        plan.findings.push(Diagnostic::new(Code::NoArticles, "", Place::WHOLE, text).help(help));
    }
    let empty = Manifest::default();
    let old = match before {
        Before::Known(old) => old,
        Before::Nothing => {
            let is_known = !context.ledger.entries.is_empty();
            plan.findings.extend((is_known && is_emptied(context.site)).then(ledger_alone));
            &empty
        }
        Before::Lost(why) => {
            let help = "nothing to do: everything is written anew, nothing is deleted, and the manifest with it";
            let text = format!("the manifest of the output folder is lost: {why}");
            plan.findings.push(Diagnostic::new(Code::DamagedManifest, "", Place::WHOLE, text).help(help));
            &empty
        }
    };
    // What only changed texts changes nothing else for subscribers.
    if !build.staged.is_empty() && build.ledger.is_some() {
        subscribers::check(build, old, context, &mut plan.findings);
    }
    silent_edits(build, old, &mut plan);
    for staged in &build.staged {
        match staged.state {
            DocumentState::AsListed => plan.documents.push((staged.clone(), Change::Unchanged)),
            DocumentState::Differs => plan.documents.push((staged.clone(), Change::Written)),
            DocumentState::Foreign => plan.findings.push(foreign(staged)),
            DocumentState::OtherProgram => {
                plan.findings.extend((!context.accept.foreign).then(|| foreign_feed(&staged.path)));
                plan.documents.push((staged.clone(), Change::Written));
            }
        }
    }
    let foreign: BTreeSet<&String> =
        build.staged.iter().filter(|s| s.state == DocumentState::Foreign).map(|s| &s.path).collect();
    let addresses = context.ledger.feeds.values().map(|line| &line.addresses);
    let paths =
        addresses.fold(DocumentPaths::new(context.site), |paths, urls| paths.with_addresses(urls, context.site));
    let copies = old.copies(&paths);
    let stays = |path: &String| plan.manifest.documents.contains_key(path) || foreign.contains(path);
    let gone: Vec<&String> = old.documents.keys().filter(|path| !stays(path)).collect();
    // Where capital letters do not count, a document of another spelling is the same file.
    let spelt: BTreeSet<String> = match gone.is_empty() {
        true => BTreeSet::new(),
        false => plan.manifest.documents.keys().map(|path| path.to_ascii_lowercase()).collect(),
    };
    let gone = gone.into_iter().filter(|path| !spelt.contains(&path.to_ascii_lowercase()));
    let (delete, not_ours): (Vec<&String>, Vec<&String>) =
        gone.partition(|path| paths.holds(path) || copies.contains(*path));
    plan.findings.extend(removal::impossible(&not_ours));
    plan.delete = delete.into_iter().cloned().collect();
    plan
}

/// Folders of built sites: of Hugo, Zola and Hexo; Jekyll and Eleventy; Astro; Docusaurus; Pelican and Nikola; MkDocs; Next.
const BUILT_SITES: [&str; 7] = ["public", "_site", "dist", "build", "output", "site", "out"];

/// Whether the output folder is in one that engines empty at each build. Some copy `public` to their site instead.
fn is_emptied(site: &Site) -> bool {
    let top = site.output.dir.trim_start_matches("./").split('/').next().unwrap_or_default();
    let copies = [Engine::Astro, Engine::VitePress, Engine::Eleventy, Engine::Next, Engine::Nuxt];
    BUILT_SITES.contains(&top) && !(top == "public" && copies.contains(&site.content.engine))
}

/// The target has nothing of an earlier run, although there was one.
fn ledger_alone() -> Diagnostic {
    let text = format!(
        "the output folder has no feeds of an earlier run; {} alone says what subscribers have",
        ledger::FILE_NAME
    );
    let help = "commit that file; if the site's engine empties the folder, write to one that it copies (output.dir)";
    Diagnostic::new(Code::LedgerAlone, "", Place::WHOLE, text).help(help)
}

impl Plan {
    /// The documents of the plan as lines of a report: the set in its order, then the deleted ones.
    pub fn lines(&self, site: &Site) -> Vec<FeedLine> {
        let kept = self.documents.iter().map(|(staged, change)| FeedLine::from_staged(staged, *change));
        let gone = self.delete.iter().map(|path| FeedLine::removed(path, &site.output.url));
        kept.chain(gone).filter(|line| line.format.is_feed()).collect()
    }

    /// Takes what the target found: packed copies of other programs that the run would replace, what may become of the
    /// documents to delete, and which other files go with them.
    pub fn settle(
        &mut self,
        accept: Accept,
        others: &[String],
        removal: impl Fn(&str) -> Removal,
        beside: Vec<String>,
    ) {
        if !accept.foreign {
            self.findings.extend(others.iter().map(|path| foreign_feed(path)));
        }
        let delete = std::mem::take(&mut self.delete);
        for path in delete {
            match removal(&path) {
                Removal::Delete => self.delete.push(path),
                Removal::Gone => {}
                Removal::Keep => self.findings.push(removal::kept(&path)),
            }
        }
        self.delete_beside = beside;
    }

    /// All files that go.
    pub fn removed(&self) -> Vec<String> {
        self.delete.iter().chain(&self.delete_beside).cloned().collect()
    }

    /// What happens to the other documents.
    pub fn pages(&self) -> PageCount {
        let kept = self.documents.iter().map(|(staged, change)| (Some(staged.format), *change));
        PageCount::from_changes(kept.chain(self.delete.iter().map(|path| (Format::of_path(path), Change::Removed))))
    }
}

/// A page that the site has made itself: an output folder may be the site's own.
fn foreign(staged: &Staged) -> Diagnostic {
    let text = format!("{} was not written by feedmill, so it is kept and no page is written there", staged.path);
    let help = "give the feeds a folder of their own (output.dir), or write output.pages: false";
    Diagnostic::new(Code::ForeignPage, "", Place::WHOLE, text).help(help)
}

/// A feed or packed copy of another program: its subscribers would get every entry again, under other ids.
fn foreign_feed(path: &str) -> Diagnostic {
    let text = format!("{path} is there already and was not made by feedmill: its subscribers would get other entries");
    let help = "give feedmill a folder of its own (output.dir), or run again with --accept to replace the file; nothing was written";
    Diagnostic::new(Code::ForeignFeed, "", Place::WHOLE, text).help(help)
}

/// A server's file that the site has made itself.
pub fn foreign_host_file(path: &str) -> Diagnostic {
    let text = format!("{path} is there already and is not feedmill's, so it stays: servers are not told what to send");
    let help = "say there what output.headers would, or remove it; `output.headers: []` does without";
    Diagnostic::new(Code::ForeignPage, "", Place::WHOLE, text).help(help)
}

/// A body that changed while `updated` did not: readers that go by dates will not see it.
fn silent_edits(build: &Build, old: &Manifest, plan: &mut Plan) {
    // Both are in the order of their ids.
    let mut before = old.entries.iter().peekable();
    for (id, now) in plan.manifest.entries.iter() {
        while before.next_if(|(other, _)| *other < id).is_some() {}
        let Some((_, then)) = before.next_if(|(other, _)| *other == id) else { continue };
        if then.body != now.body && then.revision == now.revision {
            let help = "set `updated` in its front matter if readers should see the change";
            let text = "the body changed and `updated` did not";
            plan.findings
                .push(Diagnostic::new(Code::SilentEdit, &build.display_path(&now.path), Place::WHOLE, text).help(help));
        }
    }
}
