//! The namespaces that feeds use, and the prefixes that readers expect for them (XML Namespaces section 5; RSS 2.0,
//! Extending RSS). Some readers look at the prefix alone, so a known prefix must not mean anything else.

/// What a name belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Space {
    /// No namespace: RSS itself, and nearly all attributes.
    None,
    /// `xml:lang` and its kin.
    Xml,
    /// The namespace of Atom 1.0.
    Atom,
    /// RSS 1.0 content module.
    Content,
    /// Dublin Core elements.
    Dc,
    /// The namespace of Media RSS.
    Media,
    /// The namespace of Apple podcasts.
    Itunes,
    /// RSS 1.0 syndication module.
    Syndication,
    /// The namespace of the slash module.
    Slash,
    /// Well-Formed Web comments.
    Wfw,
    /// Atom threading (RFC 4685).
    Thread,
    /// Feed paging and archiving (RFC 5005).
    History,
    /// W3C basic geo.
    Geo,
    /// The namespace of GeoRSS simple.
    GeoRss,
    /// The namespace of XHTML.
    Xhtml,
    /// Known to validators, with no rule here.
    Other,
    /// A namespace that validators do not know.
    Unknown,
    /// A prefix without a declaration; reported where it is used.
    Unbound,
}

/// Prefix, namespace, what it is.
const KNOWN: &[(&str, &str, Space)] = &[
    ("atom", "http://www.w3.org/2005/Atom", Space::Atom),
    ("content", "http://purl.org/rss/1.0/modules/content/", Space::Content),
    ("dc", "http://purl.org/dc/elements/1.1/", Space::Dc),
    ("media", "http://search.yahoo.com/mrss/", Space::Media),
    ("itunes", "http://www.itunes.com/dtds/podcast-1.0.dtd", Space::Itunes),
    ("sy", "http://purl.org/rss/1.0/modules/syndication/", Space::Syndication),
    ("slash", "http://purl.org/rss/1.0/modules/slash/", Space::Slash),
    ("wfw", "http://wellformedweb.org/CommentAPI/", Space::Wfw),
    ("thr", "http://purl.org/syndication/thread/1.0", Space::Thread),
    ("fh", "http://purl.org/syndication/history/1.0", Space::History),
    ("geo", "http://www.w3.org/2003/01/geo/wgs84_pos#", Space::Geo),
    ("georss", "http://www.georss.org/georss", Space::GeoRss),
    ("xhtml", "http://www.w3.org/1999/xhtml", Space::Xhtml),
    ("dcterms", "http://purl.org/dc/terms/", Space::Other),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#", Space::Other),
    ("creativeCommons", "http://backend.userland.com/creativeCommonsRssModule", Space::Other),
    ("cc", "http://web.resource.org/cc/", Space::Other),
    ("trackback", "http://madskills.com/public/xml/rss/module/trackback/", Space::Other),
    ("admin", "http://webns.net/mvcb/", Space::Other),
    ("feedburner", "http://rssnamespace.org/feedburner/ext/1.0", Space::Other),
    ("opensearch", "http://a9.com/-/spec/opensearch/1.1/", Space::Other),
    ("app", "http://www.w3.org/2007/app", Space::Other),
    ("gd", "http://schemas.google.com/g/2005", Space::Other),
    ("gml", "http://www.opengis.net/gml", Space::Other),
    ("podcast", "https://podcastindex.org/namespace/1.0", Space::Other),
];

impl Space {
    /// What a namespace name is. Names are compared as strings (XML Namespaces section 2.3).
    pub(super) fn from_uri(uri: &str) -> Self {
        match uri {
            "" => Self::None,
            "http://www.w3.org/XML/1998/namespace" => Self::Xml,
            _ => KNOWN.iter().find(|(_, known, _)| *known == uri).map_or(Self::Unknown, |(.., space)| *space),
        }
    }
}

/// The namespace that a declaration should have named: by its prefix, or because it is a known one misspelt.
pub(super) fn meant(prefix: &str, uri: &str) -> Option<&'static str> {
    if let Some((_, known, _)) = KNOWN.iter().find(|(known, ..)| *known == prefix) {
        return (*known != uri).then_some(known);
    }
    let near = |uri: &str| {
        let rest = uri.strip_prefix("https://").or_else(|| uri.strip_prefix("http://")).unwrap_or(uri);
        rest.trim_end_matches(['/', '#']).trim_start_matches("www.").to_ascii_lowercase()
    };
    let known = KNOWN.iter().find(|(_, known, _)| near(known) == near(uri))?.1;
    (known != uri).then_some(known)
}
