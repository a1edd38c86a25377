//! "Did you mean": the nearest known word to a misspelt one.

/// The nearest of the known words, if one is near enough to be meant.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A word of megabytes is not a typing error, and comparing it would take minutes.
    if word.len() > 200 {
        return None;
    }
    let word = word.to_lowercase();
    known
        .into_iter()
        .map(|k| (strsim::damerau_levenshtein(&word, &k.to_lowercase()), k))
        .filter(|(distance, k)| *distance <= 1.max(k.chars().count().min(word.chars().count()) / 3))
        .min()
        .map(|(_, k)| k)
}

#[cfg(test)]
mod tests {
    #[test]
    fn near_words_only() {
        assert_eq!(super::nearest("tilte", ["title", "url"]), Some("title"));
        assert_eq!(super::nearest("zebra", ["title", "url"]), None);
    }
}
