//! The stages of a build, each as a closure that does its work once and gives a number (so that no work is optimised away).
//! `stages.rs` times them, `instructions.rs` counts them; both know a stage by its name here.

mod corpus;

use corpus::Corpus;
use feedmill::internals::diagnostic::Diagnostic;
use feedmill::internals::ledger::{FeedIndex, Ledger};
use feedmill::internals::model::{
    Accept, Admit, Article, ArticlePath, Document, Entry, Extent, Feed, Forgetful, Format, Outline, Site, Stage,
    Staged, TimeRule, Timestamp,
};
use feedmill::internals::normalise::Collection;
use feedmill::internals::parse::{self, Head, Parsed};
use feedmill::internals::pipeline::{self, Depth, Job};
use feedmill::internals::plan::{self, Before, PlanContext};
use feedmill::internals::render::Addresses;
use feedmill::internals::select::Windows;
use feedmill::internals::validate::Subject;
use feedmill::internals::{format, normalise, render, select, validate};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Articles in the corpus of a stage.
pub const ARTICLES: usize = 400;

/// Every stage, in the order of the line.
pub const STAGES: [&str; 15] = [
    "split",
    "yaml-fast",
    "yaml-full",
    "date",
    "head",
    "collection",
    "select",
    "render",
    "sanitise",
    "rss",
    "atom",
    "json",
    "page",
    "verify",
    "plan",
];

/// A stage, ready to run.
pub type Work = Box<dyn Fn() -> usize>;

/// Prepares a stage; what is not part of it is done here.
pub fn stage(name: &str) -> Work {
    let build = Ground::new();
    let Ground { corpus, site, .. } = &build;
    match name {
        "split" => Box::new(move || build.heads().iter().map(|head| head.len()).sum()),
        "yaml-fast" => {
            let heads: Vec<String> = build.heads().iter().map(|head| plain(head)).collect();
            Box::new(move || heads.iter().filter(|head| parse::fast::tree(head, 2).is_some()).count())
        }
        "yaml-full" => {
            let heads: Vec<String> = build.heads().iter().map(|head| plain(head)).collect();
            Box::new(move || heads.iter().filter(|head| parse::yaml::tree(head, 2).is_ok()).count())
        }
        "date" => {
            let dates: Vec<String> = build.heads().iter().map(|head| date_of(head)).collect();
            Box::new(move || dates.iter().filter(|date| parse::date::read(date, Default::default()).is_ok()).count())
        }
        "head" => Box::new(move || build.articles().len()),
        "collection" => {
            let articles = build.articles();
            Box::new(move || {
                normalise::collection(articles.clone(), &build.site, &BTreeMap::new(), &mut ()).articles.len()
            })
        }
        "select" => {
            let collection = build.collection();
            Box::new(move || build.outlines(&collection).len())
        }
        "render" => {
            let collection = build.collection();
            Box::new(move || build.entries(&collection).iter().map(|entry| entry.html.len()).sum())
        }
        "sanitise" => {
            let html: Vec<String> = build.entries(&build.collection()).iter().map(|entry| entry.html.clone()).collect();
            Box::new(move || html.iter().map(|html| render::sanitise::clean(html).len()).sum())
        }
        "rss" => build.write(Format::Rss),
        "atom" => build.write(Format::Atom),
        "json" => build.write(Format::Json),
        "page" => build.write(Format::Page),
        "verify" => {
            let feeds = build.feeds();
            let of = |feed: &Feed| [Format::Rss, Format::Atom, Format::Json].map(|form| format::document(feed, form));
            let documents: Vec<Document> = feeds.iter().flat_map(of).flatten().collect();
            Box::new(move || documents.iter().map(verify).sum())
        }
        "plan" => {
            let time = TimeRule { now: now(), drafts: Admit::No, future: Admit::No };
            let job = Job {
                site,
                time,
                depth: Depth::Build,
                world: corpus,
                stage: &Kept,
                progress: &(),
                archive: &Forgetful,
                ledger: &Ledger::default(),
                accept: Accept::NONE,
            };
            let made = pipeline::build(&corpus.paths, &job);
            let ledger = Ledger::default();
            let site = site.clone();
            Box::new(move || {
                let context = PlanContext { site: &site, ledger: &ledger, accept: Accept::ALL };
                plan::plan(&made, &Before::Nothing, &context).documents.len()
            })
        }
        other => panic!("there is no stage {other}; there are {STAGES:?}"),
    }
}

