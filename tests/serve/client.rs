//! A minimal HTTP client: sends the given bytes and reads one response, so that tests see what is sent over the
//! connection.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    /// By names in lower case; several of a name joined by a line end.
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Answer {
    #[track_caller]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).unwrap_or_else(|| panic!("no {name} in {:?}", self.headers))
    }

    pub fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }
}

/// A connection that is kept.
pub struct Connection {
    reader: BufReader<TcpStream>,
}

impl Connection {
    pub fn to(address: SocketAddr) -> Self {
        let stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        stream.set_nodelay(true).unwrap();
        Self { reader: BufReader::new(stream) }
    }

    /// Sends a head as it is; `{host}` is the server's own.
    pub fn send(&mut self, head: &str) {
        let host = self.reader.get_ref().peer_addr().unwrap().to_string();
        let head = head.replace("{host}", &host).replace('\n', "\r\n");
        self.reader.get_mut().write_all(format!("{head}\r\n\r\n").as_bytes()).unwrap();
    }

    /// Reads the head of an answer.
    pub fn head(&mut self) -> Answer {
        let status = self.line();
        let status = status.split(' ').nth(1).and_then(|n| n.parse().ok()).unwrap_or_else(|| panic!("{status:?}"));
        let mut headers: BTreeMap<String, String> = BTreeMap::new();
        loop {
            let line = self.line();
            let Some((name, value)) = line.split_once(": ") else { break };
            let kept = headers.entry(name.to_ascii_lowercase()).or_default();
            *kept = if kept.is_empty() { value.to_owned() } else { format!("{kept}\n{value}") };
        }
        Answer { status, headers, body: Vec::new() }
    }

    /// A line without its end; empty at the end of the stream.
    pub fn line(&mut self) -> String {
        let mut line = String::new();
        self.reader.read_line(&mut line).unwrap();
        line.trim_end_matches(['\r', '\n']).to_owned()
    }

    /// One request and its whole answer.
    pub fn ask(&mut self, head: &str) -> Answer {
        self.send(head);
        let mut answer = self.head();
        let empty = head.starts_with("HEAD") || answer.status == 304;
        let length = answer.headers.get("content-length").and_then(|n| n.parse().ok()).unwrap_or(0);
        answer.body = vec![0; if empty { 0 } else { length }];
        self.reader.read_exact(&mut answer.body).unwrap();
        answer
    }
}
