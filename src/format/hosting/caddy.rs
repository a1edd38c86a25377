//! A snippet of Caddy 2, for the site's block, which must have a `root`.

use super::{Served, content_type};

/// Matchers and headers, one pair a format.
pub(super) fn text(served: &Served<'_>) -> String {
    let mut text =
        String::from("# In the block of the site that serves them:  import /path/to/feeds/.feedmill/Caddyfile\n");
    for format in served.formats() {
        let name = format!("feedmill_{}", format.name());
        let pattern = served.pattern(format, "(");
        let (kind, cache) = (content_type(format), served.cache_control);
        let link = served.link(format, &format!("{{re.{name}.1}}"));
        let link = link.map(|link| format!("    Link `{link}`\n")).unwrap_or_default();
        text.push_str(&format!(
            "@{name} {{\n    path_regexp {name} `{pattern}`\n    file\n}}\nheader @{name} {{\n    Content-Type \"{kind}\"\n    Cache-Control \"{cache}\"\n{link}}}\n"
        ));
    }
    text
}