/// What every stage begins with.
struct Ground {
    corpus: Corpus,
    site: Site,
}

impl Ground {
    fn new() -> Self {
        let config =
            "site: {title: Bench, url: \"https://example.org/\", language: ru, since: 2019, timezone: Europe/Moscow}\n";
        let site =
            parse::config(Some(config), "feedmill.yaml", &Default::default(), &mut ()).expect("the config is right");
        Self { corpus: Corpus::with_articles(ARTICLES), site }
    }

    fn heads(&self) -> Vec<&str> {
        let texts = self.corpus.paths.iter().map(|path| self.corpus.text(path).as_bytes());
        texts
            .filter_map(|bytes| parse::front_matter(bytes))
            .map(|head| str::from_utf8(head).expect("it is UTF-8"))
            .collect()
    }

    fn articles(&self) -> Vec<Article> {
        self.corpus.paths.iter().filter_map(|path| self.article(path)).collect()
    }

    fn article(&self, path: &ArticlePath) -> Option<Article> {
        let head = Head { path, display_path: "x", bytes: self.corpus.text(path).as_bytes(), extent: Extent::Whole };
        match parse::article(head, &self.site, &mut ()) {
            Parsed::Article(raw) => normalise::article(*raw, &self.site, &mut ()),
            _ => None,
        }
    }

    fn collection(&self) -> Collection {
        normalise::collection(self.articles(), &self.site, &BTreeMap::new(), &mut ())
    }

    fn outlines(&self, collection: &Collection) -> Vec<Outline> {
        let ledger = Ledger::default();
        let feeds = FeedIndex::new(&ledger, &self.site);
        let windows = Windows::new(&ledger, &feeds, Accept::NONE, now());
        select::outlines(collection, &self.site, &windows, &mut ()).outlines
    }

    fn entries(&self, collection: &Collection) -> Vec<Entry> {
        let addresses = Addresses::new(&collection.articles);
        let (tags, site, world) = (&collection.tags, &self.site, &self.corpus);
        let context = render::EntryContext { tags, addresses: &addresses, site, world };
        let entry = |a| render::entry(a, context, &mut ());
        collection.articles.iter().filter_map(entry).collect()
    }

    fn feeds(&self) -> Vec<Feed> {
        let collection = self.collection();
        let entries: Vec<Arc<Entry>> = self.entries(&collection).into_iter().map(Arc::new).collect();
        let of = |outline: &Outline| outline.entries.iter().map(|index| entries[*index].clone()).collect();
        let outlines = self.outlines(&collection);
        outlines.iter().filter_map(|outline| format::feed(outline, of(outline), &self.site)).collect()
    }

    fn write(&self, form: Format) -> Work {
        let feeds = self.feeds();
        Box::new(move || {
            feeds.iter().filter_map(|feed| format::document(feed, form)).map(|made| made.bytes.len()).sum()
        })
    }
}

/// Documents go nowhere.
struct Kept;

impl Stage for Kept {
    fn put(&self, document: Document) -> Result<Staged, String> {
        Ok(Staged::for_document(&document))
    }
}

fn verify(document: &Document) -> usize {
    let mut findings: Vec<Diagnostic> = Vec::new();
    let Document { path, format, topic, bytes, .. } = document;
    validate::verify(Subject { path, format: *format, topic: Some(topic), bytes }, &mut findings);
    bytes.len() + findings.len()
}

/// Front matter without the one line that the fast reader leaves to the full one.
fn plain(head: &str) -> String {
    head.lines().filter(|line| !line.contains('{')).map(|line| format!("{line}\n")).collect()
}

fn date_of(head: &str) -> String {
    head.lines().find_map(|line| line.strip_prefix("date: ")).unwrap_or_default().to_owned()
}

fn now() -> Timestamp {
    Timestamp::from_unix(1_900_000_000).expect("it is a time")
}
