//! `_headers` of Netlify and Cloudflare Pages: paths, and under each its headers. Netlify has no variables in values, so every
//! document is named; Cloudflare takes a hundred rules, and knows placeholders.

use super::{Served, content_type};
use crate::model::Format;
use std::collections::BTreeSet;

/// Every document by its name.
pub(super) fn by_name(served: &Served<'_>) -> String {
    served.with_headers().map(|(path, format)| rule(served, path, *format)).collect()
}

/// One rule for all feeds of a folder such as `tags/`.
pub(super) fn by_pattern(served: &Served<'_>) -> String {
    let mut seen = BTreeSet::new();
    let mut text = String::new();
    for (path, format) in served.with_headers() {
        let pattern = match path.split('/').collect::<Vec<_>>().as_slice() {
            [folder, _, name] => format!("{folder}/:feed/{name}"),
            _ => (*path).to_owned(),
        };
        if seen.insert(pattern.clone()) {
            text.push_str(&rule(served, &pattern, *format));
        }
    }
    text
}

fn rule(served: &Served<'_>, below: &str, format: Format) -> String {
    let (kind, cache) = (content_type(format), served.cache_control);
    let link = served.link(format, below).map(|link| format!("  Link: {link}\n")).unwrap_or_default();
    format!("{}{below}\n  Content-Type: {kind}\n  Cache-Control: {cache}\n{link}", served.path)
}
