//! Where the time of a run went: rows of the summary with `-v` and `--timings text`, or with `--timings json` one object on a line
//! of its own on stderr, which is an event there with `--log json`. The shape of the object is a promise; stages and counts
//! may come.

use super::RunView;
use super::log::event;
use crate::app::StepTiming;
use crate::model::Count;
use serde_json::{Map, Value, json};
use std::io::{self, Write};
use std::time::Duration;

/// What no stage is charged with: the config, the lock, the report.
const REST: &str = "other";

/// Writes a row for each stage, and which was the slowest.
pub fn rows(run: &RunView<'_>, out: &mut dyn Write) -> io::Result<()> {
    let rest = (REST, rest(run), String::new());
    let stages = run.finished.timings.0.iter().map(|timing| (timing.step.name(), timing.time, said(&timing.counts)));
    for (name, time, counts) in stages.chain([rest]) {
        let row = format!("  stage     {name:<9} {:>8.3} s {:>3} %  {counts}", time.as_secs_f64(), share(run, time));
        writeln!(out, "{}", row.trim_end())?;
    }
    match slowest(run) {
        Some(timing) => writeln!(out, "  slowest   {}", timing.step.name()),
        None => Ok(()),
    }
}

/// Writes the object.
pub fn object(run: &RunView<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", whole(run))
}

/// The object as an event.
pub fn print(run: &RunView<'_>) -> io::Result<()> {
    event("info", "timings", whole(run));
    Ok(())
}

fn whole(run: &RunView<'_>) -> Value {
    let stage = |name: &str, time: Duration, counts: &[(Count, u64)]| {
        let counts: Map<String, Value> =
            counts.iter().map(|(what, many)| (what.name().into(), (*many).into())).collect();
        json!({ "stage": name, "ms": milliseconds(time), "counts": counts })
    };
    let stages = run.finished.timings.0.iter().map(|timing| stage(timing.step.name(), timing.time, &timing.counts));
    json!({
        "version": 1,
        "command": run.command,
        "elapsed_ms": milliseconds(run.elapsed),
        "stages": stages.chain([stage(REST, rest(run), &[])]).collect::<Vec<_>>(),
        "slowest": slowest(run).map(|timing| timing.step.name()),
    })
}

/// To the microsecond.
fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 1e6).round() / 1e3
}

fn rest(run: &RunView<'_>) -> Duration {
    run.elapsed.saturating_sub(run.finished.timings.total())
}

fn slowest<'a>(run: &RunView<'a>) -> Option<&'a StepTiming> {
    run.finished.timings.slowest()
}

/// In hundredths of the run.
fn share(run: &RunView<'_>, time: Duration) -> u128 {
    (time.as_nanos() * 100 + run.elapsed.as_nanos() / 2) / run.elapsed.as_nanos().max(1)
}

/// `312 heads, 12 files read, 48.1 kB read`.
fn said(counts: &[(Count, u64)]) -> String {
    let one = |(what, many): &(Count, u64)| match what {
        Count::Files => format!("{many} files"),
        Count::Heads => format!("{many} heads"),
        Count::Read => format!("{many} files read"),
        Count::BytesRead => format!("{} read", size(*many)),
        Count::Entries => format!("{many} entries"),
        Count::Rendered => format!("{many} rendered"),
        Count::Made => format!("{many} documents made"),
        Count::BytesMade => format!("{} made", size(*many)),
        Count::Kept => format!("{many} documents kept"),
        Count::Written => format!("{many} written"),
        Count::BytesWritten => format!("{} written", size(*many)),
        Count::Removed => format!("{many} removed"),
    };
    counts.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// Three digits or so, in units of a thousand.
fn size(bytes: u64) -> String {
    let mut tenths = u128::from(bytes) * 10;
    for unit in ["bytes", "kB", "MB", "GB"] {
        match (unit, tenths) {
            ("bytes", 0..10_000) => return format!("{bytes} bytes"),
            (unit, 0..10_000) | (unit @ "GB", _) => return format!("{}.{} {unit}", tenths / 10, tenths % 10),
            _ => tenths /= 1000,
        }
    }
    format!("{bytes} bytes")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::FinishedRun;
    use crate::app::Timings;
    use crate::cli::print::testing;
    use crate::diagnostic::Verdict;
    use crate::model::{Report, Step};

    fn timings() -> Timings {
        let timing = |step, ms, counts: &[(Count, u64)]| StepTiming {
            step,
            time: Duration::from_micros(ms),
            counts: counts.to_vec(),
        };
        Timings(vec![
            timing(Step::Discover, 1_200, &[(Count::Files, 312)]),
            timing(Step::Heads, 30_004, &[(Count::Heads, 312), (Count::Read, 12), (Count::BytesRead, 49_152)]),
            timing(Step::Render, 60_000, &[(Count::Entries, 50), (Count::Rendered, 50)]),
            timing(Step::Commit, 0, &[(Count::Kept, 3), (Count::Written, 2), (Count::BytesWritten, 999)]),
        ])
    }

    fn printed(timings: &Timings, print: impl Fn(&RunView<'_>, &mut dyn Write) -> io::Result<()>) -> String {
        testing::printed(&Report::default(), Verdict::Clean, |run, out| {
            let finished =
                FinishedRun { timings: timings.clone(), ..FinishedRun::failed(String::new(), Vec::new(), 0) };
            print(&RunView { finished: &finished, ..*run }, out)
        })
    }

    #[test]
    fn a_row_for_each_stage() {
        assert_eq!(
            printed(&timings(), rows),
            "  stage     discover     0.001 s   1 %  312 files
  stage     heads        0.030 s  25 %  312 heads, 12 files read, 49.1 kB read
  stage     render       0.060 s  50 %  50 entries, 50 rendered
  stage     commit       0.000 s   0 %  3 documents kept, 2 written, 999 bytes written
  stage     other        0.029 s  24 %
  slowest   render
"
        );
        assert_eq!(printed(&Timings::default(), rows), "  stage     other        0.120 s 100 %\n");
    }

    #[test]
    fn an_object_on_one_line() {
        assert_eq!(
            printed(&timings(), object),
            concat!(
                r#"{"version":1,"command":"build","elapsed_ms":120.0,"stages":["#,
                r#"{"stage":"discover","ms":1.2,"counts":{"files":312}},"#,
                r#"{"stage":"heads","ms":30.004,"counts":{"heads":312,"files_read":12,"bytes_read":49152}},"#,
                r#"{"stage":"render","ms":60.0,"counts":{"entries":50,"entries_rendered":50}},"#,
                r#"{"stage":"commit","ms":0.0,"counts":{"documents_kept":3,"documents_written":2,"bytes_written":999}},"#,
                r#"{"stage":"other","ms":28.796,"counts":{}}],"slowest":"render"}"#,
                "\n"
            )
        );
    }

    #[test]
    fn sizes_have_units() {
        let sizes = [0, 999, 1_000, 1_050, 999_999, 3_241_000, 7_000_000_000_000].map(size);
        assert_eq!(sizes, ["0 bytes", "999 bytes", "1.0 kB", "1.0 kB", "999.9 kB", "3.2 MB", "7000.0 GB"]);
    }
}
