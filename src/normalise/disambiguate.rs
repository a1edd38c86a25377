//! Resolves articles of another engine that would get the same address or id here. That engine's own rules kept them
//! distinct, so feedmill adds language and folder and reports it (A028). Only if the config names an engine; otherwise
//! they are duplicates.
//!
//! The article that keeps its address is the published one, otherwise the one in the site's language; among several,
//! one with a written slug, then the oldest. Not changed: written addresses and absolute ids, and slugs written twice
//! in one folder and language.

use super::findings::{Findings, quoted};
use super::{encode, identity};
use crate::diagnostic::{Code, Sink};
use crate::model::{AbsUrl, AddressFrom, Article, Engine, EntryId, Place, Site};
use std::collections::BTreeMap;

/// The articles with addresses and ids of their own, in the order given.
pub fn keep(mut articles: Vec<Article>, site: &Site, sink: &mut dyn Sink) -> Vec<Article> {
    if site.content.engine == Engine::None {
        return articles;
    }
    let local = |a: &Article| {
        (a.id_written && a.record.line.is_none() && is_local(&a.id, site)).then(|| a.id.as_str().to_owned())
    };
    for (i, place) in moves(&articles, local, site) {
        let Some(article) = articles.get_mut(i) else { continue };
        let Some(id) = EntryId::new(&format!("{}/{}", article.id, encode::specific(place.trim_end_matches('/'))))
        else {
            continue;
        };
        tell(article, "id", [article.id.as_str(), id.as_str()], site, sink);
        (article.id, article.guids) = (id, None);
        article.moved = true;
    }
    let page = |a: &Article| (a.address != AddressFrom::Written).then(|| a.permalink.as_str().to_owned());
    for (i, place) in moves(&articles, page, site) {
        let Some(article) = articles.get_mut(i) else { continue };
        let Some(permalink) = moved(article, &place, site) else { continue };
        tell(article, "URL", [article.permalink.as_str(), permalink.as_str()], site, sink);
        article.permalink = permalink;
        article.moved = true;
        if !article.id_written && article.record.line.is_none() {
            article.id = identity::made(&article.slug, &article.permalink, site).unwrap_or_else(|| article.id.clone());
        }
    }
    articles
}

/// Which articles of a shared name are to move, and where: to their language, else to their page's path.
fn moves(articles: &[Article], name: impl Fn(&Article) -> Option<String>, site: &Site) -> Vec<(usize, String)> {
    let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (i, article) in articles.iter().enumerate() {
        if let Some(name) = name(article) {
            groups.entry(name).or_default().push(i);
        }
    }
    let mut moves = Vec::new();
    for mut group in groups.into_values().filter(|group| group.len() > 1) {
        let of = |i: &usize| articles.get(*i);
        group.sort_by_cached_key(|i| {
            of(i).map(|a| (a.record.line.is_none(), lang(a, site).is_some(), a.address, a.published, a.path.clone()))
        });
        let Some(kept) = group.first().and_then(of) else { continue };
        for (n, i) in group.iter().enumerate().skip(1) {
            let Some(article) = of(i) else { continue };
            let own = lang(article, site);
            let first_of_lang = !group.iter().take(n).filter_map(of).any(|other| lang(other, site) == own);
            let twin = own == lang(kept, site) && article.path.folder() == kept.path.folder();
            match own {
                Some(lang) if first_of_lang => moves.push((*i, format!("{lang}/"))),
                _ if twin && article.address == AddressFrom::Slug => {}
                _ => moves.push((*i, site.path_info(&article.path).page.to_owned())),
            }
        }
    }
    moves
}

/// The language of an article if it differs from the site's.
fn lang(article: &Article, site: &Site) -> Option<String> {
    let lang = article.lang.as_ref().filter(|lang| Some(*lang) != site.lang.as_ref())?;
    Some(lang.as_str().to_lowercase())
}

