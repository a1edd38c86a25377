//! The stream of events by which an open page learns of changes (Server-Sent Events, HTML Living Standard section 9.2):
//! `reload` where the page itself would now be another, else `state` with the overlay.

use super::snapshot::Snapshot;
use super::{overlay, pages};
use bytes::Bytes;
use futures_util::stream;
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt, StreamBody};
use hyper::body::Frame;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OwnedSemaphorePermit, watch};

/// What an answer consists of.
pub(super) type ResponseBody = BoxBody<Bytes, Infallible>;

/// Interval of comments that detect whether the client is still connected.
const PULSE: Duration = Duration::from_secs(20);

/// An open page.
struct Listener {
    snapshots: watch::Receiver<Arc<Snapshot>>,
    path: String,
    mark: String,
    sent: Option<u64>,
    /// Free again when the page has gone.
    _place: OwnedSemaphorePermit,
}

/// The stream for a page at this path that was sent with this mark.
pub(super) fn stream(
    snapshots: watch::Receiver<Arc<Snapshot>>,
    path: String,
    mark: String,
    place: OwnedSemaphorePermit,
) -> ResponseBody {
    let listener = Listener { snapshots, path, mark, sent: None, _place: place };
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
            if self.sent != Some(now.revision) {
                self.sent = Some(now.revision);
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
        return message("reload", "");
    }
    message("state", &overlay::markup(now).into_string())
}

/// An event with its data. CR, LF and CR LF end a line of an event stream, so that each line of the data is a field of its own;
/// any other control character would be lost on its way through a page and is replaced.
fn message(event: &str, data: &str) -> String {
    let data = data.replace("\r\n", "\n");
    let plain = |c: char| if c.is_control() && c != '\t' { '\u{FFFD}' } else { c };
    let fields =
        data.split(['\r', '\n']).map(|line| format!("data: {}\n", line.chars().map(plain).collect::<String>()));
    format!("event: {event}\n{}\n", fields.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_is_one_event_whatever_its_line_ends() {
        for end in ["\n", "\r", "\r\n"] {
            let sent = message("state", &["a", "", "event: reload", "data:", "", "b"].join(end));
            let lines = "data: a\ndata: \ndata: event: reload\ndata: data:\ndata: \ndata: b\n";
            assert_eq!(sent, format!("event: state\n{lines}\n"), "{end:?}");
        }
        assert_eq!(message("reload", ""), "event: reload\ndata: \n\n");
        assert_eq!(message("state", "a\n\r"), "event: state\ndata: a\ndata: \ndata: \n\n");
    }

    #[test]
    fn control_characters_are_replaced() {
        assert_eq!(
            message("state", "a\0b\tc\u{b}\u{c}\u{1b}\u{7f}\u{85}"),
            "event: state\ndata: a\u{FFFD}b\tc\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\n\n"
        );
    }
}
