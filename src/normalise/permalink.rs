//! The article's own URL: as written (`url`, `permalink`, a `canonical` on the site's own host), otherwise by the
//! pattern of the config, joined to the site's URL. A `canonical` on another host is the page that the article comes
//! from.

use super::engine_names::{self, Spelling};
use super::findings::Findings;
use super::{encode, urls};
use crate::model::{
    AbsUrl, AddressFrom, ArticlePath, Engine, Lang, Located, PathInfo, PermalinkPart, PermalinkPattern, Placeholder,
    RawArticle, Recipe, Site, Slug, SlugRule, Tagged, Timestamp,
};

/// The URLs of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArticleAddresses {
    /// The URL of its own page, and where it was written.
    pub permalink: Located<Option<AbsUrl>>,
    /// What the URL was derived from.
    pub from: AddressFrom,
    /// A page elsewhere that the article comes from.
    pub via: Option<AbsUrl>,
}

/// Reads the written URLs.
pub fn written(raw: &RawArticle, site: &Site, findings: &mut Findings<'_>) -> ArticleAddresses {
    let field = |written: &Option<Located<String>>, name: &str, findings: &mut Findings<'_>| {
        let written = written.as_ref()?;
        Some(Located::new(urls::on_site(written, name, site, findings)?, written.at))
    };
    let permalink = field(&raw.permalink, "url", findings);
    // `example.org/page` names another site without a scheme; only a path from the root belongs to the site.
    let canonical = match &raw.canonical {
        Some(text) if text.value.trim().starts_with('/') => field(&raw.canonical, "canonical", findings),
        Some(text) => urls::absolute(text, "canonical", findings).map(|url| Located::new(url, text.at)),
        None => None,
    };
    let (own, via) = match canonical {
        Some(url) if url.value.host() == site.url.host() => (Some(url), None),
        Some(url) => (None, Some(url.value)),
        None => (None, None),
    };
    let permalink = permalink.or(own).map_or(Located::new(None, raw.head), |url| url.map(Some));
    let from = match (&permalink.value, &raw.slug) {
        (Some(_), _) => AddressFrom::Written,
        (None, Some(_)) => AddressFrom::Slug,
        (None, None) => AddressFrom::File,
    };
    ArticleAddresses { permalink, from, via }
}

/// The values for a pattern's placeholders.
#[derive(Debug, Clone, Copy)]
pub struct PatternParts<'a> {
    /// The value of `{slug}`.
    pub slug: &'a Slug,
    /// The value of `{title}`.
    pub title: &'a str,
    /// `{year}`, `{month}`, `{hour}` and similar, in the site's zone; empty for an article without a date, which is left
    /// out after its image was checked.
    pub published: Option<Timestamp>,
    /// `{lang}`, in lower case; the site's language if the article has none.
    pub lang: Option<&'a Lang>,
    /// The values of `{category}`, `{categories}`.
    pub categories: &'a [Tagged],
    /// `{path}`, `{name}`, `{section}`, `{sections}`.
    pub path_info: &'a PathInfo<'a>,
    /// The written values: the file, the article's own pattern, and the slug, which fills `{slug}` as a path if it has
    /// slashes.
    pub raw: &'a RawArticle,
}

impl<'a> PatternParts<'a> {
    fn written_slug(self) -> Option<&'a str> {
        self.raw.slug.as_ref().map(|slug| slug.value.as_str())
    }
}

/// The URL by the article's own pattern, its folder's, or the site's. Empty placeholders leave no empty segment.
pub fn by_pattern(parts: PatternParts<'_>, site: &Site) -> AbsUrl {
    let own = parts.raw.pattern.as_ref().map(|pattern| &pattern.value);
    let pattern = own.or_else(|| of_folder(&parts.raw.path, site)).unwrap_or(&site.content.permalink);
    let mut address: String = pattern.parts().iter().map(|part| fill(part, parts, site)).collect();
    while address.contains("//") {
        address = address.replace("//", "/");
    }
    let address = address.trim_start_matches('/');
    // The `./` prevents a first segment with a colon from being parsed as a scheme.
    site.url.join(&["./", address].concat()).unwrap_or_else(|_| site.url.clone())
}

/// The pattern of the longest folder above an article, with or without its language folder.
fn of_folder<'s>(path: &ArticlePath, site: &'s Site) -> Option<&'s PermalinkPattern> {
    if site.content.permalinks.is_empty() {
        return None;
    }
    let folder = path.folder();
    let plain = folder
        .split_once('/')
        .filter(|(lang, _)| Lang::new(lang).is_some_and(|lang| site.content.languages.contains(&lang)));
    let lies_in = |folder: &str, prefix: &str| {
        prefix.is_empty() || folder.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let all = site.content.permalinks.iter();
    all.filter(|(prefix, _)| lies_in(folder, prefix) || plain.is_some_and(|(_, rest)| lies_in(rest, prefix)))
        .max_by_key(|(prefix, _)| prefix.len())
        .map(|(_, pattern)| pattern)
}

