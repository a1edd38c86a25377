//! The documents of a bucket as hubs and readers will see them. The manifest's word counts for an object that still has the
//! entity tag it had when the manifest was written; what differs is read.

use super::MANIFEST;
use super::objects::Objects;
use crate::edge::EdgeError;
use crate::edge::websub::{ContentDigest, PublishedDocument, PublishedDocuments, lies_at};
use crate::format;
use crate::model::{AbsUrl, Format};
use crate::pipeline::{Manifest, ManifestDocument};

/// A bucket of feeds that feedmill published.
#[derive(Debug, Clone)]
pub struct BucketDocuments {
    objects: Objects,
}

impl BucketDocuments {
    /// Of these objects.
    pub fn new(objects: Objects) -> Self {
        Self { objects }
    }

    fn read(&self, path: String) -> Result<Option<PublishedDocument>, EdgeError> {
        let Some(object) = self.objects.get(&path)? else { return Ok(None) };
        let Some(said) = format::advertised_at(&path, &object.bytes) else { return Ok(None) };
        // A copy of a feed at another path is not that feed.
        let at_home = lies_at(&said.topic, &path);
        let print = ContentDigest::from_bytes(&object.bytes);
        Ok(at_home.then_some(PublishedDocument { path, topic: said.topic, hubs: Some(said.hubs), print }))
    }
}

impl PublishedDocuments for BucketDocuments {
    fn documents(&self) -> Result<Vec<PublishedDocument>, EdgeError> {
        let manifest = self.objects.get(MANIFEST)?.and_then(|object| Manifest::read(&object.bytes).ok());
        let listing = self.objects.list()?;
        let mut shelved = Vec::new();
        for (path, meta) in listing {
            let known = manifest.as_ref().map(|manifest| manifest.documents.get(&path));
            let is_feed = match Format::of_path(&path) {
                Some(format) => format.is_feed(),
                // The config names feeds; what the manifest lists under another name is one of them.
                None => matches!(known, Some(Some(_))),
            };
            if !is_feed {
                continue;
            }
            if path.starts_with('.') || path.contains("/.") {
                continue;
            }
            match known {
                // Not ours.
                Some(None) => {}
                Some(Some(known)) => match noted(known, meta.etag.as_ref(), meta.size) {
                    Some((topic, _)) if !lies_at(&topic, &path) => {}
                    Some((topic, print)) => shelved.push(PublishedDocument { path, topic, hubs: None, print }),
                    None => shelved.extend(self.read(path)?),
                },
                None => shelved.extend(self.read(path)?),
            }
        }
        Ok(shelved)
    }

    fn pages(&self) -> Result<Vec<String>, EdgeError> {
        let manifest = self.objects.get(MANIFEST)?.and_then(|object| Manifest::read(&object.bytes).ok());
        Ok(manifest.map(|manifest| manifest.pages()).unwrap_or_default())
    }

    fn print(&self, path: &str) -> Option<ContentDigest> {
        self.objects.get(path).ok().flatten().map(|object| ContentDigest::from_bytes(&object.bytes))
    }
}

/// What the manifest notes of an object that still is as it was.
fn noted(known: &ManifestDocument, etag: Option<&String>, size: u64) -> Option<(AbsUrl, ContentDigest)> {
    let object = known.object.as_ref().filter(|object| object.etag.is_some() && object.etag.as_ref() == etag)?;
    let topic = AbsUrl::parse(&object.topic).ok()?;
    (known.size == size).then(|| (topic, ContentDigest { size, digest: known.digest.clone() }))
}
