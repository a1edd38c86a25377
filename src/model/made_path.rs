//! Which paths below the output folder feedmill can write. A manifest that lists another path was not written by
//! feedmill.

use super::{Axis, Coding, Format};

/// Files for servers that feedmill writes (`output.headers`).
const HOST_FILES: [&str; 4] = ["_headers", ".htaccess", ".feedmill/nginx.conf", ".feedmill/Caddyfile"];

/// Whether a path is that of a document: `rss.xml`, `news/atom.xml`, `tags/layer2/index.html`, `feeds.opml`.
pub fn is_document_path(path: &str) -> bool {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let folder_is_ours = match folder.split_once('/') {
        Some((family, value)) => Axis::ALL.iter().any(|axis| axis.folder() == family) && is_folder_name(value),
        None => folder.is_empty() || is_folder_name(folder),
    };
    match Format::of_path(path) {
        Some(Format::Opml) => folder.is_empty(),
        Some(_) => folder_is_ours,
        None => false,
    }
}

/// The document and the coding of a compressed copy: `rss.xml` and [`Coding::Gz`] for `rss.xml.gz`.
pub fn packed_copy(path: &str) -> Option<(&str, Coding)> {
    let document = |coding: Coding| path.strip_suffix(coding.extension()).map(|document| (document, coding));
    [Coding::Gz, Coding::Br].into_iter().find_map(document).filter(|(document, _)| is_document_path(document))
}

/// Whether a path is that of a file for servers.
pub fn is_host_file_path(path: &str) -> bool {
    HOST_FILES.contains(&path)
}

/// The name of a feed, or the slug of a tag, an author, a source or a language.
pub fn is_folder_name(name: &str) -> bool {
    let legal = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    !name.is_empty() && name.bytes().all(legal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_and_folders_of_feedmills_own() {
        for path in ["rss.xml", "news/atom.xml", "tags/layer2/index.html", "lang/pt-br/feed.json", "feeds.opml"] {
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
            "tags/A/rss.xml",
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
    fn packed_copies_are_those_of_documents() {
        assert_eq!(packed_copy("tags/a/rss.xml.gz"), Some(("tags/a/rss.xml", Coding::Gz)));
        assert_eq!(packed_copy("index.html.br"), Some(("index.html", Coding::Br)));
        for path in ["robots.txt.gz", "rss.xml", "rss.xml.gz.br", "blog/2025/rss.xml.gz", "_headers.gz"] {
            assert_eq!(packed_copy(path), None, "{path}");
        }
        assert!(is_host_file_path(".htaccess") && !is_host_file_path("blog/.htaccess"));
    }
}
