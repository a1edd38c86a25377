//! Ids as an engine's own feed had them, by the recipe of `content.ids`. Readers compare them as strings, so they are made
//! letter by letter, also where the engine did not percent-encode.

use super::encode;
use crate::model::{
    AbsUrl, DatedName, EntryId, Guids, IdRule, IdValue, PathInfo, RawArticle, Recipe, UrlEncoding, WrittenDate, decoded,
};

/// What an id is made from.
#[derive(Clone, Copy)]
pub struct IdParts<'a> {
    /// The article as written.
    pub raw: &'a RawArticle,
    /// The name of its file.
    pub path_info: &'a PathInfo<'a>,
    /// The address of its page.
    pub permalink: &'a AbsUrl,
}

/// The ids of an article in Atom, RSS and JSON Feed. Atom gets the link where the engine's id is not a valid IRI.
pub fn made(recipe: &Recipe, parts: IdParts<'_>) -> Option<(EntryId, Option<Box<Guids>>)> {
    let [rss, atom, json] = recipe.id_rules()?.map(|rule| by_rule(rule, recipe, parts));
    let link = || EntryId::new(parts.permalink.as_str());
    let atom = EntryId::new(&atom?).filter(EntryId::is_sound).or_else(link)?;
    let guids = Guids { rss: rss?.into(), json: json?.into() };
    let is_other = *guids.rss != *atom.as_str() || *guids.json != *atom.as_str();
    Some((atom, is_other.then(|| Box::new(guids))))
}

/// The Atom id where the engine used a written id (`id_key`) in other formats only.
pub fn atom_beside_written(recipe: &Recipe, parts: IdParts<'_>) -> Option<EntryId> {
    let [rss, atom, _] = recipe.id_rules()?;
    let is_for_others = rss.id_key.is_some() && atom.id_key.is_none();
    is_for_others.then(|| EntryId::new(&by_rule(atom, recipe, parts)?).filter(EntryId::is_sound)).flatten()
}

fn by_rule(rule: &IdRule, recipe: &Recipe, parts: IdParts<'_>) -> Option<String> {
    let encoding = recipe.url.encoding;
    rule.id.fill(|name| value(name, recipe, parts).filter(|text| !text.is_empty())).map(|id| match encoding {
        UrlEncoding::None => decoded(&id).unwrap_or(id),
        _ => id,
    })
}

fn value(name: IdValue, recipe: &Recipe, parts: IdParts<'_>) -> Option<String> {
    let url = parts.permalink;
    Some(match name {
        IdValue::Url => url.as_str().to_owned(),
        IdValue::DecodedUrl => decoded(url.as_str())?,
        IdValue::Parent => url.as_str().trim_end_matches('/').rsplit_once('/')?.0.to_owned(),
        IdValue::Host => url.host(),
        IdValue::Path => url.path().to_owned(),
        IdValue::Day => match parts.raw.date.as_ref()?.value {
            WrittenDate::Day(day) => day,
            WrittenDate::Local(local) => local.date(),
            WrittenDate::Instant(at) => at.date_naive(),
        }
        .to_string(),
        IdValue::Slug => encode::by_engine(parts.raw.slug.as_ref()?.value.trim(), recipe.url.encoding),
        IdValue::Name => match recipe.url.dated_name {
            DatedName::Cut => encode::by_engine(parts.path_info.undated, recipe.url.encoding),
            DatedName::Kept => encode::by_engine(parts.path_info.name, recipe.url.encoding),
        },
        IdValue::Source => parts.raw.path.as_str().to_owned(),
    })
}
