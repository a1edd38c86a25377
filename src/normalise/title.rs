//! The title: as written, otherwise the first heading. If the title is itself a slug, a better one is looked for.

use super::findings::{Findings, quoted};
use super::{markup, text};
use crate::diagnostic::Code;
use crate::model::RawArticle;

/// A title, and the slug that was written in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// Plain text, never empty.
    pub text: String,
    /// The written title, if it is a slug.
    pub slug: Option<String>,
}

/// The title of an article with this description. `None` if there is none, which is reported.
pub fn read(raw: &RawArticle, description: Option<&str>, findings: &mut Findings<'_>) -> Option<Title> {
    let heading = raw.heading.as_ref().map(|h| text::plain(&h.value)).filter(|h| !h.is_empty());
    let written = raw.title.as_ref().map(|t| t.as_ref().map(|t| without_markup(t, raw, findings)));
    let written = written.filter(|t| !t.value.is_empty());
    let Some(written) = written else {
        return from_heading(raw, heading, findings);
    };
    if !is_slug(&written.value) {
        return Some(Title { text: written.value, slug: None });
    }
    let better = heading
        .filter(|h| !is_slug(h))
        .or_else(|| description.map(text::first_sentence).filter(|s| !s.is_empty() && !is_slug(s)))
        .unwrap_or_else(|| words(&written.value));
    findings.report(
        Code::TitleIsSlug,
        written.at,
        format!("the title {} is a slug; using {} instead", quoted(&written.value), quoted(&better)),
        "write the title in words, and move the slug to `slug: …`",
    );
    Some(Title { text: better, slug: Some(written.value) })
}

fn without_markup(title: &str, raw: &RawArticle, findings: &mut Findings<'_>) -> String {
    let bare = markup::without_tags(title);
    if bare != title {
        let at = raw.title.as_ref().map_or(raw.head, |t| t.at);
        let what = format!("the title contains HTML tags; using {}", quoted(&text::plain(&bare)));
        findings.report(Code::MarkupInTitle, at, what, "remove the tags: a title is plain text");
    }
    text::plain(&bare)
}

/// Whether a title is a slug: lower-case ASCII letters and digits with at least two hyphens between them, and not a
/// date.
pub fn is_slug(text: &str) -> bool {
    let part = |p: &str| !p.is_empty() && p.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    text.split('-').count() > 2 && text.split('-').all(part) && text.contains(|c: char| c.is_ascii_lowercase())
}

fn from_heading(raw: &RawArticle, heading: Option<String>, findings: &mut Findings<'_>) -> Option<Title> {
    let at = raw.title.as_ref().map_or(raw.head, |t| t.at);
    let Some(heading) = heading else {
        findings.report(
            Code::MissingTitle,
            at,
            "the article has neither a title nor a first-level heading",
            "add `title: …` to the front matter",
        );
        return None;
    };
    findings.report(
        Code::TitleFromHeading,
        at,
        format!("no title given; using the first heading {}", quoted(&heading)),
        "to choose the title yourself, add `title: …` to the front matter",
    );
    Some(Title { text: heading, slug: None })
}

/// `eth-l2-tvl` → `Eth l2 tvl`.
fn words(slug: &str) -> String {
    let text = slug.replace('-', " ");
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Located, Place};

    fn raw(title: Option<&str>, heading: Option<&str>) -> RawArticle {
        let located = |t: &str| Located::new(t.to_owned(), Place::new(2, 8, 1));
        RawArticle { title: title.map(located), heading: heading.map(located), ..RawArticle::default() }
    }

    fn title(t: Option<&str>, h: Option<&str>, d: Option<&str>) -> (Option<String>, Vec<Code>) {
        let mut sink = Vec::new();
        let title = read(&raw(t, h), d, &mut Findings::new("a.md", &mut sink)).map(|t| t.text);
        (title, sink.iter().map(|f: &crate::diagnostic::Diagnostic| f.code).collect())
    }

    #[test]
    fn where_titles_come_from() {
        assert_eq!(title(Some(" A &amp; <b> \n c"), None, None), (Some("A & <b> c".into()), vec![]));
        assert_eq!(title(None, Some("H"), None), (Some("H".into()), vec![Code::TitleFromHeading]));
        assert_eq!(title(Some("\u{200b}"), None, None), (None, vec![Code::MissingTitle]));
        let slug = Some("eth-l2-hits-500m-tvl");
        assert_eq!(title(slug, Some("H"), Some("D. E")), (Some("H".into()), vec![Code::TitleIsSlug]));
        assert_eq!(title(slug, None, Some("First one. Second")), (Some("First one".into()), vec![Code::TitleIsSlug]));
        assert_eq!(title(slug, None, None), (Some("Eth l2 hits 500m tvl".into()), vec![Code::TitleIsSlug]));
    }

    #[test]
    fn what_is_a_slug() {
        assert!(is_slug("eth-l2-zksync-era-hits-500m-tvl") && is_slug("a-b-c"));
        for text in ["a-b", "2025-06-08", "A-b-c", "a--b-c", "-a-b-c", "a b-c-d", "тег-а-б", ""] {
            assert!(!is_slug(text), "{text}");
        }
    }
}
