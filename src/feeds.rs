//! Feeds of articles that are not files: from a database, a content system or a program.
//!
//! [`feeds`] takes a [`Site`] and [`ArticleInput`]s and gives every document that `feedmill build` would write. It touches
//! neither disk nor network nor clock.

use crate::diagnostic::{Diagnostic, in_order};
use crate::ledger::Ledger;
use crate::model::{
    Accept, Admit, Article, ArticlePath, BodyFault, Document, Extent, FileBytes, Forgetful, Image, ImageFacts,
    ReadFault, Site, Stage, Staged, TimeRule, Timestamp, World,
};
use crate::normalise::slugs;
use crate::parse::{self, Overrides};
use crate::pipeline::{self, Depth, Job};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

/// An article that is not a file: the keys of front matter, and a body.
#[derive(Debug, Clone)]
pub struct ArticleInput {
    keys: Map<String, Value>,
    body: String,
    is_html: bool,
}

impl ArticleInput {
    /// An article with a title and a date, such as `2025-06-08T10:00:00Z`. Its id and URL are made from the title
    /// unless you set `slug`, `id` or `permalink`.
    pub fn new(title: &str, date: &str) -> Self {
        let keys = Map::from_iter([("title".into(), title.into()), ("date".into(), date.into())]);
        Self { keys, body: String::new(), is_html: false }
    }

    /// Sets the body as HTML. Scripts and other unsafe elements are removed, URLs are made absolute.
    pub fn html(self, body: impl Into<String>) -> Self {
        Self { body: body.into(), is_html: true, ..self }
    }

    /// Sets the body as Markdown.
    pub fn markdown(self, body: impl Into<String>) -> Self {
        Self { body: body.into(), is_html: false, ..self }
    }

    /// Sets the tags. Each has a feed of its own.
    pub fn tags<'t>(self, tags: impl IntoIterator<Item = &'t str>) -> Self {
        self.set("tags", tags.into_iter().collect::<Vec<_>>())
    }

    /// Sets the image, by its URL.
    pub fn image(self, url: &str) -> Self {
        self.set("image", url)
    }

    /// Sets any other key of front matter, such as `id`, `permalink`, `description`, `author`, `source` or `updated`.
    pub fn set(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.keys.insert(key.to_owned(), value.into());
        self
    }

    /// The article as a file would hold it: front matter in JSON, then the body.
    fn to_text(&self) -> String {
        format!("{}\n{}", Value::Object(self.keys.clone()), self.body)
    }

    /// The path that gives the article its slug.
    fn name(&self) -> String {
        let title = self.keys.get("title").and_then(Value::as_str).unwrap_or_default();
        match slugs::ascii(title) {
            empty if empty.is_empty() => format!("article-{}", slugs::hash(title, 6)),
            name => name,
        }
    }
}

/// The documents of a site, by their path under the output folder: `rss.xml`, `tags/news/atom.xml`, …
#[derive(Debug, Default)]
pub struct FeedSet {
    /// Every document's bytes, by path.
    pub documents: BTreeMap<String, Vec<u8>>,
    /// What is wrong with the articles; those with an error are left out.
    pub findings: Vec<Diagnostic>,
}

impl FeedSet {
    /// The RSS feed of all articles; `None` where no article was accepted.
    pub fn rss(&self) -> Option<&str> {
        self.text("rss.xml")
    }

    /// The Atom feed of all articles.
    pub fn atom(&self) -> Option<&str> {
        self.text("atom.xml")
    }

    /// The JSON Feed of everything.
    pub fn json(&self) -> Option<&str> {
        self.text("feed.json")
    }

    /// A document as text.
    pub fn text(&self, path: &str) -> Option<&str> {
        std::str::from_utf8(self.documents.get(path)?).ok()
    }
}

impl Site {
    /// A site at this URL, with this title and default settings.
    pub fn new(url: &str, title: &str) -> Result<Self, Vec<Diagnostic>> {
        Self::from_config(&serde_json::json!({ "site": { "url": url, "title": title } }).to_string())
    }

    /// Reads a site from the text of a `feedmill.yaml`. Otherwise returns what is wrong with the text.
    pub fn from_config(text: &str) -> Result<Self, Vec<Diagnostic>> {
        let mut findings = Vec::new();
        parse::config(Some(text), "feedmill.yaml", &Overrides::default(), &mut findings).ok_or(findings)
    }
}

/// Makes the feeds of a site from articles in memory: everything, and each tag. Drafts and articles whose date has not come are
/// left out.
pub fn feeds(site: &Site, articles: impl IntoIterator<Item = ArticleInput>) -> FeedSet {
    let now = chrono::DateTime::<chrono::Utc>::from(SystemTime::now());
    feeds_at(site, articles, Timestamp::new(now.fixed_offset()))
}

