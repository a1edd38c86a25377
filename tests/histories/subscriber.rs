//! A subscriber of every feed in every format: what it has been shown, under which id and date.

use crate::site::{Site, Step};
use std::collections::{BTreeMap, BTreeSet};

/// What an entry of a feed says.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Shown {
    id: String,
    published: String,
}

/// Everything that was shown.
#[derive(Debug, Default)]
pub struct Subscriber {
    /// By the document's path and the article's own number.
    /// With the day that the author had written then: the entry can have left the feed since, and come back.
    shown: BTreeMap<(String, usize), (Shown, Option<usize>)>,
    /// The documents that were there at the last fetch, and ever.
    documents: BTreeSet<String>,
    /// Which article an id names, in a document.
    names: BTreeMap<(String, String), usize>,
    /// The days of publication that the author wrote, as they were last.
    days: BTreeMap<usize, usize>,
}

impl Subscriber {
    /// Fetches every feed; the error says what a subscriber would notice.
    pub fn fetch(&mut self, site: &Site, step: Option<&Step>) -> Result<(), String> {
        let days = site.days();
        let documents = site.project.tree("feeds");
        let feeds: Vec<(&String, &Vec<u8>)> =
            documents.iter().filter(|(path, _)| path.ends_with("rss.xml") || path.ends_with("atom.xml")).collect();
        for (path, bytes) in &feeds {
            let is_known = self.documents.contains(*path);
            for (uid, shown) in entries(&String::from_utf8_lossy(bytes)) {
                self.check(path, uid, &shown, (is_known, site.newest(), &days))
                    .map_err(|why| format!("{path}: article {uid} {why} ({shown:?}, {step:?})"))?;
            }
        }
        for (path, bytes) in feeds {
            for (uid, shown) in entries(&String::from_utf8_lossy(bytes)) {
                self.names.insert((path.clone(), shown.id.clone()), uid);
                self.shown.insert((path.clone(), uid), (shown, days.get(&uid).copied()));
            }
            self.documents.insert(path.clone());
        }
        self.days = days;
        Ok(())
    }

    fn check(
        &self,
        path: &str,
        uid: usize,
        shown: &Shown,
        (is_known, newest, days): (bool, usize, &BTreeMap<usize, usize>),
    ) -> Result<(), String> {
        if let Some(other) = self.names.get(&(path.to_owned(), shown.id.clone())).filter(|other| **other != uid) {
            return Err(format!("has the id of article {other}"));
        }
        match self.shown.get(&(path.to_owned(), uid)) {
            Some((before, _)) if before.id != shown.id => Err(format!("had the id {}", before.id)),
            Some((before, day)) if before.published != shown.published && days.get(&uid) == day.as_ref() => {
                Err(format!("was published {}", before.published))
            }
            Some(_) => Ok(()),
            None if is_known && uid < newest && days.get(&uid) == self.days.get(&uid) => {
                Err("is old and enters the feed for the first time".to_owned())
            }
            None => Ok(()),
        }
    }
}

/// The entries of an RSS or Atom document, by the number in their text.
fn entries(document: &str) -> Vec<(usize, Shown)> {
    let (open, id, published) = match document.contains("<item>") || document.contains("<rss") {
        true => ("<item>", "guid", "pubDate"),
        false => ("<entry", "id", "published"),
    };
    let text = |entry: &str, name: &str| {
        let start = entry.find(&format!("<{name}")).unwrap();
        let from = start + entry[start..].find('>').unwrap() + 1;
        entry[from..from + entry[from..].find('<').unwrap()].to_owned()
    };
    let uid = |entry: &str| entry.split("uid=").nth(1).unwrap().split('=').next().unwrap().parse().unwrap();
    let entries = document.split(open).skip(1);
    entries.map(|entry| (uid(entry), Shown { id: text(entry, id), published: text(entry, published) })).collect()
}
