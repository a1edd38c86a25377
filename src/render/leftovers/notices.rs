//! Boxes that engines print around a note, a tip or a warning: the words that name them (`notices.toml`), and the title
//! if the author wrote none.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Words by the kind of box they name.
type Kinds = BTreeMap<String, Vec<String>>;

/// `notices.toml`; a test checks that it can be read.
static KINDS: LazyLock<Kinds> = LazyLock::new(|| toml::from_str(include_str!("notices.toml")).unwrap_or_default());

/// The kind of box that a word names, in any case; empty for a box without a kind.
pub fn kind(word: &str) -> Option<&'static str> {
    let word = word.to_lowercase();
    KINDS.iter().find(|(_, words)| words.contains(&word)).map(|(kind, _)| kind.as_str())
}

/// The title of a box of this kind in this language.
pub fn title(kind: &str, language: &str) -> &'static str {
    crate::render::words::word(kind, language)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_names_one_kind() {
        let kinds: Kinds = toml::from_str(include_str!("notices.toml")).unwrap();
        for (kind, word) in kinds.iter().flat_map(|(kind, words)| words.iter().map(move |word| (kind, word))) {
            assert_eq!(super::kind(word), Some(kind.as_str()), "{word} names two kinds, or is not in small letters");
        }
    }

    #[test]
    fn boxes_have_words() {
        assert_eq!(kind("NOTE").map(|kind| title(kind, "ru")), Some("Примечание"));
        assert_eq!(kind("message").map(|kind| title(kind, "ja")), Some(""));
        assert_eq!(kind("row"), None);
    }
}