fn fill(part: &PermalinkPart, parts: PatternParts<'_>, site: &Site) -> String {
    let is_slug_written = || parts.written_slug().is_some_and(|slug| !slug.trim().is_empty());
    match part {
        PermalinkPart::Text(text) => text.clone(),
        PermalinkPart::Value(placeholder) => value(*placeholder, parts, site),
        PermalinkPart::SlugOr(_) if is_slug_written() => slug_path(parts, site),
        PermalinkPart::SlugOr(others) => {
            others.iter().map(|other| value(*other, parts, site)).collect::<Vec<_>>().join("/")
        }
    }
}

fn value(placeholder: Placeholder, parts: PatternParts<'_>, site: &Site) -> String {
    let path_info = parts.path_info;
    let spelling = Spelling::new(&site.content);
    match placeholder {
        Placeholder::Slug => slug_path(parts, site),
        Placeholder::Title => {
            let usual = || Some(words(parts.title)).filter(|title| !title.is_empty());
            engine_names::title(parts.title, spelling).or_else(usual).unwrap_or_else(|| slug_path(parts, site))
        }
        Placeholder::Name => engine_names::segment(path_info.undated, spelling),
        Placeholder::File => engine_names::segment(path_info.name, spelling),
        Placeholder::Path => {
            let is_folder = site.content.engine == Engine::VitePress && parts.raw.path.stem() == "index";
            engine_names::path(path_info.page, spelling) + if is_folder { "/" } else { "" }
        }
        Placeholder::OtherLang => parts.lang.filter(|lang| !is_of_site(lang, site)).map(lower).unwrap_or_default(),
        Placeholder::Lang => parts.lang.or(site.lang.as_ref()).map(lower).unwrap_or_default(),
        Placeholder::Section => {
            path_info.sections.first().map(|section| engine_names::segment(section, spelling)).unwrap_or_default()
        }
        Placeholder::Sections => engine_names::path(&path_info.sections.join("/"), spelling),
        Placeholder::Category => categories(parts, site).into_iter().next().unwrap_or_default(),
        Placeholder::Categories => categories(parts, site).join("/"),
        Placeholder::Date(format) => {
            parts.published.map(|at| at.datetime().format(format).to_string()).unwrap_or_default()
        }
    }
}

fn lower(lang: &Lang) -> String {
    lang.as_str().to_lowercase()
}

/// Whether a language is the site's; `en` is that of a site in `en-US`.
fn is_of_site(lang: &Lang, site: &Site) -> bool {
    let Some(own) = site.lang.as_ref() else { return false };
    let widens = |a: &Lang, b: &Lang| b.as_str().strip_prefix(a.as_str()).is_some_and(|rest| rest.starts_with('-'));
    lang == own || widens(lang, own) || widens(own, lang)
}

/// A slug that another engine uses as a path (`2019/05/name`) stays a path if every part of it is safe.
fn slug_path(parts: PatternParts<'_>, site: &Site) -> String {
    if let Some(path) = site.content.ids.and_then(|recipe| slug_by_recipe(recipe, parts, site)) {
        return path;
    }
    let path = parts.written_slug().map(|slug| slug.trim().trim_matches('/')).filter(|slug| slug.contains('/'));
    let path = path.filter(|_| site.content.engine != Engine::None);
    match path.filter(|path| path.split('/').all(|part| Slug::new(part).is_some())) {
        Some(path) => encode::path(path),
        None => encode::slug(parts.slug).into_owned(),
    }
}

/// A written slug as the engine used it. A slash at its end stays (Docusaurus).
fn slug_by_recipe(recipe: &Recipe, parts: PatternParts<'_>, site: &Site) -> Option<String> {
    let written = parts.written_slug()?.trim().trim_start_matches('/');
    let path = written.trim_end_matches('/');
    let is_safe =
        |part: &str| !matches!(part, "" | "." | "..") && !part.contains(|c: char| c.is_control() || c == '\\');
    if !path.split('/').all(is_safe) {
        return None;
    }
    let end = if path.len() < written.len() { "/" } else { "" };
    let spelt = match recipe.url.slug {
        SlugRule::Spelt => engine_names::path(path, Spelling::new(&site.content)),
        SlugRule::Written | SlugRule::Ignored => {
            path.split('/').map(|part| encode::by_engine(part, recipe.url.encoding)).collect::<Vec<_>>().join("/")
        }
    };
    Some(spelt + end)
}

