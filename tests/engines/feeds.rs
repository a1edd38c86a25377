//! The entries of recorded feeds, and of those that feedmill wrote.

use chrono::{DateTime, Utc};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// What a feed says of an entry; a line of `facts.tsv`.
#[derive(Debug, Default)]
pub struct Fact {
    pub source: String,
    pub link: String,
    pub id: String,
    pub is_permalink: String,
    pub published: String,
    pub updated: String,
    pub title: String,
}

impl Fact {
    /// The letters and digits of the title: what engines escape differently is left out.
    pub fn key(&self) -> String {
        let mut title = self.title.clone();
        for (escaped, plain) in
            [("&amp;", "&"), ("&quot;", ""), ("&#39;", ""), ("&#34;", ""), ("&lt;", ""), ("&gt;", "")]
        {
            title = title.replace(escaped, plain);
        }
        title.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    }
}

/// Addresses and formats of the feeds of all posts.
pub fn main_feeds(recorded: &Path) -> Vec<(String, String)> {
    let rows = rows(&recorded.join("feeds.tsv"));
    rows.into_iter().filter(|row| row[2] == "all").map(|row| (row[0].clone(), row[1].clone())).collect()
}

/// The recorded entries of a feed.
pub fn facts(recorded: &Path, address: &str) -> Vec<Fact> {
    let rows = rows(&recorded.join("facts.tsv")).into_iter().filter(|row| row[0] == address);
    let fact = |row: Vec<String>| {
        let [_, source, link, id, is_permalink, published, updated, title] = row.try_into().unwrap();
        Fact { source, link, id, is_permalink, published, updated, title }
    };
    rows.map(fact).collect()
}

fn rows(path: &Path) -> Vec<Vec<String>> {
    let text = fs::read_to_string(path).unwrap();
    text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

/// The entries of the feed that feedmill wrote for an address, by [`Fact::key`].
pub fn entries(site: &Path, address: &str, format: &str) -> BTreeMap<String, Fact> {
    let file = file(site, address);
    let text = fs::read_to_string(&file).unwrap_or_else(|why| panic!("{}: {why}", file.display()));
    let entries = match format {
        "rss" => rss(&text),
        "atom" => atom(&text),
        _ => json(&text),
    };
    entries.into_iter().map(|entry| (entry.key(), entry)).collect()
}

/// The file that the engine copies to an address.
pub fn file(site: &Path, address: &str) -> PathBuf {
    let config = fs::read_to_string(site.join("feedmill.yaml")).unwrap();
    let output = config.split_once("\noutput:").unwrap_or_else(|| panic!("no output:\n{config}")).1;
    let dir = output.split_once("\n  dir: \"").unwrap().1.split('"').next().unwrap();
    site.join(dir).join(address.trim_start_matches('/'))
}

/// The addresses of all feeds of posts.
pub fn addresses(recorded: &Path) -> Vec<String> {
    let rows = rows(&recorded.join("feeds.tsv")).into_iter().filter(|row| row[2] != "terms");
    rows.map(|row| row[0].clone()).collect()
}

fn rss(text: &str) -> Vec<Fact> {
    let channel = rss::Channel::read_from(text.as_bytes()).unwrap();
    let fact = |item: rss::Item| {
        let guid = item.guid.unwrap_or_default();
        Fact {
            link: item.link.unwrap_or_default(),
            id: guid.value,
            is_permalink: guid.permalink.to_string(),
            published: item.pub_date.unwrap_or_default(),
            title: item.title.unwrap_or_default(),
            ..Fact::default()
        }
    };
    channel.items.into_iter().map(fact).collect()
}

fn atom(text: &str) -> Vec<Fact> {
    let feed = atom_syndication::Feed::read_from(text.as_bytes()).unwrap();
    let fact = |entry: atom_syndication::Entry| Fact {
        link: entry.links.iter().find(|link| link.rel == "alternate").map(|link| link.href.clone()).unwrap_or_default(),
        id: entry.id,
        published: entry.published.map(|at| at.to_rfc3339()).unwrap_or_default(),
        title: entry.title.value,
        ..Fact::default()
    };
    feed.entries.into_iter().map(fact).collect()
}

fn json(text: &str) -> Vec<Fact> {
    let feed: serde_json::Value = serde_json::from_str(text).unwrap();
    let fact = |item: &serde_json::Value| {
        let text = |key: &str| item[key].as_str().unwrap_or_default().to_owned();
        Fact {
            link: text("url"),
            id: text("id"),
            published: text("date_published"),
            title: text("title"),
            ..Fact::default()
        }
    };
    feed["items"].as_array().unwrap().iter().map(fact).collect()
}

/// The instant of a date in any of the formats, to the second.
pub fn instant(date: &str) -> Option<i64> {
    let at: Option<DateTime<Utc>> =
        DateTime::parse_from_rfc3339(date).or_else(|_| DateTime::parse_from_rfc2822(date)).ok().map(Into::into);
    at.map(|at| at.timestamp())
}
