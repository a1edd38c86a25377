//! `feedmill.yaml` → [`Site`]. Every fault is reported, at its place; with any fault there is no site.
//!
//! One file per section. A section reads each key it knows from its mapping; keys that no section reads are unknown, so
//! a new key is one line where it is read (and one in `docs/config.md`). A missing or empty value means the default.
//! Refused: unknown keys, duplicate keys, values of the wrong type.

mod address;
mod condition;
mod content;
mod feeds;
mod images;
pub(super) mod keys;
mod naming;
mod old_addresses;
mod output;
mod pages;
mod paths;
mod policy;
mod publishing;
mod push;
mod reader;
mod section;
mod site;
mod text;
mod value;
mod websub;

pub use text::text;

use super::Overrides;
use super::tree::{Node, NodeKind};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::model::{Place, Site};
use reader::ConfigReader;
use section::Section;
use std::collections::BTreeMap;

/// Reads the config; see [`super::config`].
pub fn read(text: Option<&str>, path: &str, overrides: &Overrides, sink: &mut dyn Sink) -> Option<Site> {
    let root = match super::yaml::tree(text.unwrap_or_default(), 1) {
        Ok(root) => root,
        Err(fault) => {
            let message = format!("the config is not valid YAML: {}", fault.message);
            sink.report(Diagnostic::new(Code::ConfigSyntax, path, fault.at, message));
            return None;
        }
    };
    if !matches!(root.kind, NodeKind::Map(_)) {
        let message = format!("the config is {}, not a mapping of keys", root.noun());
        let help = "write `key: value` lines, starting with `site:`";
        sink.report(Diagnostic::new(Code::ConfigSyntax, path, root.at, message).help(help));
        return None;
    }
    let mut reader = ConfigReader::new(path, sink);
    let site = sections(&root, overrides, &mut reader);
    if reader.is_clean() { site } else { None }
}

fn sections(root: &Node, overrides: &Overrides, reader: &mut ConfigReader<'_>) -> Option<Site> {
    let mut root = Section::root(root, reader);
    let face = site::read(root.section("site", reader), overrides.url.as_deref(), reader);
    let content = content::read(root.section("content", reader), overrides.content.as_deref(), reader);
    let mut claimed = paths::ClaimedFiles::default();
    let output = root.section("output", reader);
    let aliases = naming::aliases(root.section("tags", reader), reader);
    let output = output::read(output, overrides, (face.url.as_ref(), &aliases, &mut claimed), reader);
    let sources = naming::sources(root.section("sources", reader), reader);
    let feeds = feeds::read(root.take("feeds"), &aliases, &mut claimed, reader);
    let hubs = websub::read(root.section("websub", reader), &overrides.hubs, reader);
    let pages = pages::read(root.section("pages", reader), reader);
    let push = push::read(root.section("push", reader), reader);
    let images = images::read(root.section("images", reader), reader);
    let targets = images::targets(root.take("targets"), reader);
    let policy = policy::read(root.section("policy", reader), reader);
    root.finish(reader);
    let url = face.url?;
    Some(Site {
        title: face.title.unwrap_or_else(|| url.host()),
        url,
        description: face.description,
        lang: face.lang,
        timezone: face.timezone,
        since: face.since,
        id_host: face.id_host,
        authors: face.authors,
        image: face.image,
        copyright: face.copyright,
        content,
        output: output.rules?,
        feeds,
        aliases,
        sources,
        people: BTreeMap::new(),
        hubs,
        credit: output.credit,
        publishing: output.publishing,
        pages,
        images,
        targets,
        push,
        policy,
    })
}

/// The place of the config as a whole.
const WHOLE: Place = Place::WHOLE;

#[cfg(test)]
mod tests;
