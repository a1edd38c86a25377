//! Connections: accepts them, speaks HTTP/1.1, and lets none take a place for ever.

use super::answer::{self, Desk};
use super::snapshot::Snapshot;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tokio::time::timeout;

/// Connections at one time; more wait.
const MAX_CONNECTIONS: usize = 1024;
/// Pages at one time that wait for changes; more are refused, so that they leave connections to others.
const MAX_STREAMS: usize = 256;
/// Bytes of a request's head, and its headers. A browser sends less than 2 KiB and about 20.
const MAX_HEAD: usize = 16 << 10;
const MAX_HEADERS: usize = 64;

/// How long a client may take.
#[derive(Debug, Clone, Copy)]
struct Waits {
    /// For the head of a request, and between two requests.
    head: Duration,
    /// For all of a connection. Browsers connect anew by themselves, also to the stream of events.
    life: Duration,
    /// For the answer that is under way then.
    end: Duration,
}

const WAITS: Waits =
    Waits { head: Duration::from_secs(15), life: Duration::from_secs(300), end: Duration::from_secs(10) };

/// Serves for ever.
pub(super) async fn run(listener: TcpListener, bound: SocketAddr, snapshots: watch::Receiver<Arc<Snapshot>>) {
    serve(listener, Desk { bound: bound.ip(), snapshots, streams: Arc::new(Semaphore::new(MAX_STREAMS)) }, WAITS).await;
}

async fn serve(listener: TcpListener, desk: Desk, waits: Waits) {
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else {
            // No file handles are left, or the peer has gone: neither ends the server.
            tokio::time::sleep(Duration::from_millis(20)).await;
            continue;
        };
        let desk = desk.clone();
        tokio::spawn(async move {
            connection(stream, &desk, waits).await;
            drop(place);
        });
    }
}

/// Answers the requests of one connection. A peer that disconnects or does not speak HTTP is not an error of the server.
async fn connection(stream: TcpStream, desk: &Desk, waits: Waits) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| {
        let answer = answer::to(&request, desk);
        async { Ok::<_, Infallible>(answer) }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(waits.head).max_buf_size(MAX_HEAD).max_headers(MAX_HEADERS);
    let mut open = pin!(http.serve_connection(TokioIo::new(stream), service));
    if timeout(waits.life, open.as_mut()).await.is_err() {
        open.as_mut().graceful_shutdown();
        let _ = timeout(waits.end, open).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};
    use std::time::Instant;

    /// A server with short waits, and its address.
    fn server() -> (SocketAddr, watch::Sender<Arc<Snapshot>>, tokio::runtime::Runtime) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let snapshot = Snapshot { base: "/feeds/".into(), failure: Some("x".repeat(32 << 20)), ..Snapshot::default() };
        let (sender, snapshots) = watch::channel(Arc::new(snapshot));
        let streams = Arc::new(Semaphore::new(2));
        let desk = Desk { bound: address.ip(), snapshots, streams };
        let (head, life, end) = (Duration::from_millis(300), Duration::from_millis(1500), Duration::from_millis(300));
        runtime.spawn(serve(listener, desk, Waits { head, life, end }));
        (address, sender, runtime)
    }

    fn connect(address: SocketAddr, sent: &str) -> std::net::TcpStream {
        let mut stream = std::net::TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let sent = sent.replace("{host}", &address.to_string());
        stream.write_all(sent.as_bytes()).unwrap();
        stream
    }

    fn status(stream: &mut std::net::TcpStream) -> String {
        let mut start = [0; 12];
        let _ = stream.read(&mut start);
        String::from_utf8_lossy(&start).trim_start_matches("HTTP/1.1 ").to_owned()
    }

    const EVENTS: &str = "GET /_preview/events?page=/&mark=x HTTP/1.1\r\nHost: {host}\r\n\r\n";

    #[test]
    fn a_head_has_a_size() {
        let (address, _sender, _runtime) = server();
        let long = format!("GET / HTTP/1.1\r\nHost: {{host}}\r\nX: {}\r\n\r\n", "x".repeat(MAX_HEAD));
        let many = format!("GET / HTTP/1.1\r\nHost: {{host}}\r\n{}\r\n", "X: y\r\n".repeat(MAX_HEADERS));
        for head in [long, many] {
            assert_eq!(status(&mut connect(address, &head)), "431");
        }
        let some = format!("GET /live HTTP/1.1\r\nHost: {{host}}\r\n{}\r\n", "X: y\r\n".repeat(30));
        assert_eq!(status(&mut connect(address, &some)), "404");
    }

    #[test]
    fn only_so_many_pages_wait_for_changes() {
        let (address, _sender, _runtime) = server();
        let mut open: Vec<_> = (0..3).map(|_| connect(address, EVENTS)).collect();
        let mut answers: Vec<String> = open.iter_mut().map(status).collect();
        answers.sort();
        assert_eq!(answers, ["200", "200", "503"]);
        let page = "GET /_preview/live.css HTTP/1.1\r\nHost: {host}\r\n\r\n";
        assert_eq!(status(&mut connect(address, page)), "200", "pages are still answered");
        let begun = Instant::now();
        while status(&mut connect(address, EVENTS)) != "200" {
            assert!(begun.elapsed() < Duration::from_secs(20), "their places are free again when they have gone");
        }
    }

    /// Of half a head, of no second request, and of an answer that is not read.
    #[test]
    fn no_client_takes_a_place_for_ever() {
        let (address, _sender, _runtime) = server();
        let page = "GET /_preview/live.css HTTP/1.1\r\nHost: {host}\r\n\r\n";
        for sent in ["", "GET / HT", page, EVENTS] {
            let (begun, mut all) = (Instant::now(), Vec::new());
            let _ = connect(address, sent).read_to_end(&mut all);
            assert!(begun.elapsed() < Duration::from_secs(10), "{sent:?}");
        }
        let mut unread = connect(address, EVENTS);
        std::thread::sleep(Duration::from_secs(3));
        let mut all = Vec::new();
        let _ = unread.read_to_end(&mut all);
        assert!(all.len() < 32 << 20, "the rest was not kept for it");
    }
}
