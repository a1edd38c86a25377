//! The brake: refuses a run that would change ids that subscribers have, or drop a large part of the feeds, until the
//! user accepts it.

use super::Manifest;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ArticlePath, EntryId, Outcome, Place, is_document_path};
use crate::pipeline::Build;
use std::collections::{BTreeMap, BTreeSet, HashSet};

const ACCEPT: &str = "nothing was written; if this is intended, run again with --accept";

/// Reports what the run would do to subscribers. `new` is the manifest that the run would write.
pub(super) fn check(build: &Build, old: &Manifest, new: &Manifest, findings: &mut Vec<Diagnostic>) {
    let accepted: HashSet<&EntryId> = build.ids.values().collect();
    let by_body: BTreeMap<&str, (&EntryId, &ArticlePath)> = new
        .entries
        .iter()
        .filter(|(id, _)| !old.entries.contains_key(*id))
        .map(|(id, listed)| (listed.body.as_str(), (id, &listed.path)))
        .collect();
    let mut lost: Vec<&EntryId> = Vec::new();
    for (id, listed) in old.entries.iter().filter(|(id, _)| !accepted.contains(id)) {
        let here = build.ids.get(&listed.path).map(|new| (new, &listed.path));
        if let Some((new_id, path)) = here.or_else(|| by_body.get(listed.body.as_str()).copied()) {
            let text = format!("the id {id} would become {new_id}: subscribers would get the entry again");
            findings.push(
                Diagnostic::new(Code::ChangedId, &build.display_path(path), Place::WHOLE, text)
                    .help(format!("to keep the id, write `id: {id}` in the front matter; {ACCEPT}")),
            );
        } else if build.articles.get(&listed.path) != Some(&Outcome::Expired) {
            lost.push(id);
        }
    }
    if too_many(lost.len(), old.entries.len()) {
        let names = named(lost.iter().map(|id| id.as_str()));
        let text = format!(
            "{} of {} entries would be removed, because their articles are missing: {names}",
            lost.len(),
            old.entries.len()
        );
        findings.push(Diagnostic::new(Code::LostEntries, "", Place::WHOLE, text).help(ACCEPT));
    }
    let (before, after) = (folders(old), folders(new));
    let gone: Vec<&str> = before.difference(&after).copied().collect();
    if too_many(gone.len(), before.len()) {
        let names = named(gone.iter().map(|f| if f.is_empty() { "the feed of all articles" } else { f }));
        let text = format!("{} of {} feeds would be deleted: {names}", gone.len(), before.len());
        findings.push(Diagnostic::new(Code::LostFeeds, "", Place::WHOLE, text).help(ACCEPT));
    }
}

/// More than a fifth, and at least three.
const fn too_many(lost: usize, of: usize) -> bool {
    lost >= 3 && lost * 5 > of
}

/// A tag counts once, whatever its formats.
fn folders(manifest: &Manifest) -> BTreeSet<&str> {
    let ours = manifest.documents.keys().filter(|path| is_document_path(path));
    ours.map(|path| path.rsplit_once('/').map_or("", |(folder, _)| folder)).collect()
}

fn named<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join(", ")
}
