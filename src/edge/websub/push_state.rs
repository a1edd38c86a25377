//! `pushed`: hub → topic → digest last accepted, one line each, `hub TAB topic TAB digest`. An acceptance is appended
//! and synced to disk; at the end the file is rewritten, sorted. A last line without a line feed was cut by a kill:
//! it counts as not written, and the ping is repeated.
//!
//! A hub's URL with a query is stored as its digest: it may be a secret, and the file may be below a web server's
//! root.

use super::PushState;
use crate::edge::{EdgeError, files};
use crate::model::AbsUrl;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What hubs have accepted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Paid {
    /// Hub, topic → digest.
    accepted: BTreeMap<(String, String), String>,
    /// Numbers of lines that cannot be read, from 1.
    pub unread: Vec<usize>,
}

impl Paid {
    /// Reads a file; what cannot be read counts as not accepted.
    pub fn read(bytes: &[u8]) -> Self {
        let mut paid = Self::default();
        let whole = bytes.iter().rposition(|b| *b == b'\n').map_or(0, |at| at + 1);
        let text = String::from_utf8_lossy(bytes.get(..whole).unwrap_or_default());
        for (at, line) in text.lines().enumerate() {
            let parts: Vec<&str> = line.split('\t').collect();
            match parts.as_slice() {
                [hub, topic, digest] if !hub.is_empty() && AbsUrl::parse(topic).is_ok() && is_digest(digest) => {
                    paid.accepted.insert(((*hub).to_owned(), (*topic).to_owned()), (*digest).to_owned());
                }
                _ => paid.unread.push(at + 1),
            }
        }
        paid
    }

    /// What a hub accepted last.
    pub fn last(&self, hub: &AbsUrl, topic: &AbsUrl) -> Option<&str> {
        self.accepted.get(&(name(hub), topic.as_str().to_owned())).map(String::as_str)
    }

    /// Notes an acceptance.
    pub fn accept(&mut self, hub: &AbsUrl, topic: &AbsUrl, digest: &str) {
        self.accepted.insert((name(hub), topic.as_str().to_owned()), digest.to_owned());
    }

    /// Adds the entries of another ledger; this ledger's own entries take precedence.
    pub fn merge(&mut self, other: Self) {
        for (key, digest) in other.accepted {
            self.accepted.entry(key).or_insert(digest);
        }
    }

    /// Forgets topics that are gone.
    pub fn keep(&mut self, topics: &[AbsUrl]) {
        let here: BTreeSet<&str> = topics.iter().map(AbsUrl::as_str).collect();
        self.accepted.retain(|(_, topic), _| here.contains(topic.as_str()));
    }

    /// As it is written.
    pub fn to_bytes(&self) -> Vec<u8> {
        let lines = self.accepted.iter().map(|((hub, topic), digest)| format!("{hub}\t{topic}\t{digest}\n"));
        lines.collect::<String>().into_bytes()
    }
}

/// A hub as the file names it.
fn name(hub: &AbsUrl) -> String {
    match hub.as_str().split_once('?') {
        None => hub.as_str().to_owned(),
        Some((before, _)) => {
            let digest = blake3::hash(hub.as_str().as_bytes()).to_hex();
            format!("{before}?{}", digest.chars().take(16).collect::<String>())
        }
    }
}

fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// A push_state in a file.
#[derive(Debug)]
pub struct FilePushState {
    path: PathBuf,
    /// Where the file is written anew.
    staged: PathBuf,
    inner: Mutex<Inner>,
}

#[derive(Debug)]
struct Inner {
    paid: Paid,
    /// The bytes on disk, as far as they are known to be in order.
    written: Option<Vec<u8>>,
    log: Option<File>,
}

impl FilePushState {
    /// Reads the file; where there is none, nothing was accepted. Nothing is made or changed. The caller has checked the
    /// folder.
    pub fn open(path: &Path) -> Result<Self, EdgeError> {
        let mut bytes = Vec::new();
        match files::open(path).and_then(|mut file| file.read_to_end(&mut bytes)) {
            Err(why) if why.kind() != ErrorKind::NotFound => return Err(EdgeError::disk(path, why)),
            _ => {}
        }
        let staged = files::with_suffix(path, ".new");
        files::check(&staged).map_err(|why| EdgeError::disk(&staged, why))?;
        let inner = Inner { paid: Paid::read(&bytes), written: Some(bytes), log: None };
        Ok(Self { path: path.to_owned(), staged, inner: Mutex::new(inner) })
    }

    /// Whether the file holds something, and nothing that this program could have begun to write there.
    pub fn is_anothers(&self) -> bool {
        let inner = self.lock();
        let bytes = inner.written.as_deref().unwrap_or_default();
        inner.paid.accepted.is_empty() && !bytes.is_empty() && !bytes.starts_with(b"http")
    }

