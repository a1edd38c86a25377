//! Every file's head, read, parsed and normalised on its own, side by side; the result is in the order of the paths.

use super::pool::Pool;
use super::{BuildMemory, Depth, Job};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{
    Article, ArticlePath, Count, DateOrder, EntryDetails, Extent, KnownHead, Outcome, Place, ProgressEvent, RawArticle,
    ReadFault, Step, many,
};
use crate::normalise::{self, Orders};
use crate::parse::{self, Head, Parsed};
use rayon::prelude::*;

/// Heads in hand at one time: what they were read into is used again for the next.
const BATCH: usize = 4096;

/// Heads of articles, and what became of the other files.
#[derive(Default)]
pub(super) struct Heads {
    pub(super) articles: Vec<Article>,
    pub(super) outcomes: Vec<(ArticlePath, Outcome)>,
    pub(super) findings: Vec<Diagnostic>,
    /// What the dates of all files show about the order of day and month.
    pub(super) orders: Orders,
}

/// A file as it was read.
pub(super) type Read = (Result<(One, Vec<DateOrder>), Outcome>, Vec<Diagnostic>);

/// Reads all heads, but for those that are remembered. Dates of two readings wait until every file has been read, for
/// another may settle them.
pub(super) fn read(paths: &[ArticlePath], job: &Job<'_>, mut memory: Option<&mut BuildMemory>) -> Heads {
    job.progress.report(ProgressEvent::Began(Step::Heads, paths.len()));
    let mut heads = Heads { articles: Vec::with_capacity(paths.len()), ..Heads::default() };
    let (mut waiting, mut pool) = (Vec::new(), Pool::for_articles(paths.len()));
    for (number, batch) in paths.chunks(BATCH).enumerate() {
        let known = memory.as_deref();
        let each: Vec<(&ArticlePath, Read)> = batch
            .par_iter()
            .enumerate()
            .with_min_len(16)
            .map(|(at, path)| {
                let remembered = known.and_then(|memory| memory.head(path)).cloned();
                let read = remembered.unwrap_or_else(|| archived(number * BATCH + at, path, job));
                job.progress.report(ProgressEvent::Done);
                (path, read)
            })
            .collect();
        if let Some(memory) = memory.as_deref_mut() {
            memory.keep_heads(&each);
        }
        for (path, (result, findings)) in each {
            heads.findings.extend(findings.into_iter().map(|finding| pool.finding(finding)));
            match result {
                Ok((one, date_orders)) => {
                    heads.orders.add(path, &date_orders);
                    match one {
                        // One text for the path, wherever it is named.
                        One::Article(article) => {
                            heads.articles.push(pool.article(Article { path: path.clone(), ..*article }));
                        }
                        One::Waiting(raw) => waiting.push(raw),
                        One::Faulty => heads.outcomes.push((path.clone(), Outcome::Error)),
                    }
                }
                Err(outcome) => heads.outcomes.push((path.clone(), outcome)),
            }
        }
    }
    job.progress.report(ProgressEvent::Ended);
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
#[derive(Debug, Clone)]
pub(super) enum One {
    Article(Box<Article>),
    Waiting(Box<RawArticle>),
    Faulty,
}

/// One head as the archive has it, else as it is read, and kept in the archive.
pub(super) fn archived(at: usize, path: &ArticlePath, job: &Job<'_>) -> Read {
    if let Some(mut known) = job.archive.head(at, path) {
        // A check examines every value of an article.
        if let (Ok(article), Depth::Check) = (&mut known.article, job.depth) {
            complete(article, Some(at), job);
        }
        return again(known);
    }
    let mut findings = Vec::new();
    // A failed read does not depend on the file's text, and a deferred date depends on other files.
    let (article, date_orders) = match one(path, job, &mut findings) {
        Ok((One::Article(article), date_orders)) => (Ok(article), date_orders),
        Ok((One::Faulty, date_orders)) => (Err(Outcome::Error), date_orders),
        Err(outcome) if outcome != Outcome::Error => (Err(outcome), Vec::new()),
        read @ (Ok((One::Waiting(_), _)) | Err(_)) => return (read, findings),
    };
    let mut known = KnownHead { article, date_orders, findings };
    let details = known.article.as_mut().map_or_else(|_| EntryDetails::default(), |article| article.abridge());
    let kept = job.archive.keep_head(at, path, &known, &details);
    if let Ok(article) = &mut known.article
        && (!kept || job.depth == Depth::Check)
    {
        article.complete(details);
    }
    again(known)
}

/// Puts in what was taken out of an article when the archive took it; `at` is the place of its path, where that is known.
pub(super) fn complete(article: &mut Article, at: Option<usize>, job: &Job<'_>) {
    if !article.abridged {
        return;
    }
    let anew = || match one(&article.path, job, &mut ()) {
        Ok((One::Article(mut article), _)) => article.abridge(),
        _ => EntryDetails::default(),
    };
    let details = at.and_then(|at| job.archive.entry_details(at, &article.path)).unwrap_or_else(anew);
    article.complete(details);
}

/// A head as it was read when the archive took it.
fn again(KnownHead { article, date_orders, findings }: KnownHead) -> Read {
    let one = match article {
        Ok(article) => Ok((One::Article(article), date_orders)),
        Err(Outcome::Error) => Ok((One::Faulty, date_orders)),
        Err(outcome) => Err(outcome),
    };
    (one, findings)
}

/// Reads one head, with what its dates show about the order of day and month.
fn one(path: &ArticlePath, job: &Job<'_>, sink: &mut dyn Sink) -> Result<(One, Vec<DateOrder>), Outcome> {
    let display_path = job.site.display_path(path);
    job.progress.report(ProgressEvent::Counted(Count::Read, 1));
    for extent in [Extent::Start, Extent::Whole] {
        let file = job.world.read(path, extent).map_err(|fault| unread(&fault, &display_path, sink))?;
        job.progress.report(ProgressEvent::Counted(Count::BytesRead, many(file.bytes.len())));
        let head = Head { path, display_path: &display_path, bytes: &file.bytes, extent: file.extent };
        match parse::article(head, job.site, sink) {
            Parsed::Article(mut raw) => {
                let date_orders = std::mem::take(&mut raw.orders);
                if !raw.unsettled.is_empty() {
                    return Ok((One::Waiting(raw), date_orders));
                }
                let article = normalise::article(*raw, job.site, sink).map(Box::new);
                return Ok((article.map_or(One::Faulty, One::Article), date_orders));
            }
            Parsed::LeftOut(outcome) => return Err(outcome),
            Parsed::NeedsMore => {}
        }
    }
    Err(Outcome::Error)
}

fn unread(fault: &ReadFault, display_path: &str, sink: &mut dyn Sink) -> Outcome {
    sink.report(match fault {
        ReadFault::Unreadable(why) => {
            Diagnostic::new(Code::Unreadable, display_path, Place::WHOLE, format!("the file cannot be read: {why}"))
                .help("check that the file exists and that its permissions let feedmill read it")
        }
        ReadFault::TooLarge(bytes) => Diagnostic::new(
            Code::TooLarge,
            display_path,
            Place::WHOLE,
            format!("the file has {bytes} bytes, which is too large for an article"),
        )
        .help("split it, or add it to `content.exclude` if it is not an article"),
    });
    Outcome::Error
}
