//! A loopback server in the test's own process: files of a folder on GET, a scripted hub on POST. Records the
//! requests.
#![allow(dead_code)] // each test binary uses its part

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A request.
#[derive(Debug, Clone)]
pub struct Asked {
    pub method: String,
    /// With its query.
    pub path: String,
    pub headers: BTreeMap<String, String>,
    pub form: Vec<(String, String)>,
    pub at: Instant,
    /// How often this method, path and form were asked for before.
    pub nth: usize,
}

/// What the server answers.
#[derive(Debug, Clone)]
pub enum Reply {
    /// A status with headers and a body.
    Status(u16, Vec<(&'static str, String)>, String),
    /// These bytes, then the end of the connection.
    Raw(Vec<u8>),
    /// Nothing for so long, then the end.
    Silence(Duration),
    /// The file under the path, or 404.
    File,
}

impl Reply {
    pub fn status(status: u16) -> Self {
        Self::Status(status, Vec::new(), String::new())
    }

    pub fn to(status: u16, location: &str) -> Self {
        Self::Status(status, vec![("Location", location.to_owned())], String::new())
    }
}

impl Asked {
    pub fn topic(&self) -> &str {
        self.form.iter().find(|(key, _)| key == "hub.topic").map_or("", |(_, value)| value)
    }
}

type Script = dyn Fn(&Asked) -> Reply + Send + Sync;

/// A running server; it ends with the test's process.
pub struct Web {
    /// `http://127.0.0.1:1234/`.
    pub base: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Web {
    /// Serves a folder; the script answers what is not to be a file.
    pub fn serve(folder: PathBuf, script: impl Fn(&Asked) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}/", listener.local_addr().unwrap());
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (kept, script): (_, Arc<Script>) = (Arc::clone(&asked), Arc::new(script));
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (kept, script, folder) = (Arc::clone(&kept), Arc::clone(&script), folder.clone());
                std::thread::spawn(move || {
                    let _ = talk(&stream, &kept, script.as_ref(), &folder);
                });
            }
        });
        Self { base, asked }
    }

    /// All requests so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// The pings so far.
    pub fn pings(&self) -> Vec<Asked> {
        self.asked().into_iter().filter(|asked| asked.method == "POST").collect()
    }

    /// Topics of the pings, sorted.
    pub fn topics(&self) -> Vec<String> {
        let mut topics: Vec<_> = self.pings().iter().map(|ping| ping.topic().to_owned()).collect();
        topics.sort();
        topics
    }

    /// Forgets all requests.
    pub fn forget(&self) {
        self.asked.lock().unwrap().clear();
    }
}

fn talk(
    stream: &TcpStream,
    kept: &Mutex<Vec<Asked>>,
    script: &Script,
    folder: &std::path::Path,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut stream = stream;
    while let Some(mut asked) = request(&mut reader)? {
        {
            let mut kept = kept.lock().unwrap();
            let same = |a: &&Asked| (&a.method, &a.path, &a.form) == (&asked.method, &asked.path, &asked.form);
            asked.nth = kept.iter().filter(same).count();
            kept.push(asked.clone());
        }
        let (status, headers, body) = match script(&asked) {
            Reply::Status(status, headers, body) => (status, headers, body.into_bytes()),
            Reply::Raw(bytes) => return stream.write_all(&bytes),
            Reply::Silence(time) => {
                std::thread::sleep(time);
                return Ok(());
            }
            Reply::File => match std::fs::read(folder.join(asked.path.trim_start_matches('/'))) {
                Ok(bytes) => (200, Vec::new(), bytes),
                Err(_) => (404, Vec::new(), b"not found".to_vec()),
            },
        };
        let mut head = format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n", body.len());
        headers.iter().for_each(|(name, value)| head += &format!("{name}: {value}\r\n"));
        stream.write_all(format!("{head}\r\n").as_bytes())?;
        stream.write_all(&body)?;
    }
    Ok(())
}

fn request(reader: &mut impl BufRead) -> std::io::Result<Option<Asked>> {
    let mut line = String::new();
    if reader.read_line(&mut line)? == 0 {
        return Ok(None);
    }
    let mut words = line.split_whitespace().map(str::to_owned);
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim_end().split_once(':') else { break };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length").and_then(|n| n.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let form = url::form_urlencoded::parse(&body).into_owned().collect();
    Ok(Some(Asked { method, path, headers, form, at: Instant::now(), nth: 0 }))
}
