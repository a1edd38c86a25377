//! A context for the tests of this folder.
//!
//! It has three articles and one site.

use super::super::addresses::Addresses;
use super::super::tests::article_at;
use super::{BodyContext, Origins, Rewritten, rewrite};
use crate::model::{ArticlePath, Engine};

/// Calls a test with the scene of a site at this address.
pub fn with_scene(site: &str, test: impl FnOnce(&BodyContext<'_>)) {
    context("posts/x.md", site, test);
}

/// What becomes of a body of a file.
pub fn rewritten(path: &str, text: &str) -> String {
    let mut out = String::new();
    context(path, "https://e.org/", |context| out = rewrite(text, Origins::default(), context).text.into_owned());
    out
}

/// The same, whole.
pub fn whole(text: &str, test: impl FnOnce(Rewritten<'_>)) {
    context("posts/x.md", "https://e.org/", |context| test(rewrite(text, Origins::default(), context)));
}

fn context(path: &str, site: &str, test: impl FnOnce(&BodyContext<'_>)) {
    let articles = [article_at("posts/2020-05-02-one.md", "one"), article_at("posts/two/index.md", "two")];
    let path = ArticlePath::new(path);
    let url = site.trim_end_matches('/');
    let (origin, site_path) = url.split_at(url[8..].find('/').map_or(url.len(), |at| at + 8));
    test(&BodyContext {
        options: pulldown_cmark::Options::ENABLE_TABLES,
        origin,
        site_path,
        site_title: "Site",
        title: "The Title",
        permalink: "https://e.org/x/",
        path: &path,
        engine: Engine::None,
        language: "en",
        addresses: &Addresses::new(&articles),
        allowance: 1 << 20,
    });
}
