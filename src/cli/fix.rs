//! `check --fix`: walks over the articles before the line does, mends what a machine may (`parse::mend`), and hands the
//! line what there is then: files on disk, or with `--dry-run` texts that stand before them.
//!
//! What `policy.levels` allows is left alone. A slug is written only for what is an article without fault. Refused, with
//! A070: a file of which the mended text would make another article.

use super::args::Mend;
use super::print::unified;
use crate::diagnostic::{Code, Diagnostic, Policy};
use crate::edge::disk::Disk;
use crate::edge::{EdgeError, rewrite};
use crate::model::{Article, ArticlePath, BodyRef, Extent, Mended, Place, Places, Site, World};
use crate::parse::mend::{self, Edit, Unproved, Wish};
use crate::parse::{self, Head, Parsed};
use crate::normalise;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;

/// What was mended.
#[derive(Debug, Default)]
pub struct Fixed {
    /// Every line, in the order of the paths.
    pub lines: Vec<Mended>,
    /// Files that were left as they are because the result could not be proved.
    pub findings: Vec<Diagnostic>,
    /// The mended files of a dry run, which nobody writes.
    pub texts: BTreeMap<ArticlePath, Vec<u8>>,
    /// The same as a unified diff.
    pub diff: Vec<u8>,
    /// The first file that could not be written; the others were.
    pub failure: Option<EdgeError>,
}

/// The articles to be mended.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a> {
    /// Their paths.
    pub paths: &'a [ArticlePath],
    /// The config.
    pub site: &'a Site,
    /// What is told, and so mended.
    pub policy: &'a Policy,
    /// The content folder.
    pub content: &'a Path,
    /// Whether files are written.
    pub mend: Mend,
}

/// Mends the articles.
pub fn run(job: &Job<'_>) -> Fixed {
    let mut fixed = Fixed::default();
    if job.mend == Mend::No {
        return fixed;
    }
    let disk = Disk::new(job.content);
    let mendable = [Code::FrontMatterSyntax, Code::FencedDocument, Code::DuplicateKey, Code::MissingSlug];
    let leave: Vec<Code> = mendable.into_iter().filter(|code| job.policy.severity(*code).is_none()).collect();
    let one = |path: &ArticlePath| one(path, job, &disk, &leave);
    for (path, file) in job.paths.par_iter().zip(job.paths.par_iter().map(one)).collect::<Vec<_>>() {
        fixed.findings.extend(file.refused);
        let shown = job.site.shown(path);
        let told = |edit: Edit| Mended { path: shown.clone(), line: edit.line, what: edit.what };
        match file.written {
            Err(fault) => {
                fixed.failure.get_or_insert(fault);
            }
            Ok(()) => fixed.lines.extend(file.edits.into_iter().map(told)),
        }
        fixed.diff.extend(file.diff);
        fixed.texts.extend(file.text.map(|text| (path.clone(), text)));
    }
    fixed
}

/// What became of one file.
struct OneFile {
    edits: Vec<Edit>,
    refused: Option<Diagnostic>,
    text: Option<Vec<u8>>,
    diff: Vec<u8>,
    written: Result<(), EdgeError>,
}

fn one(path: &ArticlePath, job: &Job<'_>, disk: &Disk, leave: &[Code]) -> OneFile {
    let mut file = OneFile { edits: Vec::new(), refused: None, text: None, diff: Vec::new(), written: Ok(()) };
    // What cannot be read is told by the line.
    let Ok(read) = disk.read(path, Extent::Whole) else { return file };
    let old = read.bytes;
    let shown = job.site.shown(path);
    match edits(path, &old, job.site, leave) {
        Err(Unproved { at, what }) => {
            let message = format!("{what}: the file would not read back as meant, so it was left as it is");
            let help = "mend this line by hand";
            file.refused = Some(Diagnostic::new(Code::NotMended, &shown, at, message).help(help));
        }
        Ok(edits) if edits.is_empty() => {}
        Ok(edits) => {
            let new = mend::apply(&old, &edits);
            match job.mend {
                Mend::Write => file.written = rewrite::file(&job.content.join(path.as_str()), &old, &new),
                _ => {
                    file.diff = unified(&shown, &old, &mend::swaps(&old, &edits));
                    file.text = Some(new);
                }
            }
            file.edits = edits;
        }
    }
    file
}

/// The edits that mend a file: first its syntax, then what can be read.
fn edits(path: &ArticlePath, old: &[u8], site: &Site, leave: &[Code]) -> Result<Vec<Edit>, Unproved> {
    let first = if leave.contains(&Code::FrontMatterSyntax) { Vec::new() } else { mend::syntax(old) };
    let readable = mend::apply(old, &first);
    let Some((raw, article)) = meaning(path, &readable, site) else { return Ok(first) };
    let slug = article.as_ref().map(|a| &a.slug);
    let slug = slug.filter(|_| raw.slug.is_none() && !leave.contains(&Code::MissingSlug));
    let second = mend::head(&readable, Wish { raw: &raw, slug, leave })?;
    let edits = mend::merged(first.into_iter().chain(second).collect());
    let mended = mend::apply(old, &edits);
    let same = match (meaning(path, &mended, site), article) {
        (Some((_, Some(new))), Some(old)) => says(&new) == says(&old),
        (Some((_, None)), None) => true,
        _ => false,
    };
    match edits.first() {
        Some(edit) if !same => Err(Unproved { at: Place::new(edit.line, 1, 0), what: edit.what.clone() }),
        _ => Ok(edits),
    }
}

/// The head of a file, and the article that it makes.
fn meaning(path: &ArticlePath, bytes: &[u8], site: &Site) -> Option<(crate::model::RawArticle, Option<Article>)> {
    let head = Head { path, shown: "", bytes, extent: Extent::Whole };
    match parse::article(head, site, &mut ()) {
        Parsed::Article(raw) => Some(((*raw).clone(), normalise::article(*raw, site, &mut ()))),
        _ => None,
    }
}

/// All that an article says, but for where it says it.
fn says(article: &Article) -> String {
    let mut article = article.clone();
    article.places = Places::default();
    article.body = BodyRef::default();
    article.tags.iter_mut().for_each(|(.., at)| *at = Place::WHOLE);
    article.image.iter_mut().for_each(|image| image.at = Place::WHOLE);
    format!("{article:?}")
}
