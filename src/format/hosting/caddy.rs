//! A snippet of Caddy 2, for the site's block, which must have a `root`.

use super::{Served, content_type, has_headers};

/// Matchers and headers, one pair a format.
pub(super) fn text(served: &Served<'_>) -> String {
    let mut text =
        String::from("# In the block of the site that serves them:  import /path/to/feeds/.feedmill/Caddyfile\n");
    text.push_str(&refused(served));
    text.push_str(&super::moved::caddy(served));
    // Caddy sets the type of pages by itself.
    for rule in served.rules().into_iter().filter(|rule| has_headers(rule.format)) {
        let (format, name) = (rule.format, format!("feedmill_{}", rule.name));
        let pattern = served.pattern(&rule, "(");
        // The matcher `file` does not hold for a folder.
        let file = if rule.index.is_some() { "" } else { "    file\n" };
        let (kind, cache) = (content_type(format), served.cache_control);
        let own = rule.original.clone().unwrap_or_else(|| format!("{{re.{name}.1}}"));
        let link = served.link(format, &own);
        let link = link.map(|link| format!("    Link `{link}`\n")).unwrap_or_default();
        text.push_str(&format!(
            "@{name} {{\n    path_regexp {name} `{pattern}`\n{file}}}\nheader @{name} {{\n    Content-Type \"{kind}\"\n    Cache-Control \"{cache}\"\n{link}}}\n"
        ));
        if let Some(index) = rule.index {
            let base = &served.plain_path;
            text.push_str(&format!("rewrite @{name} `{base}{{re.{name}.1}}{index}`\n"));
        }
    }
    text
}

/// Of several `handle` blocks Caddy takes the one with the longest path, so that these go before the site's own. A path that its
/// language cannot spell is matched by pattern.
fn refused(served: &Served<'_>) -> String {
    let refusal = "{\n    error 404\n}\n";
    let plain = &served.plain_path;
    if plain.contains(['*', '%', '{', '}', '`', '\\']) || plain.contains(char::is_control) {
        let pattern = served.private();
        return format!("@feedmill_private path_regexp `{pattern}`\nhandle @feedmill_private {refusal}");
    }
    format!("handle `{plain}.feedmill*` {refusal}handle `{plain}.htaccess` {refusal}")
}
