//! `images.lock` beside the config: what probes have learned of images elsewhere. One JSON object a line, sorted by URL,
//! so that it can be committed and two branches' lines merge. Only a probe writes it; every build reads it.
//!
//! A line that cannot be read is reported by its number, without its text, and counts as unknown; of twins the one learned
//! last counts. A link in its place is not followed.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::edge::{EdgeError, files};
use crate::model::{AbsUrl, ImageFacts, ImageFlaw, ImageRules, MAX_LENGTH, MediaType, Place, Timestamp};
use crate::parse::json::refusal;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::io::{ErrorKind, Read};
use std::path::Path;

/// The file's name.
pub const NAME: &str = "images.lock";

/// The file begins with this line.
const HEAD: &str = "# What `feedmill probe` has learned of images. Commit it: builds are offline and read it.";

/// The largest file that is read: a quarter of a million images.
const MAX_LOCK_BYTES: u64 = 64 << 20;

/// Seconds after which an image that could not be shown is asked for again; others after `images.max_age`.
const HOPE: i64 = 86_400;

/// What is known of one image elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageRecord {
    /// The facts of the image.
    pub facts: ImageFacts,
    /// Its `ETag`, as sent.
    pub etag: Option<String>,
    /// Its `Last-Modified`, as sent.
    pub last_modified: Option<String>,
    /// When this was learned or confirmed.
    pub learned: Timestamp,
}

impl ImageRecord {
    /// Whether it is time to ask again.
    pub fn is_stale(&self, now: Timestamp, rules: &ImageRules) -> bool {
        let shows = |kind: &MediaType| !kind.as_str().starts_with("text/");
        let good = self.facts.flaw.is_none() && self.facts.media_type.as_ref().is_none_or(shows);
        let age = if good { rules.max_age } else { rules.max_age.min(HOPE) };
        self.learned.plus_seconds(age) <= now
    }
}

/// The file, read, with what was learned or forgotten since.
#[derive(Debug, Default)]
pub struct ImageLock {
    lines: BTreeMap<AbsUrl, ImageRecord>,
    changes: BTreeMap<AbsUrl, Option<ImageRecord>>,
}

impl ImageLock {
    /// Reads the file of a project folder; a missing one is empty.
    pub fn read(project: &Path, sink: &mut dyn Sink) -> Result<Self, EdgeError> {
        Ok(Self { lines: lines(project, sink)?, changes: BTreeMap::new() })
    }

    /// What is known of the file at this URL.
    pub fn facts(&self, url: &AbsUrl) -> Option<ImageFacts> {
        self.lines.get(url).map(|known| known.facts.clone())
    }

    /// The whole line of this URL.
    pub fn known(&self, url: &AbsUrl) -> Option<&ImageRecord> {
        self.lines.get(url)
    }

    /// Every line, by URL.
    pub fn iter(&self) -> impl Iterator<Item = (&AbsUrl, &ImageRecord)> {
        self.lines.iter()
    }

    /// Remembers what was learned.
    pub fn learn(&mut self, url: AbsUrl, known: ImageRecord) {
        self.changes.insert(url.clone(), Some(known.clone()));
        self.lines.insert(url, known);
    }

    /// Forgets every URL that is not kept; how many.
    pub fn prune(&mut self, keep: impl Fn(&AbsUrl) -> bool) -> usize {
        let gone: Vec<AbsUrl> = self.lines.keys().filter(|url| !keep(url)).cloned().collect();
        for url in &gone {
            self.lines.remove(url);
            self.changes.insert(url.clone(), None);
        }
        gone.len()
    }

    /// Takes in what another machine has learned: of two lines for one URL the newer stands. The file here is not changed.
    pub fn merge(&mut self, bytes: &[u8], sink: &mut dyn Sink) {
        for (url, known) in parsed(bytes, sink) {
            if self.lines.get(&url).is_none_or(|own| own.learned < known.learned) {
                self.lines.insert(url, known);
            }
        }
    }

    /// All lines, as the file has them.
    pub fn to_bytes(&self) -> Vec<u8> {
        text(&self.lines).into_bytes()
    }

    /// Whether nothing is known of any image.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Writes what changed into the file, beside what another run may have written since; atomically, and only where
    /// bytes differ.
    pub fn save(&mut self, project: &Path) -> Result<(), EdgeError> {
        if self.changes.is_empty() {
            return Ok(());
        }
        let mut all = lines(project, &mut ())?;
        for (url, known) in &self.changes {
            match known {
                Some(known) => all.insert(url.clone(), known.clone()),
                None => all.remove(url),
            };
        }
        let path = project.join(NAME);
        let old = bytes(&path)?;
        let text = text(&all);
        let same = old.map_or(all.is_empty(), |old| old == text.as_bytes());
        if !same {
            let staged = path.with_file_name(format!("{NAME}.new-{}", std::process::id()));
            files::replace(&path, text.as_bytes(), &staged).map_err(|why| EdgeError::disk(&path, why))?;
        }
        self.changes.clear();
        Ok(())
    }
}

