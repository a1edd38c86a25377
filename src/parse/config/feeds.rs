//! `feeds:`: the feeds in addition to the feed of all articles. A list replaces the default, `by: tag`.

use super::output::{CONTENT, LIMITS};
use super::paths::{ClaimedFiles, PathUse};
use super::reader::ConfigReader;
use super::section::Section;
use super::value::{ConfigValue, short};
use super::{condition, paths};
use crate::diagnostic::Code;
use crate::model::{Axis, FeedPaths, FeedRule, Place, TagKey};
use std::collections::BTreeMap;

const AXES: [Axis; 6] = Axis::ALL;
const LONGEST_NAME: usize = 100;

/// Reads the list `feeds:`.
pub fn read(
    field: Option<ConfigValue<'_>>,
    aliases: &BTreeMap<TagKey, String>,
    claimed: &mut ClaimedFiles,
    reader: &mut ConfigReader<'_>,
) -> Vec<FeedRule> {
    if field.is_none() {
        return vec![FeedRule::By { axis: Axis::Tag, paths: FeedPaths::default(), limit: None, content: None }];
    }
    // Line 0: taken by a family or by the feed of all articles, whether or not the config asks for it.
    let reserved = AXES.iter().map(|axis| axis.folder()).chain(["all"]);
    let mut folders: Folders = reserved.map(|folder| (folder.to_owned(), 0)).collect();
    let items = reader.list(field);
    items.into_iter().filter_map(|item| rule(item, aliases, (&mut folders, claimed), reader)).collect()
}

/// Folders that are taken, and the line of the feed that took them.
type Folders = BTreeMap<String, u32>;

fn rule(
    field: ConfigValue<'_>,
    aliases: &BTreeMap<TagKey, String>,
    (folders, claimed): (&mut Folders, &mut ClaimedFiles),
    reader: &mut ConfigReader<'_>,
) -> Option<FeedRule> {
    if field.node.entries().is_none() {
        reader.wrong(&field, "a list of rules such as `by: tag` or `{name: news, where: {tag: news}}`");
        return None;
    }
    let at = field.node.at;
    let mut feed = Section::from_field(field, reader);
    let by = feed.take("by");
    let name = feed.take("name");
    let title = feed.take("title");
    let description = feed.take("description");
    let condition = feed.take("where");
    let path = feed.take("path");
    let limit = reader.number(feed.take("limit"), LIMITS, 50);
    let content = reader.choice(feed.take("content"), &CONTENT);
    feed.finish(reader);
    match (by, name) {
        (Some(by), None) => {
            if let Some(field) = title.or(description).or(condition) {
                let message = format!("`{}` cannot be used together with `by`", field.name);
                let help = "only a feed with a `name` can have it: write a separate rule with `name` instead of `by`";
                reader.report(Code::BadValue, field.node.at, message, Some(help.into()));
            }
            let place = by.node.at;
            let axis = reader.choice(Some(by), &AXES.map(|axis| (axis.name(), axis)))?;
            // The family takes the folder that was kept for it.
            folders.retain(|folder, line| *line > 0 || folder != axis.folder());
            claim(axis.folder(), place, folders, reader);
            let paths = paths::read(path, PathUse::Family, claimed, reader);
            Some(FeedRule::By { axis, paths, limit, content })
        }
        (None, Some(name)) => {
            let place = name.node.at;
            let expected = format!("a name of at most {LONGEST_NAME} of a-z, 0-9 and `-`, such as `news`");
            let name = reader.value(Some(name), &expected, feed_name);
            if let Some(name) = &name {
                claim(name, place, folders, reader);
            }
            let title = reader.text(title);
            let description = reader.text(description);
            if condition.is_none() {
                let message = "a feed with a `name` needs a `where` that selects its articles".to_owned();
                reader.report(Code::BadValue, place, message, Some("for example `where: {tag: news}`".into()));
            }
            let condition = condition::read(condition?, aliases, reader);
            let paths = paths::read(path, PathUse::Named(name.as_deref().unwrap_or_default()), claimed, reader);
            Some(FeedRule::Custom { name: name?, title, description, condition: condition?, paths, limit, content })
        }
        (by, _) => {
            report_use(by.is_some(), at, reader);
            None
        }
    }
}

/// Reports a rule that is neither one feed nor a family, or both.
fn report_use(has_by: bool, at: Place, reader: &mut ConfigReader<'_>) {
    let which = if has_by { "both `by` and" } else { "neither `by` nor" };
    let message = format!("a feed has {which} `name`");
    let help = "write `by: tag` for a feed per tag, or `{name: news, where: {tag: news}}` for one feed";
    reader.report(Code::BadValue, at, message, Some(help.into()));
}

fn feed_name(text: &str) -> Option<String> {
    let legal = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (!text.is_empty() && text.len() <= LONGEST_NAME && text.chars().all(legal)).then(|| text.to_owned())
}

/// Two feeds in one folder would overwrite each other.
fn claim(folder: &str, at: Place, folders: &mut Folders, reader: &mut ConfigReader<'_>) {
    let (message, help) = match folders.get(folder) {
        Some(0) if folder == "all" => {
            ("the name `all` is reserved for the feed of all articles".to_owned(), "rename the feed")
        }
        Some(0) => (format!("`{folder}/` is reserved for the feeds made by `by`"), "rename the feed"),
        Some(line) => {
            let message = format!("two feeds would be written to `{}/`, the first is on line {line}", short(folder));
            (message, "remove or rename one of them")
        }
        None => {
            folders.insert(folder.to_owned(), at.line);
            return;
        }
    };
    reader.report(Code::TwinFeeds, at, message, Some(help.into()));
}
