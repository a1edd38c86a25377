//! The final check of bodies with raw HTML: a real HTML parser reads the result and keeps what is on the allow-list.
//!
//! `raw` has already applied the same list and reported what it removed. This pass corrects the nesting (readers and
//! validators want HTML without parse errors, W3C class NotHtml) and removes anything that `raw` missed. It costs five
//! times the rendering, so bodies without raw HTML skip it.

use super::code_language;
use super::elements::{self, EVERYWHERE, KEPT};
use super::links;
use crate::model::html::{HtmlToken, HtmlTokens, TagSide};
use ammonia::{Builder, UrlRelative};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Safe, well-formed HTML of HTML.
pub fn clean(html: &str) -> String {
    let clean = without_first_lines(without_stops(BUILDER.clean(&with_comments(html)).to_string()));
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
        .url_schemes(["http", "https"].into_iter().chain(links::OPAQUE_SCHEMES).collect())
        .url_relative(UrlRelative::Deny)
        .link_rel(None)
        .attribute_filter(|_: &str, name: &str, value: &str| match name {
            "srcset" => value.split(',').all(is_web).then(|| Cow::Owned(value.to_owned())),
            "class" => code_language::is_class(value).then(|| Cow::Owned(value.to_owned())),
            "src" | "poster" => is_web(value).then(|| Cow::Owned(value.to_owned())),
            _ => Some(with_stops(value)),
        });
    builder
});

/// html5ever's serialiser (0.40, `write_escaped`) looks from every `&` and every no-break space for the next `"`, `<` or
/// `>`, up to the end of the value: a megabyte of `&` in one attribute takes 16 s. So a long value gets a `>` now and then,
/// which is taken out of the result, and a long text is parted by comments, which the sanitiser removes.
const STOP: &str = "\u{fdd0}\u{fdd1}>";
const WRITTEN_STOP: &str = "\u{fdd0}\u{fdd1}&gt;";
/// Bytes between two stops. Shorter values have none.
const STRIDE: usize = 4096;

fn with_stops(value: &str) -> Cow<'_, str> {
    parted(value, STOP)
}

fn without_stops(html: String) -> String {
    if memchr::memmem::find(html.as_bytes(), WRITTEN_STOP.as_bytes()).is_none() {
        return html;
    }
    html.replace(WRITTEN_STOP, "")
}

fn with_comments(html: &str) -> Cow<'_, str> {
    let is_long = |(_, token): (usize, HtmlToken<'_>)| matches!(token, HtmlToken::Text(text) if text.len() > STRIDE);
    if html.len() <= STRIDE || !HtmlTokens::new(html).any(is_long) {
        return Cow::Borrowed(html);
    }
    let mut out = String::with_capacity(html.len() + html.len() / 64);
    let mut at = 0;
    for (start, token) in HtmlTokens::new(html) {
        if let HtmlToken::Text(text) = token {
            out.push_str(html.get(at..start).unwrap_or_default());
            out.push_str(&parted(text, "<!---->"));
            at = start + text.len();
        }
    }
    out.push_str(html.get(at..).unwrap_or_default());
    Cow::Owned(out)
}

/// The text with a stop before some of its `&` and of its characters that begin like a no-break space; nowhere else, or a
/// character reference could be cut in two.
fn parted<'t>(text: &'t str, stop: &str) -> Cow<'t, str> {
    if text.len() <= STRIDE {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + text.len() / 64);
    let mut rest = text;
    let next = |rest: &'t str| {
        let tail = rest.as_bytes().get(STRIDE..)?;
        rest.split_at_checked(STRIDE + memchr::memchr2(b'&', 0xC2, tail)?)
    };
    while let Some((head, tail)) = next(rest) {
        out.extend([head, stop]);
        rest = tail;
    }
    out.push_str(rest);
    Cow::Owned(out)
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stops_leave_no_trace() {
        for unit in ["&amp;", "&amp;x", "\u{a0}", "»", "&nbsp;é", "&amp;lt;", "a&lt;b&gt;"] {
            let long = unit.repeat(3 * STRIDE);
            let plain = BUILDER.clean(&format!("<b>{unit}</b>")).to_string();
            let one = plain.trim_start_matches("<b>").trim_end_matches("</b>");
            assert_eq!(clean(&format!("<b>x</b> {long}")), format!("<b>x</b> {}", one.repeat(3 * STRIDE)), "{unit}");
            let attribute = format!("<a title=\"{}\">y</a>", one.repeat(3 * STRIDE));
            assert_eq!(clean(&format!("<a title=\"{long}\">y</a>")), attribute, "{unit}");
        }
    }

    /// What the serialiser walks over for one `&` ends at the next stop, so that its work grows with the text and not with
    /// the square of it.
    #[test]
    fn a_stop_follows_soon_on_every_sign_that_is_escaped() {
        for unit in ["&", "&x", "\u{a0}", "»", "&amp;", "abc & def "] {
            let long = unit.repeat(200_000 / unit.len());
            let with_stops = parted(&long, STOP);
            assert_eq!(with_stops.replace(STOP, ""), long);
            let longest = with_stops.split(STOP).map(str::len).max();
            assert!(longest.is_some_and(|bytes| bytes <= STRIDE + unit.len()), "{unit}: {longest:?}");
        }
    }
}
