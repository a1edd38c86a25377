//! A snippet of nginx, for the `server` block. Types are emptied in each location, because nginx recognises no feed
//! by its extension.
//!
//! `add_header` is at the level of the site's own, not in a location, where it would drop those of the server block.
//! If its variable is empty, nginx sends no header.

use super::rules::HeaderRule;
use super::{Served, content_type, has_headers};
use crate::model::Coding;

/// Variables and headers, the paths that are refused, then each format.
pub(super) fn text(served: &Served<'_>, precompress: &[Coding]) -> String {
    let variable = format!("$feedmill{}", identifier(&served.plain_path));
    let mut text = format!(
        "# In the server block that serves them:  include /path/to/feeds/.feedmill/nginx.conf;\n\
         # Your own add_header lines are kept where they stand in the same server block. Those of the http block are not:\n\
         # nginx drops them for every server block that has one. Repeat them in the server block.\n\
         set {variable}_cache \"\";\nset {variable}_link \"\";\n\
         add_header Cache-Control {variable}_cache;\nadd_header Link {variable}_link;\n\
         if ($uri ~ \"{}\") {{\n    return 404;\n}}\n",
        served.private()
    );
    let gzip = if precompress.contains(&Coding::Gz) { "    gzip_static on;\n    gzip_vary on;\n" } else { "" };
    text.push_str(&super::moved::nginx(served));
    for rule in served.rules() {
        let format = rule.format;
        let (pattern, kind) = (served.pattern(&rule, "(?<feedmill_path>"), content_type(format));
        if has_headers(format) {
            text.push_str(&headers(served, &rule, &pattern, &variable));
        }
        let expires = if has_headers(format) { "    expires off;\n" } else { "" };
        let index = rule.index.map(|index| format!("    index {index};\n")).unwrap_or_default();
        text.push_str(&format!(
            "location ~ \"{pattern}\" {{\n    types {{ }}\n    default_type \"{kind}\";\n{index}{expires}{gzip}}}\n"
        ));
    }
    text
}

/// Gives the variables of the headers their values.
fn headers(served: &Served<'_>, rule: &HeaderRule, pattern: &str, variable: &str) -> String {
    let cache = served.cache_control;
    let link = served.link(rule.format, rule.original.as_deref().unwrap_or("$feedmill_path"));
    let link = link.map(|link| format!("    set {variable}_link '{link}';\n")).unwrap_or_default();
    format!("if ($uri ~ \"{pattern}\") {{\n    set {variable}_cache \"{cache}\";\n{link}}}\n")
}

/// The path as part of a variable's name, so that one server block can include the files of two folders: `_en_feeds`.
fn identifier(path: &str) -> String {
    let words = path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.flat_map(|word| ["_", word]).collect()
}
