//! Addresses of feeds: `output.paths`, and `path:` of a feed rule.

use super::reader::ConfigReader;
use super::section::Section;
use super::value::{ConfigValue, short};
use crate::diagnostic::Code;
use crate::model::{FeedPath, FeedPaths, Format, Place};
use std::collections::BTreeMap;

/// The feeds that an address is for.
#[derive(Debug, Clone, Copy)]
pub enum PathUse<'a> {
    /// The feed of all articles, which has no slug.
    Main,
    /// A family, whose feeds differ by their slugs.
    Family,
    /// One feed, whose slug is its name.
    Named(&'a str),
}

/// Files that the config gives to feeds, each with its line.
#[derive(Debug, Default)]
pub struct ClaimedFiles(BTreeMap<String, u32>);

/// Reads a mapping of formats to addresses; for a rule one text alone is that of RSS.
pub fn read(
    field: Option<ConfigValue<'_>>,
    used_by: PathUse<'_>,
    claimed: &mut ClaimedFiles,
    reader: &mut ConfigReader<'_>,
) -> FeedPaths {
    let mut paths = FeedPaths::default();
    let Some(field) = field else { return paths };
    if field.node.text().is_some() && !matches!(used_by, PathUse::Main) {
        take(field, Format::Rss, (used_by, claimed), (&mut paths, reader));
        return paths;
    }
    let mut keys = Section::from_field(field, reader);
    let fields = Format::ALL.map(|format| (format, keys.take(format.name())));
    keys.finish(reader);
    for (format, field) in fields {
        if let Some(field) = field {
            take(field, format, (used_by, claimed), (&mut paths, reader));
        }
    }
    paths
}

fn take(
    field: ConfigValue<'_>,
    format: Format,
    (used_by, claimed): (PathUse<'_>, &mut ClaimedFiles),
    (paths, reader): (&mut FeedPaths, &mut ConfigReader<'_>),
) {
    let place = field.node.at;
    let Some(path) = address(&field, reader) else { return };
    let fault = match used_by {
        PathUse::Main if path.has_slug() => Some("the feed of all articles has no slug"),
        PathUse::Family if !path.has_slug() => {
            Some("it lacks `{slug}`, so that all feeds of the family would lie there")
        }
        _ => None,
    };
    if let Some(fault) = fault {
        return wrong(&field, fault, reader);
    }
    let file = path.file(format);
    match Format::of_path(&file).filter(|named| *named != format) {
        Some(Format::Page) => return wrong(&field, "`index.html` is the name of a page", reader),
        Some(named) => {
            return wrong(&field, &format!("`{}` is the name of {}", named.file_name(), named.label()), reader);
        }
        None => {}
    }
    let path = match used_by {
        PathUse::Named(name) => path.with_slug(name),
        PathUse::Main | PathUse::Family => path,
    };
    claimed.take(&path, format, place, reader);
    paths.set(format, path);
}

/// Reads an address; a fault of it is reported.
pub fn address(field: &ConfigValue<'_>, reader: &mut ConfigReader<'_>) -> Option<FeedPath> {
    let Some(text) = field.node.text() else {
        reader.wrong(field, "a path below the output folder, such as `/feed.xml`");
        return None;
    };
    match FeedPath::new(text) {
        Ok(path) => Some(path),
        Err(fault) => {
            wrong(field, fault, reader);
            None
        }
    }
}

/// Reports an address that cannot be used, with the reason.
pub fn wrong(field: &ConfigValue<'_>, fault: &str, reader: &mut ConfigReader<'_>) {
    let written: String = field.node.text().unwrap_or_default().escape_debug().collect();
    let message = format!("`{}` cannot be `{}`: {fault}", short(&field.name), short(&written));
    let help = "write a path below the output folder, such as `/feed.xml`, `/feed/` or `/tags/{slug}/index.xml`";
    reader.report(Code::BadValue, field.node.at, message, Some(help.into()));
}

impl ClaimedFiles {
    /// Takes an old address; `false` if it has another use, which is reported.
    pub fn take_old(&mut self, path: &FeedPath, at: Place, reader: &mut ConfigReader<'_>) -> bool {
        let indexes =
            path.is_folder().then(|| ["index.xml", "index.json"].map(|index| format!("{}{index}", path.address())));
        let claims = std::iter::once(path.address().to_owned()).chain(indexes.into_iter().flatten());
        for claim in claims {
            if let Some(line) = self.0.insert(claim.to_ascii_lowercase(), at.line) {
                let message = format!("`/{}` has another use already, on line {line}", short(&claim));
                reader.report(Code::TwinFeeds, at, message, Some("remove one of them".into()));
                return false;
            }
        }
        true
    }

    /// Takes the file behind an address; two feeds at one path are reported.
    fn take(&mut self, path: &FeedPath, format: Format, at: Place, reader: &mut ConfigReader<'_>) {
        let folder = path.is_folder().then(|| path.address().to_owned());
        for claim in folder.into_iter().chain([path.file(format)]) {
            if let Some(line) = self.0.insert(claim.to_ascii_lowercase(), at.line) {
                let message = format!("two documents would lie at `/{}`, the first is on line {line}", short(&claim));
                reader.report(Code::TwinFeeds, at, message, Some("give one of them another path".into()));
                return;
            }
        }
    }
}
