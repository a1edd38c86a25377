//! `output:`: where feeds are written, and what they contain.

use super::paths::{ClaimedFiles, PathUse};
use super::publishing;
use super::reader::ConfigReader;
use super::section::Section;
use super::value::{ConfigValue, short};
use super::{address, condition, images, old_addresses, paths};
use crate::model::{AbsUrl, ContentMode, Credit, Format, OutputRules, Pages, Publishing, TagKey, without_secrets};
use crate::parse::Overrides;
use std::collections::BTreeMap;

/// The words of `content`, here and in a feed's own rule.
pub const CONTENT: [(&str, ContentMode); 3] =
    [("both", ContentMode::Both), ("full", ContentMode::Full), ("summary", ContentMode::Summary)];

/// Entries a feed may hold; more than any reader asks for.
pub const LIMITS: std::ops::RangeInclusive<usize> = 1..=100_000;

/// What `output:` and `--out` give.
pub struct OutputSettings {
    /// Absent without a site's URL, or when its own URL has been reported.
    pub rules: Option<OutputRules>,
    /// The key `credit`.
    pub credit: Credit,
    /// `target` and what belongs to it.
    pub publishing: Publishing,
}

/// Reads `output:`; the flag overrides `output.dir`, and its URL is resolved against the site's.
pub fn read(
    mut output: Section<'_>,
    overrides: &Overrides,
    (site, aliases, claimed): (Option<&AbsUrl>, &BTreeMap<TagKey, String>, &mut ClaimedFiles),
    reader: &mut ConfigReader<'_>,
) -> OutputSettings {
    let field = output.take("dir");
    let dir = reader.text(field.clone());
    if let (Some(field), Some(written)) = (field, &dir)
        && !publishing::is_folder(written)
    {
        reader.wrong_with_help(&field, "a folder", Some("a bucket is named by output.target".into()));
    }
    if let Some(flag) = overrides.out.as_deref().filter(|flag| !publishing::is_folder(flag)) {
        let message = format!("--out should be a folder, not `{}`", short(&without_secrets(flag)));
        reader.report_flag(message, Some("`feedmill publish` writes to buckets".into()));
    }
    let url = url(output.take("url"), site, reader);
    let formats = formats(output.take("formats"), reader);
    let limit = reader.number(output.take("limit"), LIMITS, 50).unwrap_or(50);
    let min_age = reader.value(output.take("min_age"), "an age, such as `30d`, `12h` or `90m`", images::age);
    let content = reader.choice(output.take("content"), &CONTENT).unwrap_or_default();
    let credit = match reader.flag(output.take("credit")) {
        Some(false) => Credit::Hidden,
        _ => Credit::Shown,
    };
    let pages = match reader.flag(output.take("pages")) {
        Some(false) => Pages::Off,
        _ => Pages::Written,
    };
    let condition = output.take("where").and_then(|field| condition::read(field, aliases, reader));
    let paths = paths::read(output.take("paths"), PathUse::Main, claimed, reader);
    let old_addresses = old_addresses::read(&mut output, claimed, reader);
    let publishing = publishing::read(&mut output, overrides, reader);
    output.finish(reader);
    let dir = overrides.out.clone().or(dir).unwrap_or_else(|| "feeds".into());
    OutputSettings {
        rules: url.map(|url| OutputRules {
            dir,
            url,
            formats,
            limit,
            min_age,
            content,
            pages,
            condition,
            paths,
            old_addresses,
        }),
        credit,
        publishing,
    }
}

fn url(field: Option<ConfigValue<'_>>, site: Option<&AbsUrl>, reader: &mut ConfigReader<'_>) -> Option<AbsUrl> {
    let Some(field) = field else { return site?.join("feeds/").ok() };
    let url = address::resolved(Some(field.clone()), site, reader)?;
    let folder = address::folder(&url);
    if folder.is_none() {
        reader.wrong(&field, "the URL of a folder, without a query");
    }
    folder
}

fn formats(field: Option<ConfigValue<'_>>, reader: &mut ConfigReader<'_>) -> Vec<Format> {
    let Some(field) = field else { return Format::ALL.to_vec() };
    let words = Format::ALL.map(|format| (format.name(), format));
    let items = reader.list(Some(field.clone()));
    if items.is_empty() {
        reader.wrong(&field, "at least one of `rss`, `atom` and `json`");
    }
    let asked: Vec<_> = items.into_iter().filter_map(|item| reader.choice(Some(item), &words)).collect();
    Format::ALL.into_iter().filter(|format| asked.contains(format)).collect()
}
