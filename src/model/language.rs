//! Language tags (BCP 47), in their canonical case.

/// A well-formed language tag: `ru`, `en-GB`, `zh-Hant`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Lang(std::sync::Arc<str>);

impl Lang {
    /// Reads a tag; `_` is read as `-`. `None` if it is not well-formed, or if its primary part is not a language: two
    /// letters must be in ISO 639-1 (`jp` and `ua` are countries), any three are accepted. A withdrawn code becomes the
    /// current one: `iw` is `he`.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim().replace('_', "-");
        let tag = oxilangtag::LanguageTag::parse_and_normalize(&text).ok()?;
        let primary = tag.primary_language();
        let known = primary.len() == 3 || TWO_LETTERS.binary_search(&primary).is_ok();
        let current = CURRENT.iter().find(|(withdrawn, _)| *withdrawn == primary);
        known.then(|| match (current, tag.as_str().strip_prefix(primary)) {
            (Some((_, current)), Some(rest)) => Self([current, rest].concat().into()),
            _ => Self(tag.as_str().into()),
        })
    }

    /// The tag as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The primary language: `en` for `en-GB`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }
}

impl std::fmt::Display for Lang {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// Withdrawn codes and those that replaced them (IANA Language Subtag Registry, "Preferred-Value").
const CURRENT: [(&str, &str); 5] = [("in", "id"), ("iw", "he"), ("ji", "yi"), ("jw", "jv"), ("mo", "ro")];

/// ISO 639-1, and the codes that were part of it (`in`, `iw`, `ji`, `jw`, `mo`, `sh`).
const TWO_LETTERS: [&str; 190] = [
    "aa", "ab", "ae", "af", "ak", "am", "an", "ar", "as", "av", "ay", "az", "ba", "be", "bg", "bh", "bi", "bm", "bn",
    "bo", "br", "bs", "ca", "ce", "ch", "co", "cr", "cs", "cu", "cv", "cy", "da", "de", "dv", "dz", "ee", "el", "en",
    "eo", "es", "et", "eu", "fa", "ff", "fi", "fj", "fo", "fr", "fy", "ga", "gd", "gl", "gn", "gu", "gv", "ha", "he",
    "hi", "ho", "hr", "ht", "hu", "hy", "hz", "ia", "id", "ie", "ig", "ii", "ik", "in", "io", "is", "it", "iu", "iw",
    "ja", "ji", "jv", "jw", "ka", "kg", "ki", "kj", "kk", "kl", "km", "kn", "ko", "kr", "ks", "ku", "kv", "kw", "ky",
    "la", "lb", "lg", "li", "ln", "lo", "lt", "lu", "lv", "mg", "mh", "mi", "mk", "ml", "mn", "mo", "mr", "ms", "mt",
    "my", "na", "nb", "nd", "ne", "ng", "nl", "nn", "no", "nr", "nv", "ny", "oc", "oj", "om", "or", "os", "pa", "pi",
    "pl", "ps", "pt", "qu", "rm", "rn", "ro", "ru", "rw", "sa", "sc", "sd", "se", "sg", "sh", "si", "sk", "sl", "sm",
    "sn", "so", "sq", "sr", "ss", "st", "su", "sv", "sw", "ta", "te", "tg", "th", "ti", "tk", "tl", "tn", "to", "tr",
    "ts", "tt", "tw", "ty", "ug", "uk", "ur", "uz", "ve", "vi", "vo", "wa", "wo", "xh", "yi", "yo", "za", "zh", "zu",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_and_no_countries() {
        assert!(TWO_LETTERS.is_sorted());
        let tag = |text: &str| Lang::new(text).map(|lang| lang.to_string());
        for (written, read) in [
            ("EN_gb", "en-GB"),
            ("no", "no"),
            ("zh-hant", "zh-Hant"),
            ("uk", "uk"),
            ("aa", "aa"),
            ("zu", "zu"),
            ("deu", "deu"),
            ("iw", "he"),
            ("iw_IL", "he-IL"),
            ("in-ID", "id-ID"),
            ("ji", "yi"),
            ("JW", "jv"),
            ("mo", "ro"),
            ("is", "is"),
        ] {
            assert_eq!(tag(written).as_deref(), Some(read));
        }
        for none in ["jp", "cn", "ua", "xx-YY", "english", "e", "", "en-", "русский", "x-klingon"] {
            assert_eq!(tag(none), None, "{none}");
        }
    }
}