/// Like [`feeds`], at a given instant. The same input gives the same bytes.
pub fn feeds_at(site: &Site, articles: impl IntoIterator<Item = ArticleInput>, now: Timestamp) -> FeedSet {
    let (world, stage) = (&InMemory::new(articles), Documents::default());
    let time = TimeRule { now, drafts: Admit::No, future: Admit::No };
    let paths: Vec<ArticlePath> = world.0.keys().cloned().collect();
    let (depth, progress, archive) = (Depth::Build, &(), &Forgetful);
    let job = Job {
        site,
        time,
        depth,
        world,
        stage: &stage,
        progress,
        archive,
        ledger: &Ledger::default(),
        accept: Accept::NONE,
    };
    let build = pipeline::build(&paths, &job);
    let documents = stage.0.into_inner().unwrap_or_else(PoisonError::into_inner);
    FeedSet { documents, findings: in_order(build.findings) }
}

/// Articles as texts by their path. Two with one title get a number.
struct InMemory(BTreeMap<ArticlePath, String>);

impl InMemory {
    fn new(articles: impl IntoIterator<Item = ArticleInput>) -> Self {
        let mut texts = BTreeMap::new();
        for article in articles {
            let (name, ending) = (article.name(), if article.is_html { "html" } else { "md" });
            let free = |path: &ArticlePath| !texts.contains_key(path);
            let first = ArticlePath::new(&format!("{name}.{ending}"));
            let path = match free(&first) {
                true => Some(first),
                false => (2..=usize::MAX).map(|n| ArticlePath::new(&format!("{name}-{n}.{ending}"))).find(free),
            };
            texts.extend(path.map(|path| (path, article.to_text())));
        }
        Self(texts)
    }
}

impl World for InMemory {
    fn read(&self, path: &ArticlePath, _: Extent) -> Result<FileBytes, ReadFault> {
        let text = self.0.get(path).ok_or_else(|| ReadFault::Unreadable("there is no such article".into()))?;
        Ok(FileBytes { bytes: text.clone().into_bytes(), extent: Extent::Whole })
    }

    fn body(&self, article: &Article) -> Result<String, BodyFault> {
        let start = usize::try_from(article.body.offset).unwrap_or(usize::MAX);
        let body = self.0.get(&article.path).and_then(|text| text.get(start..));
        body.map(str::to_owned).ok_or_else(|| BodyFault::Unreadable("there is no such article".into()))
    }

    fn image(&self, _: &Image) -> Option<ImageFacts> {
        None
    }
}

/// Finished documents by their path.
#[derive(Default)]
struct Documents(Mutex<BTreeMap<String, Vec<u8>>>);

impl Stage for Documents {
    fn put(&self, document: Document) -> Result<Staged, String> {
        let staged = Staged::for_document(&document);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(document.path, document.bytes);
        Ok(staged)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix(seconds).unwrap()
    }

    fn site() -> Site {
        Site::new("https://example.org/", "Example").unwrap()
    }

    #[test]
    fn html_is_read_as_html() {
        let body =
            "<p>First <a href=\"/b\">link</a>.</p>\n\n    <p>Indented, *not* code.</p>\n<script>alert(1)</script>";
        let article = ArticleInput::new("Hello, world", "2025-06-08T10:00:00Z").html(body).tags(["News"]);
        let set = feeds_at(&site(), [article], at(1_760_000_000));
        let rss = set.text("tags/news/rss.xml").unwrap();
        assert!(rss.contains("https://example.org/b") && rss.contains("<p>Indented, *not* code.</p>"), "{rss}");
        assert!(rss.contains("<![CDATA[First link.]]></description>"), "{rss}");
        assert!(rss.contains("https://example.org/hello-world/") && !rss.contains("alert"), "{rss}");
        assert!(set.atom().is_some() && set.json().is_some());
    }

    #[test]
    fn one_title_twice_gives_two_entries() {
        let article = |body: &str| ArticleInput::new("Same", "2025-06-08T10:00:00Z").markdown(body);
        let set = feeds_at(&site(), [article("*one*"), article("two")], at(1_760_000_000));
        let rss = set.rss().unwrap();
        assert!(rss.contains("/same/") && rss.contains("/same-2/") && rss.contains("<em>one</em>"), "{rss}");
    }

    #[test]
    fn an_article_with_an_error_is_left_out_and_reported() {
        let bad = ArticleInput::new("Bad", "30.02.2025").markdown("text");
        let good = ArticleInput::new("Good", "2025-06-08T10:00:00Z").markdown("text");
        let later = ArticleInput::new("Later", "2030-01-01T00:00:00Z").markdown("text");
        let set = feeds_at(&site(), [bad, good, later], at(1_760_000_000));
        let rss = set.rss().unwrap();
        assert!(rss.contains("Good") && !rss.contains("<title>Bad") && !rss.contains("Later"), "{rss}");
        assert!(set.findings.iter().any(|finding| finding.code.id() == "A010"));
        assert!(Site::new("not a URL", "T").is_err());
        assert!(feeds_at(&site(), [], at(0)).rss().is_none_or(|rss| !rss.contains("<item>")));
    }
}
