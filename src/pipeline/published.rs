//! What the manifest records of earlier runs, for the checks over the whole collection.

use crate::model::{Article, ArticlePath, EntryId, Listed, World};
use crate::normalise::{Claim, Published};
use crate::pipeline::Manifest;
use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

/// The ids and files that subscribers already have, by the manifest.
pub(super) struct Earlier<'a> {
    manifest: &'a Manifest,
    world: &'a dyn World,
    by_path: OnceLock<HashMap<&'a ArticlePath, &'a EntryId>>,
}

impl<'a> Earlier<'a> {
    /// By this manifest; `world` has the bodies of articles that compete.
    pub(super) const fn new(manifest: &'a Manifest, world: &'a dyn World) -> Self {
        Self { manifest, world, by_path: OnceLock::new() }
    }

    fn has_text(&self, article: &Article, listed: &Listed) -> bool {
        let body = self.world.body(article);
        body.is_ok_and(|body| *blake3::hash(body.as_bytes()).to_hex() == *listed.body)
    }

    fn has_listed_file(&self, article: &Article) -> bool {
        let entries = || self.manifest.entries.iter();
        let by_path = self.by_path.get_or_init(|| entries().map(|(id, listed)| (&listed.path, id)).collect());
        by_path.contains_key(&article.path)
    }
}

impl Published for Earlier<'_> {
    fn claim(&self, article: &Article) -> Claim {
        let Some(listed) = self.manifest.entries.get(&article.id) else {
            // Its id may be a longer one, which is made when it is known who stays.
            return if self.has_listed_file(article) { Claim::File } else { Claim::None };
        };
        let dated = listed.is_dated(article.updated);
        match listed.path == article.path {
            true if dated || self.has_text(article, listed) => Claim::Whole,
            true => Claim::File,
            false if dated && self.has_text(article, listed) => Claim::Text,
            false => Claim::None,
        }
    }

    fn lists(&self, article: &Article) -> bool {
        self.manifest.entries.get(&article.id).is_some_and(|listed| listed.path == article.path)
    }

    fn tag_folders(&self) -> &BTreeMap<String, String> {
        &self.manifest.tags
    }
}
