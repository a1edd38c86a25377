//! URLs as written in front matter → absolute ones. Those that cannot be read are reported (A042) and left out; a URL
//! with a password is refused, and the message does not quote it.

use super::findings::{Findings, quoted};
use crate::diagnostic::Code;
use crate::model::{AbsUrl, Located, Place, Site, UrlFault, without_secrets};

/// The absolute URL of a field, or `None` if the field is blank.
pub fn absolute(written: &Located<String>, field: &str, findings: &mut Findings<'_>) -> Option<AbsUrl> {
    let value = written.value.trim();
    if value.is_empty() {
        return None;
    }
    accept(AbsUrl::parse(value), written, field, findings)
}

/// An absolute URL, or a path of the site: `/about/` and `about/` are both below the site's own folder.
pub fn on_site(written: &Located<String>, field: &str, site: &Site, findings: &mut Findings<'_>) -> Option<AbsUrl> {
    let value = written.value.trim();
    if value.is_empty() {
        return None;
    }
    let url = match AbsUrl::parse(value) {
        Err(UrlFault::Relative) => under_site(value, site),
        other => other,
    };
    accept(url, written, field, findings)
}

/// A reference from the site's root. If the site is in a folder (`https://e.org/blog/`), the folder may be left out.
pub fn under_site(reference: &str, site: &Site) -> Result<AbsUrl, UrlFault> {
    if reference.starts_with("//") || reference.starts_with(site.url.path()) {
        return site.url.join(reference);
    }
    // The `./` prevents a name with a colon from being parsed as a scheme.
    site.url.join(&format!("./{}", reference.trim_start_matches(['/', '\\'])))
}

/// Refuses a text that is not a URL, and a URL that contains a password.
pub fn accept(
    url: Result<AbsUrl, UrlFault>,
    written: &Located<String>,
    field: &str,
    findings: &mut Findings<'_>,
) -> Option<AbsUrl> {
    let (at, message) = match url {
        Ok(url) if !url.has_credentials() => return Some(url),
        // Without a column: a report must not quote the line.
        Ok(_) => (Place::new(written.at.line, 0, 0), format!("`{field}` contains a user name or a password")),
        Err(fault) => {
            let display_path = without_secrets(written.value.trim());
            (written.at, format!("`{field}` is {}: {fault}", quoted(&display_path)))
        }
    };
    findings.report(Code::BadUrl, at, message, "write a full URL that starts with https://");
    None
}