/// Puts `ru/` before the address; a path replaces the address.
fn moved(article: &Article, place: &str, site: &Site) -> Option<AbsUrl> {
    let address = match place.strip_suffix('/') {
        Some(lang) => format!("{lang}/{}", article.permalink.as_str().strip_prefix(site.url.as_str())?),
        None => format!("{}/", encode::path(place)),
    };
    site.url.join(&format!("./{address}")).ok().filter(|url| *url != article.permalink)
}

/// Whether an id is valid only within this site, because it was made from a value that is not an IRI.
fn is_local(id: &EntryId, site: &Site) -> bool {
    let tag = identity::of_site("x", site).map(|id| id.as_str().trim_end_matches('x').to_owned());
    id.as_str().starts_with(&format!("{}#", site.url.as_str())) || tag.is_some_and(|tag| id.as_str().starts_with(&tag))
}

fn tell(article: &Article, noun: &str, [shared, own]: [&str; 2], site: &Site, sink: &mut dyn Sink) {
    let at = if article.places.id == Place::WHOLE { article.places.head } else { article.places.id };
    let message = format!("another article has the same {noun} {}; using {} for this one", quoted(shared), quoted(own));
    let help = "add {path}, {lang} or a date to `content.permalink`, or set `url` in the article";
    Findings::new(&site.display_path(&article.path), sink).report(Code::SharedAddress, at, message, help);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;
    use crate::model::trial;
    use crate::model::{ArticlePath, Lang, Timestamp};

    fn kept(engine: Engine, all: &[(&str, &str, AddressFrom)]) -> (Vec<String>, usize) {
        let mut site = trial::site("https://e.org/");
        site.content.engine = engine;
        let articles = all.iter().enumerate().map(|(i, (path, lang, address))| Article {
            path: ArticlePath::new(path),
            lang: Lang::new(lang),
            address: *address,
            permalink: AbsUrl::parse("https://e.org/x/").unwrap(),
            published: Timestamp::from_unix(1_750_000_000 - i as i64).unwrap(),
            ..trial::article(path, "x")
        });
        let mut sink: Vec<Diagnostic> = Vec::new();
        let articles = keep(articles.collect(), &site, &mut sink);
        assert!(sink.iter().all(|f| f.code == Code::SharedAddress));
        (articles.iter().map(|a| a.permalink.path().to_owned()).collect(), sink.len())
    }

    #[test]
    fn languages_and_folders_tell_apart() {
        use AddressFrom::{File, Slug, Written};
        let all = [("a/x.md", "ru", Slug), ("b/x.md", "-", Slug), ("de/x.md", "de", Slug), ("fr/x.md", "fr", File)];
        assert_eq!(kept(Engine::None, &all), (vec!["/x/".to_owned(); 4], 0));
        let (made, reported) = kept(Engine::Hugo, &all);
        assert_eq!((made, reported), (["/a/x/", "/x/", "/de/x/", "/fr/x/"].map(str::to_owned).to_vec(), 3));
        let all = [("2020-x.md", "-", File), ("2021-x.md", "-", File), ("c.md", "-", Written)];
        assert_eq!(kept(Engine::Jekyll, &all).0, ["/2020-x/", "/x/", "/x/"]);
        let all = [("a.md", "-", Slug), ("b.md", "-", Slug)];
        assert_eq!(kept(Engine::Jekyll, &all), (vec!["/x/".to_owned(); 2], 0));
        let all = [("a.md", "en", File), ("a/b.md", "en", File)];
        assert_eq!(kept(Engine::Jekyll, &all).0, ["/a/", "/x/"]);
    }

    #[test]
    fn ids_of_the_site_are_told_apart_and_others_are_not() {
        let mut site = trial::site("https://e.org/");
        site.content.engine = Engine::Astro;
        let made = |id: &str| {
            let article = |path: &str| Article {
                id: EntryId::new(id).unwrap(),
                id_written: true,
                ..trial::article(path, path.split('/').next().unwrap_or_default())
            };
            let all = keep(vec![article("a/x.md"), article("b/x.md")], &site, &mut ());
            all.into_iter().map(|a| a.id.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(made("https://e.org/#1"), ["https://e.org/#1", "https://e.org/#1/b/x"]);
        assert_eq!(made("urn:one"), ["urn:one", "urn:one"]);
    }
}
