//! What may happen to a project between two builds.

use crate::dice::Dice;
use crate::pair::{Damage, Pair};
use crate::site::{Config, Piece};
use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

const NAMES: [&str; 14] = [
    "a.md",
    "b.md",
    "sub/c.md",
    "d.md",
    "e.md",
    "f.md",
    "sub/g.md",
    "2024-01-02-h.md",
    "i.ru.md",
    "j.md",
    "sub/deep/k.md",
    "l.markdown",
    "m.md",
    "n.md",
];

const CLOCK: [&str; 5] = [
    "2029-12-01T00:00:00Z",
    "2030-01-01T00:00:00Z",
    "2030-01-01T12:00:00Z",
    "2030-02-15T00:00:00Z",
    "2030-07-01T00:00:00Z",
];

const PNG: &str = "{\"url\":\"https://img.example/x.png\",\"size\":2114,\"type\":\"image/png\",\"width\":144,\
                   \"height\":144,\"learned\":\"2026-11-21T00:00:00Z\"}\n";

/// The project as it was last written, and the hour.
pub struct Edits {
    pieces: BTreeMap<&'static str, Piece>,
    config: Config,
    now: &'static str,
    damage: Damage,
    /// Whether the output folder depends on its history: a page there looks like the site's own, or the manifest changed.
    marked: bool,
    /// Whether mostly words change that an article alone shows, as on most days of a site.
    calm: bool,
}

impl Edits {
    pub fn begin(pair: &Pair, dice: &mut Dice) -> Self {
        let mut edits = Self {
            pieces: NAMES[..9].iter().map(|name| (*name, Piece::new(dice))).collect(),
            config: Config::new(),
            now: CLOCK[1],
            damage: Damage::None,
            marked: false,
            calm: dice.below(3) == 0,
        };
        for _ in 0..dice.below(6) {
            edits.config.edit(dice);
        }
        edits.pieces.iter().for_each(|(name, piece)| pair.write(&at(name), piece.text()));
        pair.write("feedmill.yaml", edits.config.text());
        pair.write("content/i/a.gif", gif(2));
        edits
    }

    pub fn damage(&self) -> Damage {
        self.damage
    }

