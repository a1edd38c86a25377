//! The folder of image references that do not name one: a bare file name is in the folder of the config
//! (`content.image_dir`), and `assets/a.png` is relative to the site's root for engines whose themes prepend the site's
//! URL. `./a.png`, `../a.png` and references in a page bundle are always relative to the article.

use super::findings::{Findings, quoted};
use crate::diagnostic::Code;
use crate::model::{ArticlePath, Engine, Located, Site};
use std::borrow::Cow;

/// The reference with its folder. `None` if it is an alias of a build tool (`@/a.png`), which is reported.
pub fn placed<'r>(
    reference: &'r Located<String>,
    field: &str,
    path: &ArticlePath,
    site: &Site,
    findings: &mut Findings<'_>,
) -> Option<Cow<'r, str>> {
    let written = reference.value.trim();
    if written.starts_with("@/") || written.starts_with("~/") {
        let message =
            format!("the {field} {} begins with an alias that only a build tool can resolve", quoted(written));
        findings.report(Code::BadUrl, reference.at, message, "write a URL, or a path on the site that starts with `/`");
        return None;
    }
    let says_where = written.is_empty() || written.starts_with(['/', '\\', '.']) || written.contains(':');
    if says_where || is_bundle(path, site) {
        return Some(written.into());
    }
    if !written.contains(['/', '\\']) {
        return Some(match &site.content.image_dir {
            Some(dir) => format!("/{}", [served(dir, site), written].join("/").trim_start_matches('/')).into(),
            None => written.into(),
        });
    }
    match site.content.engine {
        Engine::None | Engine::Other | Engine::Astro | Engine::Docusaurus => Some(written.into()),
        _ => Some(format!("/{written}").into()),
    }
}

/// The folder as served: `static/img` → `img`.
fn served<'d>(dir: &'d str, site: &Site) -> &'d str {
    let dir = dir.strip_prefix("./").unwrap_or(dir).trim_matches('/');
    let root = site.content.static_dir.as_deref().unwrap_or_default();
    let root = root.strip_prefix("./").unwrap_or(root).trim_matches('/');
    dir.strip_prefix(root).filter(|rest| root.is_empty() || rest.is_empty() || rest.starts_with('/')).unwrap_or(dir)
}

fn is_bundle(path: &ArticlePath, site: &Site) -> bool {
    path.stem().split('.').next() == Some("index") && site.path_info(path).page == path.folder()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;
    use crate::model::Place;
    use crate::model::trial;

    fn put(written: &str, path: &str, engine: Engine, dirs: (&str, &str)) -> Option<String> {
        let mut site = trial::site("https://e.org/");
        let dir = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        (site.content.static_dir, site.content.image_dir) = (dir(dirs.0), dir(dirs.1));
        site.content.engine = engine;
        let reference = Located::new(written.to_owned(), Place::new(3, 1, 1));
        let mut sink: Vec<Diagnostic> = Vec::new();
        let findings = &mut Findings::new("a.md", &mut sink);
        let got = placed(&reference, "image", &ArticlePath::new(path), &site, findings).map(Cow::into_owned);
        assert_eq!(sink.len(), usize::from(got.is_none()));
        got
    }

    #[test]
    fn where_references_begin() {
        let some = |text: &str| Some(text.to_owned());
        assert_eq!(put("a.png", "x.md", Engine::Hugo, ("static", "static/img")), some("/img/a.png"));
        assert_eq!(put("a.png", "x.md", Engine::Hugo, ("./static/", "static")), some("/a.png"));
        assert_eq!(put("a.png", "x.md", Engine::Jekyll, ("", "assets/img/")), some("/assets/img/a.png"));
        assert_eq!(put("a.png", "x.md", Engine::Jekyll, ("stat", "static/img/")), some("/static/img/a.png"));
        assert_eq!(put("a.png", "x/index.md", Engine::Hugo, ("static", "static/img")), some("a.png"));
        assert_eq!(put("a.png", "x.md", Engine::None, ("", "")), some("a.png"));
        assert_eq!(put("assets/a.png", "p/x.md", Engine::Eleventy, ("", "")), some("/assets/a.png"));
        assert_eq!(put("assets/a.png", "p/x.md", Engine::None, ("", "")), some("assets/a.png"));
        assert_eq!(put("./assets/a.png", "p/x.md", Engine::Eleventy, ("", "")), some("./assets/a.png"));
        assert_eq!(put("/assets/a.png", "p/x.md", Engine::Eleventy, ("", "")), some("/assets/a.png"));
        assert_eq!(put("https://e.org/a.png", "x.md", Engine::Hugo, ("", "i")), some("https://e.org/a.png"));
        assert_eq!(put("@/assets/a.png", "x.md", Engine::Astro, ("", "")), None);
        assert_eq!(put("~/a.png", "x.md", Engine::None, ("", "")), None);
    }
}
