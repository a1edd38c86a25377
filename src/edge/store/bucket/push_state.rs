//! The ledger of accepted pings in a bucket: the object `.feedmill/pushed`, written after a hundred acceptances or
//! five seconds, and at the end. Pings that a crash loses from it are repeated. Two machines that push at once merge
//! their ledgers.

use super::objects::{NotPut, Objects, Said, When};
use crate::edge::EdgeError;
use crate::edge::websub::{Paid, PushState};
use crate::model::AbsUrl;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Path of the ledger below the prefix.
const PUSHED: &str = ".feedmill/pushed";

const EVERY: usize = 100;
const AFTER: Duration = Duration::from_secs(5);

/// Attempts to put what another machine has put meanwhile.
const ATTEMPTS: usize = 5;

/// A push_state in a bucket.
#[derive(Debug)]
pub struct BucketPushState {
    objects: Objects,
    inner: Arc<Mutex<Inner>>,
}

#[derive(Debug)]
struct Inner {
    paid: Paid,
    /// The bytes in the bucket and their entity tag.
    state: Option<(Vec<u8>, Option<String>)>,
    unsaved: usize,
    /// When the first unsaved acceptance came.
    since: Instant,
}

impl BucketPushState {
    /// Reads the object; where there is none, nothing was accepted.
    pub fn open(objects: Objects) -> Result<Self, EdgeError> {
        let state = objects.get(PUSHED)?.map(|object| (object.bytes, object.etag));
        let paid = Paid::read(state.as_ref().map_or(&[], |(bytes, _)| bytes.as_slice()));
        let inner = Arc::new(Mutex::new(Inner { paid, state, unsaved: 0, since: Instant::now() }));
        let (late, weak) = (objects.clone(), Arc::downgrade(&inner));
        objects.spawn(async move {
            loop {
                tokio::time::sleep(Duration::from_secs(1)).await;
                let Some(inner) = weak.upgrade() else { return };
                let objects = late.clone();
                // The next acceptance or the end of the run tries again and reports a failure.
                let _ = tokio::task::spawn_blocking(move || {
                    let mut inner = lock(&inner);
                    if inner.unsaved > 0 && inner.since.elapsed() >= AFTER {
                        let _ = save(&objects, &mut inner);
                    }
                })
                .await;
            }
        });
        Ok(Self { objects, inner })
    }

    /// Numbers of lines of the object that cannot be read.
    pub fn unread(&self) -> Vec<usize> {
        lock(&self.inner).paid.unread.clone()
    }
}

impl PushState for BucketPushState {
    fn last(&self, hub: &AbsUrl, topic: &AbsUrl) -> Option<String> {
        lock(&self.inner).paid.last(hub, topic).map(str::to_owned)
    }

    fn accept(&self, hub: &AbsUrl, topic: &AbsUrl, digest: &str) -> Result<(), EdgeError> {
        let mut inner = lock(&self.inner);
        inner.paid.accept(hub, topic, digest);
        if inner.unsaved == 0 {
            inner.since = Instant::now();
        }
        inner.unsaved += 1;
        if inner.unsaved >= EVERY || inner.since.elapsed() >= AFTER { save(&self.objects, &mut inner) } else { Ok(()) }
    }

    fn close(&self, topics: &[AbsUrl]) -> Result<(), EdgeError> {
        let mut inner = lock(&self.inner);
        inner.paid.keep(topics);
        save(&self.objects, &mut inner)
    }
}

fn lock(inner: &Mutex<Inner>) -> MutexGuard<'_, Inner> {
    inner.lock().unwrap_or_else(PoisonError::into_inner)
}

fn save(objects: &Objects, inner: &mut Inner) -> Result<(), EdgeError> {
    let said =
        Said { media_type: "text/plain; charset=utf-8".into(), cache_control: "no-store".into(), publisher: None };
    for attempt in 1..=ATTEMPTS {
        let bytes = inner.paid.to_bytes();
        if inner.state.as_ref().map_or(bytes.is_empty(), |(state, _)| *state == bytes) {
            break;
        }
        let when = match &inner.state {
            _ if attempt == ATTEMPTS => When::Always,
            Some((_, Some(etag))) => When::Still(etag.clone()),
            Some((_, None)) => When::Always,
            None => When::Absent,
        };
        match objects.put(PUSHED, bytes.clone(), &said, &when) {
            Ok(etag) => {
                inner.state = Some((bytes, etag));
                break;
            }
            Err(NotPut::Overtaken) => {
                let found = objects.get(PUSHED)?;
                inner.paid.merge(Paid::read(found.as_ref().map_or(&[], |object| object.bytes.as_slice())));
                inner.state = found.map(|object| (object.bytes, object.etag));
            }
            Err(NotPut::Unconditional) => {
                let etag = objects.put(PUSHED, bytes.clone(), &said, &When::Always).map_err(|fault| match fault {
                    NotPut::Failed(fault) => fault,
                    _ => EdgeError::store(PUSHED, "the store refuses it"),
                })?;
                inner.state = Some((bytes, etag));
                break;
            }
            Err(NotPut::Failed(fault)) => return Err(fault),
        }
    }
    inner.unsaved = 0;
    Ok(())
}
