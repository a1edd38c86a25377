//! The lines of `feedmill.ids`. UTF-8, LF; a line that begins with `#` is a comment; fields are separated by tabs; `-` is
//! nothing, `=` the field before. Any order is read, and equal lines twice; they are written in the order of their keys.

use super::{Ledger, LedgerEntry, LedgerFeed, LineHashes, LineIds, LineKey, LineState};
use crate::model::{EntryId, Timestamp};
use std::fmt::Write;

/// The first line of the file.
const HEAD: &str =
    "# feedmill.ids 1: the ids, dates and addresses that subscribers were given. Commit it with your articles.";

/// The largest field that is read, in bytes.
const MAX_FIELD_BYTES: usize = 8192;

/// A line that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineFault {
    /// Its number, from 1.
    pub line: u32,
    /// Why it cannot be read.
    pub why: &'static str,
}

impl Ledger {
    /// Whether a text has each line of this ledger once, in the order of their keys, as it is written.
    pub fn is_in_order(&self, text: &str) -> bool {
        let lines = || text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        lines().count() == self.entries.len() + self.feeds.len()
            && lines().is_sorted_by_key(|line| line.split('\t').next())
    }

    /// Reads the lines of a ledger, with those that cannot be read.
    pub fn read(text: &str) -> (Self, Vec<LineFault>) {
        let (mut ledger, mut faults) = (Self::default(), Vec::new());
        for (line, number) in text.split('\n').zip(1..) {
            let line = line.strip_suffix('\r').unwrap_or(line);
            let is_marker = ["<<<<<<< ", "=======", ">>>>>>> ", "||||||| "].iter().any(|mark| line.starts_with(mark));
            if is_marker {
                faults.push(LineFault { line: number, why: "it is a conflict marker of git" });
            } else if !line.trim().is_empty() && !line.starts_with('#') {
                faults.extend(ledger.take(line).err().map(|why| LineFault { line: number, why }));
            }
        }
        (ledger, faults)
    }

    fn take(&mut self, line: &str) -> Result<(), &'static str> {
        let fields: Vec<&str> = line.split('\t').collect();
        if fields.iter().any(|field| field.len() > MAX_FIELD_BYTES) {
            return Err("a field is longer than 8 KiB");
        }
        let (key, kind) = (fields.first().copied().unwrap_or_default(), fields.get(1).copied().unwrap_or_default());
        if key.len() < 8 || key.len() > 64 || !key.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)) {
            return Err("its first field is not a key");
        }
        match (kind, fields.get(2..).unwrap_or_default()) {
            ("live", rest) => self.take_entry(key.into(), entry(LineState::Live, rest)?),
            ("gone", rest) => self.take_entry(key.into(), entry(LineState::Gone, rest)?),
            ("feed", rest) => self.take_feed(key.into(), feed(LineState::Live, rest)?),
            ("closed", rest) => self.take_feed(key.into(), feed(LineState::Gone, rest)?),
            _ => return Err("its second field is none of `live`, `gone`, `feed`, `closed`"),
        }
        Ok(())
    }

    /// Of two lines with one key, as a merge can leave them, the one of the article that is there wins, then the older.
    fn take_entry(&mut self, key: LineKey, line: LedgerEntry) {
        match self.entries.entry(key) {
            std::collections::btree_map::Entry::Vacant(place) => {
                place.insert(line);
            }
            std::collections::btree_map::Entry::Occupied(mut place) => {
                let rank = |line: &LedgerEntry| (line.state, line.published, line.ids.rss.clone(), line.path.clone());
                let mut feeds = [place.get().feeds.clone(), line.feeds.clone()].concat();
                feeds.sort_unstable();
                feeds.dedup();
                if rank(&line) < rank(place.get()) {
                    place.insert(line);
                }
                place.get_mut().feeds = feeds;
            }
        }
    }

    fn take_feed(&mut self, key: LineKey, line: LedgerFeed) {
        match self.feeds.entry(key) {
            std::collections::btree_map::Entry::Vacant(place) => {
                place.insert(line);
            }
            std::collections::btree_map::Entry::Occupied(mut place) => {
                // The stricter of two floors: no old entry may enter.
                let rank = |line: &LedgerFeed| (line.state, std::cmp::Reverse(line.floor), line.slug.clone());
                if rank(&line) < rank(place.get()) {
                    place.insert(line);
                }
            }
        }
    }
}

fn entry(state: LineState, fields: &[&str]) -> Result<LedgerEntry, &'static str> {
    let [published, updated, path, rss, atom, json, rule, held, date, changed, slug, title, body, feeds] = fields
    else {
        return Err("the line of an entry has 16 fields");
    };
    let rss = unescaped(rss);
    let atom = if *atom == "=" { rss.clone() } else { unescaped(atom) };
    let json = if *json == "=" { rss.clone() } else { unescaped(json) };
    if rss.is_empty() || json.is_empty() || [&*rss, &*json].into_iter().any(|id| id.chars().any(|c| !is_id_char(c))) {
        return Err("an id is empty, or holds a character that no feed may carry");
    }
    let hash = |text: &&str| {
        u32::from_str_radix(if *text == "-" { "0" } else { text }, 16).map_err(|_| "a hash is not hexadecimal")
    };
    let feeds = match *feeds {
        "-" => Vec::new(),
        list => list.split(',').map(LineKey::from).collect(),
    };
    Ok(LedgerEntry {
        state,
        published: instant(published)?,
        updated: if *updated == "=" { instant(published)? } else { instant(updated)? },
        path: unescaped(path),
        ids: LineIds { atom: EntryId::new(&atom).ok_or("its Atom id is not an IRI")?, rss, json },
        hashes: LineHashes {
            rule: hash(rule)?,
            held: hash(held)?,
            date: hash(date)?,
            updated: hash(changed)?,
            slug: hash(slug)?,
            title: hash(title)?,
            body: u64::from_str_radix(if *body == "-" { "0" } else { body }, 16)
                .map_err(|_| "a hash is not hexadecimal")?,
        },
        feeds,
    })
}

