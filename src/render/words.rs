//! Texts that feedmill writes into articles, by language: the table `words.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

type Words = BTreeMap<String, BTreeMap<String, String>>;

/// `words.toml`; a test checks that it can be read.
static WORDS: LazyLock<Words> = LazyLock::new(|| toml::from_str(include_str!("words.toml")).unwrap_or_default());

/// A text in a language, otherwise in English; empty if the table has no such text.
pub fn word(key: &str, language: &str) -> &'static str {
    let find = |language: &str| WORDS.get(language)?.get(key);
    find(language).or_else(|| find("en")).map_or("", String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_words_that_english_has() {
        let words: Words = toml::from_str(include_str!("words.toml")).unwrap();
        for (language, own) in &words {
            let strange = own.keys().find(|key| !words["en"].contains_key(*key));
            assert_eq!(strange, None, "[{language}]");
            assert!(own.values().all(|word| !word.is_empty()) && own.contains_key("source"), "[{language}]");
            assert!(crate::model::Lang::new(language).is_some(), "[{language}]");
        }
        assert_eq!((word("source", "de"), word("note", "cs"), word("row", "de")), ("Quelle: ", "Note", ""));
    }
}
