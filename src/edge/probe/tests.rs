//! Redirects between public and private hosts, with `allow_private`. All hosts are on loopback; 127.0.0.2 counts as public.

use super::*;
use std::io::{BufRead, BufReader, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A host: `/go?URL` redirects to the URL, all else is an image. It counts its requests.
struct Peer {
    address: SocketAddr,
    requests: Arc<AtomicUsize>,
}

impl Peer {
    fn at(ip: &str) -> Self {
        let listener = TcpListener::bind((ip, 0)).unwrap();
        let (address, requests) = (listener.local_addr().unwrap(), Arc::new(AtomicUsize::new(0)));
        let counted = Arc::clone(&requests);
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                counted.fetch_add(1, Ordering::SeqCst);
                let lines: Vec<String> =
                    BufReader::new(&stream).lines().map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
                let answer = match lines[0].split(' ').nth(1).and_then(|path| path.strip_prefix("/go?")) {
                    Some(to) => {
                        format!("302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                    }
                    None => "200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nGIF89a".into(),
                };
                let _ = stream.write_all(format!("HTTP/1.1 {answer}").as_bytes());
            }
        });
        Self { address, requests }
    }

    fn image(&self) -> String {
        format!("http://{}/a.gif", self.address)
    }

    fn redirect(&self, to: &str) -> String {
        format!("http://{}/go?{to}", self.address)
    }
}

fn asked(url: &str) -> ProbeOutcome {
    let is_public = |ip| ip == IpAddr::V4(Ipv4Addr::new(127, 0, 0, 2));
    let manner = Manner {
        bounds: Bounds { reach: Reach::Anywhere, is_public },
        ..Manner::new(Reach::Anywhere, Timestamp::from_unix(1_750_000_000).unwrap())
    };
    let mut answers = Vec::new();
    all(vec![Ask { url: AbsUrl::parse(url).unwrap(), before: None }], manner, |_, answer| answers.push(answer))
        .unwrap();
    answers.remove(0)
}

#[test]
fn a_public_host_does_not_redirect_inside() {
    let (inside, public) = (Peer::at("127.0.0.1"), Peer::at("127.0.0.2"));
    let by_name = format!("http://localhost:{}/a.gif", inside.address.port());
    for url in [
        public.redirect(&inside.image()),
        public.redirect(&by_name),
        public.redirect(&public.redirect(&inside.image())),
        public.redirect("http://169.254.169.254/latest/meta-data"),
        public.redirect("http://2130706433:1/"),
    ] {
        let answer = asked(&url);
        assert!(matches!(&answer, ProbeOutcome::Failed(why) if why.contains("private address")), "{url}: {answer:?}");
    }
    assert_eq!(inside.requests.load(Ordering::SeqCst), 0);
    let back = inside.redirect(&public.redirect(&inside.image()));
    assert!(matches!(asked(&back), ProbeOutcome::Failed(_)));
    assert_eq!(inside.requests.load(Ordering::SeqCst), 1, "the private host that the user wrote, and not again");
}

#[test]
fn a_private_host_redirects_inside_and_outside() {
    let (inside, public) = (Peer::at("127.0.0.1"), Peer::at("127.0.0.2"));
    for url in [
        inside.redirect(&inside.image()),
        inside.redirect(&public.image()),
        public.redirect(&public.image()),
        inside.redirect(&inside.redirect(&inside.image())),
    ] {
        let answer = asked(&url);
        assert!(matches!(answer, ProbeOutcome::Learned(_)), "{url}: {answer:?}");
    }
    let answer = asked(&inside.redirect("http://169.254.169.254/latest/meta-data"));
    assert!(matches!(&answer, ProbeOutcome::Failed(why) if why.contains("metadata address")), "{answer:?}");
}
