//! A queue of work with due times: the earliest due item comes out first, and the queue ends when no sender can add
//! to it any more.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;
use tokio::time::{Instant, sleep_until};

/// A queue for some workers. Each thing taken must be answered by [`Queue::again`] or [`Queue::done`].
pub(super) struct Queue<T> {
    inner: Mutex<Inner<T>>,
    changed: Notify,
}

struct Inner<T> {
    /// By when it is due, then by order of arrival.
    waiting: BTreeMap<(Instant, u64), T>,
    arrivals: u64,
    /// Items taken and not finished, and senders that have not called [`Queue::done`].
    open: usize,
    stopped: bool,
}

impl<T> Queue<T> {
    /// An empty queue with one sender, who calls [`Queue::done`] after the last item.
    pub fn new() -> Self {
        let inner = Inner { waiting: BTreeMap::new(), arrivals: 0, open: 1, stopped: false };
        Self { inner: Mutex::new(inner), changed: Notify::new() }
    }

    /// Adds a thing.
    pub fn give(&self, thing: T, due: Instant) {
        let mut inner = self.lock();
        inner.arrivals += 1;
        let key = (due, inner.arrivals);
        inner.waiting.insert(key, thing);
        drop(inner);
        self.changed.notify_waiters();
    }

    /// The next thing when it is due; `None` when there will be none.
    pub async fn take(&self) -> Option<T> {
        loop {
            let changed = self.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            let due = {
                let mut inner = self.lock();
                let first = inner.waiting.first_key_value().map(|(key, _)| key.0);
                match first {
                    _ if inner.stopped => return None,
                    None if inner.open == 0 => return None,
                    Some(due) if due <= Instant::now() => {
                        inner.open += 1;
                        return inner.waiting.pop_first().map(|(_, thing)| thing);
                    }
                    first => first,
                }
            };
            match due {
                Some(due) => tokio::select! {
                    () = sleep_until(due) => {}
                    () = changed => {}
                },
                None => changed.await,
            }
        }
    }

    /// A thing that was taken comes back later.
    pub fn again(&self, thing: T, due: Instant) {
        self.give(thing, due);
        self.done();
    }

    /// A thing that was taken is finished with; or the giver is.
    pub fn done(&self) {
        let mut inner = self.lock();
        inner.open = inner.open.saturating_sub(1);
        drop(inner);
        self.changed.notify_waiters();
    }

    /// Nothing comes out any more.
    pub fn stop(&self) {
        self.lock().stopped = true;
        self.changed.notify_waiters();
    }

    fn lock(&self) -> MutexGuard<'_, Inner<T>> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use std::time::Duration;

    fn rt() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap()
    }

    #[test]
    fn what_is_due_comes_first_and_the_queue_ends() {
        rt().block_on(async {
            let (queue, now) = (Queue::new(), Instant::now());
            queue.give("later", now + Duration::from_millis(30));
            queue.give("now", now);
            queue.give("also now", now);
            queue.done();
            assert_eq!(queue.take().await, Some("now"));
            assert_eq!(queue.take().await, Some("also now"));
            queue.done();
            queue.again("again", now + Duration::from_millis(60));
            assert_eq!(queue.take().await, Some("later"));
            assert!(now.elapsed() >= Duration::from_millis(30));
            queue.done();
            assert_eq!(queue.take().await, Some("again"));
            queue.done();
            assert_eq!(queue.take().await, None);
        });
    }

    #[test]
    fn workers_end_with_the_last_thing_or_when_stopped() {
        rt().block_on(async {
            for stop in [false, true] {
                let queue = Arc::new(Queue::new());
                let workers: Vec<_> = (0..3)
                    .map(|_| {
                        let queue = Arc::clone(&queue);
                        tokio::spawn(async move {
                            let mut taken = 0;
                            while queue.take().await.is_some() {
                                taken += 1;
                                tokio::task::yield_now().await;
                                queue.done();
                            }
                            taken
                        })
                    })
                    .collect();
                (0..10).for_each(|n| queue.give(n, Instant::now()));
                tokio::time::sleep(Duration::from_millis(5)).await;
                if stop {
                    queue.stop()
                } else {
                    queue.done()
                }
                let mut taken = 0;
                for worker in workers {
                    taken += worker.await.unwrap();
                }
                assert_eq!(taken, 10);
            }
        });
    }
}
