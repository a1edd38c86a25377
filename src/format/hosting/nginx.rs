//! A snippet of nginx, for the `server` block. Types are emptied in each location: nginx knows a feed by no extension.

use super::{Served, content_type};
use crate::model::Coding;

/// Locations, one a format.
pub(super) fn text(served: &Served<'_>, precompress: &[Coding]) -> String {
    let mut text =
        String::from("# In the server block that serves them:  include /path/to/feeds/.feedmill/nginx.conf;\n");
    let gzip = if precompress.contains(&Coding::Gz) { "    gzip_static on;\n    gzip_vary on;\n" } else { "" };
    for format in served.formats() {
        let pattern = served.pattern(format, "(?<feedmill_path>");
        let (kind, cache) = (content_type(format), served.cache_control);
        let link = served.link(format, "$feedmill_path");
        let link = link.map(|link| format!("    add_header Link '{link}';\n")).unwrap_or_default();
        text.push_str(&format!(
            "location ~ \"{pattern}\" {{\n    types {{ }}\n    default_type \"{kind}\";\n    add_header Cache-Control \"{cache}\";\n{link}{gzip}}}\n"
        ));
    }
    text
}