    /// Numbers of lines of the file that cannot be read.
    pub fn unread(&self) -> Vec<usize> {
        self.lock().paid.unread.clone()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Rewrites the file if it is not in order, through a temporary file.
    fn write(&self, inner: &mut Inner) -> std::io::Result<()> {
        let bytes = inner.paid.to_bytes();
        if inner.written.as_ref() == Some(&bytes) {
            return Ok(());
        }
        files::replace(&self.path, &bytes, &self.staged)?;
        (inner.written, inner.log) = (Some(bytes), None);
        Ok(())
    }

    fn append(&self, inner: &mut Inner, line: &str) -> std::io::Result<()> {
        if inner.log.is_none() {
            if let Some(folder) = self.path.parent() {
                std::fs::create_dir_all(folder)?;
            }
            // A torn last line must not run into the next.
            self.write(inner)?;
            inner.log = Some(files::open_with(&self.path, OpenOptions::new().append(true).create(true))?);
        }
        inner.written = None;
        let Some(log) = &mut inner.log else { return Ok(()) };
        log.write_all(line.as_bytes())?;
        log.sync_data()
    }
}

impl PushState for FilePushState {
    fn last(&self, hub: &AbsUrl, topic: &AbsUrl) -> Option<String> {
        self.lock().paid.last(hub, topic).map(str::to_owned)
    }

    fn accept(&self, hub: &AbsUrl, topic: &AbsUrl, digest: &str) -> Result<(), EdgeError> {
        let mut inner = self.lock();
        let line = format!("{}\t{}\t{digest}\n", name(hub), topic.as_str());
        self.append(&mut inner, &line).map_err(|why| EdgeError::disk(&self.path, why))?;
        inner.paid.accept(hub, topic, digest);
        Ok(())
    }

    fn close(&self, topics: &[AbsUrl]) -> Result<(), EdgeError> {
        let mut inner = self.lock();
        inner.paid.keep(topics);
        self.write(&mut inner).map_err(|why| EdgeError::disk(&self.path, why))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn url(text: &str) -> AbsUrl {
        AbsUrl::parse(text).unwrap()
    }

    fn digest(text: &str) -> String {
        blake3::hash(text.as_bytes()).to_hex().to_string()
    }

    #[test]
    fn an_acceptance_is_on_disk_at_once_and_the_file_ends_sorted() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deep/pushed");
        let (hub, a, b) = (url("https://hub.example/"), url("https://e.org/a"), url("https://e.org/b"));
        let push_state = FilePushState::open(&path).unwrap();
        assert!(!path.exists(), "reading makes nothing");
        for (topic, text) in [(&b, "1"), (&a, "2"), (&b, "3")] {
            push_state.accept(&hub, topic, &digest(text)).unwrap();
            let other = FilePushState::open(&path).unwrap();
            assert_eq!(other.last(&hub, topic), Some(digest(text)));
        }
        assert_eq!(fs::read_to_string(&path).unwrap().lines().count(), 3);
        push_state.close(&[a.clone(), b.clone()]).unwrap();
        let line = |topic: &AbsUrl, text| format!("https://hub.example/\t{topic}\t{}\n", digest(text));
        assert_eq!(fs::read_to_string(&path).unwrap(), line(&a, "2") + &line(&b, "3"));
        push_state.close(std::slice::from_ref(&a)).unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), line(&a, "2"), "a topic that is gone is forgotten");
    }

    #[test]
    fn a_torn_line_is_owed_again_and_spoils_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pushed");
        let (hub, a, b) = (url("https://hub.example/"), url("https://e.org/a"), url("https://e.org/b"));
        let line = format!("{hub}\t{a}\t{}\n", digest("1"));
        for cut in 0..line.len() {
            fs::write(&path, format!("{line}{}", &line[..cut].replace("/a", "/b"))).unwrap();
            let push_state = FilePushState::open(&path).unwrap();
            assert_eq!((push_state.last(&hub, &a), push_state.last(&hub, &b)), (Some(digest("1")), None));
            assert!(push_state.unread().is_empty());
            push_state.accept(&hub, &b, &digest("2")).unwrap();
            let again = FilePushState::open(&path).unwrap();
            assert_eq!((again.last(&hub, &a), again.last(&hub, &b)), (Some(digest("1")), Some(digest("2"))));
        }
    }

    #[test]
    fn a_file_of_something_else_is_known_as_such() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pushed");
        let of = |text: &str| {
            fs::write(&path, text).unwrap();
            FilePushState::open(&path).unwrap().is_anothers()
        };
        assert!(of("site: {url: \"https://e.org/\"}\n") && of("no line end") && of("\u{0}"));
        let line = format!("https://hub.example/\thttps://e.org/a\t{}\n", digest("1"));
        assert!(!of("") && !of("https://hub.exam") && !of(&line) && !of(&format!("garbage\n{line}")));
    }

    #[test]
    fn damage_is_counted() {
        let paid =
            Paid::read(format!("x\n\nhub\ttopic\tdigest\nh\thttps://e.org/\t{}\n\u{0}\tb\n", digest("")).as_bytes());
        assert_eq!((paid.unread, paid.accepted.len()), (vec![1, 2, 3, 5], 1));
        assert_eq!(Paid::read(b"\xff\xfe\n").unread, [1]);
    }

    #[test]
    fn a_query_of_a_hub_is_not_written_down() {
        let mut paid = Paid::default();
        let (one, two, topic) =
            (url("https://h.example/?token=a"), url("https://h.example/?token=b"), url("https://e.org/"));
        paid.accept(&one, &topic, &digest("1"));
        assert!(!String::from_utf8(paid.to_bytes()).unwrap().contains("token"));
        let read = Paid::read(&paid.to_bytes());
        assert_eq!((read.last(&one, &topic), read.last(&two, &topic)), (Some(digest("1").as_str()), None));
    }
}
