//! How long each step of a run took and what it counted. The stopwatch passes all progress on to the listener behind it.

use crate::model::{Count, Progress, ProgressEvent, Step};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// The steps that a run took, in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Timings(pub Vec<StepTiming>);

/// One step of a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepTiming {
    /// The step that was measured.
    pub step: Step,
    /// How long it took.
    pub time: Duration,
    /// What was counted in it; counts of zero are left out.
    pub counts: Vec<(Count, u64)>,
}

impl Timings {
    /// The step that took longest.
    pub fn slowest(&self) -> Option<&StepTiming> {
        self.0.iter().max_by_key(|timing| timing.time)
    }

    /// With one more step at the end, which was timed elsewhere.
    pub fn and(mut self, step: Step, time: Duration) -> Self {
        self.0.push(StepTiming { step, time, counts: Vec::new() });
        self
    }

    /// The sum of all steps.
    pub fn total(&self) -> Duration {
        self.0.iter().map(|timing| timing.time).sum()
    }
}

/// Listens, and has a clock.
#[derive(Debug)]
pub struct Stopwatch {
    face: Arc<dyn Progress>,
    times: Mutex<Times>,
    counts: [AtomicU64; Count::ALL.len()],
}

#[derive(Debug, Default)]
struct Times {
    /// The current step and when it began.
    at: Option<(Step, Instant)>,
    past: [Option<Duration>; Step::ALL.len()],
}

impl Times {
    fn stop(&mut self) {
        if let Some((step, began)) = self.at.take()
            && let Some(past) = place(&Step::ALL, step).and_then(|place| self.past.get_mut(place))
        {
            *past = Some(past.unwrap_or_default() + began.elapsed());
        }
    }
}

fn place<T: PartialEq>(all: &[T], one: T) -> Option<usize> {
    all.iter().position(|other| *other == one)
}

impl Stopwatch {
    /// In front of a face.
    pub fn before(face: Arc<dyn Progress>) -> Self {
        Self { face, times: Mutex::default(), counts: Default::default() }
    }

    /// The measured times so far.
    pub fn timings(&self) -> Timings {
        let mut times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
        times.stop();
        let timing = |(step, past): (Step, Option<Duration>)| {
            let counts =
                Count::ALL.into_iter().zip(&self.counts).map(|(what, many)| (what, many.load(Ordering::Relaxed)));
            let counts: Vec<_> = counts.filter(|(what, many)| what.step() == step && *many > 0).collect();
            let seen = past.is_some() || !counts.is_empty();
            seen.then(|| StepTiming { step, time: past.unwrap_or_default(), counts })
        };
        Timings(Step::ALL.into_iter().zip(times.past).filter_map(timing).collect())
    }
}

impl Progress for Stopwatch {
    fn report(&self, event: ProgressEvent) {
        match event {
            ProgressEvent::Entered(step) => {
                let mut times = self.times.lock().unwrap_or_else(PoisonError::into_inner);
                times.stop();
                times.at = Some((step, Instant::now()));
            }
            ProgressEvent::Left => self.times.lock().unwrap_or_else(PoisonError::into_inner).stop(),
            ProgressEvent::Counted(what, many) => {
                if let Some(count) = place(&Count::ALL, what).and_then(|place| self.counts.get(place)) {
                    count.fetch_add(many, Ordering::Relaxed);
                }
            }
            other => self.face.report(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::within;

    #[test]
    fn parts_come_in_the_order_of_the_line_however_often_they_are_entered() {
        let watch = Stopwatch::before(Arc::new(()));
        for step in [Step::Render, Step::Serialise, Step::Render, Step::Discover] {
            within(step, &watch, || watch.report(ProgressEvent::Counted(Count::Rendered, 2)));
        }
        watch.report(ProgressEvent::Entered(Step::Commit));
        watch.report(ProgressEvent::Counted(Count::Files, 3));
        let timings = watch.timings();
        let parts: Vec<_> = timings.0.iter().map(|timing| (timing.step, timing.counts.clone())).collect();
        assert_eq!(
            parts,
            [
                (Step::Discover, vec![(Count::Files, 3)]),
                (Step::Render, vec![(Count::Rendered, 8)]),
                (Step::Serialise, vec![]),
                (Step::Commit, vec![]),
            ]
        );
        let slowest = timings.slowest().map(|timing| timing.time);
        assert!(timings.0.iter().all(|timing| Some(timing.time) <= slowest));
        assert_eq!(Timings::default().slowest(), None);
    }

    #[test]
    fn whatever_is_left_without_being_entered_is_no_part() {
        let watch = Stopwatch::before(Arc::new(()));
        watch.report(ProgressEvent::Left);
        assert_eq!(watch.timings(), Timings::default());
    }
}
