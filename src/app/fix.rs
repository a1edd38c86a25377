//! `check --fix`: fixes articles before they are checked (`parse::mend`). The check then reads the fixed files, or
//! with `--dry-run` the fixed texts.
//!
//! Codes that `policy.levels` allows are not fixed. A slug is written only for an article without errors, and only
//! where it changes no URL. A file whose fixed text would be read as a different article is left as it is, with A070.

use super::FixMode;
use super::inputs::Inputs;
use super::project::FixPreview;
use super::unified::unified;
use crate::diagnostic::{Code, Diagnostic, Policy};
use crate::edge::discover;
use crate::edge::disk::Disk;
use crate::edge::store::Nowhere;
use crate::edge::{EdgeError, rewrite};
use crate::ledger::Ledger;
use crate::model::{
    Accept, AddressFrom, Article, ArticlePath, BodyRef, Engine, Extent, Forgetful, Mended, Place, Places, RawArticle,
    Site, World, WrittenDate,
};
use crate::normalise::{self, Orders};
use crate::parse::mend::{self, Edit, Unproved, Wish};
use crate::parse::{self, Head, Parsed};
use crate::pipeline::{self, Depth};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What the fixes changed.
#[derive(Debug, Default)]
pub(super) struct Fixed {
    /// Every line, in the order of the paths.
    pub lines: Vec<Mended>,
    /// Files that were left as they are because the result could not be proved.
    pub findings: Vec<Diagnostic>,
    /// The fixed texts of a dry run, which are not written to disk.
    pub texts: BTreeMap<ArticlePath, Vec<u8>>,
    /// The same as a diff, for people.
    pub preview: FixPreview,
    /// The first file that could not be written; the others were.
    pub failure: Option<EdgeError>,
}

/// The articles to fix.
#[derive(Clone, Copy)]
pub(super) struct FixTask<'a> {
    /// The articles to fix, and the paths of all others: the meaning of a date or a slug depends on the others.
    pub(super) inputs: &'a Inputs<'a>,
    /// Whether the inputs are all articles of the site.
    pub(super) is_whole: bool,
    /// Only findings that the policy reports are fixed.
    pub(super) policy: &'a Policy,
    /// Whether files are written.
    pub(super) mode: FixMode,
}

/// Fixes the articles.
pub(super) fn fix(task: &FixTask<'_>) -> Result<Fixed, EdgeError> {
    let inputs = task.inputs;
    let paths = &inputs.found.paths;
    let all = if task.is_whole { paths.clone() } else { discover::articles(inputs.field(), &mut ())?.paths };
    let (site, world) = (inputs.site, Disk::new(&inputs.content, Arc::default()));
    let (time, depth) = (inputs.time, Depth::Check);
    let (stage, progress, archive) = (&Nowhere, &(), &Forgetful);
    let heads = pipeline::Job {
        site,
        time,
        depth,
        world: &world,
        stage,
        progress,
        archive,
        ledger: &Ledger::default(),
        accept: Accept::NONE,
    };
    let survey = pipeline::survey(&all, &heads);
    let fixable = [Code::FrontMatterSyntax, Code::FencedDocument, Code::DuplicateKey, Code::MissingSlug];
    let leave: Vec<Code> = fixable.into_iter().filter(|code| task.policy.severity(*code).is_none()).collect();
    let names = Names::from_articles(&survey.articles);
    let mender = Mender { task, site, world: &world, leave: &leave, orders: &survey.orders, names: &names };
    let one = |path: &ArticlePath| mender.file(path);
    let mut fixed = Fixed::default();
    for (path, file) in paths.par_iter().zip(paths.par_iter().map(one)).collect::<Vec<_>>() {
        fixed.findings.extend(file.refused);
        let display_path = site.display_path(path);
        let mended_line = |edit: Edit| Mended { path: display_path.clone(), line: edit.line, what: edit.what };
        match file.written {
            Err(fault) => {
                fixed.failure.get_or_insert(fault);
            }
            Ok(()) => fixed.lines.extend(file.edits.into_iter().map(mended_line)),
        }
        fixed.preview.diff.extend(file.diff);
        if let Some(text) = file.text {
            fixed.preview.texts.insert(display_path.clone(), text.clone());
            fixed.texts.insert(path.clone(), text);
        }
    }
    Ok(fixed)
}

/// What became of one file.
struct OneFile {
    edits: Vec<Edit>,
    refused: Option<Diagnostic>,
    text: Option<Vec<u8>>,
    diff: Vec<u8>,
    written: Result<(), EdgeError>,
}

struct Mender<'a> {
    task: &'a FixTask<'a>,
    site: &'a Site,
    world: &'a Disk,
    leave: &'a [Code],
    orders: &'a Orders,
    names: &'a Names<'a>,
}

/// Which articles claim an id or a URL, before duplicates are resolved. An explicit slug takes precedence over a
/// derived one, so writing a slug could move another article to a different URL.
struct Names<'a>(BTreeMap<&'a str, Vec<&'a ArticlePath>>);

impl<'a> Names<'a> {
    fn from_articles(articles: &'a [Article]) -> Self {
        let mut names: BTreeMap<&str, Vec<&ArticlePath>> = BTreeMap::new();
        for article in articles {
            names.entry(article.id.as_str()).or_default().push(&article.path);
            names.entry(article.permalink.as_str()).or_default().push(&article.path);
        }
        Self(names)
    }

