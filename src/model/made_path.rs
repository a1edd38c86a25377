//! Which paths below the output folder feedmill can write. A manifest that lists another path was not written by
//! feedmill.

use super::{Axis, Coding, FeedPath, FeedRule, Format, SelfLink, Site};
use std::collections::{BTreeMap, BTreeSet};

/// Files for servers that feedmill writes (`output.headers`).
const HOST_FILES: [&str; 5] = ["_headers", "_redirects", ".htaccess", ".feedmill/nginx.conf", ".feedmill/Caddyfile"];

/// The paths at which a site can have documents: the default ones, and those of its config.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DocumentPaths {
    /// Addresses of one document, by its path.
    exact: BTreeMap<String, Vec<(Format, FeedPath)>>,
    /// Addresses with `{slug}`.
    patterns: Vec<(Format, FeedPath)>,
    /// The address of each copy, with that of its document where the copy gives it as its own.
    copies: Vec<(FeedPath, Option<FeedPath>)>,
    /// Copies that the config has asked for.
    former: BTreeSet<String>,
}

impl DocumentPaths {
    /// Those of a site.
    pub fn new(site: &Site) -> Self {
        let of_rule = |rule: &FeedRule| match rule {
            FeedRule::By { paths, .. } | FeedRule::Custom { paths, .. } => paths.clone(),
        };
        let mut own = Self::default();
        for paths in std::iter::once(site.output.paths.clone()).chain(site.feeds.iter().map(of_rule)) {
            paths.iter().for_each(|(format, path)| own.add(format, path.clone()));
        }
        for copy in &site.output.old_addresses.copies {
            Format::ALL.iter().for_each(|format| own.add(*format, copy.at.clone()));
            own.copies.push((copy.at.clone(), (copy.self_link == SelfLink::Document).then(|| copy.of.clone())));
        }
        own
    }

    /// The same, and those at these URLs, of one feed in the order of [`Format::ALL`].
    pub fn with_addresses(mut self, urls: &[Box<str>; 3], site: &Site) -> Self {
        for (format, url) in Format::ALL.into_iter().zip(urls) {
            let address = url.strip_prefix(site.output.url.as_str()).filter(|address| !is_document_path(address));
            let path = address.and_then(|address| FeedPath::new(&format!("/{address}")).ok());
            if let Some(path) = path.filter(|path| !path.has_slug()) {
                self.add(format, path);
            }
        }
        self
    }

    fn add(&mut self, format: Format, path: FeedPath) {
        match path.has_slug() {
            true => self.patterns.push((format, path)),
            false => self.exact.entry(path.file(format)).or_default().push((format, path)),
        }
    }

    /// Adds the paths of copies that the config has asked for.
    pub fn admit(&mut self, copies: BTreeSet<String>) {
        self.former.extend(copies);
    }

    /// Whether a path is that of a document: by the config, or by default.
    pub fn holds(&self, path: &str) -> bool {
        is_document_path(path)
            || self.former.contains(path)
            || Format::ALL.iter().any(|format| self.find(path, *format).is_some())
    }

    /// The address of the config by which a document of this format lies at a path.
    pub fn find(&self, path: &str, format: Format) -> Option<&FeedPath> {
        let exact = self.exact.get(path).into_iter().flatten();
        let own = exact.chain(&self.patterns).filter(|(own, _)| *own == format).map(|(_, address)| address);
        own.into_iter().find(|address| address.slug_in(path, format).is_some())
    }

    /// The address that the copy at a path gives as its own, where that is not the path's.
    pub fn original(&self, path: &str, format: Format) -> Option<&FeedPath> {
        self.copies.iter().find(|(at, _)| at.file(format) == path)?.1.as_ref()
    }

    /// The document and the coding of a compressed copy: `rss.xml` and [`Coding::Gz`] for `rss.xml.gz`.
    pub fn packed_copy<'p>(&self, path: &'p str) -> Option<(&'p str, Coding)> {
        unpacked(path).filter(|(document, _)| self.holds(document))
    }
}

