//! The stream of events by which an open page learns of changes (Server-Sent Events, HTML Living Standard section 9.2):
//! `reload` where the page itself would now be another, else `state` with the overlay.

use super::answer::Body;
use super::snapshot::Snapshot;
use super::{overlay, pages};
use bytes::Bytes;
use futures_util::stream;
use http_body_util::{BodyExt, StreamBody};
use hyper::body::Frame;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch;

/// A comment now and then tells whether anyone listens still.
const PULSE: Duration = Duration::from_secs(20);

/// An open page.
struct Listener {
    snapshots: watch::Receiver<Arc<Snapshot>>,
    path: String,
    mark: String,
    told: Option<u64>,
}

/// The stream for a page at this path that was sent with this mark.
pub(super) fn stream(snapshots: watch::Receiver<Arc<Snapshot>>, path: String, mark: String) -> Body {
    let listener = Listener { snapshots, path, mark, told: None };
    let events = stream::unfold(listener, |mut listener| async move {
        let event = listener.next().await?;
        Some((Ok::<_, Infallible>(Frame::data(Bytes::from(event))), listener))
    });
    BodyExt::boxed(StreamBody::new(events))
}

impl Listener {
    async fn next(&mut self) -> Option<String> {
        loop {
            let now = Arc::clone(&self.snapshots.borrow_and_update());
            if self.told != Some(now.revision) {
                self.told = Some(now.revision);
                return Some(event(&now, &self.path, &self.mark));
            }
            match tokio::time::timeout(PULSE, self.snapshots.changed()).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) => return None,
                Err(_) => return Some(": still here\n\n".to_owned()),
            }
        }
    }
}

fn event(now: &Snapshot, path: &str, mark: &str) -> String {
    if pages::mark(now, path) != mark {
        return "event: reload\ndata:\n\n".to_owned();
    }
    let overlay = overlay::markup(now).into_string();
    let lines: String = overlay.lines().map(|line| format!("data: {line}\n")).collect();
    format!("event: state\n{}\n", if lines.is_empty() { "data:\n".to_owned() } else { lines })
}
