//! `feedmill adopt`: takes the ids that subscribers have from live feeds, saved ones or exports into `feedmill.ids`.

use super::inputs::{InputSource, Inputs};
use super::ledger::LedgerFile;
use super::project::{FinishedRun, Project, in_thread_pool, thread_pool};
use super::target::{self, TargetPlace};
use super::{Commit, sources};
use crate::adopt::{self, AdoptContext, AdoptedEntry, Adoption, Sources};
use crate::diagnostic::{Diagnostic, Mode, Policy, Verdict};
use crate::edge::discover::StampMode;
use crate::edge::images::lock::ImageLock;
use crate::edge::{EdgeError, clock};
use crate::ledger::{self, Ledger};
use crate::model::{Accept, Admit, Article, DocumentPaths, Reach, Report, Site, TimeRule, Timestamp};
use crate::plan::Before;
use std::collections::BTreeSet;

/// What is adopted.
#[derive(Debug, Clone, Default)]
pub struct AdoptOptions {
    /// URLs, files and folders. A path that is not there is looked for below the project folder.
    pub sources: Vec<String>,
    /// Whether the ids of the last manifest are written into the ledger.
    pub from_manifest: bool,
    /// Whether the ledger is written.
    pub commit: Commit,
    /// What may be connected to.
    pub reach: Reach,
    /// The present instant; `None`: the clock.
    pub now: Option<Timestamp>,
}

impl Project {
    /// Takes ids that subscribers have into `feedmill.ids`: `feedmill adopt`. Fails with the run that could not be finished; the
    /// ledger is then as it was.
    pub fn adopt(&self, options: &AdoptOptions) -> Result<Adoption, Box<FinishedRun>> {
        let (site, findings) = self.site()?;
        let sources = sources::read(&self.dir, &options.sources, options.reach)
            .map_err(|why| Box::new(FinishedRun::failed(why, Vec::new(), 3)))?;
        let sources = Sources::new(sources);
        in_thread_pool(thread_pool(None).as_ref(), || {
            AdoptRun { project: self, options, site: &site }.run(&sources, findings)
        })
    }
}

struct AdoptRun<'a> {
    project: &'a Project,
    options: &'a AdoptOptions,
    site: &'a Site,
}

impl AdoptRun<'_> {
    fn run(&self, sources: &Sources, mut findings: Vec<Diagnostic>) -> Result<Adoption, Box<FinishedRun>> {
        let mut file = LedgerFile::new(&self.project.dir);
        file.read(&mut findings)?;
        let policy = Policy::new(None, &self.site.policy, Mode::Lenient);
        if policy.verdict(&findings) >= Verdict::Refused {
            return Err(Box::new(FinishedRun::judged(Report { findings, ..Report::default() }, policy)));
        }
        let inputs = self.inputs(&mut findings)?;
        let world = inputs.world(ImageLock::default());
        let before = self.before(&mut findings)?;
        let mut ledger = file.with(&before);
        let mut articles = sources::survey(self.site, &inputs, &world);
        ledger::assign(&mut articles, &ledger, Accept::NONE, &world);
        let mut adoption = Adoption::default();
        if self.options.from_manifest {
            adoption.take_manifest(&articles, &mut ledger);
        }
        if !sources.is_empty() {
            let aliases = |article: &Article| sources::aliases(article, &world);
            let context = AdoptContext { articles: &articles, aliases: &aliases, world: &world, site: self.site };
            adoption.extend(adopt::adopt(sources, &context, &mut ledger));
        }
        if self.options.commit == Commit::Write {
            file.write(&ledger)?;
        }
        Ok(adoption)
    }

    fn inputs(&self, findings: &mut Vec<Diagnostic>) -> Result<Inputs<'_>, EdgeError> {
        let project = &self.project.dir;
        let time = TimeRule { now: clock::now(self.options.now)?, drafts: Admit::Yes, future: Admit::Yes };
        let out = project.join(&self.site.output.dir);
        let (site, named, stamps, writes_ledger) = (self.site, &[][..], StampMode::None, false);
        Inputs::discover(InputSource { project, site, out, time, named, stamps, writes_ledger }, findings)
    }

    /// What the last run gave out: of the target, else of the output folder.
    fn before(&self, findings: &mut Vec<Diagnostic>) -> Result<Before, EdgeError> {
        let look = |place: &TargetPlace, findings: &mut Vec<Diagnostic>| {
            target::open(place, (self.site, DocumentPaths::new(self.site)), Commit::Dry, findings)?.before()
        };
        match look(&target::built(self.project, self.site), findings)? {
            Before::Nothing if self.options.from_manifest => {
                look(&target::published(self.project, self.site), findings)
            }
            before => Ok(before),
        }
    }
}

impl Adoption {
    /// Keeps the ids of the articles that the ledger and the manifest know, whatever the rule gives now.
    fn take_manifest(&mut self, articles: &[Article], ledger: &mut Ledger) {
        let mut found = BTreeSet::new();
        for article in articles {
            if !ledger.settle_rule(article) {
                continue;
            }
            let (title, articles) = (article.title.clone(), vec![article.path.clone()]);
            let line = article.record.line.clone().unwrap_or_default();
            let id = ledger.entries.get(&line).map(|line| line.ids.rss.clone()).unwrap_or_default();
            found.insert(line);
            self.kept.push(AdoptedEntry { id, link: article.permalink.as_str().into(), title, articles });
        }
        let is_lost = |line: &&ledger::LedgerEntry| line.state == ledger::LineState::Live;
        let lost = ledger.entries.iter().filter(|(key, _)| !found.contains(*key)).map(|(_, line)| line).filter(is_lost);
        let why = "its article is not there";
        self.unmatched
            .extend(lost.map(|line| (AdoptedEntry { id: line.ids.rss.clone(), ..AdoptedEntry::default() }, why)));
    }

    fn extend(&mut self, other: Self) {
        self.kept.extend(other.kept);
        self.unmatched.extend(other.unmatched);
        self.ambiguous.extend(other.ambiguous);
        self.as_new += other.as_new;
    }
}
