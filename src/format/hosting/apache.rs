//! `.htaccess` of Apache 2.4, read from the folder itself where `AllowOverride FileInfo` holds.

use super::{Served, content_type, has_headers, literal};

/// Sections, one a format.
pub(super) fn text(served: &Served<'_>) -> String {
    let mut text = format!(
        "# Needs AllowOverride FileInfo, mod_alias, mod_setenvif and mod_headers.\nRedirectMatch 404 \"{}\"\n",
        served.private()
    );
    for format in served.formats() {
        let (name, kind, cache) = (literal(format.file_name()), content_type(format), served.cache_control);
        let (asked, link) = match served.link(format, "\t") {
            // A percent sign begins a variable; a tab marks where one is wanted.
            Some(link) => {
                let pattern = served.pattern(format, "(");
                let link = link.replace('%', "%%").replace('"', "\\\"").replace('\t', "%{FEEDMILL_PATH}e");
                (
                    format!("SetEnvIf Request_URI \"{pattern}\" FEEDMILL_PATH=$1\n"),
                    format!("    Header set Link \"{link}\" env=FEEDMILL_PATH\n"),
                )
            }
            None => Default::default(),
        };
        let cache = match has_headers(format) {
            true => format!("    Header set Cache-Control \"{cache}\"\n"),
            false => String::new(),
        };
        text.push_str(&format!("{asked}<Files ~ \"^{name}$\">\n    ForceType \"{kind}\"\n{cache}{link}</Files>\n"));
    }
    text
}
