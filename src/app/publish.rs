//! Builds into the target, then pings hubs. A refused build is not pushed; what hubs answer changes nothing that was published.

use super::project::{FinishedRun, Project};
use super::run::{self, Goal};
use super::target::{self, TargetPlace};
use super::{Commit, PushOptions, RunOptions, push};
use crate::diagnostic::in_order;
use crate::model::{Report, Site, Step};
use std::time::Instant;

impl Project {
    /// Builds into the target and pings the hubs: `feedmill publish`. Without push options no hub is pinged.
    pub fn publish(&self, options: &RunOptions, push: Option<&PushOptions>) -> FinishedRun {
        let finished = run::run(self, options, Goal::Publish);
        match (finished.site.clone(), push) {
            (Some(site), Some(push))
                if finished.exit == 0 && !site.hubs.is_empty() && self.has_target(&site, options) =>
            {
                self.push_after(finished, &site, push)
            }
            _ => finished,
        }
    }

    /// A dry run does not create a target. If the target does not exist, no pings are due.
    fn has_target(&self, site: &Site, options: &RunOptions) -> bool {
        options.commit == Commit::Write
            || !matches!(target::published(self, site), TargetPlace::Folder(folder) if !folder.exists())
    }

    fn push_after(&self, mut finished: FinishedRun, site: &Site, options: &PushOptions) -> FinishedRun {
        let began = Instant::now();
        let pushed = push::ping_hubs(self, site, options);
        finished.timings = finished.timings.and(Step::Push, began.elapsed());
        match pushed {
            Ok(pushed) => {
                let pushed = Report { push: Some(pushed.pings), findings: pushed.findings, ..Report::default() };
                finished.exit = push::exit(&pushed, options.commit);
                finished.verdict = finished.verdict.max(push::verdict(&finished.policy, &pushed));
                finished.report.push = pushed.push;
                finished.report.findings.extend(pushed.findings);
                finished.report.findings = in_order(std::mem::take(&mut finished.report.findings));
            }
            Err(fault) => finished.fail(format!("published, but hubs were not pinged: {fault}")),
        }
        finished
    }
}
