//! `--against`: what subscribers have, read from the live feeds or from a folder of them, for a machine that keeps nothing between
//! two runs. The feeds are matched with the articles as `adopt` does, and nothing is written but the documents.

use super::inputs::Inputs;
use super::options::LiveSource;
use super::sources;
use crate::adopt::{self, AdoptContext, SourceDocument, Sources};
use crate::edge::disk::Disk;
use crate::edge::http::document::{FetchFault, Fetcher};
use crate::edge::store::{Dir, Target};
use crate::ledger::{self, Ledger};
use crate::model::{AbsUrl, Accept, Article, FeedAddresses, Format, Site, without_secrets};
use crate::parse::feed;
use crate::plan::Before;
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

/// Feeds that are fetched at most.
const MAX_FEEDS: usize = 1000;

/// The pause between two requests.
const PAUSE: Duration = Duration::from_millis(50);

/// What subscribers have, by the live feeds. `known` is what `feedmill.ids` says.
pub(super) fn given(live: &LiveSource, inputs: &Inputs<'_>, world: &Disk, known: &Ledger) -> Result<Ledger, String> {
    let fault = |why| format!("--against {}: {why}", without_secrets(&live.source));
    let (documents, given) = read(live, inputs).map_err(fault)?;
    let mut all = known.clone();
    all.extend(given);
    let mut articles = sources::survey(inputs.site, inputs, world);
    ledger::assign(&mut articles, &all, Accept::NONE, world);
    let aliases = |article: &Article| sources::aliases(article, world);
    let context = AdoptContext { articles: &articles, aliases: &aliases, world, site: inputs.site };
    adopt::adopt(&Sources::new(documents), &context, &mut all);
    Ok(all)
}

/// The documents, and the lines that the manifest of a folder has.
fn read(live: &LiveSource, inputs: &Inputs<'_>) -> Result<(Vec<SourceDocument>, Ledger), String> {
    if let Ok(url) = AbsUrl::parse(&live.source) {
        return Ok((fetched(&url, inputs.site, live)?, Ledger::default()));
    }
    let folder = Path::new(&live.source);
    let folder = if folder.exists() { folder.to_owned() } else { inputs.project.join(folder) };
    let mut lines = Ledger::default();
    if folder.is_dir()
        && let Before::Known(manifest) = Dir::look(&folder).before().map_err(|why| why.to_string())?
    {
        lines = manifest.ledger();
        manifest.complete(&mut lines);
    }
    let source = folder.display().to_string();
    Ok((sources::read(inputs.project, &[source], live.reach)?, lines))
}

/// The feed at an address, or all feeds of the output folder that is served there.
fn fetched(url: &AbsUrl, site: &Site, live: &LiveSource) -> Result<Vec<SourceDocument>, String> {
    let mut fetcher = Fetcher::new(live.reach, feed::MAX_SOURCE_BYTES, PAUSE).map_err(|why| why.to_string())?;
    let mut documents = Vec::new();
    let mut get = |url: &AbsUrl, documents: &mut Vec<SourceDocument>| -> Result<Option<Vec<u8>>, String> {
        let bytes = match fetcher.fetch(url) {
            Ok(fetched) => fetched.bytes,
            // Nothing lies there.
            Err(FetchFault::Status(status)) if matches!(status.as_u16(), 404 | 410) => return Ok(None),
            Err(why) => return Err(format!("{url}: {why}")),
        };
        if let Ok(feed) = feed::read(&bytes) {
            // Its own address is what the feed says: the host may be another here.
            documents.push(SourceDocument { feed, url: None });
        }
        Ok(Some(bytes))
    };
    if !url.as_str().ends_with('/') {
        get(url, &mut documents)?;
    } else {
        let main = FeedAddresses::new(&site.output.paths, "", "");
        let main = Format::ALL.into_iter().filter_map(|format| main.get(format));
        let joined = |address: &str| url.join(address).map_err(|why| why.to_string());
        let mut seen = BTreeSet::new();
        for address in main {
            seen.insert(address.address().to_owned());
            get(&joined(address.address())?, &mut documents)?;
        }
        let list = get(&joined(Format::Opml.file_name())?, &mut documents)?.unwrap_or_default();
        for address in listed(&String::from_utf8_lossy(&list), site).take(MAX_FEEDS) {
            if seen.insert(address.clone()) {
                get(&joined(&address)?, &mut documents)?;
            }
        }
    }
    if documents.is_empty() { Err("there is no feed".into()) } else { Ok(documents) }
}

/// The addresses below the output folder that the list of feeds names.
fn listed<'t>(list: &'t str, site: &'t Site) -> impl Iterator<Item = String> + 't {
    let urls = list.split("xmlUrl=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let urls = urls.map(|url| url.replace("&amp;", "&").replace("&#x26;", "&"));
    urls.filter_map(|url| url.strip_prefix(site.output.url.as_str()).map(str::to_owned))
}
