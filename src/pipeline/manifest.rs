//! `<out>/.feedmill/manifest.json`: the documents and entries that subscribers have. Contains no times and no program
//! version, so that a clone equals its origin. Refuses paths that would lead out of the output folder.

use super::Build;
use crate::ledger::{Ledger, LineState};
use crate::model::{DocumentPaths, DocumentState, EntryId, Format, Listed, Staged};
use crate::parse::json::refusal;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

/// The manifest of an output folder or bucket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    version: u32,
    /// Document path → what was written.
    pub documents: BTreeMap<String, ManifestDocument>,
    /// Id → the entry behind it.
    pub entries: Arc<BTreeMap<EntryId, Listed>>,
    /// Folders that an older version of feedmill gave to tags, each with the key of its tag.
    #[serde(default, skip_serializing)]
    pub tags: BTreeMap<String, String>,
    /// What subscribers were given and `feedmill.ids` does not have: its lines, as that file would have them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub given: Vec<String>,
    /// In a bucket: documents that are being deleted, with their entity tags, so that a crash leaves none behind.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub leaving: BTreeMap<String, Option<String>>,
    /// In a folder: files written with the documents, compressed copies and configs for web servers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub beside: BTreeMap<String, ManifestDocument>,
}

/// A document as it was written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ManifestDocument {
    /// BLAKE3 digest, hexadecimal.
    pub digest: String,
    /// Size in bytes.
    pub size: u64,
    /// In a bucket: the store's record of the object.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<AtStore>,
}

/// A document as a store keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AtStore {
    /// Its entity tag: another one is another's.
    pub etag: Option<String>,
    /// Its topic, so that hubs can be pinged without reading the document.
    pub topic: String,
}

impl Default for Manifest {
    fn default() -> Self {
        Self {
            version: 1,
            documents: BTreeMap::new(),
            entries: Arc::default(),
            tags: BTreeMap::new(),
            given: Vec::new(),
            leaving: BTreeMap::new(),
            beside: BTreeMap::new(),
        }
    }
}

impl Manifest {
    /// Of a finished ground.
    pub fn from_build(build: &Build) -> Self {
        let publish =
            |s: &Staged| (s.path.clone(), ManifestDocument { digest: s.digest.clone(), size: s.size, object: None });
        let own = build.staged.iter().filter(|staged| staged.state != DocumentState::Foreign);
        Self { documents: own.map(publish).collect(), entries: Arc::clone(&build.listed), ..Self::default() }
    }

    /// Reads a manifest; the error text describes why it is not one.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let manifest: Self = serde_json::from_slice(bytes).map_err(|why| refusal(&why))?;
        if manifest.version != 1 {
            return Err(format!("its version is {}, this feedmill knows 1", manifest.version));
        }
        let beside = manifest.beside.keys().filter(|path| !FOR_SERVERS.contains(&path.as_str()));
        match manifest.documents.keys().chain(manifest.leaving.keys()).chain(beside).find(|path| !is_inside(path)) {
            Some(path) => Err(format!("it lists {path:?}, which is no document of a feed")),
            None => Ok(manifest),
        }
    }

    /// What it knows of the ledger: the lines that it keeps, and the entries of which an older version kept an id and a path alone.
    pub fn ledger(&self) -> Ledger {
        let (mut ledger, _) = Ledger::read(&self.given.join("\n"));
        ledger.tags.clone_from(&self.tags);
        ledger
    }

    /// Adds to a ledger the entries that no line of it has. An article that has a line keeps the ids of that one: they were adopted.
    pub fn complete(&self, ledger: &mut Ledger) {
        ledger.refresh(&self.entries);
        let known: HashSet<&EntryId> = ledger.entries.values().map(|line| &line.ids.atom).collect();
        let live = ledger.entries.values().filter(|line| line.state == LineState::Live);
        let paths: HashSet<&str> = live.map(|line| &*line.path).collect();
        let is_new = |(id, listed): &(&EntryId, &Listed)| !known.contains(id) && !paths.contains(listed.path.as_str());
        let new: Vec<_> = self.entries.iter().filter(is_new).collect();
        for (id, listed) in new {
            ledger.add_listed(id, listed);
        }
    }

    /// Documents at other paths than these with the bytes of one of them: copies of feeds that the config has asked for.
    pub fn copies(&self, paths: &DocumentPaths) -> BTreeSet<String> {
        type Content<'a> = (&'a str, u64, Option<&'a String>);
        fn content(document: &ManifestDocument) -> Content<'_> {
            (&document.digest, document.size, document.object.as_ref().and_then(|object| object.etag.as_ref()))
        }
        let (own, others): (Vec<_>, Vec<_>) = self.documents.iter().partition(|(path, _)| paths.holds(path));
        let own: BTreeSet<Content<'_>> = own.into_iter().map(|(_, document)| content(document)).collect();
        let copies = others.into_iter().filter(|(_, document)| own.contains(&content(document)));
        copies.map(|(path, _)| path.clone()).collect()
    }

    /// Documents that are not feeds.
    pub fn pages(&self) -> Vec<String> {
        let page = |path: &&String| Format::of_path(path).is_some_and(|format| !format.is_feed());
        self.documents.keys().filter(page).cloned().collect()
    }

    /// As it is written: one line an entry, so that a diff can be read.
    pub fn to_bytes(&self) -> Vec<u8> {
        // Larger than it will be, but for paths without measure: to grow is to copy.
        let mut out = Vec::with_capacity(self.documents.len() * 192 + self.entries.len() * 384 + 1024);
        // Nothing in it can fail to be written.
        let _ = serde_json::to_writer_pretty(&mut out, self);
        out.push(b'\n');
        out
    }
}

/// Files for servers whose names are hidden ones.
const FOR_SERVERS: [&str; 3] = [".htaccess", ".feedmill/nginx.conf", ".feedmill/Caddyfile"];

/// Whether a document's path stays inside the folder: relative, plain segments, none of them hidden.
fn is_inside(path: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':', '\0']);
    path.split('/').all(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_that_leads_outside_is_refused() {
        let text = |path: &str| {
            format!(r#"{{"version":1,"documents":{{"{path}":{{"digest":"x","size":1}}}},"entries":{{}}}}"#)
        };
        assert!(Manifest::read(text("tags/a/rss.xml").as_bytes()).is_ok());
        for path in ["../rss.xml", "/etc/passwd", "a//b", ".feedmill/lock", "a/../../b"] {
            assert!(Manifest::read(text(path).as_bytes()).is_err(), "{path}");
            let beside = text(path).replace("documents", "beside").replace("entries", "documents");
            assert!(Manifest::read(beside.replace('}', "},\"entries\":{}}").as_bytes()).is_err(), "{path}");
        }
        assert!(Manifest::read(b"{}").is_err());
    }
}
