//! What engines embed from elsewhere: in a feed it is a link to the page of the service.
//!
//! An id is taken only where it looks like one of that service, so that no link leads nowhere.

use super::arguments::Arguments;

/// The page that a tag of this name shows, by its arguments; `None` where the name is no service's or the id is none.
pub fn page(name: &str, arguments: &Arguments) -> Option<String> {
    let named = [
        "id",
        "url",
        "src",
        "videoid",
        "video",
        "href",
        "link",
        "tweetid",
        "gistid",
        "v",
        "code",
        "slug",
        "embed",
        "tweetlink",
    ];
    let first = arguments.named(&named).or_else(|| arguments.at(0))?;
    if first.starts_with("https://") || first.starts_with("http://") || first.starts_with("//") {
        return is_service(name).then(|| watched(first));
    }
    let second = arguments.at(1).filter(|_| arguments.named.is_empty()).and_then(plain);
    let user = arguments.named(&["user", "username", "owner"]).and_then(plain);
    let id = || plain(first);
    Some(match name {
        name if name.contains("youtube") || name == "yt" => format!("https://www.youtube.com/watch?v={}", id()?),
        name if name.contains("vimeo") => format!("https://vimeo.com/{}", id()?),
        "tweet" | "twitter" | "x" | "tweetembed" | "twittertweetembed" => match (user, second) {
            (Some(user), _) => format!("https://x.com/{user}/status/{}", id()?),
            (None, Some(second)) => format!("https://x.com/{}/status/{second}", id()?),
            (None, None) => format!("https://x.com/i/status/{}", id()?),
        },
        "gist" => match (user, second.filter(|second| is_hexadecimal(second))) {
            (Some(user), _) => format!("https://gist.github.com/{user}/{}", id()?),
            (None, Some(gist)) => format!("https://gist.github.com/{}/{gist}", id()?),
            (None, None) => format!("https://gist.github.com/{}", id().or_else(|| two_parts(first))?),
        },
        "instagram" | "instagramsimple" => format!("https://www.instagram.com/p/{}/", id()?),
        "codepen" => format!("https://codepen.io/{}/pen/{}", user?, arguments.named(&["id", "slug"]).and_then(plain)?),
        "codesandbox" => format!("https://codesandbox.io/s/{}", id()?),
        "stackblitz" => format!("https://stackblitz.com/edit/{}", id()?),
        "jsfiddle" => format!("https://jsfiddle.net/{}/", id().or_else(|| two_parts(first))?),
        "asciinema" | "asciicast" => format!("https://asciinema.org/a/{}", id()?),
        "spotify" => format!("https://open.spotify.com/{}", two_parts(first)?),
        "bilibili" => format!("https://www.bilibili.com/video/{}", id()?),
        "niconico" | "nicovideo" => format!("https://www.nicovideo.jp/watch/{}", id()?),
        "speakerdeck" => format!("https://speakerdeck.com/player/{}", id()?),
        "slideshare" => format!("https://www.slideshare.net/slideshow/embed_code/key/{}", id()?),
        "github" | "githubcard" => format!("https://github.com/{}", two_parts(first)?),
        "soundcloud" => format!("https://soundcloud.com/{}", two_parts(first)?),
        _ => return None,
    })
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

/// Whether a tag of this name shows a page from elsewhere.
pub fn is_service(name: &str) -> bool {
    let services = [
        "youtube",
        "vimeo",
        "tweet",
        "twitter",
        "video",
        "embed",
        "iframe",
        "gist",
        "codepen",
        "codesandbox",
        "figma",
        "card",
        "jsfiddle",
        "spotify",
        "soundcloud",
        "instagram",
        "facebook",
        "bilibili",
        "podcast",
        "slide",
        "speakerdeck",
        "linkcard",
        "blogcard",
        "stackblitz",
        "audio",
        "github",
        "docswell",
        "asciinema",
        "asciicast",
        "niconico",
        "reddit",
        "mastodon",
        "bluesky",
        "loom",
        "tiktok",
        "ogp",
        "unfurl",
    ];
    name == "yt" || name == "x" || services.iter().any(|service| name.contains(service))
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
            assert_eq!(page(name, &Arguments::of(arguments)).as_deref(), url, "{name} {arguments}");
        }
    }
}
