//! The words of pages: those of `words.toml`, and those of the config, which win. What a language lacks is English.

use crate::model::{Axis, Lang, PageContext, Site, Timestamp, Word};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// The words of one page.
#[derive(Debug, Clone, Copy)]
pub struct PageWords<'a> {
    /// The language they are in.
    pub lang: &'a str,
    tongue: Option<&'static Tongue>,
    own: Option<&'a BTreeMap<Word, String>>,
}

/// The words of one language in `words.toml`, by the names of `Word`, and `months`.
type Tongue = BTreeMap<String, String>;

/// A test checks that the file can be read.
static TONGUES: LazyLock<BTreeMap<String, Tongue>> =
    LazyLock::new(|| toml::from_str(include_str!("words.toml")).unwrap_or_default());

impl<'a> PageWords<'a> {
    /// Those for a feed of this language: the feed's, else the site's, else English.
    pub fn for_language(lang: Option<&'a Lang>, site: &'a Site) -> Self {
        let wanted = [lang, site.lang.as_ref()].into_iter().flatten();
        let found = wanted.into_iter().find_map(|lang| {
            let texts = &site.pages.texts;
            let own =
                texts.get(lang).or_else(|| texts.iter().find(|(l, _)| l.as_str() == lang.primary()).map(|(_, t)| t));
            (own.is_some() || tongue(lang.primary()).is_some()).then_some((lang.as_str(), own))
        });
        let (lang, own) = found.unwrap_or(("en", None));
        Self { lang, tongue: tongue(lang), own }
    }

    /// Those that a feed carries.
    pub fn on(face: &'a PageContext) -> Self {
        let lang = face.tongue.as_str();
        Self { lang, tongue: tongue(lang), own: Some(&face.texts) }
    }

    /// The words that the config gives.
    pub fn own(&self) -> BTreeMap<Word, String> {
        self.own.cloned().unwrap_or_default()
    }

    /// A word of the page's text in its language.
    pub fn word(&self, word: Word) -> &'a str {
        let own = self.own.and_then(|own| own.get(&word));
        let known = |tongue: Option<&'static Tongue>| tongue?.get(word.name());
        own.or_else(|| known(self.tongue)).or_else(|| known(tongue("en"))).map_or("", String::as_str)
    }

    /// The heading of a family of feeds.
    pub fn of_family(&self, axis: Option<Axis>) -> &'a str {
        self.word(match axis {
            Some(Axis::Tag) => Word::Tags,
            Some(Axis::Category) => Word::Categories,
            Some(Axis::Author) => Word::Authors,
            Some(Axis::Source) => Word::Sources,
            Some(Axis::Lang) => Word::Languages,
            Some(Axis::Section) => Word::Sections,
            None => Word::Selections,
        })
    }

    /// A day as people write it; in other languages as all can read it: `2025-06-08`.
    pub fn day(&self, at: Timestamp) -> String {
        use chrono::Datelike;
        let day = at.datetime();
        let Some(months) = self.tongue.and_then(|tongue| tongue.get("months")) else {
            return day.format("%Y-%m-%d").to_string();
        };
        let month = months.split(' ').nth(day.month0() as usize).unwrap_or_default();
        format!("{} {month} {}", day.day(), day.year())
    }
}

fn tongue(lang: &str) -> Option<&'static Tongue> {
    TONGUES.get(lang.split('-').next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::sample::site;

    #[test]
    fn every_language_has_words_of_pages_and_twelve_months() {
        let tongues: BTreeMap<String, Tongue> = toml::from_str(include_str!("words.toml")).unwrap();
        for (lang, words) in &tongues {
            let known = |key: &str| key == "months" || Word::ALL.iter().any(|word| word.name() == key);
            assert_eq!(words.keys().find(|key| !known(key)), None, "[{lang}]");
            assert!(words.get("months").is_none_or(|months| months.split(' ').count() == 12), "[{lang}]");
        }
        assert!(Word::ALL.iter().all(|word| tongues["en"].contains_key(word.name())));
    }

    #[test]
    fn the_feeds_language_then_the_sites_then_english() {
        let mut site = site("https://example.org/");
        let lang = |tag: &str| Lang::new(tag).unwrap();
        let word = |tag: &str, site: &Site| PageWords::for_language(Some(&lang(tag)), site).word(Word::Copy).to_owned();
        assert_eq!((word("ru-RU", &site), word("en-GB", &site)), ("Копировать".into(), "Copy".into()));
        assert_eq!(word("de", &site), "Копировать", "the site's language is known, the feed's is not");
        site.lang = Lang::new("ja");
        assert_eq!((word("de", &site), PageWords::for_language(None, &site).lang), ("Copy".into(), "en"));
        site.pages.texts.insert(lang("de"), BTreeMap::from([(Word::Copy, "Kopieren".into())]));
        site.pages.texts.insert(lang("ru"), BTreeMap::from([(Word::Copy, "Взять".into())]));
        assert_eq!((word("de-AT", &site), word("ru", &site)), ("Kopieren".into(), "Взять".into()));
        let german = lang("de");
        let words = PageWords::for_language(Some(&german), &site);
        assert_eq!(words.word(Word::Copied), "Copied", "what a language lacks is English");
        assert_eq!(words.day(Timestamp::from_unix(1_749_330_000).unwrap()), "2025-06-07");
        assert_eq!(
            PageWords::for_language(Some(&lang("ru")), &site).day(Timestamp::from_unix(0).unwrap()),
            "1 января 1970"
        );
    }
}
