//! Finds the pages of articles in the content folder by the references that engines allow: a path, a file name, a slug.
//!
//! A name that two articles share resolves to neither, because a guess could link to the wrong page.

use crate::model::{Article, ArticlePath, composed, decoded};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

/// The pages of a collection. The index is made when the first reference asks for it.
#[derive(Debug, Default)]
pub struct Addresses<'a> {
    articles: &'a [Article],
    index: Arc<OnceLock<Index>>,
    asked: AtomicBool,
}

/// Places in the list of articles.
#[derive(Debug, Default)]
struct Index {
    by_path: HashMap<String, usize>,
    by_name: HashMap<String, Option<usize>>,
    by_title: HashMap<String, Option<usize>>,
}

impl<'a> Addresses<'a> {
    /// The pages of these articles.
    pub fn new(articles: &'a [Article]) -> Self {
        Self { articles, ..Self::default() }
    }

    /// The same pages for one reader of its own, so that [`Addresses::were_asked`] tells of nobody else.
    pub fn separate(&self) -> Self {
        Self { articles: self.articles, index: Arc::clone(&self.index), asked: AtomicBool::new(false) }
    }

    /// Whether anything depends on what was found here, or was not.
    pub fn were_asked(&self) -> bool {
        self.asked.load(Ordering::Relaxed)
    }

    /// The page of the article that `written` names in the article at `from`: by its path from the content folder or
    /// from the article's own folder, or by a file name, a name without its date, a slug. An anchor is kept.
    pub fn find(&self, written: &str, from: &ArticlePath) -> Option<String> {
        Some(page(self.article(written, from)?, written))
    }

    /// The page of the note that Obsidian calls `written`: by its path, its file name or its title.
    pub fn note(&self, written: &str, from: &ArticlePath) -> Option<String> {
        let titled = || self.index().by_title.get(&written.to_lowercase()).copied().flatten();
        let article = self.article(written, from).or_else(|| self.articles.get(titled()?))?;
        Some(article.permalink.as_str().to_owned())
    }

    /// The same by its path alone.
    pub fn file(&self, written: &str, from: &ArticlePath) -> Option<String> {
        let place = either(path_of(written), |path| self.by_path(path, from))?;
        Some(page(self.articles.get(place)?, written))
    }

    /// The title of an article.
    pub fn title(&self, written: &str, from: &ArticlePath) -> Option<&'a str> {
        self.article(written, from).map(|article| &*article.title)
    }

    fn article(&self, written: &str, from: &ArticlePath) -> Option<&'a Article> {
        let place = either(path_of(written), |path| self.by_path(path, from).or_else(|| self.by_name(path)))?;
        self.articles.get(place)
    }

    fn by_name(&self, path: &str) -> Option<usize> {
        let name = bare(path.trim_start_matches('/'));
        let last = name.rsplit('/').next().unwrap_or_default();
        // A name in a folder is a path, unless its date tells it from all others.
        let named = !last.is_empty() && (last == name || without_date(last) != last);
        self.index().by_name.get(last).copied().flatten().filter(|_| named)
    }

    fn by_path(&self, path: &str, from: &ArticlePath) -> Option<usize> {
        if path.is_empty() || path.contains("://") {
            return None;
        }
        let rooted = Some(bare(path.trim_start_matches('/')));
        let beside = || beside(from.folder(), path);
        // `./a` and `../a` are beside the article; all else is looked for from the top as well.
        let paths = match (path.starts_with('.'), path.starts_with('/')) {
            (true, _) => [beside(), None],
            (_, true) => [rooted, None],
            _ => [beside(), rooted],
        };
        // `post.ru.md` speaks of its neighbours in its own language first.
        let language = from.stem().rsplit_once('.').map(|(_, language)| language.to_lowercase());
        let index = &self.index().by_path;
        paths.into_iter().flatten().find_map(|path| {
            let own = language.as_ref().and_then(|language| index.get(&format!("{path}.{language}")));
            own.or_else(|| index.get(&path)).copied()
        })
    }

    fn index(&self) -> &Index {
        self.asked.store(true, Ordering::Relaxed);
        self.index.get_or_init(|| Index::new(self.articles))
    }
}

