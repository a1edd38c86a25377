//! `_headers` of Netlify and Cloudflare Pages: paths, and under each its headers. Netlify has no variables in values, so every
//! document is named; Cloudflare takes a hundred rules, and knows placeholders.

use super::{Served, content_type};
use crate::model::{FeedPath, Format};
use std::collections::BTreeSet;

/// Every document by its name.
pub(super) fn by_name(served: &Served<'_>) -> String {
    let each = served.with_headers().flat_map(|(path, format)| addresses(served, path, *format));
    each.map(|(address, own, format)| rule(served, (address, own), format)).collect()
}

/// One rule for all feeds of a folder such as `tags/`.
pub(super) fn by_pattern(served: &Served<'_>) -> String {
    let mut seen = BTreeSet::new();
    let mut text = String::new();
    for (path, format) in served.with_headers() {
        for (address, own, format) in addresses(served, path, *format) {
            let known = served.paths.find(path, format);
            let has_slug = known.map_or(Format::of_path(path).is_some(), FeedPath::has_slug);
            let pattern = |address: &str| match address.split('/').collect::<Vec<_>>().as_slice() {
                [folder, _, name] if has_slug => format!("{folder}/:feed/{name}"),
                _ => address.to_owned(),
            };
            if seen.insert(pattern(address)) {
                text.push_str(&rule(served, (&pattern(address), &pattern(own)), format));
            }
        }
    }
    text
}

/// The addresses of a document, each with the document's own.
fn addresses<'a>(served: &'a Served<'a>, path: &'a str, format: Format) -> Vec<(&'a str, &'a str, Format)> {
    let all = served.addresses(path, format);
    let original = served.paths.original(path, format);
    let own = original.map(FeedPath::address).or(all.first().copied()).unwrap_or(path);
    all.into_iter().map(|address| (address, own, format)).collect()
}

fn rule(served: &Served<'_>, (below, own): (&str, &str), format: Format) -> String {
    let (kind, cache) = (content_type(format), served.cache_control);
    let link = served.link(format, own).map(|link| format!("  Link: {link}\n")).unwrap_or_default();
    format!("{}{below}\n  Content-Type: {kind}\n  Cache-Control: {cache}\n{link}", served.path)
}
