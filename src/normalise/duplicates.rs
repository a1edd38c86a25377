//! Two articles may not share an id or a permalink: the published one keeps it, otherwise the one with the earlier
//! path. The other one gets the finding.
//!
//! One slug in two languages or folders is allowed if the permalinks differ. Then an id that feedmill derives from the
//! slug contains the language (never the site's own, so that a translation does not change the original's id), and
//! within one language the folder. A written id is never changed.

use super::findings::{Findings, quoted};
use super::{disambiguate, identity};
use crate::diagnostic::{Code, Sink};
use crate::model::{Article, ArticlePath, EntryId, Site};
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Parts twins from the rest. The articles are in order of path, and stay so.
pub fn part(articles: Vec<Article>, site: &Site, sink: &mut dyn Sink) -> (Vec<Article>, Vec<ArticlePath>) {
    let mut refused = Vec::new();
    let mut first_of_each = |articles: Vec<Article>, name: Name, fault: Fault, sink: &mut dyn Sink| {
        let losers = losers(&articles, name);
        tell(&articles, &losers, name, (fault, site), sink);
        let (lost, kept): (Vec<_>, Vec<_>) =
            articles.into_iter().enumerate().partition(|(i, _)| losers.contains_key(i));
        refused.extend(lost.into_iter().map(|(_, article)| article.path));
        kept.into_iter().map(|(_, article)| article).collect::<Vec<_>>()
    };
    let articles = disambiguate::keep(articles, site, sink);
    let mut articles = first_of_each(articles, |a| a.id_written.then(|| written(a)), ID, sink);
    separate_atom_ids(&mut articles);
    let mut articles = first_of_each(articles, |a| Some(a.permalink.as_str()), PERMALINK, sink);
    for (i, id) in longer_ids(&articles, site) {
        if let Some(article) = articles.get_mut(i) {
            article.moved |= article.id != id;
            article.id = id;
        }
    }
    let articles = first_of_each(articles, |a| Some(a.id.as_str()), ID, sink);
    refused.sort();
    (articles, refused)
}

/// The id as the author wrote it. Ids that differ by case are two.
fn written(article: &Article) -> &str {
    article.guids.as_ref().map_or(article.id.as_str(), |guids| &guids.rss)
}

/// Two written ids can have one normal form (`urn:x:1` and `URN:x:1`), which only one `atom:id` can be: the others get a
/// fragment made from the id as written.
fn separate_atom_ids(articles: &mut [Article]) {
    let mut taken: HashMap<EntryId, Box<str>> = HashMap::new();
    for article in articles.iter().filter(|article| article.id_written && article.record.line.is_some()) {
        taken.insert(article.id.clone(), written(article).into());
    }
    for article in articles.iter_mut().filter(|article| article.id_written && article.record.line.is_none()) {
        let written: Box<str> = written(article).into();
        if taken.get(&article.id).is_some_and(|first| *first != written) {
            let fragment = super::slugs::hash(&written, 8);
            let id = EntryId::new(&format!("{}#{fragment}", article.id));
            article.id = id.unwrap_or_else(|| article.id.clone());
            article.moved = true;
        }
        taken.entry(article.id.clone()).or_insert(written);
    }
}

#[derive(Clone, Copy)]
struct Fault {
    code: Code,
    noun: &'static str,
    help: &'static str,
}

const ID: Fault = Fault { code: Code::DuplicateId, noun: "id", help: "give one of the two articles a different `id`" };
const PERMALINK: Fault = Fault {
    code: Code::DuplicatePermalink,
    noun: "permalink",
    help: "give one of the two articles a different `slug`, or add {path}, {lang} or a date to `content.permalink`",
};

/// Reads the value that two articles may not share, if the article has one.
type Name = fn(&Article) -> Option<&str>;

/// Articles that share a name with another that keeps it, each with the index of that one.
fn losers(articles: &[Article], name: Name) -> BTreeMap<usize, usize> {
    let mut first: HashMap<&str, usize> = HashMap::with_capacity(articles.len());
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, article) in articles.iter().enumerate() {
        let Some(name) = name(article) else { continue };
        match first.entry(name) {
            Entry::Vacant(place) => {
                place.insert(i);
            }
            Entry::Occupied(earlier) => groups.entry(*earlier.get()).or_default().push(i),
        }
    }
    let mut losers = BTreeMap::new();
    for (first, others) in groups {
        let is_published = |i: &usize| articles.get(*i).is_some_and(|article| article.record.line.is_some());
        let all = || std::iter::once(first).chain(others.iter().copied());
        // Of several that were published, the first by path.
        let Some(keeper) = all().min_by_key(|i| !is_published(i)) else { continue };
        losers.extend(all().filter(|i| *i != keeper).map(|i| (i, keeper)));
    }
    losers
}

fn tell(
    articles: &[Article],
    losers: &BTreeMap<usize, usize>,
    name: Name,
    (fault, site): (Fault, &Site),
    sink: &mut dyn Sink,
) {
    for (loser, keeper) in losers {
        let (Some(loser), Some(keeper)) = (articles.get(*loser), articles.get(*keeper)) else { continue };
        let name = name(loser).unwrap_or_default();
        let message =
            format!("the {} {} is already used by {}", fault.noun, quoted(name), site.display_path(&keeper.path));
        let display_path = site.display_path(&loser.path);
        Findings::new(&display_path, sink).report(fault.code, loser.places.id, message, fault.help);
    }
}

