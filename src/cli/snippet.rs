//! `feedmill snippet [--tag TAG]`: the `<link rel="alternate">` lines for the head of the site's own pages, by which readers find
//! the feeds. The feed of all articles needs the config alone; a tag is looked up among the articles.

use super::Named;
use super::args::Options;
use super::print::{harmless, unless_gone};
use crate::diagnostic::{Verdict, nearest};
use crate::format;
use crate::model::{Axis, Directory, FeedAddresses, FeedUrls, Site, Summary, TagKey};
use std::io::{self, Write};

/// Prints the lines. Returns the exit code: 0, or 2 for a tag that has no feed.
pub fn run(options: &Options, tag: Option<&str>) -> io::Result<u8> {
    let named = Named { commit: options.run.commit, ..Named::new("snippet", &options.folder, options.output) };
    let project = match options.folder.open(options.output) {
        Ok(project) => project,
        Err(fault) => return named.print(&fault.into()),
    };
    let Some(tag) = tag else {
        return match project.site() {
            Ok((site, _)) => put(
                &lines(&site, &site.title, "", &FeedAddresses::new(&site.output.paths, "", "")),
                &mut io::stdout().lock(),
            )
            .map(|()| 0),
            Err(failed) => named.print(&failed),
        };
    };
    let finished = project.list(&options.run);
    let (Some(site), true) = (&finished.site, finished.verdict != Verdict::Failed) else {
        return named.print(&finished);
    };
    match of_tag(tag, &finished.report.directory, site) {
        Some(feed) => {
            put(&lines(site, &feed.title, &feed.folder, &feed.addresses), &mut io::stdout().lock()).map(|()| 0)
        }
        None => {
            let text = unknown(tag, &finished.report.directory);
            put(&format!("error: {text}\n"), &mut io::stderr().lock()).map(|()| 2)
        }
    }
}

fn lines(site: &Site, title: &str, folder: &str, addresses: &FeedAddresses) -> String {
    let urls = FeedUrls::new(site, folder, addresses);
    urls.map(|urls| format::autodiscovery(title, &urls, &site.output.formats)).unwrap_or_default()
}

/// By its label in any spelling, by an alias, or by the name of its folder.
fn of_tag<'a>(tag: &str, directory: &'a Directory, site: &Site) -> Option<&'a Summary> {
    let written = TagKey::new(tag)?;
    let key = site.aliases.get(&written).and_then(|spelling| TagKey::new(spelling)).unwrap_or(written);
    let folder = format!("{}/{}/", Axis::Tag.folder(), key.as_str());
    let tags = || directory.feeds.iter().filter(|feed| feed.axis == Some(Axis::Tag));
    tags()
        .find(|feed| TagKey::new(&feed.label).as_ref() == Some(&key))
        .or_else(|| tags().find(|feed| feed.folder == folder))
}

fn unknown(tag: &str, directory: &Directory) -> String {
    let tags = directory.feeds.iter().filter(|feed| feed.axis == Some(Axis::Tag));
    let near = nearest(tag, tags.map(|feed| feed.label.as_str()));
    let meant = near.map(|near| format!(", did you mean `{}`?", harmless(near))).unwrap_or_default();
    let short: String = harmless(tag).chars().take(60).collect();
    format!("no feed is made for the tag `{short}`{meant}; `feedmill list` shows them all")
}

fn put(text: &str, out: &mut dyn Write) -> io::Result<()> {
    unless_gone(out.write_all(text.as_bytes()).and_then(|()| out.flush()))
}
