//! An entry, the published form of an article: safe HTML with absolute URLs, and plain text.

use super::{AbsUrl, Attribution, Enclosure, EntryId, Fingerprint, Guids, Lang, Person, Timestamp};

/// One entry (Atom) or item (RSS, JSON Feed). It is complete: writers need nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The entry id, equal in all formats.
    pub id: EntryId,
    /// The ids of RSS and JSON Feed, where they are others.
    pub guids: Option<Box<Guids>>,
    /// The article's own page.
    pub permalink: AbsUrl,
    /// The title as plain text.
    pub title: String,
    /// When it was published.
    pub published: Timestamp,
    /// When it was last changed; never before `published`.
    pub updated: Timestamp,
    /// At least one: the article's authors, otherwise the site's, otherwise the site itself.
    pub authors: Vec<Person>,
    /// The labels of its tags, in order.
    pub tags: Vec<String>,
    /// The language of the content.
    pub lang: Option<Lang>,
    /// Plain text, at most 300 characters if it was cut from the body. Never empty: the title if nothing else is
    /// available.
    pub summary: String,
    /// Safe HTML, every URL absolute, the credit line included. May be empty.
    pub html: String,
    /// The main image.
    pub image: Option<Enclosure>,
    /// The audio, video or other file. It replaces the image as the enclosure, because only one is allowed (RSS
    /// profile).
    pub media: Option<Enclosure>,
    /// The source it comes from.
    pub attribution: Option<Attribution>,
    /// A page elsewhere that the article comes from.
    pub via: Option<AbsUrl>,
    /// BLAKE3 of the body as written, hexadecimal; detects edits.
    pub body_hash: String,
}

impl Entry {
    /// The guid of RSS.
    pub fn rss_guid(&self) -> &str {
        self.guids.as_ref().map_or(self.id.as_str(), |guids| &guids.rss)
    }

    /// The id of JSON Feed.
    pub fn json_id(&self) -> &str {
        self.guids.as_ref().map_or(self.id.as_str(), |guids| &guids.json)
    }

    /// Fingerprint of everything that a writer can read from it.
    pub fn print(&self) -> Fingerprint {
        // Every field is named, so that a new field cannot be forgotten.
        let Self {
            id,
            guids,
            permalink,
            title,
            published,
            updated,
            authors,
            tags,
            lang,
            summary,
            html,
            image,
            media,
            attribution,
            via,
            body_hash,
        } = self;
        let small = ((id, guids), permalink, published, updated, authors, tags, lang, image, media, attribution, via);
        let small = serde_json::to_vec(&small).unwrap_or_default();
        // Texts are used as they are: formatting them with `Debug` would cost more than everything else here.
        let texts = [title, summary, html, body_hash].map(|text| text.as_bytes());
        Fingerprint::from_parts(std::iter::once(small.as_slice()).chain(texts))
    }
}
