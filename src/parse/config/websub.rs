//! `websub:`: the hubs that are pinged about changes.

use super::address;
use super::reader::ConfigReader;
use super::section::Section;
use super::value::short;
use crate::model::{AbsUrl, without_secrets};

/// Reads `websub.hubs`, without duplicates, in the order written. Hubs given by `--hub` replace them.
pub fn read(mut websub: Section<'_>, flags: &[String], reader: &mut ConfigReader<'_>) -> Vec<AbsUrl> {
    let mut hubs = Vec::new();
    let any_scheme = reader.flag(websub.take("allow_http")) == Some(true);
    for item in reader.list(websub.take("hubs")) {
        let Some(hub) = address::absolute(Some(item.clone()), reader) else { continue };
        if !any_scheme && !is_safe(&hub) {
            let help = "a ping over http can be read and changed on its way; `websub.allow_http: true` lets it go so";
            reader.wrong_url(&item, "an https URL, such as `https://hub.example/`", Some(help.into()));
        } else if !hubs.contains(&hub) {
            hubs.push(hub);
        }
    }
    websub.finish(reader);
    if flags.is_empty() {
        return hubs;
    }
    let mut given = Vec::new();
    for text in flags {
        match AbsUrl::parse(text) {
            // The URL contains a secret, so the message does not quote it.
            Ok(hub) if hub.has_credentials() => {
                reader.report_flag("--hub holds a URL with a user name or a password".into(), None);
            }
            Ok(hub) if given.contains(&hub) => {}
            Ok(hub) if any_scheme || is_safe(&hub) => given.push(hub),
            _ => {
                let message = format!(
                    "--hub should be an https URL, such as `https://hub.example/`, not `{}`",
                    short(&without_secrets(text))
                );
                reader.report_flag(message, None);
            }
        }
    }
    given
}

/// https; a hub on the machine itself may do without.
fn is_safe(url: &AbsUrl) -> bool {
    let host = url.host();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    url.as_str().starts_with("https://")
        || host == "localhost"
        || address.parse().is_ok_and(|ip: core::net::IpAddr| ip.is_loopback())
}
