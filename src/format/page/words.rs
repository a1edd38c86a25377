//! The words of pages: English and Russian, others from the config, which stands above both. What a language lacks is English.

use crate::model::{Axis, Face, Lang, Site, Timestamp, Word};
use std::collections::BTreeMap;

/// The words of one page.
#[derive(Debug, Clone, Copy)]
pub struct Words<'a> {
    /// The language they are in.
    pub lang: &'a str,
    tongue: Tongue,
    own: Option<&'a BTreeMap<Word, String>>,
}

/// A language that feedmill knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tongue {
    English,
    Russian,
    Other,
}

impl<'a> Words<'a> {
    /// Those for a feed of this language: the feed's, else the site's, else English.
    pub fn of(lang: Option<&'a Lang>, site: &'a Site) -> Self {
        let wanted = [lang, site.lang.as_ref()].into_iter().flatten();
        let found = wanted.into_iter().find_map(|lang| {
            let texts = &site.pages.texts;
            let own =
                texts.get(lang).or_else(|| texts.iter().find(|(l, _)| l.as_str() == lang.primary()).map(|(_, t)| t));
            (own.is_some() || Tongue::of(lang.primary()) != Tongue::Other).then_some((lang.as_str(), own))
        });
        let (lang, own) = found.unwrap_or(("en", None));
        Self { lang, tongue: Tongue::of(primary(lang)), own }
    }

    /// Those that a feed carries.
    pub fn on(face: &'a Face) -> Self {
        let lang = face.tongue.as_str();
        Self { lang, tongue: Tongue::of(primary(lang)), own: Some(&face.texts) }
    }

    /// The words that the config gives.
    pub fn own(&self) -> BTreeMap<Word, String> {
        self.own.cloned().unwrap_or_default()
    }

    /// A word.
    pub fn word(&self, word: Word) -> &'a str {
        match self.own.and_then(|own| own.get(&word)) {
            Some(text) => text,
            None if self.tongue == Tongue::Russian => russian(word),
            None => english(word),
        }
    }

    /// The heading of a family of feeds.
    pub fn of_family(&self, axis: Option<Axis>) -> &'a str {
        self.word(match axis {
            Some(Axis::Tag) => Word::Tags,
            Some(Axis::Category) => Word::Categories,
            Some(Axis::Author) => Word::Authors,
            Some(Axis::Source) => Word::Sources,
            Some(Axis::Lang) => Word::Languages,
            None => Word::Selections,
        })
    }

    /// A day as people write it; in other languages as all can read it: `2025-06-08`.
    pub fn day(&self, at: Timestamp) -> String {
        use chrono::Datelike;
        let day = at.datetime();
        let months = match self.tongue {
            Tongue::English => ENGLISH_MONTHS,
            Tongue::Russian => RUSSIAN_MONTHS,
            Tongue::Other => return day.format("%Y-%m-%d").to_string(),
        };
        let month = months.split(' ').nth(day.month0() as usize).unwrap_or_default();
        format!("{} {month} {}", day.day(), day.year())
    }
}

impl Tongue {
    fn of(primary: &str) -> Self {
        match primary {
            "en" => Self::English,
            "ru" => Self::Russian,
            _ => Self::Other,
        }
    }
}

fn primary(lang: &str) -> &str {
    lang.split('-').next().unwrap_or_default()
}

const ENGLISH_MONTHS: &str = "January February March April May June July August September October November December";
const RUSSIAN_MONTHS: &str = "января февраля марта апреля мая июня июля августа сентября октября ноября декабря";

const fn english(word: Word) -> &'static str {
    match word {
        Word::Skip => "Skip to the articles",
        Word::Feed => "Feed",
        Word::About => {
            "A feed is a list of articles that a program can follow for you. Add it to a feed reader, and every new article \
             comes to you by itself: no account here, no e-mail address."
        }
        Word::Subscribe => "Subscribe",
        Word::Reader => "Your feed reader",
        Word::Addresses => "Or paste one of these addresses into any feed reader. They bring the same articles.",
        Word::Elsewhere => {
            "In Miniflux open “Feeds”, then “Add feed”; in FreshRSS “Subscription management”, then “Add a feed”."
        }
        Word::Copy => "Copy",
        Word::Copied => "Copied",
        Word::Latest => "Latest articles",
        Word::Source => "Source:",
        Word::Related => "Related tags",
        Word::AllFeeds => "All feeds",
        Word::Tags => "Tags",
        Word::Categories => "Categories",
        Word::Authors => "Authors",
        Word::Sources => "Sources",
        Word::Languages => "Languages",
        Word::Selections => "Selections",
        Word::Filter => "Find a feed",
        Word::Found => "{shown} of {all}",
        Word::Opml => "All feeds in one file, for import (OPML)",
    }
}

const fn russian(word: Word) -> &'static str {
    match word {
        Word::Skip => "Сразу к статьям",
        Word::Feed => "Лента",
        Word::About => {
            "Лента — это список статей, за которым программа может следить вместо вас. Добавьте её в программу для чтения \
             лент, и каждая новая статья придёт к вам сама: без регистрации и без адреса почты."
        }
        Word::Subscribe => "Подписаться",
        Word::Reader => "Ваша программа",
        Word::Addresses => {
            "Или вставьте один из этих адресов в любую программу для чтения лент. Статьи в них одни и те же."
        }
        Word::Elsewhere => {
            "В Miniflux и FreshRSS откройте управление подписками, выберите добавление ленты и вставьте адрес."
        }
        Word::Copy => "Копировать",
        Word::Copied => "Готово",
        Word::Latest => "Последние статьи",
        Word::Source => "Источник:",
        Word::Related => "Похожие метки",
        Word::AllFeeds => "Все ленты",
        Word::Tags => "Метки",
        Word::Categories => "Рубрики",
        Word::Authors => "Авторы",
        Word::Sources => "Источники",
        Word::Languages => "Языки",
        Word::Selections => "Подборки",
        Word::Filter => "Найти ленту",
        Word::Found => "{shown} из {all}",
        Word::Opml => "Все ленты одним файлом для переноса (OPML)",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::sample::site;

    #[test]
    fn the_feeds_language_then_the_sites_then_english() {
        let mut site = site("https://example.org/");
        let lang = |tag: &str| Lang::new(tag).unwrap();
        let word = |tag: &str, site: &Site| Words::of(Some(&lang(tag)), site).word(Word::Copy).to_owned();
        assert_eq!((word("ru-RU", &site), word("en-GB", &site)), ("Копировать".into(), "Copy".into()));
        assert_eq!(word("de", &site), "Копировать", "the site's language is known, the feed's is not");
        site.lang = Lang::new("ja");
        assert_eq!((word("de", &site), Words::of(None, &site).lang), ("Copy".into(), "en"));
        site.pages.texts.insert(lang("de"), BTreeMap::from([(Word::Copy, "Kopieren".into())]));
        site.pages.texts.insert(lang("ru"), BTreeMap::from([(Word::Copy, "Взять".into())]));
        assert_eq!((word("de-AT", &site), word("ru", &site)), ("Kopieren".into(), "Взять".into()));
        let german = lang("de");
        let words = Words::of(Some(&german), &site);
        assert_eq!(words.word(Word::Copied), "Copied", "what a language lacks is English");
        assert_eq!(words.day(Timestamp::from_unix(1_749_330_000).unwrap()), "2025-06-07");
        assert_eq!(Words::of(Some(&lang("ru")), &site).day(Timestamp::from_unix(0).unwrap()), "1 января 1970");
    }
}
