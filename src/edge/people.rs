//! The file or folder of authors that the config names (`content.authors_file`), read from disk once, before the line runs.
//! Regular files only, none larger than a megabyte; what cannot be read is a finding, and its keys stay names.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::edge::folder::open_regular;
use crate::model::{Person, Place, Site, TagKey};
use crate::parse::{self, PeopleFile};
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

const MAX_PEOPLE_FILE_BYTES: u64 = 1 << 20;

/// The people by key; none where the config names no file.
pub fn read(project: &Path, site: &Site, sink: &mut dyn Sink) -> BTreeMap<TagKey, Person> {
    let mut people = BTreeMap::new();
    let Some(display_path) = &site.content.authors_file else { return people };
    let path = project.join(display_path);
    let display_path = display_path.trim_end_matches('/');
    if path.is_dir() {
        folder(&path, display_path, &mut people, sink);
    } else {
        file(&path, display_path, None, &mut people, sink);
    }
    people
}

/// One file for each: `ann.yml`, or `ann/_index.md`.
fn folder(path: &Path, display_path: &str, people: &mut BTreeMap<TagKey, Person>, sink: &mut dyn Sink) {
    for (name, entry) in entries(path, display_path, sink) {
        let within = format!("{display_path}/{name}");
        if entry.is_dir() {
            let page = ["_index.md", "index.md", "index.mdx"].iter().find(|page| entry.join(page).is_file());
            if let Some(page) = page {
                file(&entry.join(page), &format!("{within}/{page}"), Some(&name), people, sink);
            }
            continue;
        }
        let (stem, extension) = name.rsplit_once('.').unwrap_or((&name, ""));
        let known = ["yml", "yaml", "toml", "json", "md", "mdx"].contains(&extension.to_ascii_lowercase().as_str());
        if known && !matches!(stem, "_index" | "index" | "") {
            file(&entry, &within, Some(stem), people, sink);
        }
    }
}

fn entries(path: &Path, display_path: &str, sink: &mut dyn Sink) -> Vec<(String, std::path::PathBuf)> {
    let mut found = Vec::new();
    match std::fs::read_dir(path) {
        Ok(entries) => {
            for entry in entries.flatten() {
                let link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
                if let (Ok(name), false) = (entry.file_name().into_string(), link) {
                    found.push((name, entry.path()));
                }
            }
        }
        Err(why) => tell(display_path, &why.to_string(), sink),
    }
    found.sort();
    found
}

fn file(
    path: &Path,
    display_path: &str,
    key: Option<&str>,
    people: &mut BTreeMap<TagKey, Person>,
    sink: &mut dyn Sink,
) {
    match bytes(path) {
        Ok(bytes) => {
            for (key, person) in parse::people(PeopleFile { display_path, key, bytes: &bytes }, sink) {
                people.extend(TagKey::new(&key).map(|key| (key, person)));
            }
        }
        Err(why) => tell(display_path, &why.to_string(), sink),
    }
}

fn bytes(path: &Path) -> std::io::Result<Vec<u8>> {
    let (file, size) = open_regular(path)?;
    if size > MAX_PEOPLE_FILE_BYTES {
        return Err(std::io::Error::other(format!("it is no file of at most {MAX_PEOPLE_FILE_BYTES} bytes")));
    }
    let mut bytes = Vec::new();
    file.take(MAX_PEOPLE_FILE_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn tell(display_path: &str, why: &str, sink: &mut dyn Sink) {
    let message = format!("the authors file cannot be read: {why}");
    let finding = Diagnostic::new(Code::BadPeople, display_path, Place::WHOLE, message);
    sink.report(finding.help("correct `content.authors_file` in feedmill.yaml"));
}
