//! `feedmill adopt`: takes the ids that subscribers have from live feeds, saved ones or exports into `feedmill.ids`.

use super::Commit;
use super::inputs::{InputSource, Inputs};
use super::ledger::LedgerFile;
use super::project::{FinishedRun, Project, in_thread_pool, thread_pool};
use super::target::{self, TargetPlace};
use crate::adopt::{self, AdoptContext, AdoptedEntry, Adoption, NextPage, SourceDocument, Sources};
use crate::diagnostic::{Diagnostic, Mode, Policy, Verdict};
use crate::edge::discover::StampMode;
use crate::edge::http::document::Fetcher;
use crate::edge::images::lock::ImageLock;
use crate::edge::store::Nowhere;
use crate::edge::{EdgeError, clock, sources};
use crate::ledger::{self, Ledger};
use crate::model::{
    AbsUrl, Accept, Admit, Article, DocumentPaths, Extent, Forgetful, Reach, Report, Site, TimeRule, Timestamp, World,
    without_secrets,
};
use crate::parse::{aliases, feed};
use crate::pipeline::{self, Depth, Job};
use crate::plan::Before;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

/// Pages of one feed that are fetched at most.
const MAX_PAGES: usize = 500;

/// The pause between two requests.
const PAUSE: Duration = Duration::from_millis(500);

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
        let sources = read_sources(&self.dir, options)?;
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
        let mut articles = self.articles(&inputs, &world);
        ledger::assign(&mut articles, &ledger, Accept::NONE, &world);
        let mut adoption = Adoption::default();
        if self.options.from_manifest {
            adoption.take_manifest(&articles, &mut ledger);
        }
        if !sources.is_empty() {
            let aliases = |article: &Article| aliases(article, &world);
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

    /// The heads of all articles, without what only checks need.
    fn articles(&self, inputs: &Inputs<'_>, world: &dyn World) -> Vec<Article> {
        let (site, time, ledger) = (self.site, inputs.time, &Ledger::default());
        let (stage, progress, archive) = (&Nowhere, &(), &Forgetful);
        let (depth, accept) = (Depth::Build, Accept::NONE);
        let job = Job { site, time, depth, world, stage, progress, archive, ledger, accept };
        pipeline::survey(&inputs.found.paths, &job).articles
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

/// Addresses that an article had before.
fn aliases(article: &Article, world: &dyn World) -> Vec<String> {
    let file = world.read(&article.path, Extent::Start);
    let whole = || world.read(&article.path, Extent::Whole).map(|file| aliases::read(&file.bytes, file.extent));
    let found = file.map(|file| aliases::read(&file.bytes, file.extent)).unwrap_or_default();
    if found.is_empty() { whole().unwrap_or_default() } else { found }
}

/// Reads all sources. One that cannot be read ends the run, so that nothing is adopted by halves.
fn read_sources(project: &Path, options: &AdoptOptions) -> Result<Sources, Box<FinishedRun>> {
    let failed = |source: &str, why: &dyn std::fmt::Display| {
        Box::new(FinishedRun::failed(format!("{}: {why}", without_secrets(source)), Vec::new(), 3))
    };
    let mut documents = Vec::new();
    for source in &options.sources {
        if let Ok(url) = AbsUrl::parse(source) {
            documents.push(fetched(&url, options).map_err(|why| failed(source, &why))?);
            continue;
        }
        let path =
            Some(Path::new(source).to_owned()).filter(|path| path.exists()).unwrap_or_else(|| project.join(source));
        let files = sources::files(&path)?;
        let is_folder = files != [path];
        for file in files {
            let bytes = sources::read(&file, feed::MAX_SOURCE_BYTES)?;
            match feed::read(&bytes) {
                Ok(feed) => documents.push(SourceDocument { feed, url: None }),
                // A folder may hold other documents than feeds.
                Err(feed::FeedFault::NotAFeed(_)) if is_folder => {}
                Err(why) => return Err(failed(&file.display().to_string(), &why)),
            }
        }
    }
    if documents.is_empty() && !options.sources.is_empty() {
        return Err(failed(&options.sources.join(", "), &"there is no feed"));
    }
    Ok(Sources::new(documents))
}

/// Fetches a live feed, page by page.
fn fetched(url: &AbsUrl, options: &AdoptOptions) -> Result<SourceDocument, String> {
    let mut fetcher = Fetcher::new(options.reach, feed::MAX_SOURCE_BYTES, PAUSE).map_err(|why| why.to_string())?;
    let first = fetcher.fetch(url).map_err(|why| why.to_string())?;
    let mut page = feed::read(&first.bytes).map_err(|why| why.to_string())?;
    let mut all = SourceDocument { feed: page.clone(), url: Some(url.clone()) };
    let mut known: BTreeSet<String> = page.entries.iter().map(|entry| entry.id.clone()).collect();
    let (mut at, mut size) = (first.url.clone(), first.bytes.len() as u64);
    for number in 1..MAX_PAGES {
        let Some(next) = adopt::next_page(&first.url, &at, number, &page) else { break };
        let (NextPage::Named(next_url) | NextPage::Guessed(next_url)) = &next;
        let fetched = fetcher.fetch(next_url).map_err(|why| format!("its page {next_url}: {why}"));
        let read = fetched.and_then(|fetched| {
            let page = feed::read(&fetched.bytes).map_err(|why| format!("its page {next_url}: {why}"))?;
            Ok((fetched, page))
        });
        let (fetched, next_page) = match read {
            Ok(read) => read,
            Err(_) if matches!(next, NextPage::Guessed(_)) => break,
            Err(why) => return Err(why),
        };
        size += fetched.bytes.len() as u64;
        let new: Vec<_> = next_page.entries.iter().filter(|entry| known.insert(entry.id.clone())).cloned().collect();
        // A page that repeats what was there is an engine's answer to a page that it does not have.
        if new.is_empty() || size > feed::MAX_SOURCE_BYTES {
            break;
        }
        all.feed.entries.extend(new);
        (at, page) = (fetched.url, next_page);
    }
    Ok(all)
}
