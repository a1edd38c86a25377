//! HTML in feeds: safe (RFC 4287 section 8.1), with absolute URLs, and well-formed enough that every reader displays
//! the same. Content of any size is read once.

use super::html_tokens::{MarkupEvent, MarkupEvents};
use super::html_tree::Nest;
use super::judge::{Judge, quoted_value};
use super::urls;
use crate::diagnostic::Code;
use std::collections::BTreeSet;

/// Elements that run, load or rewrite the page around them.
const UNSAFE: &str = "script iframe object embed applet style link meta base frame frameset";

/// Attributes without a script that validators take for a risk none the less, because old readers do not know them.
const ODD: &str = "role fetchpriority popover inert property typeof vocab resource about";

/// Attributes that hold one address.
const ADDRESSES: [&str; 9] =
    ["href", "src", "poster", "action", "formaction", "cite", "data", "background", "longdesc"];

/// Properties of a style attribute that cannot move, cover or load anything (as feed readers list them).
const PROPERTIES: &str = "azimuth background background-color border border-bottom border-bottom-color border-bottom-style \
    border-bottom-width border-collapse border-color border-left border-left-color border-left-style border-left-width \
    border-right border-right-color border-right-style border-right-width border-spacing border-style border-top \
    border-top-color border-top-style border-top-width border-width clear color cursor direction display elevation float \
    font font-family font-size font-style font-variant font-weight height letter-spacing line-height margin margin-bottom \
    margin-left margin-right margin-top overflow padding padding-bottom padding-left padding-right padding-top pause \
    pause-after pause-before pitch pitch-range richness speak speak-header speak-numeral speak-punctuation speech-rate \
    stress text-align text-decoration text-indent unicode-bidi vertical-align voice-family volume white-space width \
    list-style-type";

/// Checks the HTML of an element that begins at a byte of the document.
pub(super) fn check(html: &str, at: usize, judge: &mut Judge<'_>) {
    let mut nest = Nest::default();
    let (mut faults, mut reported) = (Vec::new(), BTreeSet::new());
    for token in MarkupEvents::new(html) {
        match token {
            MarkupEvent::Start(name, attributes, ending) => {
                nest.start(&name, ending, &mut faults);
                tag(&name, attributes.iter().map(|(key, value)| (key.as_str(), *value)), at, judge);
            }
            MarkupEvent::End(name) => nest.end(&name, &mut faults),
            MarkupEvent::Text => nest.text(&mut faults),
            MarkupEvent::Fault(message) => faults.push(message),
        }
        // The same fault again and again is one finding.
        for message in faults.drain(..) {
            if reported.len() < 50 && reported.insert(message.clone()) {
                judge.report(Code::NotHtml5, at, message, "HTML Living Standard: each reader repairs this differently");
            }
        }
    }
    nest.finish(&mut faults);
    for message in faults {
        judge.report(Code::NotHtml5, at, message, "HTML Living Standard: each reader repairs this differently");
    }
}

/// Checks the name and attributes of one tag: nothing that runs, nothing relative.
pub(super) fn tag<'a>(
    name: &str,
    attributes: impl Iterator<Item = (&'a str, &'a str)>,
    at: usize,
    judge: &mut Judge<'_>,
) {
    const SAFE: &str = "RFC 4287 section 8.1: readers remove active content";
    if super::html_tags::among(UNSAFE, name) {
        judge.report(Code::UnsafeContent, at, format!("the content holds <{name}>"), SAFE);
    }
    for (key, value) in attributes {
        if key.starts_with("on") || key.starts_with("aria-") || super::html_tags::among(ODD, key) {
            judge.report(Code::UnsafeContent, at, format!("<{name}> has the attribute `{key}`"), SAFE);
        } else if key == "style" {
            if let Some(part) = value.split(';').find(|part| !is_calm(part)) {
                let message = format!("<{name}> has the style {}", quoted_value(part));
                judge.report(Code::UnsafeContent, at, message, SAFE);
            }
        } else if key == "srcset" {
            for candidate in value.split(", ") {
                address(name, key, candidate.split_ascii_whitespace().next().unwrap_or_default(), at, judge);
            }
        } else if ADDRESSES.contains(&key) {
            address(name, key, value, at, judge);
        }
    }
}

