//! `output.headers`: configs that make a web server send headers with feeds: Content-Type, Cache-Control, and `Link`
//! to hub and self (W3C WebSub section 4). Hubs look there first, and do not read JSON at all.
//!
//! Configs for servers with access rules also hide `.feedmill/` and `.htaccess`.
//!
//! Made from the config and the list of documents. Escapes every character of a URL that a server would interpret.

mod apache;
mod caddy;
mod lists;
mod moved;
mod nginx;
mod rules;
#[cfg(test)]
mod tests;

use crate::model::{AbsUrl, DocumentPaths, FeedPath, Format, HostFile, OldAddresses, Server, Site, decoded};
use rules::HeaderRule;

/// Every file begins with this line, so that one of the site's own is known.
const MARK: &str = "# Written by feedmill (output.headers): changes made here are lost.\n";

/// Whether a file with this beginning was made by feedmill. An empty file has no owner.
pub fn is_ours(start: &[u8]) -> bool {
    start.is_empty() || start.starts_with(MARK.as_bytes())
}

/// The files for these documents, without twins. Netlify and Cloudflare share one, in the words that both know.
pub fn hosting(site: &Site, documents: &[(&str, Format)]) -> Vec<HostFile> {
    let served = Served::new(site, documents);
    let asked = |server| site.publishing.headers.contains(&server);
    let mut files = Vec::new();
    let mut file = |path: &str, text: String| {
        files.push(HostFile { path: path.into(), bytes: format!("{MARK}{text}").into_bytes() });
    };
    match (asked(Server::Netlify), asked(Server::Cloudflare)) {
        (true, _) => file("_headers", lists::by_name(&served)),
        (false, true) => file("_headers", lists::by_pattern(&served)),
        (false, false) => {}
    }
    if let Some(text) =
        moved::list(&served, asked(Server::Netlify)).filter(|_| asked(Server::Netlify) || asked(Server::Cloudflare))
    {
        file("_redirects", text);
    }
    if asked(Server::Nginx) {
        file(".feedmill/nginx.conf", nginx::text(&served, &site.publishing.precompress));
    }
    if asked(Server::Apache) {
        file(".htaccess", apache::text(&served));
    }
    if asked(Server::Caddy) {
        file(".feedmill/Caddyfile", caddy::text(&served));
    }
    files
}

/// What is served, in texts without a special meaning in any server's language.
struct Served<'a> {
    /// The URL of the output folder.
    base: String,
    /// Its path, as servers write paths and as they compare them.
    path: &'a str,
    plain_path: String,
    cache_control: &'a str,
    /// `<hub>; rel="hub", ` for each hub.
    hubs: String,
    documents: Vec<(&'a str, Format)>,
    /// Where the config puts them.
    paths: DocumentPaths,
    old: &'a OldAddresses,
}

impl<'a> Served<'a> {
    fn new(site: &'a Site, documents: &[(&'a str, Format)]) -> Self {
        let url = &site.output.url;
        let hubs = site.hubs.iter().map(|hub| format!("<{}>; rel=\"hub\", ", harmless(hub)));
        Self {
            base: harmless(url),
            path: url.path(),
            plain_path: decoded(url.path()).unwrap_or_else(|| url.path().to_owned()),
            cache_control: &site.publishing.cache_control,
            hubs: hubs.collect(),
            documents: documents.to_vec(),
            paths: DocumentPaths::new(site),
            old: &site.output.old_addresses,
        }
    }

    /// The formats there are, in the order of their documents.
    fn formats(&self) -> Vec<Format> {
        let mut formats: Vec<Format> = Vec::new();
        for (_, format) in &self.documents {
            if !formats.contains(format) {
                formats.push(*format);
            }
        }
        formats
    }

    /// The rules for headers, in the order of the formats.
    fn rules(&self) -> Vec<HeaderRule> {
        self.formats().into_iter().flat_map(|format| rules::rules(format, &self.documents, &self.paths)).collect()
    }

    /// The addresses of a document below the base: its own first, then that of the file where it is the index of a folder.
    fn addresses(&self, path: &'a str, format: Format) -> Vec<&'a str> {
        let is_index = self.paths.find(path, format).is_some_and(FeedPath::is_folder);
        let end = path.rfind('/').map_or(0, |at| at + 1);
        let folder = path.get(..end).filter(|_| is_index);
        folder.into_iter().chain([path]).collect()
    }

    /// Feeds and the list of feeds, which have headers of their own. Pages have a type only.
    fn with_headers(&self) -> impl Iterator<Item = &(&'a str, Format)> {
        self.documents.iter().filter(|(_, format)| has_headers(*format))
    }

    /// The value of `Link` for a document below the base; pages and the list of feeds have no topic.
    fn link(&self, format: Format, below: &str) -> Option<String> {
        format.is_feed().then(|| format!("{}<{}{below}>; rel=\"self\"", self.hubs, self.base))
    }

    /// A regular expression for the paths of a rule, the address below the base in a group of this beginning.
    fn pattern(&self, rule: &HeaderRule, group: &str) -> String {
        let index = rule.index.map(|index| format!("(?:{})?", literal(index))).unwrap_or_default();
        format!("^{}{group}{}){index}$", literal(&self.plain_path), rule.address)
    }

    /// A regular expression for the paths that are hidden from visitors.
    fn private(&self) -> String {
        format!("^{}\\.(?:feedmill(?:/|$)|htaccess$)", literal(&self.plain_path))
    }
}

/// Whether a format has headers besides its type.
fn has_headers(format: Format) -> bool {
    format != Format::Page
}

fn content_type(format: Format) -> String {
    format!("{}; charset=utf-8", format.media_type())
}

/// `$` begins a variable, `'` ends a string; a URL can percent-encode both.
fn harmless(url: &AbsUrl) -> String {
    url.as_str().replace('$', "%24").replace('\'', "%27")
}

/// A text in a regular expression between double quotes.
fn literal(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '"' | '\'' | '`' | '$' | '{' | '}' | '\\' | ' ' => out.push('.'),
            '.' | '+' | '*' | '?' | '(' | ')' | '[' | ']' | '^' | '|' => out.extend(['\\', c]),
            c if c.is_control() => out.push('.'),
            c => out.push(c),
        }
    }
    out
}
