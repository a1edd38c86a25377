//! The final check of bodies with raw HTML: a real HTML parser reads the result and keeps what is on the allow-list.
//!
//! `raw` has already applied the same list and reported what it removed. This pass corrects the nesting (readers and
//! validators want HTML without parse errors, W3C class NotHtml) and removes anything that `raw` missed. It costs five
//! times the rendering, so bodies without raw HTML skip it.

use super::code_language;
use super::elements::{self, EVERYWHERE, KEPT};
use crate::model::html::{HtmlToken, HtmlTokens, TagSide};
use ammonia::{Builder, UrlRelative};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Safe, well-formed HTML of HTML.
pub fn clean(html: &str) -> String {
    let clean = without_first_lines(BUILDER.clean(html).to_string());
    match crate::model::strip_forbidden(&clean) {
        (Cow::Owned(stripped), _) => stripped,
        (Cow::Borrowed(_), _) => clean,
    }
}

static BUILDER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let attributes = |element: &'static elements::Element| element.attributes.iter().copied().collect::<HashSet<_>>();
    let mut builder = Builder::empty();
    builder
        .tags(KEPT.iter().map(|element| element.name).collect())
        .tag_attributes(KEPT.iter().map(|element| (element.name, attributes(element))).collect::<HashMap<_, _>>())
        .add_tag_attributes("code", ["class"])
        .generic_attributes(EVERYWHERE.into_iter().collect())
        .clean_content_tags(["script", "style", "iframe", "noembed", "noframes"].into_iter().collect())
        .url_schemes(["http", "https", "mailto", "tel"].into_iter().collect())
        .url_relative(UrlRelative::Deny)
        .link_rel(None)
        .attribute_filter(|_: &str, name: &str, value: &str| match name {
            "srcset" => value.split(',').all(is_web).then(|| Cow::Owned(value.to_owned())),
            "class" => code_language::is_class(value).then(|| Cow::Owned(value.to_owned())),
            "src" | "poster" => is_web(value).then(|| Cow::Owned(value.to_owned())),
            _ => Some(Cow::Owned(value.to_owned())),
        });
    builder
});

/// A line end right after `<pre>` is dropped by every parser (HTML, "in body"), so each reading of the same HTML would
/// take one more; they go at once.
fn without_first_lines(html: String) -> String {
    // Up to the next tag, a line end follows the end of this one.
    let has_one = |after: &str| after.split('<').next().is_some_and(|tag| tag.contains(">\n"));
    if !html.split("<pre").skip(1).any(has_one) {
        return html;
    }
    let mut out = String::with_capacity(html.len());
    let mut begins = false;
    for (_, token) in HtmlTokens::new(&html) {
        out.push_str(match token {
            HtmlToken::Text(text) if begins => text.trim_start_matches('\n'),
            HtmlToken::Text(text) => text,
            HtmlToken::Tag(tag) => tag.text,
            HtmlToken::Other => "",
        });
        begins = matches!(token, HtmlToken::Tag(tag) if tag.name == "pre" && tag.side == TagSide::Start);
    }
    out
}

fn is_web(url: &str) -> bool {
    let url = url.trim_start();
    url.starts_with("https://") || url.starts_with("http://")
}
