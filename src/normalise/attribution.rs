//! The source of an article: a name from the config, or the values of the article itself. The article's own values take
//! precedence; an unknown name is reported once for the whole collection (A050).

use super::findings::{Findings, quoted};
use super::{text, urls};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{AbsUrl, Article, Attribution, RawAttribution, Site, Source, TagKey};
use std::collections::{BTreeSet, HashSet};

/// The resolved source. `None` if none was written.
pub fn read(raw: &RawAttribution, site: &Site, findings: &mut Findings<'_>) -> Option<Attribution> {
    let own_url = raw.url.as_ref().and_then(|u| urls::absolute(u, "source.url", findings));
    let own_feed = raw.feed.as_ref().and_then(|f| urls::absolute(f, "source.feed", findings));
    let written = raw.name.as_ref().map(|n| text::plain(&n.value)).filter(|n| !n.is_empty());
    // A bare URL in place of a name is the source's page; its host becomes the name.
    let as_url = written
        .as_deref()
        .filter(|n| n.contains(':'))
        .and_then(|n| AbsUrl::parse(n).ok())
        .filter(|u| !u.has_credentials());
    let own_url = own_url.or_else(|| as_url.clone());
    let name = match (written, as_url) {
        (Some(name), None) => name,
        _ => own_url.as_ref().or(own_feed.as_ref())?.host(),
    };
    let (name, known) = find(&name, site).map_or((name.clone(), Source::default()), |(n, s)| (n.to_owned(), s.clone()));
    let same_feed = own_feed.is_none() || own_feed == known.feed;
    let feed = own_feed.or(known.feed);
    let title = known.title.filter(|_| same_feed).map(|t| text::plain(&t)).filter(|t| !t.is_empty());
    let id = feed.as_ref().map(|feed| known.id.filter(|_| same_feed).unwrap_or_else(|| feed.as_str().to_owned()));
    Some(Attribution { title: title.unwrap_or_else(|| name.clone()), name, url: own_url.or(known.url), feed, id })
}

/// Reports each name once about which neither the config nor an article says more. The articles are in order of path.
pub fn tell_unknown(articles: &[Article], site: &Site, sink: &mut dyn Sink) {
    let (mut seen, mut reported) = (HashSet::new(), BTreeSet::new());
    for article in articles {
        let Some(source) = article.attribution.as_ref().filter(|source| !seen.contains(source.name.as_str())) else {
            continue;
        };
        if source.url.is_some() || source.feed.is_some() || find(&source.name, site).is_some() {
            continue;
        }
        seen.insert(source.name.as_str());
        if TagKey::new(&source.name).is_some_and(|key| reported.insert(key)) {
            let finding = Diagnostic::new(
                Code::UnknownSource,
                &site.display_path(&article.path),
                article.places.source,
                format!("the source {} is not in the config, so its page and feed are unknown", quoted(&source.name)),
            );
            sink.report(finding.help("add it to `sources` in feedmill.yaml, with its `url` and `feed`"));
        }
    }
}

/// Finds a source by exact name, otherwise ignoring case.
fn find<'a>(name: &str, site: &'a Site) -> Option<(&'a str, &'a Source)> {
    if site.sources.is_empty() {
        return None;
    }
    let found = site.sources.get_key_value(name).or_else(|| {
        let key = TagKey::new(name);
        site.sources.iter().find(|(known, _)| TagKey::new(known) == key)
    });
    found.map(|(name, source)| (name.as_str(), source))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::trial;
    use crate::model::{Located, Place};

    fn site() -> Site {
        let mut site = trial::site("https://e.org/");
        let known = Source {
            url: AbsUrl::parse("https://d.example/").ok(),
            feed: AbsUrl::parse("https://d.example/rss.xml").ok(),
            title: Some("The DeFi Bank".into()),
            id: Some("urn:d".into()),
        };
        site.sources.insert("DeFiBank".into(), known);
        site
    }

    fn source(name: &str, url: &str, feed: &str) -> (Option<Attribution>, usize) {
        let field = |t: &str| (!t.is_empty()).then(|| Located::new(t.to_owned(), Place::WHOLE));
        let raw = RawAttribution { name: field(name), url: field(url), feed: field(feed) };
        let mut sink: Vec<Diagnostic> = Vec::new();
        (read(&raw, &site(), &mut Findings::new("a.md", &mut sink)), sink.len())
    }

    #[test]
    fn the_config_knows_and_the_article_knows_better() {
        let known = source("DeFiBank", "", "").0.unwrap();
        assert_eq!((known.title.as_str(), known.id.as_deref()), ("The DeFi Bank", Some("urn:d")));
        assert_eq!(source(" defibank ", "", "").0, Some(known.clone()));
        let page = source("DeFiBank", "https://d.example/1", "").0.unwrap();
        assert_eq!(page.url.unwrap().as_str(), "https://d.example/1");
        assert_eq!(page.id.as_deref(), Some("urn:d"));
        let other = source("DeFiBank", "", "https://x.org/feed").0.unwrap();
        assert_eq!((other.title.as_str(), other.id.as_deref()), ("DeFiBank", Some("https://x.org/feed")));
    }

    #[test]
    fn odd_sources() {
        assert_eq!(source("", "", "").0, None);
        let bare = source("https://x.org/post", "", "").0.unwrap();
        assert_eq!((bare.name.as_str(), bare.url.unwrap().as_str()), ("x.org", "https://x.org/post"));
        let (bad, findings) = source("X", "not a url", "javascript:x");
        assert_eq!((bad.unwrap().url, findings), (None, 2));
    }

    #[test]
    fn an_unknown_name_is_told_once() {
        let named = |path: &str, name: &str| Article {
            attribution: Some(
                Attribution { name: name.into(), url: None, feed: None, title: name.into(), id: None }.into(),
            ),
            ..trial::article(path, "x")
        };
        let mut sink: Vec<Diagnostic> = Vec::new();
        let all = [named("a.md", "New"), named("b.md", "new"), named("c.md", "DeFiBank"), named("d.md", "Other")];
        tell_unknown(&all, &site(), &mut sink);
        assert_eq!(sink.iter().map(|f| &*f.path).collect::<Vec<_>>(), ["content/a.md", "content/d.md"]);
    }
}
