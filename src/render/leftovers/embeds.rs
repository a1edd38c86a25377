//! Embedded content of other services: in a feed it becomes a link to the page of the service.
//!
//! An id is accepted only if it has the form of that service's ids, so that the link is valid.

use super::arguments::Arguments;
use serde::Deserialize;
use std::sync::LazyLock;

/// The table in `embeds.toml`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Embeds {
    services: Vec<String>,
    arguments: Vec<String>,
    page: Vec<Page>,
}

/// The pages of one service.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    names: Vec<String>,
    urls: Vec<String>,
}

/// A test checks that the file can be read.
static EMBEDS: LazyLock<Embeds> = LazyLock::new(|| toml::from_str(include_str!("embeds.toml")).unwrap_or_default());

/// The page that a tag of this name embeds, by its arguments; `None` if the name is unknown or the id is invalid.
pub fn page(name: &str, arguments: &Arguments) -> Option<String> {
    let named: Vec<&str> = EMBEDS.arguments.iter().map(String::as_str).collect();
    let first = arguments.named(&named).or_else(|| arguments.at(0))?;
    if first.starts_with("https://") || first.starts_with("http://") || first.starts_with("//") {
        return is_service(name).then(|| watched(first));
    }
    let second = || arguments.at(1).filter(|_| arguments.named.is_empty()).and_then(plain);
    let value = |placeholder: &str| match placeholder {
        "id" => plain(first),
        "path" => two_parts(first),
        "user" => arguments.named(&["user", "username", "owner"]).and_then(plain),
        "second" => second(),
        "hex" => second().filter(|second| is_hexadecimal(second)),
        "named" => arguments.named(&["id", "slug"]).and_then(plain),
        _ => None,
    };
    let page = EMBEDS.page.iter().find(|page| is_among(name, &page.names))?;
    page.urls.iter().find_map(|url| filled(url, value))
}

/// An address with values in place of `{placeholders}`.
fn filled<'v>(url: &str, value: impl Fn(&str) -> Option<&'v str>) -> Option<String> {
    let (mut out, mut rest) = (String::new(), url);
    while let Some((before, (placeholder, after))) =
        rest.split_once('{').and_then(|(b, a)| Some((b, a.split_once('}')?)))
    {
        out.push_str(before);
        out.push_str(value(placeholder)?);
        rest = after;
    }
    Some(out + rest)
}

/// The address of a video's page for the address of its player.
pub fn watched(url: &str) -> String {
    let url = url.strip_prefix("//").map_or_else(|| url.to_owned(), |rest| format!("https://{rest}"));
    for player in ["youtube.com/embed/", "youtube-nocookie.com/embed/", "youtu.be/"] {
        if let Some((_, rest)) = url.split_once(player) {
            let id = rest.split(['?', '&', '/']).next().unwrap_or_default();
            return format!("https://www.youtube.com/watch?v={id}");
        }
    }
    match url.split_once("player.vimeo.com/video/") {
        Some((_, rest)) => format!("https://vimeo.com/{}", rest.split(['?', '/']).next().unwrap_or_default()),
        None => url,
    }
}

/// Whether a tag of this name embeds a page of another service.
pub fn is_service(name: &str) -> bool {
    is_among(name, &EMBEDS.services)
}

/// Whether it is one of the names, or contains one that is written `*name*`.
fn is_among(name: &str, names: &[String]) -> bool {
    names.iter().any(|other| match other.strip_prefix('*').and_then(|other| other.strip_suffix('*')) {
        Some(part) => name.contains(part),
        None => name == other,
    })
}

/// An id: letters, digits, `-` and `_`.
fn plain(id: &str) -> Option<&str> {
    let legal = !id.is_empty() && id.len() < 200 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    legal.then_some(id)
}

fn two_parts(path: &str) -> Option<&str> {
    let (owner, name) = path.split_once('/')?;
    let legal = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b));
    (legal(owner) && legal(name)).then_some(path)
}

fn is_hexadecimal(text: &str) -> bool {
    text.len() > 3 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_is_a_services_and_an_address() {
        let embeds: Embeds = toml::from_str(include_str!("embeds.toml")).unwrap();
        for page in &embeds.page {
            for name in &page.names {
                assert!(is_service(name.trim_matches('*')), "{name} is not among the services");
            }
            for url in &page.urls {
                let known = |name: &str| ["id", "path", "user", "second", "hex", "named"].contains(&name);
                let url = filled(url, |name| known(name).then_some("a")).expect("a placeholder that has no value");
                assert!(crate::model::AbsUrl::parse(&url).is_ok() && !url.contains(['{', '}']), "{url}");
            }
        }
    }

    #[test]
    fn services_have_pages() {
        for (name, arguments, url) in [
            ("youtube", "dQw4w9WgXcQ", Some("https://www.youtube.com/watch?v=dQw4w9WgXcQ")),
            ("youtube", "id=\"x-_1\" autoplay=true", Some("https://www.youtube.com/watch?v=x-_1")),
            ("litevimeo", "146022717", Some("https://vimeo.com/146022717")),
            ("tweet", "user=\"CIA\" id=\"619\"", Some("https://x.com/CIA/status/619")),
            ("tweet", "877500564405444608", Some("https://x.com/i/status/877500564405444608")),
            ("gist", "spf13 7896402", Some("https://gist.github.com/spf13/7896402")),
            ("gist", "7896402 img.html", Some("https://gist.github.com/7896402")),
            ("cspaniframe", "src=\"https://c.org/1\"", Some("https://c.org/1")),
            ("embed", "https://www.youtube-nocookie.com/embed/abc?x=1", Some("https://www.youtube.com/watch?v=abc")),
            ("youtube", "id=\"a b\"", None),
            ("gist", "a/1f2e", Some("https://gist.github.com/a/1f2e")),
            ("row", "https://x.org", None),
            ("github", "a/b", Some("https://github.com/a/b")),
        ] {
            assert_eq!(page(name, &Arguments::parse(arguments)).as_deref(), url, "{name} {arguments}");
        }
    }
}