impl Index {
    fn new(articles: &[Article]) -> Self {
        let mut index = Self::default();
        for (place, article) in articles.iter().enumerate() {
            let path = bare(article.path.as_str());
            let name = path.rsplit('/').next().unwrap_or_default().to_owned();
            index.by_path.insert(path, place);
            let titled = index.by_title.entry(article.title.to_lowercase()).or_insert(Some(place));
            titled.take_if(|known| *known != place);
            let mut names = vec![article.slug.as_str().to_lowercase(), without_date(&name).to_owned(), name];
            names.sort();
            names.dedup();
            for name in names.into_iter().filter(|name| !name.is_empty()) {
                let page = index.by_name.entry(name).or_insert(Some(place));
                page.take_if(|known| *known != place);
            }
        }
        index
    }
}

fn path_of(written: &str) -> &str {
    written.trim().split(['#', '?']).next().unwrap_or_default()
}

/// What is found of a path as written, else of what its `%20` stand for, as editors write links to files.
fn either(path: &str, find: impl Fn(&str) -> Option<usize>) -> Option<usize> {
    find(path).or_else(|| find(&decoded(path).filter(|plain| plain != path)?))
}

fn page(article: &Article, written: &str) -> String {
    let written = written.trim();
    format!("{}{}", article.permalink.as_str(), written.get(path_of(written).len()..).unwrap_or_default())
}

/// In lower case, letters with their marks in one, without extension, without `index` at its end, without a slash
/// there.
fn bare(path: &str) -> String {
    let path = path.trim_end_matches('/');
    let path = [".md", ".mdx", ".markdown", ".html"].iter().find_map(|end| path.strip_suffix(end)).unwrap_or(path);
    let path = path.strip_suffix("/_index").or_else(|| path.strip_suffix("/index")).unwrap_or(path);
    composed(path.strip_prefix("_posts/").unwrap_or(path).to_lowercase())
}

/// The path as seen from a folder, `..` and `.` resolved; `None` where it leads out.
fn beside(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(bare(&parts.join("/")))
}

/// `2020-05-02-name` → `name`.
fn without_date(name: &str) -> &str {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let mut parts = name.splitn(4, '-');
    let date = [parts.next(), parts.next(), parts.next()];
    let is_date = date.iter().all(|part| part.is_some_and(digits))
        && date.first().is_some_and(|y| y.is_some_and(|y| y.len() == 4));
    parts.next().filter(|rest| is_date && !rest.is_empty()).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::super::tests::article_at;
    use super::*;

    #[test]
    fn articles_are_found_as_engines_find_them() {
        let articles = [
            article_at("posts/2020-05-02-one.md", "one"),
            article_at("posts/two/index.md", "zwei"),
            article_at("ru/one.md", "odin"),
            article_at("posts/three.ru.md", "tri"),
            article_at("posts/cafe\u{301} au lait.md", "lait"),
        ];
        let addresses = Addresses::new(&articles);
        let find = |written: &str| addresses.find(written, &ArticlePath::new("posts/x.md"));
        assert_eq!(find("/posts/two/#a").as_deref(), Some("https://e.org/zwei/#a"));
        assert_eq!(find("two/index.md").as_deref(), Some("https://e.org/zwei/"));
        assert_eq!(find("./2020-05-02-one.md").as_deref(), Some("https://e.org/one/"));
        assert_eq!(find("../ru/one.md").as_deref(), Some("https://e.org/odin/"));
        assert_eq!(find("2020-05-02-one").as_deref(), Some("https://e.org/one/"));
        assert_eq!(find("odin").as_deref(), Some("https://e.org/odin/"));
        for written in ["caf\u{e9} au lait.md", "caf%C3%A9%20au%20lait.md#x", "cafe%CC%81%20au%20lait"] {
            assert!(find(written).is_some_and(|page| page.starts_with("https://e.org/lait/")), "{written}");
        }
        assert_eq!(find("%ff.md"), None);
        let russian = ArticlePath::new("posts/x.ru.md");
        assert_eq!(addresses.find("three.md", &russian).as_deref(), Some("https://e.org/tri/"));
        assert_eq!((addresses.file("odin", &russian), find("posts/odin")), (None, None));
        // Two articles are called `one`.
        assert_eq!(
            (find("one"), find("three.md"), find(""), find("../../../x"), find("https://e.org/one")),
            (None, None, None, None, None)
        );
    }
}
