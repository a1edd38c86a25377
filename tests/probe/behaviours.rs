//! Every way in which a host may answer for an image.

use crate::server::{Request, Server, answer, chunked, good};
use crate::site::{self, image};
use std::io::Write;
use std::net::TcpStream;
use std::time::Duration;

/// A picture whose file is much longer than what is looked at.
fn long() -> Vec<u8> {
    [image("plain.png"), vec![0; 300_000]].concat()
}

fn host(request: &Request, out: &mut TcpStream) -> std::io::Result<bool> {
    let head = request.method == "HEAD";
    let no_length = [("Transfer-Encoding", "chunked"), ("Content-Type", "image/png")];
    match request.path.as_str() {
        "/good.webp" => good(request, out, "image/webp", &image("lossy.webp")),
        "/long.png" => good(request, out, "image/png", &long()),
        "/range-ignored.png" if !head => answer(out, "200 OK", &[("Content-Type", "image/png")], &long()),
        "/head-knows.png" | "/head-without-length.png" | "/head-refused.png" if !head => {
            answer(out, "200 OK", &no_length, b"")?;
            chunked(out, 1, &long(), Duration::ZERO)
        }
        "/head-knows.png" => answer(out, "200 OK", &[("Content-Length", "300174")], b""),
        "/head-without-length.png" => answer(out, "200 OK", &no_length, b""),
        "/head-refused.png" => answer(out, "405 Method Not Allowed", &[], b""),
        "/head-lies.png" if head => answer(out, "200 OK", &[("Content-Length", "5")], b""),
        "/head-lies.png" => {
            answer(out, "200 OK", &no_length, b"")?;
            chunked(out, 1, &long(), Duration::ZERO)
        }
        "/range-lies.png" if head => answer(out, "200 OK", &[("Content-Length", "174")], b""),
        "/range-lies.png" => {
            answer(out, "206 Partial Content", &[("Content-Range", "bytes 0-65535/12")], &image("plain.png"))
        }
        "/short.png" => {
            answer(out, "200 OK", &no_length, b"")?;
            chunked(out, 2, &image("plain.png"), Duration::ZERO)
        }
        "/three" => answer(out, "301 Moved Permanently", &[("Location", "/two")], b""),
        "/two" => answer(out, "302 Found", &[("Location", "one?x#y")], b""),
        "/one?x" => answer(out, "308 Permanent Redirect", &[("Location", "/good.webp")], b""),
        "/loop.png" => answer(out, "301 Moved Permanently", &[("Location", "/loop.png")], b""),
        "/astray.png" => answer(out, "301 Moved Permanently", &[("Location", "ftp://example.org/a.png")], b""),
        "/nowhere.png" => answer(out, "301 Moved Permanently", &[], b""),
        "/secret.png" => {
            let to = format!("http://user:hunter2@{}/good.webp", request.header("host"));
            answer(out, "301 Moved Permanently", &[("Location", &to)], b"")
        }
        "/busy.png" if request.before == 0 => answer(out, "429 Too Many Requests", &[("Retry-After", "1")], b""),
        "/broken-once.png" if request.before == 0 => answer(out, "503 Service Unavailable", &[], b""),
        "/busy.png" | "/broken-once.png" => good(request, out, "image/png", &image("plain.png")),
        "/broken.png" => answer(out, "500 Internal Server Error", &[], b""),
        "/forbidden.png" => answer(out, "403 Forbidden", &[], b""),
        "/missing.png" => answer(out, "404 Not Found", &[], b"<html>"),
        "/gone.png" => answer(out, "410 Gone", &[], b""),
        "/wrong-type.png" => good(request, out, "text/plain", &image("plain.gif")),
        "/page.webp" => good(request, out, "image/webp", b"<!DOCTYPE html><html><title>Our image host</title>"),
        "/truncated.png" => answer(out, "200 OK", &[("Content-Length", "9000")], &image("plain.png")).map(|_| false),
        "/empty.png" => answer(out, "200 OK", &[], b""),
        "/gzip.svg" => {
            let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            gzip.write_all(&image("vector.svg"))?;
            answer(out, "200 OK", &[("Content-Encoding", "gzip")], &gzip.finish()?)
        }
        "/brotli.png" => {
            answer(out, "200 OK", &[("Content-Encoding", "br"), ("Content-Type", "image/png")], b"\x0b\x02\x80")
        }
        "/bomb.png" => {
            let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
            gzip.write_all(&image("plain.png"))?;
            gzip.write_all(&vec![0; 64 << 20])?;
            answer(out, "200 OK", &[("Content-Encoding", "gzip")], &gzip.finish()?)
        }
        "/endless.png" => {
            answer(out, "200 OK", &no_length, b"")?;
            let filler = [image("plain.png"), vec![7; 4096]].concat();
            chunked(out, usize::MAX, &filler, Duration::ZERO)
        }
        "/odd-range.png" if request.header("range").is_empty() => answer(out, "200 OK", &[], &image("plain.png")),
        "/odd-range.png" => answer(out, "416 Range Not Satisfiable", &[], b""),
        "/script.svg" => good(request, out, "image/svg+xml", b"<svg width='9' height='9'><script>x()</script></svg>"),
        "/huge.png" => {
            let side = 40_000_u32.to_be_bytes();
            let png = [b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", &side[..], &side[..], b"\x08\x06\0\0\0"].concat();
            good(request, out, "image/png", &png)
        }
        _ => answer(out, "400 Bad Request", &[], b""),
    }
}

/// Type, size, width and height, or the flaw, and how the probe went: a code, or nothing.
#[track_caller]
fn probed(path: &str, expected: &str) -> Server {
    let server = Server::start(host);
    let project = site::with_images(&[server.url(path)]);
    let ran = project.run(&["probe", "--report", "json"]).ends(0);
    let line = site::line(&project, path);
    let text = |key: &str| line[key].to_string().replace('"', "");
    let reported = match (&line["url"], &line["flaw"]) {
        (serde_json::Value::Null, _) => "unknown".to_owned(),
        (_, serde_json::Value::Null) => {
            format!("{} {} {}x{}", text("type"), text("size"), text("width"), text("height"))
        }
        (_, flaw) => format!("flaw {}", flaw.as_str().unwrap()),
    };
    let report = ran.json();
    let findings = report["diagnostics"].as_array().unwrap();
    let codes: Vec<String> =
        findings.iter().map(|d| format!(" {}:{}", d["code"].as_str().unwrap(), d["line"])).collect();
    assert_eq!(format!("{reported}{}", codes.concat()), expected, "{path}: {:?}\n{}", server.lines(), ran.stdout);
    server
}

#[test]
fn good_hosts_are_asked_once() {
    let server = probed("/good.webp", "image/webp 1478 640x360");
    let request = &server.requests()[0];
    assert_eq!(server.lines(), ["GET /good.webp"]);
    assert_eq!(request.header("range"), "bytes=0-65535");
    assert_eq!(request.header("accept-encoding"), "identity");
    assert!(request.header("user-agent").starts_with("feedmill/"), "{request:?}");
    assert!(request.header("cookie").is_empty() && request.header("authorization").is_empty());
    probed("/long.png", "image/png 300174 300x20");
}

#[test]
fn a_length_is_found_where_there_is_one() {
    probed("/range-ignored.png", "image/png 300174 300x20");
    let server = probed("/head-knows.png", "image/png 300174 300x20");
    assert_eq!(server.lines(), ["GET /head-knows.png", "HEAD /head-knows.png"]);
    probed("/head-without-length.png", "image/png null 300x20");
    probed("/head-refused.png", "image/png null 300x20");
    probed("/short.png", "image/png 348 300x20");
    probed("/odd-range.png", "image/png 174 300x20");
}

#[test]
fn lies_about_the_length_are_not_believed() {
    probed("/head-lies.png", "image/png null 300x20");
    probed("/range-lies.png", "image/png 174 300x20");
}

#[test]
fn redirects_are_followed_five_times_and_checked() {
    let server = probed("/loop.png", "unknown A047:5");
    assert_eq!(server.lines().len(), 6);
    let server = probed("/astray.png", "unknown A047:5");
    assert_eq!(server.lines().len(), 1);
    probed("/nowhere.png", "unknown A047:5");
    let server = probed("/secret.png", "image/webp 1478 640x360");
    assert!(server.requests().iter().all(|r| r.header("authorization").is_empty()));
    let server = probed("/three", "image/webp 1478 640x360");
    assert_eq!(server.lines(), ["GET /three", "GET /two", "GET /one?x", "GET /good.webp"], "without the fragment");
}

#[test]
fn busy_hosts_are_waited_for() {
    let began = std::time::Instant::now();
    let server = probed("/busy.png", "image/png 174 300x20");
    assert!(began.elapsed() >= Duration::from_secs(1), "Retry-After is obeyed");
    assert_eq!(server.lines().len(), 2);
    probed("/broken-once.png", "image/png 174 300x20");
    let server = probed("/broken.png", "unknown A047:5");
    assert_eq!(server.lines().len(), 3, "two retries");
    let server = probed("/forbidden.png", "unknown A047:5");
    assert_eq!(server.lines().len(), 1, "a no is a no");
}

#[test]
fn what_is_not_there_is_left_out() {
    probed("/missing.png", "flaw gone A045:5");
    probed("/gone.png", "flaw gone A045:5");
}

#[test]
fn bytes_tell_the_type_whatever_the_server_says() {
    probed("/wrong-type.png", "image/gif 804 33x44");
    probed("/page.webp", "text/html 50 nullxnull A046:5");
}

#[test]
fn broken_and_hostile_bodies_are_bounded() {
    probed("/truncated.png", "unknown A047:5");
    probed("/empty.png", "unknown A047:5");
    probed("/gzip.svg", "image/svg+xml 190 120x90");
    probed("/brotli.png", "image/png null nullxnull");
    probed("/bomb.png", "image/png null 300x20");
    probed("/endless.png", "image/png null 300x20");
    probed("/script.svg", "flaw script A046:5");
    probed("/huge.png", "image/png 29 40000x40000 A046:5");
}
