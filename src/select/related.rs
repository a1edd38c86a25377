//! The related feeds of a feed: other tags of its entries, if tags have feeds. Counted over its own entries only, so
//! that an edited article changes only the pages of its own feeds.

use crate::model::{Article, Axis, FeedRule, Related, Site, TagTable};
use std::collections::BTreeMap;

/// The maximum number of related feeds on a page.
const MAX_NEIGHBOURS: usize = 12;

/// Other tags of these entries, the most common first, ties by label. Empty for the feed of all articles, whose page
/// lists all.
pub fn tags(entries: &[usize], folder: &str, articles: &[Article], tags: &TagTable, site: &Site) -> Vec<Related> {
    let by_tag = site.feeds.iter().any(|rule| matches!(rule, FeedRule::By { axis: Axis::Tag, .. }));
    if folder.is_empty() || !by_tag {
        return Vec::new();
    }
    let mut shared = BTreeMap::new();
    for article in entries.iter().filter_map(|index| articles.get(*index)) {
        for (key, _, _) in &article.tags {
            *shared.entry(key).or_insert(0) += 1;
        }
    }
    let neighbours = shared.into_iter().filter_map(|(key, shared)| {
        let tag = tags.get(key)?;
        Some(Related { label: tag.label.clone(), folder: format!("{}/{}/", Axis::Tag.folder(), tag.slug), shared })
    });
    let mut neighbours: Vec<Related> = neighbours.filter(|tag| tag.folder != folder).collect();
    neighbours.sort_by(|a, b| b.shared.cmp(&a.shared).then_with(|| a.label.cmp(&b.label)));
    neighbours.truncate(MAX_NEIGHBOURS);
    neighbours
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::trial;
    use crate::model::{Place, TagKey};
    use crate::normalise;

    #[test]
    fn the_commonest_neighbours_come_first() {
        let article = |n: usize, tags: &[&str]| Article {
            tags: tags.iter().map(|t| (TagKey::new(t).unwrap(), (*t).into(), Place::WHOLE)).collect(),
            ..trial::article(&format!("{n}.md"), &format!("a{n}"))
        };
        let mut site = trial::site("https://e.org/");
        site.feeds = vec![FeedRule::By { axis: Axis::Tag, paths: Default::default(), limit: None, content: None }];
        let all = vec![article(0, &["A", "B", "C"]), article(1, &["A", "C"]), article(2, &["D"])];
        let collection = normalise::collection(all, &site, &BTreeMap::new(), &mut ());
        let of = |folder: &str, site: &Site| {
            let tags = tags(&[0, 1], folder, &collection.articles, &collection.tags, site);
            tags.into_iter().map(|t| format!("{} {} {}", t.label, t.folder, t.shared)).collect::<Vec<_>>()
        };
        assert_eq!(of("tags/a/", &site), ["C tags/c/ 2", "B tags/b/ 1"]);
        assert_eq!(of("news/", &site).first().map(String::as_str), Some("A tags/a/ 2"));
        assert!(of("", &site).is_empty());
        site.feeds.clear();
        assert!(of("tags/a/", &site).is_empty(), "tags have no feeds");
    }
}
