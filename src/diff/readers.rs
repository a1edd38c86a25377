//! What a fetch of the new document does in each reader.

use super::Subscription;
use super::documents::Pairs;
use crate::model::Format;
use crate::parse::feed::SourceEntry;
use crate::readers::{EntryRules, readers};
use std::collections::{HashMap, HashSet};

/// The readers whose entries can be compared, by their names; of all where none is named.
pub(super) fn compared(names: &[&str], format: Format) -> impl Iterator<Item = (&'static str, &'static EntryRules)> {
    let named = move |id: &str| names.is_empty() || names.contains(&id);
    let all = readers().iter().filter(move |reader| named(reader.id) && reader.formats.contains(&format));
    all.filter_map(|reader| Some((reader.id, reader.entries.as_ref()?)))
}

/// The names of all readers that can be compared, in order.
pub fn reader_names() -> impl Iterator<Item = &'static str> {
    readers().iter().filter(|reader| reader.entries.is_some()).map(|reader| reader.id)
}

/// How many entries are unread after the next fetch, if all were read, and how many of these the reader has twice then.
pub(super) fn unread(rules: &EntryRules, subscription: &Subscription<'_>, pairs: &Pairs) -> (usize, usize) {
    let format = subscription.format;
    let mut stored: HashMap<String, &SourceEntry> = HashMap::new();
    let mut old_ids = HashSet::new();
    for entry in subscription.old {
        old_ids.insert(entry.id.as_str());
        stored.extend(rules.keys(entry, format).map(|key| (key, entry)));
    }
    let mut fetched = HashSet::new();
    let (mut unread, mut duplicates) = (0, 0);
    for (new, _, is_known) in pairs.iter(subscription) {
        let keys: Vec<String> = rules.keys(new, format).collect();
        if !keys.first().is_none_or(|key| fetched.insert(key.clone())) {
            continue;
        }
        let stored = keys.iter().find_map(|key| stored.get(key));
        // An entry that has left the old document is known by its id alone.
        let was_seen = || subscription.seen.contains(new.id.as_str()) && !old_ids.contains(new.id.as_str());
        match stored {
            Some(old) => unread += usize::from(rules.is_unread_again(old, new, format)),
            None if was_seen() => {}
            None => {
                unread += 1;
                duplicates += usize::from(is_known);
            }
        }
    }
    (unread, duplicates)
}
