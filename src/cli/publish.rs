//! `feedmill publish`: the line as far as the target, then hubs are told. What is refused is not pushed; what hubs say
//! changes nothing of what was published.

use super::args::{Commit, Options, Tell, Telling};
use super::line::{self, Ended, Stop};
use super::push;
use super::target::{self, Place};
use crate::diagnostic::{Verdict, in_order};
use crate::edge::websub::Scope;
use crate::model::{Part, Report, Site};
use std::time::Instant;

/// Runs the command.
pub fn run(options: &Options, tell: Tell, telling: &Telling) -> Ended {
    let ended = line::run(options, &[], Stop::Publish);
    match ended.site.clone() {
        Some(site) if tell == Tell::Hubs && ended.exit == 0 && !site.hubs.is_empty() => {
            let place = target::place(&options.dir, &site, Stop::Publish, options.endpoint.as_deref());
            // A dry run makes no target; where there is none, nothing can be owed yet.
            let nothing_there = options.commit != Commit::Write && matches!(&place, Place::Folder(f) if !f.exists());
            if nothing_there { ended } else { pushed(ended, &site, options, telling) }
        }
        _ => ended,
    }
}

fn pushed(mut ended: Ended, site: &Site, options: &Options, telling: &Telling) -> Ended {
    let began = Instant::now();
    let told = push::tell(site, &options.dir, telling, Scope::Owed, options.commit, (options.verbosity, options.log));
    ended.timings = ended.timings.and(Part::Push, began.elapsed());
    match told {
        Ok(told) => {
            let pushed = Report { push: Some(told.pings), findings: told.findings, ..Report::default() };
            ended.exit = push::exit(&pushed, options.commit);
            ended.verdict = ended.verdict.max(push::verdict(&ended.policy, &pushed));
            ended.report.push = pushed.push;
            ended.report.findings.extend(pushed.findings);
            ended.report.findings = in_order(std::mem::take(&mut ended.report.findings));
        }
        Err(fault) => {
            ended.report.failure = Some(format!("published, but hubs were not told: {fault}"));
            (ended.verdict, ended.exit) = (Verdict::Failed, 3);
        }
    }
    ended
}
