//! The documents of a folder as hubs and readers see them: read from their bytes, not from the manifest. The manifest
//! lists which files are documents; without it, these are all files with a document's name whose own URL matches
//! their path.

use crate::edge::websub::{ContentDigest, PublishedDocument, PublishedDocuments, lies_at};
use crate::edge::{EdgeError, files::Root};
use crate::format;
use crate::model::Format;
use crate::pipeline::Manifest;
use std::io::{ErrorKind, Read};
use std::path::Path;

/// More than any document of ours, in bytes.
const MAX_DOCUMENT_BYTES: u64 = 256 << 20;

/// Path of the manifest below the output folder.
const MANIFEST: &str = ".feedmill/manifest.json";

/// A folder of feeds that feedmill built.
#[derive(Debug)]
pub struct FolderDocuments {
    root: Root,
}

impl FolderDocuments {
    /// Of this folder.
    pub fn new(root: &Path) -> Self {
        Self { root: Root::new(root) }
    }

    fn paths(&self) -> Result<Vec<String>, EdgeError> {
        match self.manifest()? {
            Some(manifest) => Ok(manifest.documents.into_keys().collect()),
            None => self.walk(),
        }
    }

    /// The manifest; `None` where there is none that can be used.
    fn manifest(&self) -> Result<Option<Manifest>, EdgeError> {
        let bytes = self.bytes(MANIFEST)?;
        Ok(bytes.and_then(|bytes| Manifest::read(&bytes).ok()))
    }

    fn walk(&self) -> Result<Vec<String>, EdgeError> {
        let mut found = Vec::new();
        for entry in ignore::WalkBuilder::new(self.root.path()).standard_filters(false).hidden(true).build() {
            let Ok(entry) = entry else { continue };
            if !entry.file_type().is_some_and(|kind| kind.is_file()) || format_of(entry.path()).is_none() {
                continue;
            }
            if let Some(path) = entry.path().strip_prefix(self.root.path()).ok().and_then(Path::to_str) {
                found.push(path.replace('\\', "/"));
            }
        }
        found.sort_unstable();
        Ok(found)
    }

    /// The bytes of a file; `None` if it is missing or too large.
    fn bytes(&self, path: &str) -> Result<Option<Vec<u8>>, EdgeError> {
        let mut bytes = Vec::new();
        match self.root.open(path).and_then(|file| file.take(MAX_DOCUMENT_BYTES + 1).read_to_end(&mut bytes)) {
            Ok(_) => Ok(Some(bytes).filter(|bytes| bytes.len() as u64 <= MAX_DOCUMENT_BYTES)),
            Err(why) if why.kind() == ErrorKind::NotFound => Ok(None),
            Err(why) => Err(EdgeError::disk(&self.root.join(path), why)),
        }
    }
}

impl PublishedDocuments for FolderDocuments {
    fn documents(&self) -> Result<Vec<PublishedDocument>, EdgeError> {
        let root = self.root.path();
        std::fs::metadata(root).map_err(|why| EdgeError::disk(root, why))?;
        let mut shelved = Vec::new();
        for path in self.paths()? {
            if Format::of_path(&path).is_some_and(|format| !format.is_feed()) {
                continue;
            }
            let Some(bytes) = self.bytes(&path)? else { continue };
            let Some(said) = format::advertised_at(&path, &bytes) else { continue };
            // A copy of a feed at another path is not that feed.
            if lies_at(&said.topic, &path) {
                shelved.push(PublishedDocument {
                    path,
                    topic: said.topic,
                    hubs: Some(said.hubs),
                    print: ContentDigest::from_bytes(&bytes),
                });
            }
        }
        Ok(shelved)
    }

    fn pages(&self) -> Result<Vec<String>, EdgeError> {
        Ok(self.manifest()?.map(|manifest| manifest.pages()).unwrap_or_default())
    }

    fn print(&self, path: &str) -> Option<ContentDigest> {
        self.bytes(path).ok().flatten().map(|bytes| ContentDigest::from_bytes(&bytes))
    }
}

fn format_of(path: &Path) -> Option<Format> {
    let name = path.file_name()?.to_str()?;
    Format::ALL.into_iter().find(|format| format.file_name() == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn atom(url: &str) -> String {
        format!("<feed xmlns='http://www.w3.org/2005/Atom'><link rel='self' href='{url}'/></feed>")
    }

    #[test]
    fn a_document_lies_where_it_says_it_lives() {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str, text: String| {
            let full = folder.path().join(path);
            fs::create_dir_all(full.parent().unwrap()).unwrap();
            fs::write(full, text).unwrap();
        };
        write("atom.xml", atom("https://e.org/feeds/atom.xml"));
        write("tags/a/atom.xml", atom("https://e.org/feeds/tags/a/atom.xml"));
        write("copy/atom.xml", atom("https://e.org/feeds/atom.xml"));
        write(".hidden/atom.xml", atom("https://e.org/feeds/.hidden/atom.xml"));
        write("tags/b/other.xml", atom("https://e.org/feeds/tags/b/other.xml"));
        write("tags/c/rss.xml", "<rss".into());
        let shelf = FolderDocuments::new(folder.path());
        let paths =
            |shelf: &FolderDocuments| shelf.documents().unwrap().into_iter().map(|d| d.path).collect::<Vec<_>>();
        assert_eq!(paths(&shelf), ["atom.xml", "tags/a/atom.xml"]);
        let listed = r#"{"version":1,"documents":{"tags/a/atom.xml":{"digest":"stale","size":1},"gone/rss.xml":{"digest":"","size":1}},"entries":{}}"#;
        write(".feedmill/manifest.json", listed.into());
        assert_eq!(paths(&shelf), ["tags/a/atom.xml"]);
        assert_eq!(shelf.print("tags/a/atom.xml"), Some(shelf.documents().unwrap()[0].print.clone()));
        assert!(FolderDocuments::new(&folder.path().join("nowhere")).documents().is_err());
    }
}