/// A line of the file.
#[derive(Serialize, Deserialize)]
struct Line {
    url: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    flaw: Option<Flaw>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    size: Option<u64>,
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    media_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    width: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    height: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    etag: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    last_modified: Option<String>,
    learned: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Flaw {
    Gone,
    Script,
}

fn lines(project: &Path, sink: &mut dyn Sink) -> Result<BTreeMap<AbsUrl, ImageRecord>, EdgeError> {
    Ok(bytes(&project.join(NAME))?.map(|bytes| parsed(&bytes, sink)).unwrap_or_default())
}

/// The bytes of the file, up to a limit; `None` where there is none.
fn bytes(path: &Path) -> Result<Option<Vec<u8>>, EdgeError> {
    let mut bytes = Vec::new();
    match files::open(path).and_then(|file| file.take(MAX_LOCK_BYTES).read_to_end(&mut bytes)) {
        Ok(_) => Ok(Some(bytes)),
        Err(why) if why.kind() == ErrorKind::NotFound => Ok(None),
        Err(why) => Err(EdgeError::disk(path, why)),
    }
}

fn parsed(bytes: &[u8], sink: &mut dyn Sink) -> BTreeMap<AbsUrl, ImageRecord> {
    let mut lines: BTreeMap<AbsUrl, ImageRecord> = BTreeMap::new();
    for (number, line) in bytes.split(|b| *b == b'\n').enumerate() {
        if line.trim_ascii().is_empty() || line.starts_with(b"#") {
            continue;
        }
        let read = serde_json::from_slice::<Line>(line).map_err(|why| refusal(&why)).and_then(read);
        match read {
            Ok((url, known)) => {
                if lines.get(&url).is_none_or(|twin| twin.learned <= known.learned) {
                    lines.insert(url, known);
                }
            }
            Err(why) => {
                let at = Place::new(u32::try_from(number).unwrap_or(u32::MAX - 1) + 1, 0, 0);
                let message = format!("the line cannot be read: {why}");
                let help = "delete the line, then run `feedmill probe`";
                sink.report(Diagnostic::new(Code::DamagedImageLock, NAME, at, message).help(help));
            }
        }
    }
    lines
}

fn read(line: Line) -> Result<(AbsUrl, ImageRecord), String> {
    let url = AbsUrl::parse(&line.url).map_err(|why| format!("its url: {why}"))?;
    if url.has_credentials() {
        return Err("its url contains a user name or a password".into());
    }
    let learned = chrono::DateTime::parse_from_rfc3339(&line.learned).map_err(|why| format!("`learned`: {why}"))?;
    if line.size.is_some_and(|size| size > MAX_LENGTH) {
        return Err(format!("its size is above {MAX_LENGTH}"));
    }
    let media_type = match line.media_type {
        Some(text) => Some(MediaType::new(&text).ok_or("its type is not a media type")?),
        None => None,
    };
    let facts = ImageFacts {
        length: line.size.unwrap_or_default(),
        media_type,
        width: line.width.filter(|n| *n > 0),
        height: line.height.filter(|n| *n > 0),
        flaw: line.flaw.map(|flaw| match flaw {
            Flaw::Gone => ImageFlaw::Gone,
            Flaw::Script => ImageFlaw::Script,
        }),
    };
    let known =
        ImageRecord { facts, etag: line.etag, last_modified: line.last_modified, learned: Timestamp::new(learned) };
    Ok((url, known))
}

fn text(lines: &BTreeMap<AbsUrl, ImageRecord>) -> String {
    let mut out = format!("{HEAD}\n");
    for (url, known) in lines {
        let facts = &known.facts;
        let line = Line {
            url: url.as_str().to_owned(),
            flaw: facts.flaw.map(|flaw| match flaw {
                ImageFlaw::Gone => Flaw::Gone,
                ImageFlaw::Script => Flaw::Script,
            }),
            size: Some(facts.length).filter(|length| *length > 0),
            media_type: facts.media_type.as_ref().map(ToString::to_string),
            width: facts.width,
            height: facts.height,
            etag: known.etag.clone(),
            last_modified: known.last_modified.clone(),
            learned: known.learned.in_zone(chrono_tz::Tz::UTC).rfc3339(),
        };
        // A struct of texts and numbers cannot fail to serialise.
        if let Ok(line) = serde_json::to_string(&line) {
            out.push_str(&line);
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_unix(1_750_000_000 + seconds).unwrap()
    }

    fn known(length: u64, learned: i64) -> ImageRecord {
        let facts = ImageFacts { length, media_type: MediaType::new("image/png"), ..ImageFacts::default() };
        ImageRecord { facts, etag: Some("\"a\"".into()), last_modified: None, learned: at(learned) }
    }

    fn url(text: &str) -> AbsUrl {
        AbsUrl::parse(text).unwrap()
    }

    #[test]
    fn what_was_learned_is_read_back_and_written_once() {
        let folder = tempfile::tempdir().unwrap();
        let mut lock = ImageLock::read(folder.path(), &mut ()).unwrap();
        lock.save(folder.path()).unwrap();
        assert!(!folder.path().join(NAME).exists(), "nothing learned, nothing written");
        lock.learn(url("https://e.org/b.png"), known(2, 0));
        lock.learn(url("https://e.org/a.png"), known(1, 0));
        lock.save(folder.path()).unwrap();
        let first = fs::read_to_string(folder.path().join(NAME)).unwrap();
        let urls: Vec<&str> = first.lines().skip(1).filter_map(|l| l.split('"').nth(3)).collect();
        assert_eq!(urls, ["https://e.org/a.png", "https://e.org/b.png"]);
        let again = ImageLock::read(folder.path(), &mut ()).unwrap();
        assert_eq!(again.known(&url("https://e.org/a.png")), Some(&known(1, 0)));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file stays");
    }

    #[test]
    fn two_runs_do_not_rob_each_other() {
        let folder = tempfile::tempdir().unwrap();
        let mut one = ImageLock::read(folder.path(), &mut ()).unwrap();
        let mut two = ImageLock::read(folder.path(), &mut ()).unwrap();
        one.learn(url("https://e.org/1.png"), known(1, 0));
        one.save(folder.path()).unwrap();
        two.learn(url("https://e.org/2.png"), known(2, 0));
        two.save(folder.path()).unwrap();
        let mut all = ImageLock::read(folder.path(), &mut ()).unwrap();
        assert_eq!(all.iter().count(), 2);
        assert_eq!(all.prune(|u| u.as_str().ends_with("2.png")), 1);
        all.save(folder.path()).unwrap();
        assert_eq!(ImageLock::read(folder.path(), &mut ()).unwrap().iter().count(), 1);
    }

    #[test]
    fn damaged_lines_are_told_and_the_rest_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let good = |size: u64, learned: &str| {
            format!("{{\"url\":\"https://e.org/a.png\",\"size\":{size},\"learned\":\"{learned}\"}}")
        };
        let text = [
            "# head".to_owned(),
            "<<<<<<< HEAD".into(),
            good(2, "2025-02-01T00:00:00Z"),
            "=======".into(),
            good(1, "2025-01-01T00:00:00Z"),
            "{\"url\":\"https://u:secret@e.org/a.png\",\"learned\":\"2025-01-01T00:00:00Z\"}".into(),
            "{\"url\":\"/a.png\",\"learned\":\"2025-01-01T00:00:00Z\"}".into(),
            "\u{0}".into(),
        ];
        fs::write(folder.path().join(NAME), text.join("\n")).unwrap();
        let mut findings = Vec::new();
        let lock = ImageLock::read(folder.path(), &mut findings).unwrap();
        assert_eq!(lock.facts(&url("https://e.org/a.png")).map(|f| f.length), Some(2), "the younger twin counts");
        assert_eq!(findings.iter().map(|d| d.at.line).collect::<Vec<_>>(), [2, 4, 6, 7, 8]);
        assert!(findings.iter().all(|d| !d.message.contains("secret")));
    }

    #[test]
    fn numbers_that_no_feed_can_carry_are_damage() {
        let line =
            |facts: &str| format!("{{\"url\":\"https://e.org/a.png\",{facts},\"learned\":\"2025-01-01T00:00:00Z\"}}");
        let read = |facts: &str| {
            let mut findings = Vec::new();
            let lines = parsed(line(facts).as_bytes(), &mut findings);
            (lines.into_values().next().map(|known| known.facts.length), findings.len())
        };
        assert_eq!(read("\"size\":9007199254740991"), (Some(MAX_LENGTH), 0));
        for odd in [
            "\"size\":9007199254740992",
            "\"size\":18446744073709551615",
            "\"size\":18446744073709551616",
            "\"size\":-1",
            "\"size\":1e99",
            "\"size\":\"1\"",
            "\"width\":4294967296,\"height\":1",
            "\"width\":1,\"height\":-1",
        ] {
            assert_eq!(read(odd), (None, 1), "{odd}");
        }
    }

    #[test]
    fn facts_grow_old_and_hope_is_asked_for_daily() {
        let rules = ImageRules::default();
        let good = known(1, 0);
        assert!(!good.is_stale(at(30 * 86_400 - 1), &rules) && good.is_stale(at(30 * 86_400), &rules));
        assert!(!good.is_stale(at(-5), &rules), "learned in a later run than now pretends to be");
        let gone =
            ImageRecord { facts: ImageFacts { flaw: Some(ImageFlaw::Gone), ..ImageFacts::default() }, ..good.clone() };
        assert!(!gone.is_stale(at(86_399), &rules) && gone.is_stale(at(86_400), &rules));
        assert!(good.is_stale(at(0), &ImageRules { max_age: 0, ..rules }));
    }
}