/// Articles of one slug by language; `None` is the site's language.
type ByLang<'a> = BTreeMap<Option<&'a str>, Vec<(usize, &'a Article)>>;

/// New ids for articles that share a slug with others.
fn longer_ids(articles: &[Article], site: &Site) -> Vec<(usize, EntryId)> {
    if site.since.is_none() {
        return Vec::new();
    }
    let made = || articles.iter().enumerate().filter(|(_, a)| !a.id_written);
    let mut uses: HashMap<&str, usize> = HashMap::with_capacity(articles.len());
    made().for_each(|(_, a)| *uses.entry(a.slug.as_str()).or_default() += 1);
    let mut groups: BTreeMap<&str, ByLang<'_>> = BTreeMap::new();
    for (i, article) in made().filter(|(_, a)| uses.get(a.slug.as_str()).is_some_and(|n| *n > 1)) {
        let lang = article.lang.as_ref().filter(|l| Some(*l) != site.lang.as_ref()).map(|l| l.as_str());
        groups.entry(article.slug.as_str()).or_default().entry(lang).or_default().push((i, article));
    }
    let mut ids = Vec::new();
    for (slug, languages) in groups {
        for (lang, same) in languages {
            let folders: BTreeSet<&str> = same.iter().map(|(_, a)| a.path.folder()).collect();
            for (i, article) in same.iter().filter(|(_, article)| article.record.line.is_none()) {
                let place = match same.len() {
                    1 => "",
                    n if folders.len() == n => article.path.folder(),
                    _ => article.path.as_str(),
                };
                let parts: Vec<&str> =
                    [lang.unwrap_or_default(), place, slug].into_iter().filter(|p| !p.is_empty()).collect();
                ids.extend(identity::of_site(&parts.join("/"), site).map(|id| (*i, id)));
            }
        }
    }
    ids
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Diagnostic;
    use crate::model::trial;
    use crate::model::{AbsUrl, Lang, Since};

    fn site() -> Site {
        let mut site = trial::site("https://e.org/");
        site.since = Since::new("2025");
        site
    }

    /// `path slug lang permalink` with the id that the slug alone gives.
    fn article(line: &str) -> Article {
        let words: Vec<&str> = line.split(' ').collect();
        let mut article = trial::article(words[0], words[1]);
        article.lang = Lang::new(words[2]);
        article.permalink = AbsUrl::parse(&format!("https://e.org/{}", words[3])).unwrap();
        article.id = identity::made(&article.slug, &article.permalink, &site()).unwrap();
        article
    }

    fn ids(lines: &[&str]) -> (Vec<String>, Vec<(Code, String)>) {
        let mut sink: Vec<Diagnostic> = Vec::new();
        let (kept, _) = part(lines.iter().map(|l| article(l)).collect(), &site(), &mut sink);
        let short = |a: &Article| a.id.as_str().trim_start_matches("tag:e.org,2025:").to_owned();
        (kept.iter().map(short).collect(), sink.into_iter().map(|f| (f.code, f.message.to_string())).collect())
    }

    #[test]
    fn translations_and_folders_share_a_slug() {
        assert_eq!(ids(&["a.md x - 1", "b.md y en 2"]).0, ["x", "y"]);
        assert_eq!(ids(&["a.md x - 1", "en/a.md x en 2", "ru/a.md x ru 3"]).0, ["x", "en/x", "ru/x"]);
        assert_eq!(
            ids(&["2024/б/a.md x - 1", "2025/a.md x ru 2", "en/a.md x en 3"]).0,
            ["2024/%D0%B1/x", "2025/x", "en/x"]
        );
        assert_eq!(ids(&["1.md x - 1", "2.md x - 2"]).0, ["1.md/x", "2.md/x"]);
    }

    #[test]
    fn twins_are_refused_at_the_later_path() {
        let (kept, found) = ids(&["a.md x - 1", "b.md x - 1", "c.md x - 2"]);
        assert_eq!(kept, ["a.md/x", "c.md/x"]);
        assert_eq!(found[0].0, Code::DuplicatePermalink);
        assert!(found[0].1.contains("content/a.md"));
        let mut sink: Vec<Diagnostic> = Vec::new();
        let twin = |line: &str| Article { id_written: true, id: EntryId::new("urn:1").unwrap(), ..article(line) };
        let all = vec![twin("a.md x - 1"), twin("b.md x - 1"), twin("c.md y - 3"), article("d.md z - 4")];
        let (kept, refused) = part(all, &site(), &mut sink);
        assert_eq!((kept.len(), refused.len()), (2, 2));
        assert!(sink.iter().all(|f| f.code == Code::DuplicateId));
    }

    #[test]
    fn a_made_id_that_meets_a_written_one() {
        let mut sink: Vec<Diagnostic> = Vec::new();
        let written =
            Article { id_written: true, id: EntryId::new("tag:e.org,2025:z").unwrap(), ..article("a.md x - 1") };
        let (kept, refused) = part(vec![written, article("b.md z - 2")], &site(), &mut sink);
        assert_eq!((kept.len(), refused), (1, vec![ArticlePath::new("b.md")]));
    }
}