/// The categories. Jekyll keeps spaces in them, and puts the folders above `_posts` first.
fn categories(parts: PatternParts<'_>, site: &Site) -> Vec<String> {
    let named = parts.categories.iter().map(|(_, spelling, _)| &**spelling);
    if site.content.engine != Engine::Jekyll {
        return named.map(words).filter(|c| !c.is_empty()).collect();
    }
    let mut all = Vec::new();
    for name in PathInfo::above_posts(&parts.raw.path).into_iter().chain(named).map(str::to_lowercase) {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    all.iter().map(|name| encode::segment(name)).collect()
}

/// `It's a Тест!` → `its-a-тест`, percent-encoded: letters of every script are kept, as in Hugo and Jekyll.
fn words(text: &str) -> String {
    let mut out = String::new();
    for c in text.to_lowercase().chars() {
        if c.is_alphanumeric() || c == '_' {
            out.push(c);
        } else if !matches!(c, '\'' | '"' | '`' | '’' | '“' | '”') && !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    let whole = out.trim_end_matches('-');
    let cut = whole.char_indices().nth(MAX_TITLE_CHARACTERS).map_or(whole.len(), |(at, _)| at);
    encode::segment(whole.get(..cut).unwrap_or(whole))
}

/// The maximum number of characters of a title in a URL.
const MAX_TITLE_CHARACTERS: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Diagnostic};
    use crate::model::trial;
    use crate::model::{Place, TagKey};

    fn filled(site: &Site, path: &str, lang: Option<&str>, slug: Option<&str>) -> String {
        let lang = lang.and_then(Lang::new);
        let path = ArticlePath::new(path);
        let categories: Vec<_> =
            ["Web Dev", "C++"].iter().map(|name| (TagKey::new(name).unwrap(), (*name).into(), Place::WHOLE)).collect();
        let slug = slug.map(|slug| Located::new(slug.to_owned(), Place::WHOLE));
        let raw = RawArticle { path: path.clone(), slug, ..RawArticle::default() };
        let parts = PatternParts {
            slug: &Slug::new("тег").unwrap(),
            title: "It's a Тест — no. 1!",
            published: Timestamp::from_unix(1_749_330_000).map(|at| at.in_zone(site.timezone)),
            lang: lang.as_ref(),
            categories: &categories,
            path_info: &site.path_info(&path),
            raw: &raw,
        };
        by_pattern(parts, site).to_string()
    }

    fn made(url: &str, pattern: &str, path: &str, lang: Option<&str>) -> String {
        let mut site = trial::site(url);
        site.content.permalink = PermalinkPattern::parse(pattern).unwrap();
        site.timezone = chrono_tz::Tz::Europe__Moscow;
        filled(&site, path, lang, None)
    }

    #[test]
    fn every_placeholder() {
        let e = "https://e.org/";
        let short = |pattern, path| made(e, pattern, path, None).replace(e, "/");
        assert_eq!(short("/{title}/", "a.md"), "/its-a-%D1%82%D0%B5%D1%81%D1%82-no-1/");
        assert_eq!(short("/{name}.html", "n/2020-01-02-A b.md"), "/A%20b.html");
        assert_eq!(short("/{section}/{sections}/{name}", "a/b/c/index.md"), "/a/a/b/c");
        assert_eq!(short("/{slug|year/name}/", "n/2020-01-02-A b.md"), "/2025/A%20b/");
        assert_eq!(short("/{other_lang}/{file}", "2020-01-02-c.md"), "/2020-01-02-c");
        assert_eq!(made(e, "/{other_lang}/{file}", "c.md", Some("fr")), "https://e.org/fr/c");
        assert_eq!(short("/{section}/{slug}", "c.md"), "/%D1%82%D0%B5%D0%B3");
        assert_eq!(short("/{category}/{categories}/{name}", "c.md"), "/web-dev/web-dev/c/c");
        assert_eq!(
            short("/{i_month}/{i_day}/{short_year}/{y_day}/{hour}-{minute}-{second}/{name}", "c.md"),
            "/6/8/25/159/00-00-00/c"
        );
        let mut site = trial::site(e);
        site.content.engine = Engine::Jekyll;
        site.content.permalink = PermalinkPattern::parse("/{categories}/{name}").unwrap();
        assert_eq!(filled(&site, "tech/_posts/c.md", None, None), "https://e.org/tech/web%20dev/c%2B%2B/c");
        site.content.permalink = PermalinkPattern::parse("/x/{slug|name}/").unwrap();
        site.lang = Lang::new("en-US");
        assert_eq!(filled(&site, "c.md", None, Some("own")), "https://e.org/x/%D1%82%D0%B5%D0%B3/");
        site.content.permalink = PermalinkPattern::parse("/{other_lang}/{slug}/").unwrap();
        assert_eq!(filled(&site, "c.md", Some("en"), None), "https://e.org/%D1%82%D0%B5%D0%B3/");
        site.content.permalink = PermalinkPattern::parse("/x/{slug}/").unwrap();
        assert_eq!(filled(&site, "c.md", None, Some("/2019/05/c/")), "https://e.org/x/2019/05/c/");
        assert_eq!(filled(&site, "c.md", None, Some("../c")), "https://e.org/x/%D1%82%D0%B5%D0%B3/");
    }

    #[test]
    fn patterns_by_folder() {
        let mut site = trial::site("https://e.org/");
        site.content.languages = vec![Lang::new("en").unwrap()];
        for (folder, pattern) in [("posts", "/p/{name}/"), ("posts/old", "/o/{name}/"), ("pos", "/no/{name}/")] {
            site.content.permalinks.insert(folder.into(), PermalinkPattern::parse(pattern).unwrap());
        }
        let made = |path| filled(&site, path, None, None).replace("https://e.org", "");
        assert_eq!(made("posts/a.md"), "/p/a/");
        assert_eq!(made("posts/old/a.md"), "/o/a/");
        assert_eq!(made("posts/older/a.md"), "/p/a/");
        assert_eq!(made("en/posts/a.md"), "/p/a/");
        assert_eq!(made("a.md"), "/%D1%82%D0%B5%D0%B3/");
    }

    #[test]
    fn patterns() {
        let e = "https://e.org/";
        assert_eq!(made(e, "/{slug}/", "a.md", None), "https://e.org/%D1%82%D0%B5%D0%B3/");
        assert_eq!(
            made("https://e.org/blog/", "/{year}/{month}/{day}/{name}", "x.md", None),
            "https://e.org/blog/2025/06/08/x"
        );
        assert_eq!(made(e, "/{lang}/{path}/", "a b/c?.d.md", None), "https://e.org/ru/a%20b/c%3F.d/");
        assert_eq!(made(e, "{lang}/{path}/", "a/index.md", Some("en-GB")), "https://e.org/en-gb/a/");
        assert_eq!(made(e, "/{path}/", "index.md", None), "https://e.org/");
        assert_eq!(made(e, "/{path}/", "{slug}.md", None), "https://e.org/%7Bslug%7D/");
        assert_eq!(made(e, "{path}", "a:b.md", None), "https://e.org/a%3Ab");
    }

    fn fields(permalink: Option<&str>, canonical: Option<&str>, url: &str) -> (Option<String>, Option<String>, usize) {
        let located = |t: &str| Located::new(t.to_owned(), Place::new(1, 1, 1));
        let raw = RawArticle {
            permalink: permalink.map(located),
            canonical: canonical.map(located),
            ..RawArticle::default()
        };
        let mut sink: Vec<Diagnostic> = Vec::new();
        let got = written(&raw, &trial::site(url), &mut Findings::new("a.md", &mut sink));
        assert!(sink.iter().all(|f| f.code == Code::BadUrl && !f.message.contains("secret")));
        (got.permalink.value.map(|u| u.to_string()), got.via.map(|u| u.to_string()), sink.len())
    }

    #[test]
    fn written_addresses() {
        let some = |s: &str| Some(s.to_owned());
        let e = "https://e.org/blog/";
        assert_eq!(fields(some("/a/").as_deref(), None, e), (some("https://e.org/blog/a/"), None, 0));
        assert_eq!(fields(Some("/blog/a/"), None, e), (some("https://e.org/blog/a/"), None, 0));
        assert_eq!(fields(Some("a:b/"), None, e), (None, None, 1));
        assert_eq!(fields(Some("https://x.org/a"), None, e), (some("https://x.org/a"), None, 0));
        assert_eq!(fields(None, Some("https://E.org/c"), e), (some("https://e.org/c"), None, 0));
        assert_eq!(fields(Some("/a/"), Some("https://e.org/c"), e), (some("https://e.org/blog/a/"), None, 0));
        assert_eq!(fields(None, Some("https://x.org/c"), e), (None, some("https://x.org/c"), 0));
        assert_eq!(fields(None, Some("/c"), e), (some("https://e.org/blog/c"), None, 0));
        assert_eq!(fields(None, Some("x.org/c"), e), (None, None, 1));
        assert_eq!(fields(Some("javascript:x"), Some("https://me:secret@x.org/"), e), (None, None, 2));
    }
}
