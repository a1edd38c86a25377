//! What a reader gets of an article: safe HTML with absolute URLs, and plain text.

use super::{AbsUrl, Attribution, Enclosure, EntryId, Fingerprint, Guids, Lang, Person, Timestamp};

/// One entry (Atom), item (RSS, JSON Feed). Complete: writers ask nothing else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The same in all formats.
    pub id: EntryId,
    /// The ids of RSS and JSON Feed, where they are others.
    pub guids: Option<Box<Guids>>,
    /// The article's own page.
    pub permalink: AbsUrl,
    /// Plain text.
    pub title: String,
    /// When it was published.
    pub published: Timestamp,
    /// When it was last changed; never before `published`.
    pub updated: Timestamp,
    /// At least one: the article's, else the site's, else the site itself.
    pub authors: Vec<Person>,
    /// Labels of its tags, in order.
    pub tags: Vec<String>,
    /// Its language.
    pub lang: Option<Lang>,
    /// Plain text, at most 300 characters where it was cut from the body. Never empty: the title where nothing else is there.
    pub summary: String,
    /// Safe HTML, every URL absolute, the credit line included. May be empty.
    pub html: String,
    /// The image.
    pub image: Option<Enclosure>,
    /// The audio, video or other file: it takes the enclosure's place, which there is only one of (RSS profile).
    pub media: Option<Enclosure>,
    /// Where it comes from.
    pub attribution: Option<Attribution>,
    /// A page elsewhere that the article comes from.
    pub via: Option<AbsUrl>,
    /// BLAKE3 of the body as written, hexadecimal: tells an edit.
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

    /// Of all that a writer can read of it.
    pub fn print(&self) -> Fingerprint {
        // Every field by its name, so that none is forgotten.
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
        // Texts as they are: to escape them would cost more than all the rest.
        let texts = [title, summary, html, body_hash].map(|text| text.as_bytes());
        Fingerprint::from_parts(std::iter::once(small.as_slice()).chain(texts))
    }
}
