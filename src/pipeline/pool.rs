//! Values that many articles share, stored once: names of tags, authors and sources, texts of findings. A head is
//! read without the others, so values are shared where heads are collected.
//!
//! This affects memory use only. Each value has a slot by the hash of its text; a value whose slot is taken replaces
//! the one in it. So the pool never grows and never searches.

use crate::diagnostic::{Diagnostic, Help};
use crate::model::{Article, Attribution, Lang, Person, TagKey};
use std::sync::Arc;

/// Places for values of one kind at most.
const MAX_POOLED_ENTRIES: usize = 1 << 15;

/// Values that were met.
pub(super) struct Pool {
    keys: Places<TagKey>,
    texts: Places<Arc<str>>,
    helps: Places<Help>,
    people: Places<Arc<[Person]>>,
    sources: Places<Arc<Attribution>>,
    languages: Places<Lang>,
}

impl Pool {
    /// For so many articles.
    pub(super) fn for_articles(articles: usize) -> Self {
        let places = articles.min(MAX_POOLED_ENTRIES).next_power_of_two();
        Self {
            keys: Places::new(places),
            texts: Places::new(places),
            helps: Places::new(places),
            people: Places::new(places),
            sources: Places::new(places),
            languages: Places::new(places),
        }
    }

    /// An article whose values are those of others, where they are the same.
    pub(super) fn article(&mut self, mut article: Article) -> Article {
        for (key, spelling, _) in article.tags.iter_mut().chain(&mut article.categories) {
            let at = spread(key.as_str());
            self.keys.share(at, key);
            self.texts.share(at, spelling);
        }
        if let Some(first) = article.authors.first() {
            self.people.share(spread(&first.name), &mut article.authors);
        }
        if let Some(source) = &mut article.attribution {
            self.sources.share(spread(&source.name), source);
        }
        if let Some(lang) = &mut article.lang {
            self.languages.share(spread(lang.as_str()), lang);
        }
        article
    }

    /// A finding likewise.
    pub(super) fn finding(&mut self, mut finding: Diagnostic) -> Diagnostic {
        let at = spread(&finding.message);
        self.texts.share(at, &mut finding.message);
        if let Some(help) = &mut finding.help {
            self.helps.share(at, help);
        }
        finding
    }
}

/// Values of one kind, each cheap to copy. The number of places is a power of two.
struct Places<T>(Vec<Option<T>>);

impl<T: Clone + Eq> Places<T> {
    fn new(places: usize) -> Self {
        Self(vec![None; places])
    }

    fn share(&mut self, at: usize, one: &mut T) {
        let last = self.0.len().saturating_sub(1);
        match self.0.get_mut(at & last) {
            Some(Some(known)) if known == one => one.clone_from(known),
            Some(place) => *place = Some(one.clone()),
            None => {}
        }
    }
}

/// A number by a text, eight bytes at a time; nothing is lost where two texts have the same.
fn spread(text: &str) -> usize {
    let (eights, rest) = text.as_bytes().as_chunks::<8>();
    let rest = rest.iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
    let eights = eights.iter().map(|eight| u64::from_le_bytes(*eight));
    let number = eights.chain([rest]).fold(0_u64, |number, next| {
        // The high bits of a product depend on all lower bits. Folding them down lets them reach the next product and
        // the slot.
        let product = (number.rotate_left(5) ^ next).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        product ^ product >> 32
    });
    usize::try_from(number & u64::from(u32::MAX)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::model::Place;
    use crate::model::trial;

    #[test]
    fn what_is_said_alike_is_kept_once() {
        let mut pool = Pool::for_articles(9);
        let mut article = |path: &str| {
            let tag = (TagKey::new("Layer2").unwrap(), "Layer2".into(), Place::WHOLE);
            let author = Person { name: "Ann".into(), email: None, url: None };
            let said = Article { tags: [tag].into(), authors: [author].into(), ..trial::article(path, "x") };
            let kept = pool.article(said.clone());
            assert_eq!(kept, said);
            kept
        };
        let (a, b) = (article("a.md"), article("b.md"));
        assert!(Arc::ptr_eq(&a.authors, &b.authors) && Arc::ptr_eq(&a.tags[0].1, &b.tags[0].1));
        let mut finding = |path: &str| {
            let said = Diagnostic::new(Code::BadDate, path, Place::WHOLE, "no date").help("write one".to_owned());
            let kept = pool.finding(said.clone());
            assert_eq!(kept, said);
            kept
        };
        assert!(Arc::ptr_eq(&finding("a.md").message, &finding("b.md").message));
    }

    #[test]
    fn whatever_meets_in_one_place_is_as_it_was() {
        let mut texts = Places::new(2);
        for n in (0..40).chain(0..40) {
            let mut text = Arc::<str>::from("word".repeat(n));
            texts.share(spread(&text), &mut text);
            assert_eq!(*text, "word".repeat(n));
        }
        assert_eq!(texts.0.iter().flatten().count(), 2);
    }

    #[test]
    fn texts_that_differ_little_have_places_of_their_own() {
        let places = |text: fn(usize) -> String| {
            let places: std::collections::HashSet<usize> =
                (0..1000).map(|n| spread(&text(n)) % MAX_POOLED_ENTRIES).collect();
            places.len()
        };
        let all = [
            places(|n| n.to_string()),
            places(|n| format!("Rollups{n}")),
            places(|n| format!("`date` is 2020-{n:03} without a time")),
        ];
        // Thrown at random, 985 of them.
        assert!(all.iter().all(|places| *places > 970), "{all:?}");
    }
}
