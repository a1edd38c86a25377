//! Every file's head, read, parsed and normalised on its own, side by side; the result is in the order of the paths.

use super::Job;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{Article, ArticlePath, Extent, Outcome, Place, ReadFault};
use crate::normalise;
use crate::parse::{self, Head, Parsed};
use rayon::prelude::*;

/// Heads of articles, and what became of the other files.
pub(super) struct Heads {
    pub(super) articles: Vec<Article>,
    pub(super) outcomes: Vec<(ArticlePath, Outcome)>,
    pub(super) findings: Vec<Diagnostic>,
}

/// Reads all heads.
pub(super) fn read(paths: &[ArticlePath], job: &Job<'_>) -> Heads {
    let each: Vec<_> = paths
        .par_iter()
        .with_min_len(16)
        .map(|path| {
            let mut findings = Vec::new();
            let result = one(path, job, &mut findings);
            (path, result, findings)
        })
        .collect();
    let mut heads = Heads { articles: Vec::with_capacity(paths.len()), outcomes: Vec::new(), findings: Vec::new() };
    for (path, result, findings) in each {
        heads.findings.extend(findings);
        match result {
            Ok(article) => heads.articles.push(*article),
            Err(outcome) => heads.outcomes.push((path.clone(), outcome)),
        }
    }
    heads
}

fn one(path: &ArticlePath, job: &Job<'_>, sink: &mut dyn Sink) -> Result<Box<Article>, Outcome> {
    let shown = job.site.shown(path);
    for extent in [Extent::Start, Extent::Whole] {
        let file = job.world.read(path, extent).map_err(|fault| unread(&fault, &shown, sink))?;
        let head = Head { path, shown: &shown, bytes: &file.bytes, extent: file.extent };
        match parse::article(head, job.site, sink) {
            Parsed::Article(raw) => {
                return normalise::article(*raw, job.site, sink).map(Box::new).ok_or(Outcome::Error);
            }
            Parsed::LeftOut(outcome) => return Err(outcome),
            Parsed::NeedsMore => {}
        }
    }
    Err(Outcome::Error)
}

fn unread(fault: &ReadFault, shown: &str, sink: &mut dyn Sink) -> Outcome {
    sink.report(match fault {
        ReadFault::Unreadable(why) => {
            Diagnostic::new(Code::Unreadable, shown, Place::WHOLE, format!("the file cannot be read: {why}"))
                .help("check that the file is there and that its permissions let feedmill read it")
        }
        ReadFault::TooLarge(bytes) => Diagnostic::new(
            Code::TooLarge,
            shown,
            Place::WHOLE,
            format!("the file has {bytes} bytes, more than an article may have"),
        )
        .help("split it, or name it in content.exclude if it is no article"),
    });
    Outcome::Error
}