    fn are_shared(&self, article: &Article) -> bool {
        let of = |name: &str| self.0.get(name).into_iter().flatten().any(|path| **path != article.path);
        of(article.id.as_str()) || of(article.permalink.as_str())
    }
}

impl Mender<'_> {
    fn file(&self, path: &ArticlePath) -> OneFile {
        let mut file = OneFile { edits: Vec::new(), refused: None, text: None, diff: Vec::new(), written: Ok(()) };
        // The build itself reports a file that cannot be read.
        let Ok(read) = self.world.read(path, Extent::Whole) else { return file };
        let (old, display_path) = (read.bytes, self.site.display_path(path));
        match self.edits(path, &old) {
            Err(Unproved { at, what }) => {
                let message =
                    format!("the file was not changed: after the fix ({what}) it would not read back as intended");
                let help = "fix this line by hand";
                file.refused = Some(Diagnostic::new(Code::NotMended, &display_path, at, message).help(help));
            }
            Ok(edits) if edits.is_empty() => {}
            Ok(edits) => {
                let new = mend::apply(&old, &edits);
                if self.task.mode == FixMode::Write {
                    file.written = rewrite::file(&self.task.inputs.content.join(path.as_str()), &old, &new);
                } else {
                    file.diff = unified(&display_path, &old, &new);
                    file.text = Some(new);
                }
                file.edits = edits;
            }
        }
        file
    }

    /// The edits that fix a file: first its syntax, then the values that can be read.
    fn edits(&self, path: &ArticlePath, old: &[u8]) -> Result<Vec<Edit>, Unproved> {
        let leaves = |code| self.leave.contains(&code);
        let mut first = Vec::new();
        let mut meaning = self.meaning(path, old);
        if matches!(meaning, Meaning::Unreadable) && !leaves(Code::FrontMatterSyntax) {
            first = mend::syntax(old);
            meaning = self.meaning(path, &mend::apply(old, &first));
        }
        let Meaning::Head(mut raw, article) = meaning else { return Ok(Vec::new()) };
        let nameless = raw.slug.is_none() && !leaves(Code::MissingSlug);
        let slug = article.as_ref().filter(|a| nameless && self.may_name(a)).map(|a| &a.slug);
        let dates = dates(&raw);
        // A date that settles the order of others stays until all are written anew.
        if !self.task.is_whole && !raw.orders.is_empty() {
            (raw.date, raw.updated, raw.expires) = (None, None, None);
        }
        let readable = mend::apply(old, &first);
        let second = mend::head(&readable, Wish { raw: &raw, slug, leave: self.leave })?;
        let edits = mend::merged(first.into_iter().chain(second).collect());
        let Some(edit) = edits.first() else { return Ok(edits) };
        let same = match (self.meaning(path, &mend::apply(old, &edits)), article) {
            (Meaning::Head(_, Some(new)), Some(old)) => says(&new) == says(&old),
            (Meaning::Head(new, None), None) => dates == self::dates(&new),
            _ => false,
        };
        if same { Ok(edits) } else { Err(Unproved { at: Place::new(edit.line, 1, 0), what: edit.what.clone() }) }
    }

    /// Whether writing the derived slug leaves the article's URL unchanged, both here and on a site that another
    /// engine makes of the same file. The URL must already end with that slug; in two engines a slug is more than the
    /// last segment.
    fn may_name(&self, article: &Article) -> bool {
        let at_home = match self.site.content.engine {
            Engine::None => true,
            Engine::Docusaurus | Engine::Astro => false,
            _ => {
                let path = article.permalink.as_str().trim_end_matches('/').trim_end_matches(".html");
                path.rsplit('/').next() == Some(article.slug.as_str())
            }
        };
        at_home && !self.names.are_shared(article)
    }

    fn meaning(&self, path: &ArticlePath, bytes: &[u8]) -> Meaning {
        let head = Head { path, display_path: "", bytes, extent: Extent::Whole };
        let mut findings: Vec<Diagnostic> = Vec::new();
        match parse::article(head, self.site, &mut findings) {
            Parsed::Article(mut raw) => {
                normalise::settle(&mut raw, self.orders, self.site, &mut ());
                let article = normalise::article((*raw).clone(), self.site, &mut ());
                Meaning::Head(raw, article.map(Box::new))
            }
            _ if findings.iter().any(|f| f.code == Code::FrontMatterSyntax) => Meaning::Unreadable,
            _ => Meaning::NoArticle,
        }
    }
}

/// What a file is.
enum Meaning {
    /// Its head, and the article that it makes where it has no fault.
    Head(Box<RawArticle>, Option<Box<Article>>),
    /// Its front matter breaks the syntax.
    Unreadable,
    /// The file is not an article.
    NoArticle,
}

/// All dates of a head, from whichever keys they were read.
fn dates(raw: &RawArticle) -> [Option<WrittenDate>; 3] {
    [&raw.date, &raw.updated, &raw.expires].map(|date| date.as_ref().map(|d| d.value))
}

/// Everything that an article contains except the places of its values, for comparison.
fn says(article: &Article) -> String {
    let mut article = article.clone();
    article.places = Places::default();
    article.body = BodyRef::default();
    article.address = AddressFrom::default();
    article.record = Default::default();
    article.tags.iter_mut().chain(&mut article.categories).for_each(|(.., at)| *at = Place::WHOLE);
    article.image.iter_mut().for_each(|image| image.at = Place::WHOLE);
    format!("{article:?}")
}
