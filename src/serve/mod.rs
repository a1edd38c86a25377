//! `feedmill serve`: builds the set into memory, serves it with the headers of a good host, and rebuilds at every
//! change, with live reload, an overlay of findings, and how readers display each feed. Writes nothing to disk and
//! sends no requests to other hosts.
//!
//! One thread builds (`builder.rs`, `watch.rs`, `stamps.rs`) and publishes snapshots; the server's threads only read
//! them. Uses hyper for HTTP/1.1, which the client already depends on.

mod answer;
mod cards;
mod conditions;
mod events;
mod hosts;
mod overlay;
mod pages;
mod rebuild;
mod resource;
mod server;
mod snapshot;
mod stamps;
mod watch;

pub use hosts::Audience;
pub use snapshot::Snapshot;

use crate::app::Project;
use crate::diagnostic::Mode;
use crate::edge::EdgeError;
use crate::model::Timestamp;
use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::sync::Arc;

/// What is previewed, on which address, and for whom.
pub struct Preview {
    /// The project to preview.
    pub project: Project,
    /// Where to listen; port 0: any that is free.
    pub address: SocketAddr,
    /// The flag `--published`.
    pub shows: Shows,
    /// `--now`; unset: the clock.
    pub now: Option<Timestamp>,
    /// `--strict`, `--lenient`; decides the severity of findings.
    pub mode: Option<Mode>,
    /// Threads of the build; unset: one for each core.
    pub jobs: Option<NonZeroUsize>,
}

/// Which articles are served.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shows {
    /// Drafts and articles of the future as well, marked.
    #[default]
    Everything,
    /// What a build would publish.
    Published,
}

/// Events of the running preview.
pub enum News {
    /// The server listens on this address; the set is below this path.
    Listening(SocketAddr, String),
    /// A new snapshot was made.
    Turned(Arc<Snapshot>),
}

/// Serves until the process ends. Returns only when it cannot begin.
pub fn serve(preview: Preview, tell: impl Fn(News) + Send + 'static) -> Result<(), EdgeError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|why| EdgeError::network(&why))?;
    let at = preview.address;
    let listener = runtime.block_on(tokio::net::TcpListener::bind(at));
    let bound = listener.and_then(|listener| Ok((listener.local_addr()?, listener)));
    let (bound, listener) = bound.map_err(|why| EdgeError::Address { at, why })?;
    let mut builder = rebuild::Rebuilder::new(preview);
    let mut watch = watch::Watch::new();
    // Watched before it is read: what changes meanwhile is then seen.
    watch.over(builder.folders());
    let first = builder.rebuild(watch::Changed::Images).unwrap_or_default();
    let (sender, snapshots) = tokio::sync::watch::channel(Arc::clone(&first));
    tell(News::Listening(bound, first.base.clone()));
    tell(News::Turned(first));
    std::thread::spawn(move || {
        // Check once more: a change before all folders were watched gives no event.
        let mut changed = watch::Changed::Images;
        loop {
            watch.over(builder.folders());
            if let Some(snapshot) = builder.rebuild(changed) {
                sender.send_replace(Arc::clone(&snapshot));
                tell(News::Turned(snapshot));
            }
            changed = watch.wait(builder.rests());
        }
    });
    runtime.block_on(server::run(listener, bound, snapshots));
    Ok(())
}
