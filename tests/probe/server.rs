//! An image server on loopback, each path with a behaviour of its own. It notes every connection and request.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A running server; its threads end with the process.
pub struct Server {
    pub address: SocketAddr,
    seen: Arc<Seen>,
}

#[derive(Default)]
pub struct Seen {
    connections: AtomicUsize,
    requests: Mutex<Vec<Request>>,
    open: Mutex<(usize, usize)>,
}

/// A request as it came.
#[derive(Debug, Clone)]
pub struct Request {
    pub method: String,
    pub path: String,
    pub headers: BTreeMap<String, String>,
    /// How many requests for this path came before.
    pub before: usize,
}

impl Request {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(String::as_str).unwrap_or_default()
    }
}

/// Answers one request; `false` ends the connection.
pub type Behaviour = fn(&Request, &mut TcpStream) -> std::io::Result<bool>;

impl Server {
    pub fn start(behaviour: Behaviour) -> Self {
        Self::start_at("127.0.0.1:0", behaviour)
    }

    pub fn start_at(address: &str, behaviour: Behaviour) -> Self {
        let listener = TcpListener::bind(address).unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Seen::default());
        let noted = seen.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                noted.connections.fetch_add(1, Ordering::SeqCst);
                let noted = noted.clone();
                std::thread::spawn(move || {
                    let _ = serve(stream, behaviour, &noted);
                });
            }
        });
        Self { address, seen }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }

    pub fn requests(&self) -> Vec<Request> {
        self.seen.requests.lock().unwrap().clone()
    }

    /// `GET /a.png`, in the order they came.
    pub fn lines(&self) -> Vec<String> {
        self.requests().iter().map(|r| format!("{} {}", r.method, r.path)).collect()
    }

    /// The most requests that were open at one time.
    pub fn most_at_once(&self) -> usize {
        self.seen.open.lock().unwrap().1
    }

    pub fn forget(&self) {
        self.seen.requests.lock().unwrap().clear();
        self.seen.connections.store(0, Ordering::SeqCst);
    }
}

fn serve(stream: TcpStream, behaviour: Behaviour, seen: &Seen) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut out = stream.try_clone()?;
    let mut lines = BufReader::new(stream);
    loop {
        let mut line = String::new();
        if lines.by_ref().take(64 << 10).read_line(&mut line)? == 0 {
            return Ok(());
        }
        let mut words = line.split_whitespace();
        let (method, path) = (words.next().unwrap_or_default().to_owned(), words.next().unwrap_or_default().to_owned());
        let mut headers = BTreeMap::new();
        loop {
            let mut line = String::new();
            lines.by_ref().take(64 << 10).read_line(&mut line)?;
            match line.trim().split_once(':') {
                Some((name, value)) => headers.insert(name.to_ascii_lowercase(), value.trim().to_owned()),
                None => break,
            };
        }
        let request = {
            let mut requests = seen.requests.lock().unwrap();
            let before = requests.iter().filter(|r| r.path == path).count();
            requests.push(Request { method, path, headers, before });
            requests.last().unwrap().clone()
        };
        {
            let mut open = seen.open.lock().unwrap();
            open.0 += 1;
            open.1 = open.1.max(open.0);
        }
        let kept = behaviour(&request, &mut out);
        seen.open.lock().unwrap().0 -= 1;
        if !kept? {
            return Ok(());
        }
    }
}

/// Status, headers and body, with the length of the body.
pub fn answer(out: &mut TcpStream, status: &str, headers: &[(&str, &str)], body: &[u8]) -> std::io::Result<bool> {
    let mut head = format!("HTTP/1.1 {status}\r\n");
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    if !headers.iter().any(|(name, _)| matches!(*name, "Content-Length" | "Transfer-Encoding")) && status != "304" {
        head += &format!("Content-Length: {}\r\n", body.len());
    }
    out.write_all(&[format!("{head}\r\n").as_bytes(), body].concat())?;
    Ok(true)
}

/// An image as a good server gives it: ranges, validators, HEAD.
pub fn good(request: &Request, out: &mut TcpStream, kind: &str, bytes: &[u8]) -> std::io::Result<bool> {
    let tag = format!("\"{}\"", bytes.len());
    let common = [("ETag", tag.as_str()), ("Content-Type", kind), ("Last-Modified", "Sun, 08 Jun 2025 10:00:00 GMT")];
    if request.header("if-none-match") == tag {
        return answer(out, "304", &common, b"");
    }
    let length = bytes.len().to_string();
    if request.method == "HEAD" {
        return answer(out, "200 OK", &[&common[..], &[("Content-Length", length.as_str())]].concat(), b"");
    }
    let Some(last) = request.header("range").strip_prefix("bytes=0-").and_then(|n| n.parse::<usize>().ok()) else {
        return answer(out, "200 OK", &common, bytes);
    };
    let end = bytes.len().min(last + 1);
    let range = format!("bytes 0-{}/{}", end - 1, bytes.len());
    answer(out, "206 Partial Content", &[&common[..], &[("Content-Range", range.as_str())]].concat(), &bytes[..end])
}

/// A body in chunks, whose length nobody tells. `pause` between them.
pub fn chunked(out: &mut TcpStream, chunks: usize, chunk: &[u8], pause: Duration) -> std::io::Result<bool> {
    for _ in 0..chunks {
        out.write_all(format!("{:x}\r\n", chunk.len()).as_bytes())?;
        out.write_all(chunk)?;
        out.write_all(b"\r\n")?;
        std::thread::sleep(pause);
    }
    out.write_all(b"0\r\n\r\n")?;
    Ok(true)
}
