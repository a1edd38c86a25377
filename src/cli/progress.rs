//! What people and machines see of a run that is under way: bars on a terminal for what takes longer than a second, events with
//! `--log json`, and nothing elsewhere.

use super::args::{Log, OutputArgs, Verbosity};
use super::print;
use crate::model::{Progress, ProgressEvent, Step};
use indicatif::{MultiProgress, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use serde_json::json;
use std::fmt::Write;
use std::io::{self, IsTerminal};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::sync::{Arc, PoisonError, RwLock};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// The listener that displays the progress of a run: bars, events, or nothing.
pub fn listener(output: OutputArgs) -> Arc<dyn Progress> {
    let terminal = || io::stderr().is_terminal() && std::env::var_os("TERM").is_none_or(|name| name != "dumb");
    match (output.log, output.verbosity) {
        (_, Verbosity::Quiet) => Arc::new(()),
        (Log::Json, _) => Arc::new(Events::default()),
        (Log::Text, _) if terminal() => Arc::new(Bars::new()),
        (Log::Text, _) => Arc::new(()),
    }
}

/// A run shorter than this displays no bar.
const PATIENCE: Duration = Duration::from_secs(1);

/// Bars on stderr.
#[derive(Debug)]
struct Bars {
    all: MultiProgress,
    /// The bar of the current step.
    bar: RwLock<Option<ProgressBar>>,
    /// Dropped when the run is over; until then a thread waits to raise the curtain.
    running: Option<Sender<()>>,
    curtain: Option<JoinHandle<()>>,
}

impl Bars {
    fn new() -> Self {
        let all = MultiProgress::with_draw_target(ProgressDrawTarget::hidden());
        let (running, over) = mpsc::channel();
        let stage = all.clone();
        let curtain = thread::spawn(move || {
            if over.recv_timeout(PATIENCE) == Err(RecvTimeoutError::Timeout) {
                stage.set_draw_target(ProgressDrawTarget::stderr());
            }
        });
        Self { all, bar: RwLock::new(None), running: Some(running), curtain: Some(curtain) }
    }

    fn set(&self, bar: Option<ProgressBar>) {
        let before = std::mem::replace(&mut *self.bar.write().unwrap_or_else(PoisonError::into_inner), bar);
        if let Some(before) = before {
            before.finish_and_clear();
        }
    }
}

impl Progress for Bars {
    fn report(&self, event: ProgressEvent) {
        match event {
            ProgressEvent::Began(step, of) => {
                let bar = self.all.add(ProgressBar::new(of as u64));
                bar.set_style(style());
                bar.set_message(words(step).1);
                // A host that is slow to answer leaves the bar alone for long: the time must go on.
                bar.enable_steady_tick(TICK);
                self.set(Some(bar));
            }
            ProgressEvent::Done => {
                if let Some(bar) = self.bar.read().unwrap_or_else(PoisonError::into_inner).as_ref() {
                    bar.inc(1);
                }
            }
            ProgressEvent::Ended => self.set(None),
            _ => {}
        }
    }
}

impl Drop for Bars {
    fn drop(&mut self) {
        self.set(None);
        drop(self.running.take());
        if let Some(curtain) = self.curtain.take() {
            // It only waits for the sender to go.
            let _ = curtain.join();
        }
        // If the terminal is gone, there is no way to report it.
        let _ = self.all.clear();
    }
}

/// Colours would need a setting of their own; without them a bar looks the same everywhere.
fn style() -> ProgressStyle {
    ProgressStyle::with_template(TEMPLATE)
        .unwrap_or_else(|_| ProgressStyle::default_bar())
        .with_key("pace", |state: &ProgressState, out: &mut dyn Write| {
            // A failed write is ignored.
            let _ = out.write_str(&pace(state.pos(), state.per_sec(), state.eta()));
        })
        .progress_chars("=> ")
}

const TEMPLATE: &str = "{msg} [{wide_bar}] {pos}/{len}{pace}";
const TICK: Duration = Duration::from_millis(100);

/// Rate and time left; before anything is done, neither is known.
fn pace(done: u64, rate: f64, left: Duration) -> String {
    let rate = match rate {
        _ if done == 0 => return String::new(),
        few if few < 10.0 => format!("{few:.1}/s"),
        many => format!("{many:.0}/s"),
    };
    match left.as_secs() {
        seconds @ 0..100 => format!(", {rate}, {seconds} s left"),
        seconds @ 100..6000 => format!(", {rate}, {} min left", seconds / 60),
        seconds => format!(", {rate}, {} h left", seconds / 3600),
    }
}

/// Each step as an event at its beginning and its end.
#[derive(Debug, Default)]
struct Events {
    at: RwLock<Option<Under>>,
    done: AtomicUsize,
}

#[derive(Debug, Clone, Copy)]
struct Under {
    step: Step,
    of: usize,
    began: Instant,
}

impl Progress for Events {
    fn report(&self, event: ProgressEvent) {
        match event {
            ProgressEvent::Began(step, of) => {
                self.done.store(0, Ordering::Relaxed);
                let under = Under { step, of, began: Instant::now() };
                *self.at.write().unwrap_or_else(PoisonError::into_inner) = Some(under);
                print::event("info", "step_began", json!({ "step": words(step).0, "of": of }));
            }
            ProgressEvent::Done => {
                self.done.fetch_add(1, Ordering::Relaxed);
            }
            ProgressEvent::Ended => {
                let under = self.at.write().unwrap_or_else(PoisonError::into_inner).take();
                if let Some(Under { step, of, began }) = under {
                    let (done, ms) = (self.done.load(Ordering::Relaxed), began.elapsed().as_millis());
                    let ms = u64::try_from(ms).unwrap_or(u64::MAX);
                    let fields = json!({ "step": words(step).0, "of": of, "done": done, "elapsed_ms": ms });
                    print::event("info", "step_ended", fields);
                }
            }
            _ => {}
        }
    }
}

/// What work of a step is called: for machines in events, for people above a bar.
const fn words(step: Step) -> (&'static str, &'static str) {
    match step {
        Step::Heads => ("read", "reading articles"),
        Step::Render => ("make", "making feeds"),
        Step::Commit => ("put", "writing feeds"),
        Step::Probe => ("probe", "probing images"),
        Step::Push => ("push", "pinging hubs"),
        other => (other.name(), other.name()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pace_is_told_when_it_is_known() {
        let seconds = Duration::from_secs;
        assert_eq!(pace(0, 0.0, seconds(0)), "");
        assert_eq!(pace(3, 1.25, seconds(8)), ", 1.2/s, 8 s left");
        assert_eq!(pace(9, 1234.5, seconds(150)), ", 1234/s, 2 min left");
        assert_eq!(pace(9, 12.0, seconds(7300)), ", 12/s, 2 h left");
    }

    #[test]
    fn a_step_that_is_told_late_or_never_ended_is_no_fault() {
        for all in [&Bars::new() as &dyn Progress, &Events::default(), &()] {
            all.report(ProgressEvent::Done);
            all.report(ProgressEvent::Ended);
        }
        let bars = Bars::new();
        bars.report(ProgressEvent::Began(Step::Heads, 2));
        bars.report(ProgressEvent::Began(Step::Render, 0));
        bars.report(ProgressEvent::Done);
        drop(bars);
    }
}
