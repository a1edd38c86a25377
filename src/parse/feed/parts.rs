//! Elements of feeds by name: what each is to an entry, and which of several counts.

/// The vocabulary that an element belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Vocabulary {
    /// RSS: no namespace, or one of those that RSS 0.9 to 2.0 used.
    Rss,
    /// Atom 0.3 and 1.0.
    Atom,
    /// RDF, which wraps RSS 0.9 and 1.0.
    Rdf,
    /// Dublin Core elements and terms.
    Dc,
    /// The RSS content module.
    Content,
    /// FeedBurner, which replaced links by its own.
    FeedBurner,
    /// The export format of WordPress.
    WordPress,
    /// Any other vocabulary.
    Other,
}

/// Beginnings of namespace names.
const NAMESPACES: [(&str, Vocabulary); 12] = [
    ("http://www.w3.org/2005/Atom", Vocabulary::Atom),
    ("http://purl.org/atom/ns#", Vocabulary::Atom),
    ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", Vocabulary::Rdf),
    ("http://purl.org/rss/1.0/modules/content/", Vocabulary::Content),
    ("http://purl.org/rss/1.0/modules/", Vocabulary::Other),
    ("http://purl.org/rss/1.0/", Vocabulary::Rss),
    ("http://my.netscape.com/rdf/simple/0.9/", Vocabulary::Rss),
    ("http://backend.userland.com/", Vocabulary::Rss),
    ("http://blogs.law.harvard.edu/tech/rss", Vocabulary::Rss),
    ("http://purl.org/dc/", Vocabulary::Dc),
    ("http://rssnamespace.org/feedburner/", Vocabulary::FeedBurner),
    ("http://wordpress.org/export/", Vocabulary::WordPress),
];

/// Prefixes that programs use without declaring them.
pub(super) const PREFIXES: [(&str, Vocabulary); 6] = [
    ("", Vocabulary::Rss),
    ("atom", Vocabulary::Atom),
    ("rdf", Vocabulary::Rdf),
    ("dc", Vocabulary::Dc),
    ("content", Vocabulary::Content),
    ("wp", Vocabulary::WordPress),
];

/// The vocabulary of a namespace name; `None` where it is not one of feeds.
pub(super) fn space(namespace: &str) -> Option<Vocabulary> {
    let excerpt = namespace.starts_with("http://wordpress.org/export/") && namespace.contains("excerpt");
    let known = NAMESPACES.iter().find(|(name, _)| namespace.starts_with(name)).map(|(_, space)| *space);
    if excerpt { Some(Vocabulary::Other) } else { known }
}

/// What the text of an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The id of an entry.
    Id,
    /// The address of its page.
    Link,
    /// Title of a feed or an entry.
    Title,
    /// When it was published.
    Published,
    /// When it was last changed.
    Updated,
    /// Text of an entry.
    Text,
    /// `publish`, `draft` and others: WordPress.
    Status,
    /// `post`, `page` and others: WordPress.
    PostType,
    /// The program that wrote the feed.
    Generator,
    /// The name of an author; an entry may have several.
    Author,
    /// A tag; an entry may have several.
    Tag,
}

impl Part {
    /// Whether an entry may have several of them.
    pub(super) const fn is_list(self) -> bool {
        matches!(self, Self::Author | Self::Tag)
    }
}

/// The elements; of several for one part, the one with the lowest rank counts.
const ELEMENTS: [(Vocabulary, &str, Part, u8); 29] = [
    (Vocabulary::Rss, "guid", Part::Id, 0),
    (Vocabulary::Atom, "id", Part::Id, 1),
    (Vocabulary::FeedBurner, "origLink", Part::Link, 0),
    (Vocabulary::Rss, "link", Part::Link, 1),
    (Vocabulary::Rss, "title", Part::Title, 0),
    (Vocabulary::Atom, "title", Part::Title, 1),
    (Vocabulary::Dc, "title", Part::Title, 2),
    (Vocabulary::Rss, "pubDate", Part::Published, 0),
    (Vocabulary::Atom, "published", Part::Published, 1),
    (Vocabulary::Atom, "issued", Part::Published, 2),
    (Vocabulary::Dc, "date", Part::Published, 3),
    (Vocabulary::Dc, "issued", Part::Published, 4),
    (Vocabulary::Atom, "created", Part::Published, 5),
    (Vocabulary::Atom, "updated", Part::Updated, 0),
    (Vocabulary::Atom, "modified", Part::Updated, 1),
    (Vocabulary::Dc, "modified", Part::Updated, 2),
    (Vocabulary::Content, "encoded", Part::Text, 0),
    (Vocabulary::Atom, "content", Part::Text, 1),
    (Vocabulary::Rss, "description", Part::Text, 2),
    (Vocabulary::Atom, "summary", Part::Text, 3),
    (Vocabulary::WordPress, "status", Part::Status, 0),
    (Vocabulary::WordPress, "post_type", Part::PostType, 0),
    (Vocabulary::Rss, "generator", Part::Generator, 0),
    (Vocabulary::Atom, "generator", Part::Generator, 1),
    (Vocabulary::Dc, "creator", Part::Author, 0),
    (Vocabulary::Rss, "author", Part::Author, 0),
    (Vocabulary::Atom, "author", Part::Author, 0),
    (Vocabulary::Rss, "category", Part::Tag, 0),
    (Vocabulary::Dc, "subject", Part::Tag, 0),
];

/// What an element is, and its rank.
pub(super) fn part(space: Vocabulary, local: &str) -> Option<(Part, u8)> {
    let found = ELEMENTS.iter().find(|(known, name, ..)| *known == space && *name == local);
    found.map(|(.., part, rank)| (*part, *rank))
}
