//! Addresses that readers still ask for: `output.also`, `output.redirects` and `output.gone`.

use super::paths::{ClaimedFiles, address, wrong};
use super::reader::ConfigReader;
use super::section::Section;
use super::value::{ConfigValue, short};
use crate::diagnostic::Code;
use crate::model::{FeedCopy, FeedPath, Located, OldAddresses, Redirect, SelfLink};
use std::collections::BTreeMap;

/// The words of `self`.
pub const SELF: [(&str, SelfLink); 2] = [("feed", SelfLink::Document), ("here", SelfLink::Copy)];

/// Reads the three keys.
pub fn read(output: &mut Section<'_>, claimed: &mut ClaimedFiles, reader: &mut ConfigReader<'_>) -> OldAddresses {
    let (also, redirects) = (output.section("also", reader), output.section("redirects", reader));
    let copies = also.names().filter_map(|(key, field)| copy(key, field, claimed, reader)).collect();
    let redirects = redirects.names().filter_map(|(key, field)| {
        let from = old_address(key, claimed, reader);
        let to = address(&field, reader)?;
        is_plain(&to, &field, reader).then_some(Redirect { from: from?, to, place: key.at })
    });
    let redirects = redirects.collect();
    let gone = reader.list(output.take("gone")).into_iter().filter_map(|field| {
        let path = address(&field, reader)?;
        (is_plain(&path, &field, reader) && claimed.take_old(&path, field.node.at, reader))
            .then_some((path, field.node.at))
    });
    let gone = gone.collect();
    OldAddresses { copies, redirects: followed(redirects, reader), gone }
}

fn copy(
    key: &Located<String>,
    field: ConfigValue<'_>,
    claimed: &mut ClaimedFiles,
    reader: &mut ConfigReader<'_>,
) -> Option<FeedCopy> {
    let at = old_address(key, claimed, reader);
    let (of, self_link) = match field.node.entries() {
        Some(_) => {
            let mut keys = Section::from_field(field.clone(), reader);
            let (feed, own) = (keys.take("feed"), reader.choice(keys.take("self"), &SELF));
            keys.finish(reader);
            if feed.is_none() {
                reader.wrong(&field, "the address of a feed, or `{feed: /atom.xml, self: here}`");
            }
            (feed?, own.unwrap_or(SelfLink::Document))
        }
        None => (field, SelfLink::Document),
    };
    let path = address(&of, reader)?;
    is_plain(&path, &of, reader).then_some(FeedCopy { at: at?, of: path, self_link, place: key.at })
}

/// The address that a key is.
fn old_address(key: &Located<String>, claimed: &mut ClaimedFiles, reader: &mut ConfigReader<'_>) -> Option<FeedPath> {
    let path = FeedPath::new(&key.value).and_then(|path| match path.has_slug() {
        true => Err("`{slug}` has no meaning here"),
        false => Ok(path),
    });
    match path {
        Ok(path) => claimed.take_old(&path, key.at, reader).then_some(path),
        Err(fault) => {
            let written: String = key.value.escape_debug().collect();
            let message = format!("`{}` cannot be an address: {fault}", short(&written));
            reader.report(Code::BadValue, key.at, message, Some("write a path such as `/old.xml`".into()));
            None
        }
    }
}

/// Whether an address is that of one document.
fn is_plain(path: &FeedPath, field: &ConfigValue<'_>, reader: &mut ConfigReader<'_>) -> bool {
    if path.has_slug() {
        wrong(field, "`{slug}` has no meaning here", reader);
    }
    !path.has_slug()
}

/// Follows redirects that lead to redirects. Rings, and two that lead to one document, are reported: Miniflux stops both feeds.
fn followed(redirects: Vec<Redirect>, reader: &mut ConfigReader<'_>) -> Vec<Redirect> {
    let next: BTreeMap<FeedPath, FeedPath> = redirects.iter().map(|one| (one.from.clone(), one.to.clone())).collect();
    let mut ends: BTreeMap<FeedPath, FeedPath> = BTreeMap::new();
    let mut kept = Vec::new();
    for redirect in redirects {
        let mut steps = 0;
        let mut to = &redirect.to;
        while let Some(further) = next.get(to).filter(|_| steps <= next.len()) {
            (to, steps) = (further, steps + 1);
        }
        let from = redirect.from.address();
        if next.contains_key(to) {
            let message = format!("the redirect from `/{from}` leads in a ring");
            reader.report(Code::BadValue, redirect.place, message, Some("point it to a document".into()));
        } else if let Some(other) = ends.insert(to.clone(), redirect.from.clone()) {
            let message = format!("`/{from}` and `/{}` both lead to `/{}`", other.address(), to.address());
            let help = "readers who follow both feeds, such as Miniflux, stop one of them: keep one as a copy with `output.also`";
            reader.report(Code::TwinFeeds, redirect.place, message, Some(help.into()));
        }
        let to = to.clone();
        kept.push(Redirect { to, ..redirect });
    }
    kept
}
