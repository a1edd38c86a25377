//! Language tags (BCP 47), in their canonical case.

/// A well-formed language tag: `ru`, `en-GB`, `zh-Hant`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Lang(std::sync::Arc<str>);

impl Lang {
    /// Reads a tag; `_` is taken for `-`. `None` when it is not well-formed or its primary part is not of two or three letters.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim().replace('_', "-");
        let tag = oxilangtag::LanguageTag::parse_and_normalize(&text).ok()?;
        matches!(tag.primary_language().len(), 2 | 3).then(|| Self(tag.as_str().into()))
    }

    /// The tag as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The primary language alone: `en` of `en-GB`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or_default()
    }
}

impl std::fmt::Display for Lang {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}