fn address(name: &str, key: &str, value: &str, at: usize, judge: &mut Judge<'_>) {
    // Browsers skip these before and inside a scheme.
    let plain: String = value.chars().filter(|c| !c.is_ascii_whitespace() && !c.is_control()).take(24).collect();
    let plain = plain.to_ascii_lowercase();
    let runs = ["javascript:", "vbscript:", "data:text/html"].iter().any(|scheme| plain.starts_with(scheme));
    if runs {
        let message = format!("<{name}> has a URL that runs code: {}", quoted_value(value));
        judge.report(Code::UnsafeContent, at, message, "RFC 4287 section 8.1: readers remove active content");
    } else if !urls::has_scheme(value) {
        let message = format!("<{name}> has a relative `{key}`: {}", quoted_value(value));
        judge.report(Code::RelativeUrl, at, message, "readers do not know what it is relative to (RSS profile)");
    }
}

fn is_calm(declaration: &str) -> bool {
    let Some((property, value)) = declaration.split_once(':') else { return declaration.trim().is_empty() };
    let property = property.trim().to_ascii_lowercase();
    super::html_tags::among(PROPERTIES, &property) && !value.contains(['(', '\\', '<', '@'])
        || value.trim_start().starts_with("rgb(") && super::html_tags::among(PROPERTIES, &property)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;

    fn codes(html: &str) -> Vec<&'static str> {
        let mut found: Vec<Diagnostic> = Vec::new();
        check(html, 0, &mut Judge::new("x", html.as_bytes(), &mut found));
        found.iter().map(|f| f.code.id()).collect()
    }

    #[test]
    fn good_html_passes() {
        for good in [
            "<p>a<p>b<ul><li>c<li>d<ul><li>e</ul></ul><dl><dt>f<dd>g</dl>",
            "<table><thead><tr><th>a<tbody><tr><td>b<td><p>c</table>",
            "<table><tr><td>a</td></tr></table><p>x &amp; y &#60; &hellip; AT & T &</p><br/><img src='https://e.org/a?b&amp;c' alt=x>",
            "<blockquote><p>a <em>b <strong>c</strong></em></p></blockquote><pre><code>x &lt; y</code></pre><hr>",
            "<figure><picture><source srcset=\"https://e.org/a 1x, https://e.org/b 2x\"><img src=\"https://e.org/a\"></picture></figure>",
            "<p style=\"text-align: center\"><input type=checkbox disabled checked> a</p><details><summary>b</summary>c</details>",
            "<a href=\"mailto:a@e.org\">a</a><!-- b --><ruby>a<rt>b</ruby><h2>c</h2>plain",
            "<ol><li><p>a</p><pre>b</pre></li></ol><table><caption>a</caption><colgroup><col></colgroup><tr><td></td></tr></table>",
        ] {
            assert_eq!(codes(good), Vec::<&str>::new(), "{good}");
        }
    }

    #[test]
    fn faults_are_seen() {
        for bad in [
            "<div>a",
            "<b>a",
            "<p>a</b></p>",
            "<b><p>a</b></p>",
            "<p><b>a</p></b>",
            "<p><div>a</div></p>",
            "</br>",
            "<div/>",
            "<my-tag>a</my-tag>",
            "<svg><path d='x'/></svg>",
            "a &b=2 c",
            "<a href=\"https://e.org/?a=1&b=2\">a</a>",
            "<p class=a class=b>c</p>",
            "<table>a</table>",
            "<td>a</td>",
            "<a href='https://e.org/'>a <a href='https://e.org/'>b</a></a>",
            "a < b",
            "<!-- a",
            "<p class=\"a>b</p>",
            "<![CDATA[a]]>",
            "<img src=\"https://e.org/\"alt=\"a\">",
            "<h1>a<h2>b</h2></h1>",
        ] {
            assert!(codes(bad).contains(&"F022"), "{bad}: {:?}", codes(bad));
        }
    }

    #[test]
    fn what_runs_and_what_is_relative() {
        for bad in [
            "<script>a<b</script>",
            "<p onclick=\"a\">b</p>",
            "<a href=\" java\tscript:a\">b</a>",
            "<p style=\"position: fixed\">a</p>",
            "<p style=\"background-color: url(x)\">a</p>",
        ] {
            assert_eq!(codes(bad), ["F011"], "{bad}");
        }
        for bad in [
            "<a href=\"#fn1\">a</a>",
            "<img src=\"/a.png\">",
            "<img srcset=\"https://e.org/a 1x, b 2x\">",
            "<video poster=\"//e.org/a\"></video>",
        ] {
            assert_eq!(codes(bad), ["F012"], "{bad}");
        }
    }

    #[test]
    fn hostile_html_ends_soon() {
        for html in ["<div>", "<p><b>", "<!--", "&a", "<", "<a b", "<table><tr>", "</p>", "<li>", "<script>"] {
            codes(&html.repeat(20_000));
        }
        codes(&format!("<a {}>", "b ".repeat(20_000)));
    }
}
