//! Every file's head, read, parsed and normalised on its own, side by side; the result is in the order of the paths.

use super::Job;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{Article, ArticlePath, DateOrder, Extent, KnownHead, Outcome, Place, RawArticle, ReadFault};
use crate::normalise::{self, Orders};
use crate::parse::{self, Head, Parsed};
use rayon::prelude::*;

/// Heads of articles, and what became of the other files.
#[derive(Default)]
pub(super) struct Heads {
    pub(super) articles: Vec<Article>,
    pub(super) outcomes: Vec<(ArticlePath, Outcome)>,
    pub(super) findings: Vec<Diagnostic>,
    /// What the dates of all files tell of their order.
    pub(super) orders: Orders,
}

/// Reads all heads. Dates of two readings wait until every file has been read, for another may settle them.
pub(super) fn read(paths: &[ArticlePath], job: &Job<'_>) -> Heads {
    let each: Vec<_> = paths.par_iter().enumerate().with_min_len(16).map(|(at, path)| one(at, path, job)).collect();
    let mut heads = Heads { articles: Vec::with_capacity(paths.len()), ..Heads::default() };
    let mut waiting = Vec::new();
    for (path, one) in paths.iter().zip(each) {
        match one {
            One::Settled(KnownHead { article, told, findings }) => {
                heads.findings.extend(findings);
                heads.orders.add(path, &told);
                match article {
                    Ok(article) => heads.articles.push(*article),
                    Err(outcome) => heads.outcomes.push((path.clone(), outcome)),
                }
            }
            One::Waiting { raw, told, findings } => {
                heads.findings.extend(findings);
                heads.orders.add(path, &told);
                waiting.push(raw);
            }
            One::Unread(findings) => {
                heads.findings.extend(findings);
                heads.outcomes.push((path.clone(), Outcome::Error));
            }
        }
    }
    for mut raw in waiting {
        let path = raw.path.clone();
        normalise::settle(&mut raw, &heads.orders, job.site, &mut heads.findings);
        match normalise::article(*raw, job.site, &mut heads.findings) {
            Some(article) => heads.articles.push(article),
            None => heads.outcomes.push((path, Outcome::Error)),
        }
    }
    heads
}

/// What became of one head.
enum One {
    /// All of it is known, and hangs on nothing else.
    Settled(KnownHead),
    /// The dates of other files have a say.
    Waiting { raw: Box<RawArticle>, told: Vec<DateOrder>, findings: Vec<Diagnostic> },
    /// The file could not be read, which is no property of its text.
    Unread(Vec<Diagnostic>),
}

/// One head: as it is remembered, else read.
fn one(at: usize, path: &ArticlePath, job: &Job<'_>) -> One {
    if let Some(known) = job.memory.head(at, path) {
        return One::Settled(known);
    }
    let one = read_one(path, job);
    if let One::Settled(head) = &one {
        job.memory.keep_head(at, path, head);
    }
    one
}

fn read_one(path: &ArticlePath, job: &Job<'_>) -> One {
    let (shown, mut findings) = (job.site.shown(path), Vec::new());
    for extent in [Extent::Start, Extent::Whole] {
        let file = match job.world.read(path, extent) {
            Ok(file) => file,
            Err(fault) => {
                unread(&fault, &shown, &mut findings);
                return One::Unread(findings);
            }
        };
        let head = Head { path, shown: &shown, bytes: &file.bytes, extent: file.extent };
        match parse::article(head, job.site, &mut findings) {
            Parsed::Article(mut raw) => {
                let told = std::mem::take(&mut raw.orders);
                if !raw.unsettled.is_empty() {
                    return One::Waiting { raw, told, findings };
                }
                let article = normalise::article(*raw, job.site, &mut findings).map(Box::new).ok_or(Outcome::Error);
                return One::Settled(KnownHead { article, told, findings });
            }
            Parsed::LeftOut(outcome) => {
                return One::Settled(KnownHead { article: Err(outcome), told: Vec::new(), findings });
            }
            Parsed::NeedsMore => {}
        }
    }
    One::Unread(findings)
}

fn unread(fault: &ReadFault, shown: &str, sink: &mut dyn Sink) {
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
}
