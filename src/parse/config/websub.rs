//! `websub:`: the hubs that hear of changes.

use super::address;
use super::reader::Reader;
use super::section::Section;
use crate::model::AbsUrl;

/// Reads `websub.hubs`, without twins, in the order written.
pub fn read(mut websub: Section<'_>, reader: &mut Reader<'_>) -> Vec<AbsUrl> {
    let mut hubs = Vec::new();
    for item in reader.list(websub.take("hubs")) {
        let Some(hub) = address::absolute(Some(item.clone()), reader) else { continue };
        if !hub.as_str().starts_with("https://") && !is_loopback(&hub) {
            reader.wrong(&item, "an https URL, such as `https://hub.example/`");
        } else if !hubs.contains(&hub) {
            hubs.push(hub);
        }
    }
    websub.finish(reader);
    hubs
}

/// A hub on the machine itself may do without https.
fn is_loopback(url: &AbsUrl) -> bool {
    let host = url.host();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse().is_ok_and(|ip: core::net::IpAddr| ip.is_loopback())
}
