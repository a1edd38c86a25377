//! OPML 2.0 (opml.org/spec2.opml): every feed with its URL, grouped by family. Contains no date: it changes when a
//! feed is added, removed or renamed, and not with every article.

use super::markup::attribute;
use super::page::PageWords;
use crate::model::{Axis, Directory, Document, FeedUrls, Format, Site, Summary};

/// The OPML document's text.
pub(super) fn document(directory: &Directory, site: &Site) -> Option<Document> {
    let words = PageWords::for_language(site.lang.as_ref(), site);
    let mut out = String::with_capacity(1024 + directory.feeds.len() * 300);
    out.push_str("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- name=\"generator\" content=\"feedmill\" -->\n");
    out.push_str("<opml version=\"2.0\">\n<head>\n");
    out.push_str(&format!("<title>{}</title>\n", attribute(&site.title)));
    out.push_str("<docs>http://opml.org/spec2.opml</docs>\n</head>\n<body>\n");
    let alone = directory.feeds.iter().filter(|feed| feed.folder.is_empty()).chain(directory.family(None));
    for feed in alone {
        out.push_str(&outline(feed, site)?);
    }
    for axis in Axis::ALL {
        let family = directory.family(Some(axis));
        if family.is_empty() {
            continue;
        }
        let name = attribute(words.of_family(Some(axis)));
        out.push_str(&format!("<outline text=\"{name}\" title=\"{name}\">\n"));
        for feed in family {
            out.push_str(&outline(feed, site)?);
        }
        out.push_str("</outline>\n");
    }
    out.push_str("</body>\n</opml>\n");
    Some(Document {
        path: Format::Opml.file_name().into(),
        feed: "all".into(),
        format: Format::Opml,
        topic: site.output.url.join(Format::Opml.file_name()).ok()?,
        items: directory.feeds.len(),
        updated: directory.feeds.iter().map(|feed| feed.newest).max()?,
        bytes: out.into_bytes(),
    })
}

/// `type="rss"` is for feeds of every format. `htmlUrl` is the link of the feed's channel: the site, not the page of the feed.
fn outline(feed: &Summary, site: &Site) -> Option<String> {
    let urls = FeedUrls::new(site, &feed.folder, &feed.addresses)?;
    let address = urls.topic(*site.output.formats.first()?)?;
    let title = attribute(&feed.title);
    let (address, page) = (attribute(address.as_str()), attribute(urls.home.as_str()));
    Some(format!(
        "<outline type=\"rss\" text=\"{title}\" title=\"{title}\" xmlUrl=\"{address}\" htmlUrl=\"{page}\"/>\n"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::sample::site;
    use crate::model::{FeedAddresses, Timestamp};
    use crate::validate::{Subject, verify};

    fn summary(name: &str, axis: Option<Axis>, folder: &str, label: &str) -> Summary {
        Summary {
            name: name.into(),
            axis,
            label: label.into(),
            folder: folder.into(),
            addresses: FeedAddresses::in_folder(folder),
            title: format!("Site: {label}"),
            total: 3,
            newest: Timestamp::from_unix(0).unwrap(),
        }
    }

    #[test]
    fn feeds_stand_in_their_families_and_hostile_names_do_no_harm() {
        let feeds = vec![
            summary("all", None, "", "All"),
            summary("tag/b", Some(Axis::Tag), "tags/b/", "b\"/><x y=\"]]>&amp;"),
            summary("tag/a", Some(Axis::Tag), "tags/a/", "A <script>"),
            summary("lang/ru", Some(Axis::Lang), "lang/ru/", "ru"),
            summary("best", None, "best/", "Best"),
        ];
        let document = document(&Directory { feeds }, &site("https://example.org/?")).unwrap();
        let text = String::from_utf8(document.bytes.clone()).unwrap();
        let lines: Vec<&str> = text.lines().skip_while(|line| *line != "<body>").skip(1).collect();
        assert_eq!(
            lines,
            [
                "<outline type=\"rss\" text=\"Site: All\" title=\"Site: All\" xmlUrl=\"https://example.org/feeds/rss.xml\" htmlUrl=\"https://example.org/?\"/>",
                "<outline type=\"rss\" text=\"Site: Best\" title=\"Site: Best\" xmlUrl=\"https://example.org/feeds/best/rss.xml\" htmlUrl=\"https://example.org/?\"/>",
                "<outline text=\"Метки\" title=\"Метки\">",
                "<outline type=\"rss\" text=\"Site: A &lt;script&gt;\" title=\"Site: A &lt;script&gt;\" xmlUrl=\"https://example.org/feeds/tags/a/rss.xml\" htmlUrl=\"https://example.org/?\"/>",
                "<outline type=\"rss\" text=\"Site: b&quot;/&gt;&lt;x y=&quot;]]&gt;&amp;amp;\" title=\"Site: b&quot;/&gt;&lt;x y=&quot;]]&gt;&amp;amp;\" xmlUrl=\"https://example.org/feeds/tags/b/rss.xml\" htmlUrl=\"https://example.org/?\"/>",
                "</outline>",
                "<outline text=\"Языки\" title=\"Языки\">",
                "<outline type=\"rss\" text=\"Site: ru\" title=\"Site: ru\" xmlUrl=\"https://example.org/feeds/lang/ru/rss.xml\" htmlUrl=\"https://example.org/?\"/>",
                "</outline>",
                "</body>",
                "</opml>",
            ]
        );
        let mut found: Vec<crate::diagnostic::Diagnostic> = Vec::new();
        let subject = Subject { path: "feeds.opml", format: Format::Opml, topic: None, bytes: &document.bytes };
        verify(subject, &mut found);
        assert_eq!(found, []);
    }
}
