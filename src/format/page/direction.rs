//! Which way a language is written: by its script where the tag names one (`az-Arab`), else by the language.

/// Languages written from right to left by default (CLDR, characterOrder).
const LEFTWARDS: [&str; 17] =
    ["ar", "arc", "ckb", "dv", "fa", "glk", "he", "iw", "ks", "lrc", "mzn", "nqo", "ps", "sd", "ug", "ur", "yi"];

/// Scripts written from right to left.
const LEFTWARD_SCRIPTS: [&str; 8] = ["adlm", "arab", "hebr", "mand", "nkoo", "rohg", "syrc", "thaa"];

/// `rtl` or `ltr`, for a language tag.
pub fn for_language(tag: &str) -> &'static str {
    let mut parts = tag.split('-').map(str::to_ascii_lowercase);
    let language = parts.next().unwrap_or_default();
    let leftwards = match parts.find(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_alphabetic())) {
        Some(script) => LEFTWARD_SCRIPTS.contains(&script.as_str()),
        None => LEFTWARDS.contains(&language.as_str()),
    };
    if leftwards { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests {
    #[test]
    fn script_before_language() {
        let of = |tag| super::for_language(tag);
        assert_eq!([of("he"), of("ar-EG"), of("az-Arab"), of("pa-Arab-PK")], ["rtl"; 4]);
        assert_eq!([of("ru"), of("en-GB"), of("uz-Latn"), of("fa-Latn"), of("")], ["ltr"; 5]);
    }
}
