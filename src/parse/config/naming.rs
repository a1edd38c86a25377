//! `tags:` and `sources:`: the meaning of names in articles.

use super::address;
use super::reader::ConfigReader;
use super::section::Section;
use super::value::{ConfigValue, short};
use crate::diagnostic::Code;
use crate::model::{EntryId, Source, TagKey};
use std::collections::BTreeMap;

/// Aliases of aliases that are followed.
const LONGEST_CHAIN: usize = 8;

/// Reads `tags.aliases`: alias → the spelling it is replaced by. Chains are followed to their end.
pub fn aliases(mut tags: Section<'_>, reader: &mut ConfigReader<'_>) -> BTreeMap<TagKey, String> {
    let mut aliases = BTreeMap::new();
    let mut places = Vec::new();
    for (alias, field) in tags.section("aliases", reader).names() {
        let Some(key) = TagKey::new(&alias.value) else {
            reader.report(Code::BadValue, alias.at, format!("`{}` is not a tag", field.name), None);
            continue;
        };
        let Some(spelling) = reader.name(Some(field.clone()), "a tag, such as `Layer2`") else { continue };
        if aliases.insert(key.clone(), spelling).is_some() {
            let message = format!("`{}` is already an alias, in another spelling", short(&field.name));
            reader.report(Code::BadValue, alias.at, message, Some("keep one of them".into()));
        }
        places.push((key, field.name, alias.at));
    }
    tags.finish(reader);
    let mut resolved = BTreeMap::new();
    for (key, name, at) in places {
        match end_of_chain(&key, &aliases) {
            Some(spelling) => {
                resolved.insert(key, spelling);
            }
            None => {
                let help = Some("point every alias to a tag that is not itself an alias".into());
                reader.report(
                    Code::BadValue,
                    at,
                    format!("`{}` refers to itself, or goes through too many other aliases", short(&name)),
                    help,
                );
            }
        }
    }
    resolved
}

/// Reads `sources:`; a URL alone is the source's site.
pub fn sources(section: Section<'_>, reader: &mut ConfigReader<'_>) -> BTreeMap<String, Source> {
    let mut sources = BTreeMap::new();
    for (name, field) in section.names() {
        let key = name.value.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        if key.is_empty() {
            reader.report(Code::BadValue, name.at, "a source has an empty name".into(), None);
            continue;
        }
        sources.insert(key, source(field, reader));
    }
    sources
}

fn source(field: ConfigValue<'_>, reader: &mut ConfigReader<'_>) -> Source {
    if field.node.is_null() {
        return Source::default();
    }
    if field.node.text().is_some() {
        return Source { url: address::absolute(Some(field), reader), ..Source::default() };
    }
    let mut keys = Section::from_field(field, reader);
    let source = Source {
        url: address::absolute(keys.take("url"), reader),
        feed: address::absolute(keys.take("feed"), reader),
        title: reader.text(keys.take("title")),
        id: reader.value(
            keys.take("id"),
            "the id of its feed, such as `https://example.org/` or `urn:uuid:…`",
            |text| EntryId::new(text).map(|id| id.to_string()),
        ),
    };
    keys.finish(reader);
    source
}

/// The spelling at which a chain of aliases ends; `None` when it is a ring or absurdly long. An alias of a tag's own
/// key sets its spelling.
fn end_of_chain(key: &TagKey, aliases: &BTreeMap<TagKey, String>) -> Option<String> {
    let mut at = key.clone();
    for _ in 0..LONGEST_CHAIN {
        let spelling = aliases.get(&at)?;
        let next = TagKey::new(spelling)?;
        if next == at || !aliases.contains_key(&next) {
            return Some(spelling.clone());
        }
        at = next;
    }
    None
}
