//! What the manifest stores about an entry: enough to notice a changed id, a renamed file and a silent edit.

use super::{Article, ArticlePath, Entry, Timestamp};
use serde::{Deserialize, Serialize};

/// An entry that some feed lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// The article's file.
    pub path: ArticlePath,
    /// BLAKE3 of its body as written, hexadecimal.
    pub body: String,
    /// A hash of its `updated`, to detect an edit without a new date.
    pub revision: String,
}

impl Listed {
    /// Takes the values of a rendered entry.
    pub fn from_entry(entry: &Entry, path: &ArticlePath) -> Self {
        Self { path: path.clone(), body: entry.body_hash.clone(), revision: revision(entry.updated) }
    }

    /// Takes the values of an entry that was not rendered, given the hash of its body.
    pub fn known(article: &Article, body: &[u8; 32]) -> Self {
        let body = blake3::Hash::from_bytes(*body).to_hex().to_string();
        Self { path: article.path.clone(), body, revision: revision(article.updated) }
    }
}

fn revision(updated: Timestamp) -> String {
    blake3::hash(updated.rfc3339().as_bytes()).to_hex().chars().take(16).collect()
}
