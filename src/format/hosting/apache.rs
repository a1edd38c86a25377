//! `.htaccess` of Apache 2.4, read from the folder itself where `AllowOverride FileInfo` holds.

use super::rules::HeaderRule;
use super::{Served, content_type, has_headers, literal};

/// Sections, one a format.
pub(super) fn text(served: &Served<'_>) -> String {
    let mut text = format!(
        "# Needs AllowOverride FileInfo, mod_alias, mod_setenvif and mod_headers.\nRedirectMatch 404 \"{}\"\n",
        served.private()
    );
    text.push_str(&super::moved::apache(served));
    let rules = served.rules();
    if rules.iter().any(|rule| rule.index.is_some()) {
        text.push_str("# Needs AllowOverride Indexes as well.\nDirectoryIndex index.html index.xml index.json\n");
    }
    for rule in rules {
        if rule.name != rule.format.name() {
            text.push_str(&by_path(served, &rule));
            continue;
        }
        let format = rule.format;
        let (name, kind, cache) = (literal(format.file_name()), content_type(format), served.cache_control);
        let (asked, link) = match served.link(format, "\t") {
            // A percent sign begins a variable; a tab marks where one is wanted.
            Some(link) => {
                let pattern = served.pattern(&rule, "(");
                let link = escaped(&link, "FEEDMILL_PATH");
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

/// Headers for the paths of a rule, whose files have any name.
fn by_path(served: &Served<'_>, rule: &HeaderRule) -> String {
    let (variable, pattern) = (format!("FEEDMILL_{}", rule.name.to_ascii_uppercase()), served.pattern(rule, "("));
    let mut text = format!("SetEnvIf Request_URI \"{pattern}\" {variable}=$1\n");
    let mut header = |name: &str, value: &str| {
        text.push_str(&format!("Header set {name} \"{value}\" env={variable}\n"));
    };
    header("Content-Type", &content_type(rule.format));
    header("Cache-Control", served.cache_control);
    if let Some(link) = served.link(rule.format, rule.original.as_deref().unwrap_or("\t")) {
        header("Link", &escaped(&link, &variable));
    }
    text
}

/// A value of `Header`, with a variable where the tab is.
fn escaped(link: &str, variable: &str) -> String {
    link.replace('%', "%%").replace('"', "\\\"").replace('\t', &format!("%{{{variable}}}e"))
}
