//! `where:` of a feed: which articles belong to it. A mapping with several keys requires all of them.

use super::reader::ConfigReader;
use super::section::Section;
use super::value::{ConfigValue, short};
use crate::diagnostic::Code;
use crate::model::{Condition, Lang, TagKey};
use std::collections::BTreeMap;

const EXPECTED: &str = "a condition, such as `{tag: news}` or `{any: [{lang: ru}, {featured: true}]}`";

/// Reads a condition; tags are resolved through the aliases.
pub fn read(
    field: ConfigValue<'_>,
    aliases: &BTreeMap<TagKey, String>,
    reader: &mut ConfigReader<'_>,
) -> Option<Condition> {
    if field.node.entries().is_none_or(<[_]>::is_empty) {
        reader.wrong(&field, EXPECTED);
        return None;
    }
    let written = field.node.entries().map_or(0, <[_]>::len);
    for (key, _) in field.node.entries().unwrap_or_default().iter().filter(|(_, value)| value.is_null()) {
        let message = format!("`{}` of `{}` has no value", short(&key.value), field.name);
        reader.report(Code::BadValue, key.at, message, None);
    }
    let mut parts = Vec::new();
    let mut keys = Section::from_field(field.clone(), reader);
    parts.extend(reader.value(keys.take("tag"), "a tag, such as `news`", |text| tag(text, aliases)));
    parts.extend(reader.flag(keys.take("featured")).map(Condition::Featured));
    parts.extend(reader.value(keys.take("lang"), "a language tag, such as `ru`", Lang::new).map(Condition::Lang));
    parts.extend(reader.name(keys.take("source"), "the name of a source").map(Condition::Source));
    parts.extend(reader.name(keys.take("author"), "the name of an author").map(Condition::Author));
    parts.extend(reader.name(keys.take("section"), "the name of a folder").map(Condition::Section));
    parts.extend(keys.take("all").and_then(|all| each(all, aliases, reader)).map(Condition::All));
    parts.extend(keys.take("any").and_then(|any| each(any, aliases, reader)).map(Condition::Any));
    parts.extend(keys.take("not").and_then(|not| read(not, aliases, reader)).map(|c| Condition::Not(Box::new(c))));
    keys.finish(reader);
    match parts.len() {
        // Some part was reported: half a condition would let in what the whole one keeps out.
        n if n < written => None,
        1 => parts.pop(),
        _ => Some(Condition::All(parts)),
    }
}

fn tag(text: &str, aliases: &BTreeMap<TagKey, String>) -> Option<Condition> {
    let key = TagKey::new(text)?;
    Some(Condition::Tag(aliases.get(&key).and_then(|spelling| TagKey::new(spelling)).unwrap_or(key)))
}

fn each(
    field: ConfigValue<'_>,
    aliases: &BTreeMap<TagKey, String>,
    reader: &mut ConfigReader<'_>,
) -> Option<Vec<Condition>> {
    let items = reader.list(Some(field.clone()));
    if items.is_empty() {
        reader.wrong(&field, "a list of conditions");
    }
    let count = items.len();
    let parts: Vec<_> = items.into_iter().filter_map(|item| read(item, aliases, reader)).collect();
    (count > 0 && parts.len() == count).then_some(parts)
}
