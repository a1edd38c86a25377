//! Elements of feeds by name: what each is to an entry, and which of several counts.

/// The vocabulary that an element belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Space {
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
    /// Any other.
    Other,
}

/// Beginnings of namespace names.
const NAMESPACES: [(&str, Space); 12] = [
    ("http://www.w3.org/2005/Atom", Space::Atom),
    ("http://purl.org/atom/ns#", Space::Atom),
    ("http://www.w3.org/1999/02/22-rdf-syntax-ns#", Space::Rdf),
    ("http://purl.org/rss/1.0/modules/content/", Space::Content),
    ("http://purl.org/rss/1.0/modules/", Space::Other),
    ("http://purl.org/rss/1.0/", Space::Rss),
    ("http://my.netscape.com/rdf/simple/0.9/", Space::Rss),
    ("http://backend.userland.com/", Space::Rss),
    ("http://blogs.law.harvard.edu/tech/rss", Space::Rss),
    ("http://purl.org/dc/", Space::Dc),
    ("http://rssnamespace.org/feedburner/", Space::FeedBurner),
    ("http://wordpress.org/export/", Space::WordPress),
];

/// Prefixes that programs use without declaring them.
pub(super) const PREFIXES: [(&str, Space); 6] = [
    ("", Space::Rss),
    ("atom", Space::Atom),
    ("rdf", Space::Rdf),
    ("dc", Space::Dc),
    ("content", Space::Content),
    ("wp", Space::WordPress),
];

/// The vocabulary of a namespace name; `None` where it is not one of feeds.
pub(super) fn space(namespace: &str) -> Option<Space> {
    let excerpt = namespace.starts_with("http://wordpress.org/export/") && namespace.contains("excerpt");
    let known = NAMESPACES.iter().find(|(name, _)| namespace.starts_with(name)).map(|(_, space)| *space);
    if excerpt { Some(Space::Other) } else { known }
}

/// What the text of an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The id of an entry.
    Id,
    /// The address of its page.
    Link,
    /// Its title.
    Title,
    /// When it was published.
    Published,
    /// When it was last changed.
    Updated,
    /// Its text.
    Text,
    /// `publish`, `draft` and others: WordPress.
    Status,
    /// `post`, `page` and others: WordPress.
    PostType,
    /// The program that wrote the feed.
    Generator,
}

/// The elements; of several for one part, the one with the lowest rank counts.
const ELEMENTS: [(Space, &str, Part, u8); 24] = [
    (Space::Rss, "guid", Part::Id, 0),
    (Space::Atom, "id", Part::Id, 1),
    (Space::FeedBurner, "origLink", Part::Link, 0),
    (Space::Rss, "link", Part::Link, 1),
    (Space::Rss, "title", Part::Title, 0),
    (Space::Atom, "title", Part::Title, 1),
    (Space::Dc, "title", Part::Title, 2),
    (Space::Rss, "pubDate", Part::Published, 0),
    (Space::Atom, "published", Part::Published, 1),
    (Space::Atom, "issued", Part::Published, 2),
    (Space::Dc, "date", Part::Published, 3),
    (Space::Dc, "issued", Part::Published, 4),
    (Space::Atom, "created", Part::Published, 5),
    (Space::Atom, "updated", Part::Updated, 0),
    (Space::Atom, "modified", Part::Updated, 1),
    (Space::Dc, "modified", Part::Updated, 2),
    (Space::Content, "encoded", Part::Text, 0),
    (Space::Atom, "content", Part::Text, 1),
    (Space::Rss, "description", Part::Text, 2),
    (Space::Atom, "summary", Part::Text, 3),
    (Space::WordPress, "status", Part::Status, 0),
    (Space::WordPress, "post_type", Part::PostType, 0),
    (Space::Rss, "generator", Part::Generator, 0),
    (Space::Atom, "generator", Part::Generator, 1),
];

/// What an element is, and its rank.
pub(super) fn part(space: Space, local: &str) -> Option<(Part, u8)> {
    let found = ELEMENTS.iter().find(|(known, name, ..)| *known == space && *name == local);
    found.map(|(.., part, rank)| (*part, *rank))
}
