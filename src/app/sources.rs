//! The feeds and exports that `adopt` and `--against` read, and the articles that their entries are matched with.

use super::inputs::Inputs;
use crate::adopt::{self, NextPage, SourceDocument};
use crate::edge::http::document::Fetcher;
use crate::edge::sources as files;
use crate::edge::store::Nowhere;
use crate::ledger::Ledger;
use crate::model::{AbsUrl, Accept, Admit, Article, Extent, Forgetful, Reach, Site, TimeRule, World, without_secrets};
use crate::parse::{aliases as parse_aliases, feed};
use crate::pipeline::{self, Depth, Job};
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

/// Pages of one feed that are fetched at most.
const MAX_PAGES: usize = 500;

/// The pause between two requests.
const PAUSE: Duration = Duration::from_millis(500);

/// The heads of all articles, without what only checks need.
pub(super) fn survey(site: &Site, inputs: &Inputs<'_>, world: &dyn World) -> Vec<Article> {
    let time = TimeRule { drafts: Admit::Yes, future: Admit::Yes, ..inputs.time };
    let ledger = &Ledger::default();
    let (stage, progress, archive) = (&Nowhere, &(), &Forgetful);
    let (depth, accept) = (Depth::Build, Accept::NONE);
    let job = Job { site, time, depth, world, stage, progress, archive, ledger, accept };
    pipeline::survey(&inputs.found.paths, &job).articles
}

/// Addresses that an article had before.
pub(super) fn aliases(article: &Article, world: &dyn World) -> Vec<String> {
    let file = world.read(&article.path, Extent::Start);
    let whole = || world.read(&article.path, Extent::Whole).map(|file| parse_aliases::read(&file.bytes, file.extent));
    let found = file.map(|file| parse_aliases::read(&file.bytes, file.extent)).unwrap_or_default();
    if found.is_empty() { whole().unwrap_or_default() } else { found }
}

/// Reads all sources. One that cannot be read ends the run, so that nothing is adopted by halves.
pub(super) fn read(project: &Path, sources: &[String], reach: Reach) -> Result<Vec<SourceDocument>, String> {
    let failed = |source: &str, why: &dyn std::fmt::Display| format!("{}: {why}", without_secrets(source));
    let mut documents = Vec::new();
    for source in sources {
        if let Ok(url) = AbsUrl::parse(source) {
            documents.push(fetched(&url, reach).map_err(|why| failed(source, &why))?);
            continue;
        }
        let path =
            Some(Path::new(source).to_owned()).filter(|path| path.exists()).unwrap_or_else(|| project.join(source));
        let files = files::files(&path).map_err(|why| why.to_string())?;
        let is_folder = files != [path];
        for file in files {
            let bytes = files::read(&file, feed::MAX_SOURCE_BYTES).map_err(|why| why.to_string())?;
            match feed::read(&bytes) {
                Ok(feed) => documents.push(SourceDocument { feed, url: None }),
                // A folder may hold other documents than feeds.
                Err(feed::FeedFault::NotAFeed(_)) if is_folder => {}
                Err(why) => return Err(failed(&file.display().to_string(), &why)),
            }
        }
    }
    if documents.is_empty() && !sources.is_empty() {
        return Err(failed(&sources.join(", "), &"there is no feed"));
    }
    Ok(documents)
}

/// Fetches a live feed, page by page.
fn fetched(url: &AbsUrl, reach: Reach) -> Result<SourceDocument, String> {
    let mut fetcher = Fetcher::new(reach, feed::MAX_SOURCE_BYTES, PAUSE).map_err(|why| why.to_string())?;
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
