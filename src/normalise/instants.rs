//! Makes the times that feedmill chose unique: readers sort by time, and validators warn of two entries updated at the
//! same time (class DuplicateUpdated). A written time is never moved. Of two chosen times, that of the article whose
//! slug sorts later moves; the order of the input does not matter. With `content.ids`, `published` is the engine's and stays.

use super::dates;
use crate::model::{Article, Precision, Site, Timestamp};
use std::collections::HashMap;

/// Whether feedmill chose a time of the article, which moves if another article has it.
pub fn gives_way(article: &Article, site: &Site) -> bool {
    article.precision == Precision::DayOnly || moves_updated(article, site)
}

fn moves_updated(article: &Article, site: &Site) -> bool {
    match article.updated == article.published {
        true => article.precision == Precision::DayOnly,
        false => dates::is_made(article.updated, &article.slug, site),
    }
}

/// Moves each chosen time that is in use to the next free second.
pub fn spread(articles: &mut [Article], site: &Site) {
    let order = by_slug(articles);
    let mut published = Taken::default();
    let mut updated = Taken::default();
    let mut moves = Vec::with_capacity(articles.len());
    for article in articles.iter() {
        let moves_updated = moves_updated(article, site);
        if article.precision == Precision::Written {
            published.take(article.published);
        }
        if !moves_updated {
            updated.take(article.updated);
        }
        moves.push(moves_updated);
    }
    for i in order {
        let (Some(article), Some(moves_updated)) = (articles.get_mut(i), moves.get(i)) else { continue };
        let (before, written) = (article.published, article.updated);
        if article.precision == Precision::DayOnly && site.content.ids.is_none() {
            article.published = published.next_free(before);
        }
        if *moves_updated {
            let from =
                if article.updated == before { article.published } else { article.updated.max(article.published) };
            article.updated = updated.next_free(from);
        } else {
            article.updated = article.updated.max(article.published);
        }
        article.moved |= (article.published, article.updated) != (before, written);
    }
}

/// The articles in order of their slugs, then paths. Most slugs differ in their first letters, which are compared as
/// one number.
fn by_slug(articles: &[Article]) -> Vec<usize> {
    let head =
        |slug: &str| slug.bytes().chain(std::iter::repeat(0)).take(16).fold(0u128, |n, b| n << 8 | u128::from(b));
    let mut order: Vec<(u128, usize)> = articles.iter().map(|a| head(a.slug.as_str())).zip(0..).collect();
    let whole = |i: usize| articles.get(i).map(|a| (&a.slug, &a.path));
    order.sort_unstable_by(|(a, i), (b, j)| a.cmp(b).then_with(|| whole(*i).cmp(&whole(*j))));
    order.into_iter().map(|(_, i)| i).collect()
}

/// Seconds in use, each with the next that may be free. Paths are compressed as in union-find, so that a hundred
/// thousand articles of one day cost no more than the same number spread over many days.
#[derive(Default)]
struct Taken(HashMap<i64, i64>);

impl Taken {
    fn take(&mut self, at: Timestamp) {
        self.0.entry(at.unix()).or_insert(at.unix() + 1);
    }

    fn next_free(&mut self, from: Timestamp) -> Timestamp {
        let mut free = from.unix();
        let mut walked = Vec::new();
        while let Some(next) = self.0.get(&free) {
            walked.push(free);
            free = *next;
        }
        for second in walked {
            self.0.insert(second, free + 1);
        }
        self.0.insert(free, free + 1);
        from.plus_seconds(free - from.unix())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::trial;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_unix(1_750_000_000 + second).unwrap()
    }

    fn set(all: &[(&str, i64, Precision)]) -> Vec<(String, i64, i64)> {
        let site = trial::site("https://e.org/");
        let mut articles: Vec<Article> = all
            .iter()
            .map(|(slug, second, precision)| Article {
                published: at(*second),
                updated: at(*second),
                precision: *precision,
                ..trial::article(&format!("{slug}.md"), slug)
            })
            .collect();
        spread(&mut articles, &site);
        let seconds = |t: Timestamp| t.unix() - 1_750_000_000;
        articles.iter().map(|a| (a.slug.to_string(), seconds(a.published), seconds(a.updated))).collect()
    }

    #[test]
    fn made_times_give_way() {
        use Precision::{DayOnly, Written};
        let got = set(&[("a", 0, DayOnly), ("b", 0, DayOnly), ("c", 1, Written), ("d", 0, Written), ("e", 0, Written)]);
        let want = [("a", 2, 2), ("b", 3, 3), ("c", 1, 1), ("d", 0, 0), ("e", 0, 0)];
        assert_eq!(got, want.map(|(s, p, u)| (s.to_owned(), p, u)));
    }

    #[test]
    fn a_day_of_a_hundred_thousand_articles_is_no_square() {
        let mut taken = Taken::default();
        let last = (0..100_000).map(|i| taken.next_free(at(i % 3600)).unix()).max();
        assert_eq!(last, Some(at(99_999).unix()));
    }
}
