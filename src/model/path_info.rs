//! What the path of an article says: its name without date and language, its sections, its language, and whether it is
//! in a folder of drafts. Languages are recognised only if the config lists them, because `is` and `no` are common
//! folder names too.

use super::{ArticlePath, Engine, Lang, path_day::undated};

/// The parts of an article's path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathInfo<'a> {
    /// The name of the page: of the file, or of the folder for an `index.md`, without the language suffix.
    pub name: &'a str,
    /// The name without the date before it; unchanged if nothing would be left.
    pub undated: &'a str,
    /// The folders above the page, without a language folder and without `_posts` and similar.
    pub sections: Vec<&'a str>,
    /// The path without extension and language suffix; for an `index.md`, the path of the folder.
    pub page: &'a str,
    /// The language by the suffix, otherwise by a folder.
    pub lang: Option<Lang>,
    /// Whether it is in a folder `_drafts`.
    pub among_drafts: bool,
}

impl<'a> PathInfo<'a> {
    /// Splits a path by these languages and the rules of the engine.
    pub fn new(path: &'a ArticlePath, known: &[Lang], engine: Engine) -> Self {
        let language = |text: &str| if known.is_empty() { None } else { Lang::new(text) }.filter(|l| known.contains(l));
        let whole = path.stem();
        let (stem, suffix) = match whole.rsplit_once('.') {
            Some((stem, tag)) if !stem.is_empty() && language(tag).is_some() => (stem, language(tag)),
            _ => (whole, None),
        };
        let folder = path.folder();
        // Eleventy treats `post/post.md` as `post/index.md`.
        let is_twice = engine == Engine::Eleventy && folder.rsplit('/').next() == Some(stem);
        let is_bundle = matches!(stem, "index" | "_index") || is_twice;
        let (above, name) = match is_bundle {
            true => folder.rsplit_once('/').unwrap_or(("", folder)),
            false => (folder, stem),
        };
        let name = if name.is_empty() { stem } else { name };
        let folders = || folder.split('/').filter(|part| !part.is_empty());
        // Docusaurus takes the day from folders too: `2020/05-02-name`.
        let is_of_day = |part: &str| engine == Engine::Docusaurus && part.bytes().all(|b| b.is_ascii_digit());
        let own = |part: &&str| language(part).is_none() && !matches!(*part, "_posts" | "_drafts") && !is_of_day(part);
        Self {
            name,
            undated: match engine {
                Engine::Docusaurus => below_year(above, name),
                _ => undated(name),
            },
            sections: above.split('/').filter(|part| !part.is_empty()).filter(own).collect(),
            page: if is_bundle { folder } else { without_end(path.as_str(), stem) },
            lang: suffix.or_else(|| folders().find_map(language)),
            among_drafts: folders().any(|part| part == "_drafts"),
        }
    }

    /// The folders above Jekyll's `_posts`, which Jekyll uses as categories.
    pub fn above_posts(path: &'a ArticlePath) -> Vec<&'a str> {
        let folder = path.folder();
        match folder.split('/').position(|part| part == "_posts") {
            Some(at) => folder.split('/').take(at).collect(),
            None => Vec::new(),
        }
    }
}

/// The path up to the end of its stem.
fn without_end<'a>(path: &'a str, stem: &str) -> &'a str {
    let folder = path.rfind('/').map_or(0, |slash| slash + 1);
    path.get(..folder + stem.len()).unwrap_or(path)
}

/// The name without its day, which may begin with the folder: Docusaurus' `2020/05-02-name.md`.
fn below_year<'a>(folder: &str, name: &'a str) -> &'a str {
    let whole = format!("{}-{name}", folder.rsplit('/').next().unwrap_or_default());
    let cut = name.len().checked_sub(undated(&whole).len());
    cut.and_then(|cut| name.get(cut..)).unwrap_or_else(|| undated(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::trial;

    fn reported(path: &str) -> String {
        let mut site = trial::site("https://e.org/");
        site.content.languages = ["en", "ru", "zh-CN"].iter().filter_map(|tag| Lang::new(tag)).collect();
        let path = ArticlePath::new(path);
        let of = site.path_info(&path);
        let lang = of.lang.map(|l| l.to_string()).unwrap_or_default();
        format!("{} {} [{}] {} {lang}", of.name, of.undated, of.sections.join(","), of.page)
    }

    #[test]
    fn names_sections_and_languages() {
        for (path, expected) in [
            ("post.md", "post post [] post "),
            ("ru/blog/post.md", "post post [blog] ru/blog/post ru"),
            ("blog/post.ru.md", "post post [blog] blog/post ru"),
            ("blog/post.zh-cn.md", "post post [blog] blog/post zh-CN"),
            ("blog/v1.2.md", "v1.2 v1.2 [blog] blog/v1.2 "),
            ("posts/2020-05-02-x/index.en.md", "2020-05-02-x x [posts] posts/2020-05-02-x en"),
            ("_posts/en/2020-05-02-x.md", "2020-05-02-x x [] _posts/en/2020-05-02-x en"),
            ("a/ru/post.en.md", "post post [a] a/ru/post en"),
            ("index.md", "index index []  "),
            ("2025-06-08.md", "2025-06-08 2025-06-08 [] 2025-06-08 "),
        ] {
            assert_eq!(reported(path), expected, "{path}");
        }
        let mut site = trial::site("https://e.org/");
        let mut undated = |path: &str, engine| {
            site.content.engine = engine;
            site.path_info(&ArticlePath::new(path)).undated.to_owned()
        };
        assert_eq!(undated("2020/05-02-x.md", Engine::Docusaurus), "x");
        assert_eq!(undated("2020/05-02-x.md", Engine::Hugo), "05-02-x");
        assert_eq!(undated("post/post.md", Engine::Eleventy), "post");
        assert_eq!(site.path_info(&ArticlePath::new("a/post/post.md")).sections, ["a"]);
        assert_eq!(site.path_info(&ArticlePath::new("no/post.is.md")).lang, None);
        assert!(site.path_info(&ArticlePath::new("a/_drafts/x.md")).among_drafts);
        assert_eq!(PathInfo::above_posts(&ArticlePath::new("tech/web/_posts/x.md")), ["tech", "web"]);
    }
}
