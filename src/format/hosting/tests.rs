//! The texts of the server configs, for a site whose URLs contain every character that a server could interpret.

use super::*;
use crate::format::sample;
use crate::model::Coding;

const DOCUMENTS: [(&str, Format); 7] = [
    ("rss.xml", Format::Rss),
    ("feed.json", Format::Json),
    ("index.html", Format::Page),
    ("tags/a/rss.xml", Format::Rss),
    ("tags/b/rss.xml", Format::Rss),
    ("picks/feed.json", Format::Json),
    ("feeds.opml", Format::Opml),
];

fn files(headers: &[Server], output: &str, hub: &str) -> Vec<(String, String)> {
    let mut site = sample::site("https://e.org/");
    site.output.url = AbsUrl::parse(output).unwrap();
    site.hubs = vec![AbsUrl::parse(hub).unwrap()];
    site.publishing.headers = headers.to_vec();
    site.publishing.precompress = vec![Coding::Gz];
    let files = hosting(&site, &DOCUMENTS);
    assert!(files.iter().all(|file| is_ours(&file.bytes)));
    files.into_iter().map(|file| (file.path, String::from_utf8(file.bytes).unwrap())).collect()
}

fn one(server: Server) -> String {
    files(&[server], "https://e.org/feeds/", "https://hub.example/").remove(0).1
}

#[test]
fn every_server_has_its_file_and_two_share_one() {
    let all = [Server::Netlify, Server::Cloudflare, Server::Nginx, Server::Apache, Server::Caddy];
    let paths: Vec<_> = files(&all, "https://e.org/", "https://h.example/").into_iter().map(|file| file.0).collect();
    assert_eq!(paths, ["_headers", ".feedmill/nginx.conf", ".htaccess", ".feedmill/Caddyfile"]);
    assert!(files(&[], "https://e.org/", "https://h.example/").is_empty());
    assert!(!is_ours(b"/*\n  X-Mine: 1\n") && is_ours(b""));
}

#[test]
fn lists_name_every_feed_or_every_pattern() {
    let link = |path: &str| {
        format!("  Link: <https://hub.example/>; rel=\"hub\", <https://e.org/feeds/{path}>; rel=\"self\"\n")
    };
    let names = one(Server::Netlify);
    let rule = "/feeds/tags/b/rss.xml\n  Content-Type: application/rss+xml; charset=utf-8\n  Cache-Control: public, max-age=300\n";
    assert!(names.contains(&format!("{rule}{}", link("tags/b/rss.xml"))), "{names}");
    assert!(names.ends_with(
        "/feeds/feeds.opml\n  Content-Type: text/x-opml; charset=utf-8\n  Cache-Control: public, max-age=300\n"
    ));
    assert!(!names.contains("index.html"));
    let patterns = one(Server::Cloudflare);
    assert_eq!(patterns.matches("/feeds/tags/:feed/rss.xml\n").count(), 1);
    assert!(
        patterns.contains(&link("tags/:feed/rss.xml")) && patterns.contains(&link("picks/feed.json")),
        "{patterns}"
    );
    assert!(!patterns.contains("tags/b"));
}

#[test]
fn snippets_speak_of_formats_and_take_the_path_from_the_request() {
    let nginx = one(Server::Nginx);
    assert!(nginx.contains("location ~ \"^/feeds/(?<feedmill_path>(?:[a-z0-9-]+/)*rss\\.xml)$\" {"), "{nginx}");
    assert!(
        nginx.contains(
            "set $feedmill_feeds_link '<https://hub.example/>; rel=\"hub\", <https://e.org/feeds/$feedmill_path>"
        ),
        "{nginx}"
    );
    assert_eq!((nginx.matches("\nlocation").count(), nginx.matches("    set $feedmill_feeds_link").count()), (4, 2));
    assert_eq!(nginx.matches("gzip_static on;").count(), 4, "pages too");
    let apache = one(Server::Apache);
    assert!(
        apache.contains("<https://e.org/feeds/%{FEEDMILL_PATH}e>; rel=\\\"self\\\"\" env=FEEDMILL_PATH"),
        "{apache}"
    );
    let caddy = one(Server::Caddy);
    assert!(caddy.contains("<https://e.org/feeds/{re.feedmill_rss.1}>; rel=\"self\"`"), "{caddy}");
}

#[test]
fn headers_of_nginx_stand_beside_the_sites_own() {
    let own = |output: &str| files(&[Server::Nginx], output, "https://h.example/").remove(0).1;
    let nginx = own("https://e.org/en/my%20feeds/");
    assert!(nginx.contains("\nadd_header Link $feedmill_en_my_feeds_link;\n"), "{nginx}");
    assert!(!nginx.contains("    add_header"), "in a location it would drop the others: {nginx}");
    assert!(own("https://e.org/").contains("\nadd_header Link $feedmill_link;\n"));
}

#[test]
fn what_is_not_for_readers_is_refused_and_pages_have_a_charset() {
    let private = "^/feeds/\\.(?:feedmill(?:/|$)|htaccess$)";
    assert!(one(Server::Nginx).contains(&format!("if ($uri ~ \"{private}\") {{\n    return 404;\n}}\n")));
    assert!(one(Server::Apache).contains(&format!("RedirectMatch 404 \"{private}\"\n")));
    let caddy = |output: &str| files(&[Server::Caddy], output, "https://h.example/").remove(0).1;
    let refused =
        "\nhandle `/my feeds/.feedmill*` {\n    error 404\n}\nhandle `/my feeds/.htaccess` {\n    error 404\n}\n";
    assert!(caddy("https://e.org/my%20feeds/").contains(refused));
    let refused =
        "path_regexp `^/a\\*b/\\.(?:feedmill(?:/|$)|htaccess$)`\nhandle @feedmill_private {\n    error 404\n}\n";
    assert!(caddy("https://e.org/a*b/").contains(refused));
    assert!(
        one(Server::Nginx)
            .contains("index\\.html)$\" {\n    types { }\n    default_type \"text/html; charset=utf-8\";\n")
    );
    let page = "<Files ~ \"^index\\.html$\">\n    ForceType \"text/html; charset=utf-8\"\n</Files>\n";
    assert!(one(Server::Apache).contains(page));
}

#[test]
fn no_character_of_a_url_means_something_to_a_server() {
    let evil = "https://e.org/a$b'c\"d`e{f}g%20h/";
    for server in [Server::Nginx, Server::Apache, Server::Caddy] {
        let text = &files(&[server], evil, "https://h.example/?k=$x'{y}%25z").remove(0).1;
        for bad in ["a$b", "b'c", "\"d", "`e", "{f}", "$x", "{y}"] {
            assert!(!text.contains(bad), "{bad} in {text}");
        }
    }
    assert!(files(&[Server::Apache], evil, "https://h.example/?%25z").remove(0).1.contains("?%%25z"));
}