fn feed(state: LineState, fields: &[&str]) -> Result<LedgerFeed, &'static str> {
    let [family, value, slug, floor, limit, rule, home, rss, atom, json, label] = fields else {
        return Err("the line of a feed has 13 fields");
    };
    let address = |text: &&str| if *text == "-" { "".into() } else { unescaped(text) };
    Ok(LedgerFeed {
        state,
        family: unescaped(family),
        value: address(value),
        slug: address(slug),
        label: unescaped(label),
        floor: instant(floor)?,
        limit: limit.parse().map_err(|_| "its limit is not a number")?,
        rule: u32::from_str_radix(rule, 16).map_err(|_| "a hash is not hexadecimal")?,
        home: address(home),
        addresses: [address(rss), address(atom), address(json)],
    })
}

fn instant(text: &str) -> Result<Option<Timestamp>, &'static str> {
    if text == "-" {
        return Ok(None);
    }
    let at = chrono::DateTime::parse_from_rfc3339(text).map_err(|_| "a date is not an RFC 3339 instant")?;
    Ok(Some(Timestamp::new(at)))
}

/// What an id may hold: XML's characters (XML 1.0 section 2.2), without line breaks and tabs.
fn is_id_char(c: char) -> bool {
    crate::model::is_xml_char(c) && !c.is_control()
}

/// The file's bytes.
pub fn to_bytes(ledger: &Ledger) -> Vec<u8> {
    let mut out = format!(
        "{HEAD}\n# An entry: key, state, published, updated, path, ids (RSS, Atom, JSON), hashes, feeds. A feed: key, state, family, value, slug, floor, limit, rule, site, addresses, label.\n"
    );
    let entries = ledger.entries.iter().map(|(key, line)| (key, entry_text(key, line)));
    let feeds = ledger.feeds.iter().map(|(key, line)| (key, feed_text(key, line)));
    let mut lines: Vec<(&LineKey, String)> = entries.chain(feeds).collect();
    lines.sort();
    for (_, line) in lines {
        out.push_str(&line);
        out.push('\n');
    }
    out.into_bytes()
}

fn entry_text(key: &str, line: &LedgerEntry) -> String {
    let state = if line.state == LineState::Live { "live" } else { "gone" };
    let same = |id: &str| if id == &*line.ids.rss { "=".into() } else { escaped(id) };
    let updated = if line.updated == line.published { "=".into() } else { instant_text(line.updated) };
    let LineHashes { rule, held, date, updated: changed, slug, title, body } = line.hashes;
    let hashes =
        [rule, held, date, changed, slug, title].map(|hash| if hash == 0 { "-".into() } else { format!("{hash:08x}") });
    let feeds = if line.feeds.is_empty() { "-".into() } else { line.feeds.join(",") };
    let mut out = String::with_capacity(256);
    // A string takes all that is written to it.
    let _ = write!(
        out,
        "{key}\t{state}\t{}\t{updated}\t{}\t{}\t{}\t{}\t{}\t{body:016x}\t{feeds}",
        instant_text(line.published),
        escaped(&line.path),
        escaped(&line.ids.rss),
        same(line.ids.atom.as_str()),
        same(&line.ids.json),
        hashes.join("\t"),
    );
    out
}

fn feed_text(key: &str, line: &LedgerFeed) -> String {
    let LedgerFeed { state, family, value, slug, label, floor, limit, rule, home, addresses } = line;
    let state = if *state == LineState::Live { "feed" } else { "closed" };
    let or_none = |text: &str| if text.is_empty() { "-".into() } else { escaped(text) };
    let floor = instant_text(*floor);
    let texts = [value, slug].map(|text| or_none(text)).join("\t");
    let addresses = addresses.each_ref().map(|address| or_none(address)).join("\t");
    let (home, label) = (or_none(home), or_none(label));
    format!("{key}\t{state}\t{family}\t{texts}\t{floor}\t{limit}\t{rule:08x}\t{home}\t{addresses}\t{label}")
}

fn instant_text(at: Option<Timestamp>) -> String {
    at.map_or_else(|| "-".into(), Timestamp::rfc3339)
}

/// A text as one field: no tab, line break or other control character, and never taken for `-` or `=`.
fn escaped(text: &str) -> String {
    if !text.chars().any(|c| c.is_control() || c == '\\') && text != "-" && text != "=" {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        match c {
            '\\' => out.push_str("\\\\"),
            '-' | '=' if at == 0 && text.len() == 1 => out.push_str(&format!("\\u{{{:x}}}", c as u32)),
            c if c.is_control() => out.push_str(&format!("\\u{{{:x}}}", c as u32)),
            c => out.push(c),
        }
    }
    out
}

fn unescaped(field: &str) -> Box<str> {
    let (mut out, mut rest) = (String::with_capacity(field.len()), field);
    while let Some((before, after)) = rest.split_once('\\') {
        out.push_str(before);
        rest = match after.strip_prefix("u{").and_then(|code| code.split_once('}')) {
            Some((code, tail)) => {
                out.extend(u32::from_str_radix(code, 16).ok().and_then(char::from_u32));
                tail
            }
            None => {
                out.push('\\');
                after.strip_prefix('\\').unwrap_or(after)
            }
        };
    }
    out.push_str(rest);
    out.into()
}

#[cfg(test)]
mod tests;
