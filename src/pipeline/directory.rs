//! The feeds that were written, by name: what the index, the OPML and `feedmill list` are made of. It needs no rendered
//! entry, so that it can be made also where feeds were not.

use crate::model::{Article, Directory, Outline, Staged, Summary};
use std::collections::BTreeSet;

/// Of the outlines that have documents.
pub(super) fn from_outlines(outlines: &[Outline], staged: &[Staged], articles: &[Article]) -> Directory {
    let written: BTreeSet<&str> = staged.iter().map(|s| s.feed.as_str()).collect();
    let summary = |outline: &Outline| {
        let newest = outline.entries.iter().filter_map(|index| articles.get(*index)).map(|a| a.published).max()?;
        Some(Summary {
            name: outline.name.clone(),
            axis: outline.axis,
            label: outline.label.clone(),
            folder: outline.folder.clone(),
            addresses: outline.addresses.clone(),
            title: outline.title.clone(),
            total: outline.total,
            newest,
        })
    };
    Directory { feeds: outlines.iter().filter(|o| written.contains(o.name.as_str())).filter_map(summary).collect() }
}