/// Whether a path is that of a document: `rss.xml`, `news/atom.xml`, `tags/layer2/index.html`, `feeds.opml`.
pub fn is_document_path(path: &str) -> bool {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let folder_is_ours = match folder.split_once('/') {
        Some((family, value)) => Axis::ALL.iter().any(|axis| axis.folder() == family) && is_folder_name(value),
        None => folder.is_empty() || is_feed_name(folder),
    };
    match Format::of_path(path) {
        Some(Format::Opml) => folder.is_empty(),
        Some(_) => folder_is_ours,
        None => false,
    }
}

/// The path and the coding of a compressed file: `rss.xml` and [`Coding::Gz`] for `rss.xml.gz`.
pub fn unpacked(path: &str) -> Option<(&str, Coding)> {
    let document = |coding: Coding| path.strip_suffix(coding.extension()).map(|document| (document, coding));
    [Coding::Gz, Coding::Br].into_iter().find_map(document)
}

/// Whether a path is that of a file for servers.
pub fn is_host_file_path(path: &str) -> bool {
    HOST_FILES.contains(&path)
}

/// The slug of a tag, an author, a source or a language. Other engines write tags with capital letters, `_` and `+` too.
pub fn is_folder_name(name: &str) -> bool {
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'+');
    !name.is_empty() && name.bytes().all(legal)
}

/// The name of a feed of the config.
fn is_feed_name(name: &str) -> bool {
    let legal = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !name.is_empty() && name.bytes().all(legal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_and_folders_of_feedmills_own() {
        for path in [
            "rss.xml",
            "news/atom.xml",
            "tags/layer2/index.html",
            "tags/C++/rss.xml",
            "lang/pt-br/feed.json",
            "feeds.opml",
        ] {
            assert!(is_document_path(path), "{path}");
        }
        for path in [
            "CNAME",
            "robots.txt",
            "img/a.png",
            "sitemap.json",
            "feed.xml",
            "blog/2025/rss.xml",
            "tags/a/b/rss.xml",
            "tags/a b/rss.xml",
            "A/rss.xml",
            "Tags/a/rss.xml",
            "RSS.xml",
            "news/feeds.opml",
            "tags//rss.xml",
            "../rss.xml",
            "rss.xml.gz",
            "",
        ] {
            assert!(!is_document_path(path), "{path}");
        }
    }

    #[test]
    fn paths_of_the_config_are_documents_and_no_others() {
        let mut site = crate::model::trial::site("https://e.org/");
        site.output.paths.set(Format::Rss, FeedPath::new("/feed/").unwrap());
        let mut paths = crate::model::FeedPaths::default();
        paths.set(Format::Atom, FeedPath::new("/t/{slug}.xml").unwrap());
        site.feeds = vec![FeedRule::By { axis: Axis::Tag, paths, limit: None, content: None }];
        let moved = ["https://e.org/feeds/old.xml", "https://other.example/feeds/x.xml", ""].map(Into::into);
        let paths = DocumentPaths::new(&site).with_addresses(&moved, &site);
        for path in ["feed/index.xml", "t/a.xml", "old.xml", "rss.xml", "tags/a/rss.xml", "sections/a/atom.xml"] {
            assert!(paths.holds(path), "{path}");
        }
        for path in ["feed.xml", "feed/index.json", "feed/x.xml", "t/a b.xml", "t/a/b.xml", "x.xml", "index.xml"] {
            assert!(!paths.holds(path), "{path}");
        }
    }

    #[test]
    fn packed_copies_are_those_of_documents() {
        let packed_copy = |path| DocumentPaths::default().packed_copy(path);
        assert_eq!(packed_copy("tags/a/rss.xml.gz"), Some(("tags/a/rss.xml", Coding::Gz)));
        assert_eq!(packed_copy("index.html.br"), Some(("index.html", Coding::Br)));
        for path in ["robots.txt.gz", "rss.xml", "rss.xml.gz.br", "blog/2025/rss.xml.gz", "_headers.gz"] {
            assert_eq!(packed_copy(path), None, "{path}");
        }
        assert!(is_host_file_path(".htaccess") && !is_host_file_path("blog/.htaccess"));
    }
}
