//! `push.purge`: a command of the user's that clears a CDN's copies. It is run with the changed URLs as its last
//! arguments, before those URLs are fetched. No shell is used, so a URL is never interpreted.

use super::{PublishedDocument, base_below};
use crate::model::{AbsUrl, Format};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// Maximum number of URLs for one run of the command.
const AT_ONCE: usize = 500;

/// How long one run may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// URLs of these documents that a cache may hold: their topics, the pages of their folders under both URLs, and the
/// index and list of all feeds.
pub(super) fn urls(changed: &[&PublishedDocument], pages: &[String]) -> Vec<AbsUrl> {
    let mut urls: Vec<AbsUrl> = changed.iter().map(|document| document.topic.clone()).collect();
    let folder = |path: &str| path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let moved: BTreeSet<String> = changed.iter().map(|document| folder(&document.path)).collect();
    let base = changed.first().and_then(|first| base_below(&first.topic, &first.path));
    let Some(base) = base.and_then(|base| AbsUrl::parse(base).ok()) else { return urls };
    for page in pages.iter().filter(|page| !page.contains('/') || moved.contains(&folder(page))) {
        let short = page.strip_suffix(Format::Page.file_name());
        urls.extend([short, Some(page)].into_iter().flatten().filter_map(|path| base.join(path).ok()));
    }
    urls
}

/// Runs the command once for every 500 URLs. An error is returned as text and does not stop the push.
pub(super) fn purge(command: &[String], urls: &[AbsUrl], folder: &Path, end: Instant) -> Result<(), String> {
    let Some((program, arguments)) = command.split_first() else { return Ok(()) };
    for some in urls.chunks(AT_ONCE) {
        let end = end.min(Instant::now() + PATIENCE);
        let log = tempfile::tempfile().map_err(|why| why.to_string())?;
        let purged = log.try_clone().map_err(|why| why.to_string())?;
        let mut child = std::process::Command::new(program)
            .args(arguments)
            .args(some.iter().map(|url| url.as_str()))
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(purged)
            .spawn()
            .map_err(|why| format!("{program} cannot be run: {why}"))?;
        let status = loop {
            match child.try_wait().map_err(|why| why.to_string())? {
                Some(status) => break status,
                None if Instant::now() >= end => {
                    let _ = child.kill();
                    let _ = child.wait();
                    return Err(format!("{program} does not end in time and was stopped"));
                }
                None => std::thread::sleep(Duration::from_millis(20)),
            }
        };
        if !status.success() {
            return Err(format!("{program} failed ({status}){}", last_words(log)));
        }
    }
    Ok(())
}

fn last_words(mut log: std::fs::File) -> String {
    use std::io::{Read, Seek};
    let mut text = Vec::new();
    let read = log.rewind().and_then(|()| log.take(1 << 16).read_to_end(&mut text));
    match super::answer::plain(&String::from_utf8_lossy(&text)) {
        words if read.is_ok() && !words.is_empty() => format!(": {words}"),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(script: &str, urls: usize) -> Result<(), String> {
        let command: Vec<String> = ["sh", "-c", script, "sh"].map(String::from).to_vec();
        let url = AbsUrl::parse("https://e.org/$(touch%20x);a").unwrap();
        purge(&command, &vec![url; urls], Path::new("/"), Instant::now() + Duration::from_secs(2))
    }

    #[test]
    fn urls_are_arguments_and_nothing_else() {
        assert_eq!(run("test $# = 2 && test \"$1\" = 'https://e.org/$(touch%20x);a'", 2), Ok(()));
        assert_eq!(run("test $# = 500 || test $# = 201", 701), Ok(()));
        assert_eq!(run("exit 1", 0), Ok(()));
    }

    #[test]
    fn pages_of_changed_feeds_and_the_index_are_purged_with_them() {
        let shelved = |path: &str| PublishedDocument {
            path: path.into(),
            topic: AbsUrl::parse(&format!("https://e.org/feeds/{path}")).unwrap(),
            hubs: None,
            print: super::super::ContentDigest::from_bytes(b""),
        };
        let documents = [shelved("tags/a/rss.xml"), shelved("tags/a/atom.xml")];
        let pages = ["feeds.opml", "index.html", "tags/a/index.html", "tags/b/index.html"].map(String::from);
        let purged = |pages: &[String]| {
            let urls = urls(&documents.iter().collect::<Vec<_>>(), pages);
            urls.iter().map(|url| url.as_str().replace("https://e.org/feeds/", "/")).collect::<Vec<_>>()
        };
        let topics = ["/tags/a/rss.xml", "/tags/a/atom.xml"];
        assert_eq!(purged(&[]), topics);
        let with_pages = [&topics[..], &["/feeds.opml", "/", "/index.html", "/tags/a/", "/tags/a/index.html"]].concat();
        assert_eq!(purged(&pages), with_pages);
        assert!(urls(&[], &pages).is_empty());
    }

    #[test]
    fn a_failure_is_told() {
        assert!(
            run("echo 'no such zone' >&2; exit 3", 1)
                .is_err_and(|why| why.contains("3") && why.ends_with(": no such zone"))
        );
        assert!(run("sleep 60", 1).is_err_and(|why| why.contains("in time")));
        let url = AbsUrl::parse("https://e.org/").unwrap();
        let gone = purge(&["/nowhere/purge".into()], &[url], Path::new("/"), Instant::now() + PATIENCE);
        assert!(gone.is_err_and(|why| why.contains("cannot be run")));
    }
}