    pub fn flags(&self, dice: &mut Dice) -> Vec<&'static str> {
        let more: &[&str] = match dice.below(12) {
            0 => &["--drafts"],
            1 => &["--future"],
            2 => &["--url", "https://other.org/"],
            3 => &["--strict"],
            _ => &[],
        };
        [&["--now", self.now], more].concat()
    }

    /// Does something; says what.
    pub fn step(&mut self, pair: &Pair, dice: &mut Dice) -> String {
        if self.calm && dice.below(8) != 0 {
            return self.words(pair, dice);
        }
        match dice.below(20) {
            0 => self.create(pair, dice),
            1..=5 => self.edit(pair, dice),
            6 => self.remove(pair, dice),
            7 => self.rename(pair, dice),
            8 => self.swap(pair, dice),
            9 => self.touch(pair, dice),
            10..=12 => {
                let what = self.config.edit(dice);
                pair.write("feedmill.yaml", self.config.text());
                format!("config {what}")
            }
            13 => {
                self.now = dice.pick(&CLOCK);
                format!("the clock says {}", self.now)
            }
            14 | 15 => self.spoil(pair, dice),
            16 | 17 => self.output(pair, dice),
            18 => images(pair, dice),
            _ => "nothing".into(),
        }
    }

    fn any(&self, dice: &mut Dice) -> Option<&'static str> {
        let names: Vec<&'static str> = self.pieces.keys().copied().collect();
        (!names.is_empty()).then(|| names[dice.below(names.len())])
    }

    /// A name that no file has.
    fn free(&self, dice: &mut Dice) -> Option<&'static str> {
        let free: Vec<&'static str> = NAMES.into_iter().filter(|name| !self.pieces.contains_key(name)).collect();
        (!free.is_empty()).then(|| free[dice.below(free.len())])
    }

    fn create(&mut self, pair: &Pair, dice: &mut Dice) -> String {
        let Some(name) = self.free(dice) else { return "no name is free".into() };
        let piece = Piece::new(dice);
        pair.write(&at(name), piece.text());
        self.pieces.insert(name, piece);
        format!("create {name}")
    }

    fn edit(&mut self, pair: &Pair, dice: &mut Dice) -> String {
        let Some(name) = self.any(dice) else { return "nothing is there".into() };
        let Some(piece) = self.pieces.get_mut(name) else { return String::new() };
        let what = match dice.below(4) {
            0 => {
                piece.edit_within(dice);
                pair.overwrite(&at(name), piece.text().as_bytes());
                return format!("edit {name}: same size and time");
            }
            1 => {
                piece.edit_body(dice);
                "body".into()
            }
            _ => piece.edit_head(dice),
        };
        let text = piece.text();
        if dice.below(3) == 0 {
            // As editors save.
            pair.write("aside", text);
            pair.rename("aside", &at(name));
            return format!("edit {name}: {what}, by a rename");
        }
        pair.write(&at(name), text);
        format!("edit {name}: {what}")
    }

    /// Other words in an article: its body, its description or its alternative text.
    fn words(&mut self, pair: &Pair, dice: &mut Dice) -> String {
        let Some(name) = self.any(dice) else { return "nothing is there".into() };
        let Some(piece) = self.pieces.get_mut(name) else { return String::new() };
        let what = match dice.below(4) {
            0 => piece.edit_words(dice),
            _ => {
                piece.edit_body(dice);
                "body".into()
            }
        };
        pair.write(&at(name), piece.text());
        format!("words of {name}: {what}")
    }

    fn remove(&mut self, pair: &Pair, dice: &mut Dice) -> String {
        let Some(name) = self.any(dice) else { return "nothing is there".into() };
        pair.remove(&at(name));
        self.pieces.remove(name);
        format!("delete {name}")
    }

    fn rename(&mut self, pair: &Pair, dice: &mut Dice) -> String {
        let (Some(from), Some(to)) = (self.any(dice), self.free(dice)) else { return "nothing to rename".into() };
        pair.rename(&at(from), &at(to));
        if let Some(piece) = self.pieces.remove(from) {
            self.pieces.insert(to, piece);
        }
        format!("rename {from} to {to}")
    }

    fn swap(&mut self, pair: &Pair, dice: &mut Dice) -> String {
        let (Some(one), Some(other)) = (self.any(dice), self.any(dice)) else { return "nothing is there".into() };
        if one == other {
            return "nothing to swap".into();
        }
        pair.swap(&at(one), &at(other));
        if let (Some(first), Some(second)) = (self.pieces.remove(one), self.pieces.remove(other)) {
            self.pieces.extend([(one, second), (other, first)]);
        }
        format!("swap {one} and {other}")
    }

    fn touch(&self, pair: &Pair, dice: &mut Dice) -> String {
        let Some(name) = self.any(dice) else { return "nothing is there".into() };
        let (when, word) = match dice.below(3) {
            0 => (SystemTime::now(), "now"),
            1 => (SystemTime::UNIX_EPOCH + Duration::from_secs(86_400), "long ago"),
            _ => (SystemTime::now() + Duration::from_secs(86_400), "tomorrow"),
        };
        pair.touch(&at(name), when);
        format!("touch {name}: {word}")
    }

    /// Files of the cache go, are cut, have a bit flipped, or are another version's.
    fn spoil(&mut self, pair: &Pair, dice: &mut Dice) -> String {
        let files: Vec<(String, Vec<u8>)> = pair.cached().into_iter().collect();
        if files.is_empty() {
            return "no cache to spoil".into();
        }
        let (name, mut bytes) = files[dice.below(files.len())].clone();
        let way = dice.below(4);
        let place = dice.below(bytes.len().max(1));
        match way {
            0 => {
                pair.spoil(&name, None);
                return format!("delete {name} of the cache");
            }
            1 => bytes.truncate(place),
            2 if place < bytes.len() => bytes[place] ^= 1 << dice.below(8),
            _ if bytes.len() > 12 => bytes[8..12].reverse(),
            _ => {}
        }
        self.damage = Damage::Done;
        pair.spoil(&name, Some(&bytes));
        format!("spoil {name} of the cache: {}, {place}", ["", "cut", "bit", "version"][way])
    }

    /// Somebody was at the output folder.
    fn output(&mut self, pair: &Pair, dice: &mut Dice) -> String {
        let files: Vec<(String, Vec<u8>)> = pair.outputs().into_iter().collect();
        if files.is_empty() {
            return "no output to touch".into();
        }
        let (name, mut bytes) = files[dice.below(files.len())].clone();
        let path = format!("feeds/{name}");
        // What has lost the mark of its maker is the site's own; without its manifest a run deletes nothing, and never what
        // was edited by hand.
        self.marked |= name.starts_with(".feedmill") || ![".xml", ".json"].iter().any(|end| name.ends_with(end));
        match dice.below(6) {
            0 => pair.remove(&path),
            1 => {
                bytes.extend_from_slice(b" ");
                pair.write(&path, bytes);
                self.marked = true;
                return format!("append to {path}");
            }
            2 if name.ends_with("index.html") => {
                pair.write(&path, "<!doctype html><title>Mine</title>");
                self.marked = true;
                return format!("{path} is the site's own");
            }
            3 if name.contains('/') => {
                let folder = path.rsplit_once('/').map_or("feeds", |(folder, _)| folder);
                pair.remove(folder);
                return format!("delete {folder}");
            }
            _ if !bytes.is_empty() => {
                let place = dice.below(bytes.len());
                bytes[place] ^= 1;
                pair.overwrite(&path, &bytes);
                self.marked = true;
                return format!("edit {path}: same size and time");
            }
            _ => pair.remove(&path),
        }
        format!("delete {path}")
    }
}

/// What is known of images here and elsewhere changes.
fn images(pair: &Pair, dice: &mut Dice) -> String {
    match dice.below(6) {
        0 => pair.write("images.lock", PNG),
        1 => pair.write("images.lock", PNG.replace("144", "288")),
        2 => pair.write("images.lock", "no JSON\n"),
        3 if pair.has("images.lock") => pair.remove("images.lock"),
        4 if pair.has("content/i/b.gif") => pair.remove("content/i/b.gif"),
        _ => {
            let wide = 1 + u8::try_from(dice.below(9)).unwrap();
            pair.write(dice.pick(&["content/i/a.gif", "content/i/b.gif"]), gif(wide));
            return format!("an image is {wide} wide");
        }
    }
    "images change".into()
}

fn gif(wide: u8) -> Vec<u8> {
    let mut bytes = b"GIF89a\x02\x00\x02\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff".to_vec();
    bytes.extend_from_slice(b",\x00\x00\x00\x00\x02\x00\x02\x00\x00\x02\x03D\x02\x05\x00;");
    bytes[6] = wide;
    bytes
}

fn at(name: &str) -> String {
    format!("content/{name}")
}
