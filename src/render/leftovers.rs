//! Template leftovers in bodies: Liquid, shortcodes of Hugo and Zola, tags of Hexo, imports and components of MDX,
//! containers, attribute lists. They become plain Markdown and HTML; readers never get the template source.
//!
//! Known ones are rendered (M009), those that only the site's own engine knows are removed (M010); each kind is
//! reported once. Code is never changed. The rewritten text may have more or fewer lines: [`Origins`] maps later
//! findings back to the lines of the file.

mod address;
mod arguments;
mod counts;
mod embeds;
mod meaning;
mod notices;
mod origins;
mod out;
mod pairs;
mod pieces;
mod scan;
mod shape;
mod suspect;
mod tokens;
mod values;
mod walk;
mod zones;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod trial;

pub use counts::{LeftoverCounts, References};
pub use origins::{OriginRun, Origins};
pub use zones::Zones;

use super::addresses::Addresses;
use crate::model::{Article, ArticlePath, Engine, Site};
use pulldown_cmark::Options;
use scan::Flavour;
use std::borrow::Cow;

/// The maximum number of passes over a body: removing one leftover may uncover another.
const PASSES: usize = 3;

/// The context that a leftover may refer to.
#[derive(Debug, Clone, Copy)]
pub struct BodyContext<'a> {
    /// The site's origin, such as `https://example.org`.
    pub origin: &'a str,
    /// The path of the site below its host, without a slash at its end.
    pub site_path: &'a str,
    /// The site's title.
    pub site_title: &'a str,
    /// The article's title.
    pub title: &'a str,
    /// The article's page.
    pub permalink: &'a str,
    /// The article's file.
    pub path: &'a ArticlePath,
    /// Whose Markdown it is.
    pub engine: Engine,
    /// How its Markdown is parsed.
    pub options: Options,
    /// A primary language: `ru`.
    pub language: &'a str,
    /// The pages of all articles.
    pub addresses: &'a Addresses<'a>,
    /// Bytes that variables may add to the body.
    pub allowance: usize,
}

impl<'a> BodyContext<'a> {
    /// For a body of so many bytes that is parsed with these options.
    pub fn new(
        article: &'a Article,
        site: &'a Site,
        addresses: &'a Addresses<'a>,
        bytes: usize,
        options: Options,
    ) -> Self {
        let url = site.url.as_str().trim_end_matches('/');
        let host = url.find("://").map_or(0, |at| at + 3);
        let path = url.get(host..).and_then(|rest| rest.find('/')).map_or(url.len(), |at| host + at);
        let (origin, site_path) = url.split_at_checked(path).unwrap_or((url, ""));
        let lang = article.lang.as_ref().or(site.lang.as_ref());
        Self {
            origin,
            site_path,
            site_title: &site.title,
            title: &article.title,
            permalink: article.permalink.as_str(),
            path: &article.path,
            engine: site.content.engine,
            options,
            language: lang.map_or("en", |lang| lang.primary()),
            addresses,
            allowance: bytes.saturating_mul(4).saturating_add(1 << 16),
        }
    }
}

/// A body without leftovers.
#[derive(Debug)]
pub struct Rewritten<'t> {
    /// Markdown and plain HTML.
    pub text: Cow<'t, str>,
    /// Where its bytes come from.
    pub origins: Origins,
    /// What became of the leftovers.
    pub counts: LeftoverCounts,
}

/// Rewrites a clean body, whose bytes come from `origins`.
pub fn rewrite<'t>(text: &'t str, origins: Origins, context: &BodyContext<'_>) -> Rewritten<'t> {
    let mut rewritten = Rewritten { text: Cow::Borrowed(text), origins, counts: LeftoverCounts::default() };
    // Docusaurus reads all Markdown as MDX.
    let mdx = context.path.as_str().ends_with(".mdx") || context.engine == Engine::Docusaurus;
    let flavour = if mdx { Flavour::Mdx } else { Flavour::Markdown };
    for _ in 0..PASSES {
        if !suspect::any(&rewritten.text, flavour) {
            break;
        }
        let mut zones = Zones::new(&rewritten.text, context.options);
        // Every other engine shows `%%` as it is.
        if matches!(context.engine, Engine::None | Engine::Other | Engine::Obsidian) {
            zones.wiki = true;
            zones.find_comments(&rewritten.text);
        }
        let tokens = scan::tokens(&rewritten.text, &zones, flavour);
        if tokens.is_empty() {
            break;
        }
        let (next, origins) = walk::write(&rewritten.text, &tokens, context, &rewritten.origins, &mut rewritten.counts);
        rewritten.origins = origins.after(&rewritten.origins);
        rewritten.text = Cow::Owned(next);
    }
    rewritten
}
