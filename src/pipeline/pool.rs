//! What many articles say alike, kept once: the names of tags, authors and sources, the texts of findings. A head alone
//! cannot know what others say, so this is done where they are put side by side. Only memory hangs on it.

use crate::diagnostic::{Diagnostic, Help};
use crate::model::{Article, Attribution, Lang, Person, TagKey};
use std::collections::HashSet;
use std::hash::Hash;
use std::sync::Arc;

/// Values of one kind at most. Where there are more, most of them are said once, and it begins anew.
const MOST: usize = 1 << 16;

/// Values that were met.
#[derive(Default)]
pub(super) struct Pool {
    keys: Known<TagKey>,
    texts: Known<Arc<str>>,
    helps: Known<Help>,
    people: Known<Arc<[Person]>>,
    sources: Known<Arc<Attribution>>,
    languages: Known<Lang>,
}

impl Pool {
    /// An article whose values are those of others, where they are the same.
    pub(super) fn article(&mut self, mut article: Article) -> Article {
        for (key, spelling, _) in article.tags.iter_mut().chain(&mut article.categories) {
            self.keys.share(key);
            self.texts.share(spelling);
        }
        self.people.share(&mut article.authors);
        article.attribution.iter_mut().for_each(|source| self.sources.share(source));
        article.lang.iter_mut().for_each(|lang| self.languages.share(lang));
        article
    }

    /// A finding likewise.
    pub(super) fn finding(&mut self, mut finding: Diagnostic) -> Diagnostic {
        self.texts.share(&mut finding.message);
        finding.help.iter_mut().for_each(|help| self.helps.share(help));
        finding
    }
}

/// Values of one kind, each cheap to copy.
struct Known<T>(HashSet<T>);

impl<T> Default for Known<T> {
    fn default() -> Self {
        Self(HashSet::new())
    }
}

impl<T: Clone + Eq + Hash> Known<T> {
    fn share(&mut self, one: &mut T) {
        if let Some(known) = self.0.get(one) {
            one.clone_from(known);
            return;
        }
        if self.0.len() == MOST {
            self.0.clear();
        }
        self.0.insert(one.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;
    use crate::model::Place;
    use crate::normalise::trial;

    #[test]
    fn what_is_said_alike_is_kept_once() {
        let mut pool = Pool::default();
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
    fn it_does_not_grow_without_end() {
        let mut texts = Known::default();
        for n in 0..MOST + 10 {
            texts.share(&mut Arc::<str>::from(n.to_string()));
        }
        assert_eq!(texts.0.len(), 10);
    }
}
