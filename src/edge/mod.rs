//! The only floor that touches disk, network, clock or threads of its own. Faults of the world are [`EdgeError`]s.

pub mod cache;
pub mod clock;
pub mod discover;
pub mod disk;
pub mod file_stamp;
pub mod files;
mod folder;
#[cfg(feature = "net")]
pub mod http;
pub mod images;
pub mod ledger;
pub mod lock;
pub mod people;
#[cfg(feature = "net")]
pub mod probe;
pub mod project;
pub mod revision;
pub mod rewrite;
pub mod sources;
pub mod store;
pub mod survey;
#[cfg(feature = "net")]
pub mod websub;

use crate::model::{without_secrets, without_secrets_in};
use std::path::{Path, PathBuf};

/// The world failed: nothing in an article can be blamed.
#[derive(Debug, thiserror::Error)]
pub enum EdgeError {
    /// A file or folder.
    #[error("{path}: {why}", path = path.display())]
    Disk {
        /// Path of the file or folder.
        path: PathBuf,
        /// The system's error.
        why: std::io::Error,
    },
    /// The folder of articles.
    #[error("{path}: there is no such folder; content.dir or --content names the folder of articles", path = .0.display())]
    NoContent(PathBuf),
    /// The project folder.
    #[error("{path}: there is no such folder; -C names the one where feedmill.yaml lies", path = .0.display())]
    NoProject(PathBuf),
    /// Another run holds the lock of a target or of the ledger of accepted pings.
    #[error("another feedmill holds {path} ({holder}); waited {waited} s", path = path.display())]
    Locked {
        /// The lock's file.
        path: PathBuf,
        /// The holder that the lock file names.
        holder: String,
        /// Time waited, in seconds.
        waited: u64,
    },
    /// A bucket, or an object in it.
    #[error("{object}: {why}")]
    Store {
        /// By its `s3://` name.
        object: String,
        /// The store's error text.
        why: String,
    },
    /// The network cannot be used at all.
    #[error("the network cannot be used: {0}")]
    Network(String),
    /// The preview cannot be served there.
    #[error("cannot listen on {at}: {why}")]
    Address {
        /// The address to listen on.
        at: std::net::SocketAddr,
        /// The system's error.
        why: std::io::Error,
    },
    /// The time given by the environment cannot be read.
    #[error("SOURCE_DATE_EPOCH is {0:?}, which is no number of seconds")]
    Clock(String),
}

impl EdgeError {
    /// A fault of a file or folder.
    pub fn disk(path: &Path, why: std::io::Error) -> Self {
        Self::Disk { path: path.to_owned(), why }
    }

    /// An error of a bucket or an object in it; secrets are removed from URLs in the store's text.
    pub fn store(object: &str, why: &str) -> Self {
        Self::Store { object: without_secrets(object).into_owned(), why: without_secrets_in(why).into_owned() }
    }

    /// The network cannot be used; URLs in the reason lose their secrets.
    pub fn network(why: &dyn std::fmt::Display) -> Self {
        Self::Network(without_secrets_in(&why.to_string()).into_owned())
    }
}
