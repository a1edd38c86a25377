//! The visible line at the end of the content that credits the article's source, in the article's language.
//!
//! It links to the page that the article comes from, otherwise to the source's site; never to a feed.

use super::escape;
use super::words::word;
use crate::model::{Article, Credit, Lang, Site};

/// Appends the credit line, if the site displays one and the article has a source.
pub fn append(html: &mut String, article: &Article, site: &Site) {
    if site.credit == Credit::Hidden {
        return;
    }
    let host = article.via.as_ref().map(|via| via.host());
    let Some(name) = article.attribution.as_ref().map(|source| source.name.clone()).or(host) else { return };
    let page = article.via.as_ref().or(article.attribution.as_ref().and_then(|source| source.url.as_ref()));
    if !html.is_empty() && !html.ends_with('\n') {
        html.push('\n');
    }
    html.push_str("<p>");
    html.push_str(word("source", language(article, site)));
    match page {
        Some(url) => {
            html.push_str("<a href=\"");
            escape::attribute(html, url.as_str());
            html.push_str("\">");
            escape::text(html, &name);
            html.push_str("</a>");
        }
        None => escape::text(html, &name),
    }
    html.push_str("</p>");
}

/// The article's language, else the site's, else a look at the letters.
fn language<'a>(article: &'a Article, site: &'a Site) -> &'a str {
    let known = article.lang.as_ref().or(site.lang.as_ref()).map(Lang::primary);
    known.unwrap_or_else(|| {
        let text = article.title.chars().chain(article.description.iter().flat_map(|d| d.chars()));
        let (mut cyrillic, mut others) = (0_usize, 0_usize);
        text.filter(|c| c.is_alphabetic()).for_each(|c| match c {
            '\u{400}'..='\u{52F}' => cyrillic += 1,
            _ => others += 1,
        });
        if cyrillic > others { "ru" } else { "en" }
    })
}
