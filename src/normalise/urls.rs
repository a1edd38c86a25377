//! URLs as people write them in front matter → absolute ones. What cannot be read is reported (A042) and absent; a URL
//! with a password is refused without being shown.

use super::findings::{Findings, quoted};
use crate::diagnostic::Code;
use crate::model::{AbsUrl, Located, Place, Site, UrlFault, without_secrets};

/// An absolute URL of a field, or nothing where the field is blank.
pub fn absolute(written: &Located<String>, field: &str, findings: &mut Findings<'_>) -> Option<AbsUrl> {
    let value = written.value.trim();
    if value.is_empty() {
        return None;
    }
    accept(AbsUrl::parse(value), written, field, findings)
}

/// An absolute URL, or a path of the site: `/about/` and `about/` both lie under the site's own folder.
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

/// A reference that begins at the site's root. On a site in a folder (`https://e.org/blog/`) the folder may be written or not.
pub fn under_site(reference: &str, site: &Site) -> Result<AbsUrl, UrlFault> {
    if reference.starts_with("//") || reference.starts_with(site.url.path()) {
        return site.url.join(reference);
    }
    // The `./` keeps a name with a colon from being taken for a scheme.
    site.url.join(&format!("./{}", reference.trim_start_matches(['/', '\\'])))
}

/// Refuses what is no URL, and what holds a password.
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
