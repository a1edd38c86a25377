//! Who may ask. A page of another site can make a browser ask a server on this machine under that site's own name (DNS
//! rebinding); so requests must name this machine: a loopback name, or an address that the server listens on.

use std::net::{IpAddr, SocketAddr};

/// Who is to reach the preview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Audience {
    /// Only this machine.
    #[default]
    Loopback,
    /// Whoever reaches the address.
    Everyone,
}

impl Audience {
    /// Whether the preview may listen there.
    pub fn allows(self, address: SocketAddr) -> bool {
        self == Self::Everyone || address.ip().to_canonical().is_loopback()
    }
}

/// Whether a `Host` header, or the host of a request's target, names this server. Any port will do: a tunnel has its own.
pub(super) fn names_us(host: &str, bound: IpAddr) -> bool {
    let name = name_of(host).unwrap_or_default().trim_end_matches('.').to_ascii_lowercase();
    if let Ok(ip) = name.parse::<IpAddr>() {
        let ip = ip.to_canonical();
        // A number cannot be bound to another one, so where the server listens on all addresses each of them will do.
        return ip.is_loopback() || ip == bound.to_canonical() || bound.is_unspecified();
    }
    name == "localhost" || name.ends_with(".localhost")
}

/// The host without its port and without the brackets of IPv6.
fn name_of(host: &str) -> Option<&str> {
    let (name, port) = match host.strip_prefix('[') {
        Some(rest) => rest.split_once(']')?,
        None => host.split_once(':').map_or((host, ""), |(name, _)| (name, host.get(name.len()..).unwrap_or_default())),
    };
    let port = port.strip_prefix(':').unwrap_or(port);
    port.bytes().all(|b| b.is_ascii_digit()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_named() {
        let loopback: IpAddr = "127.0.0.1".parse().unwrap();
        for good in [
            "localhost",
            "LOCALHOST:4000",
            "localhost.:1",
            "127.0.0.1:4000",
            "127.9.9.9",
            "[::1]:4000",
            "a.localhost:1",
        ] {
            assert!(names_us(good, loopback), "{good}");
        }
        for bad in [
            "",
            "evil.example",
            "localhost.evil.example",
            "127.0.0.1.nip.io",
            "192.168.0.5",
            "[::2]",
            "[::1",
            "localhost:x",
            "localhost:4000:1",
            "user@localhost",
            "0.0.0.0",
            "xlocalhost",
            "[fe80::1]:80",
            "127.0.0.1:4000@evil.example",
        ] {
            assert!(!names_us(bad, loopback), "{bad}");
        }
        assert!(
            names_us("192.168.0.5:80", "192.168.0.5".parse().unwrap())
                && !names_us("192.168.0.6", "192.168.0.5".parse().unwrap())
        );
        assert!(
            names_us("192.168.0.6", "0.0.0.0".parse().unwrap())
                && !names_us("evil.example", "0.0.0.0".parse().unwrap())
        );
        assert!(names_us("[::ffff:127.0.0.1]", loopback));
    }

    #[test]
    fn others_are_let_in_only_when_asked() {
        let allowed = |audience: Audience, address: &str| audience.allows(address.parse().unwrap());
        assert!(allowed(Audience::Loopback, "127.0.0.1:1") && allowed(Audience::Loopback, "[::1]:1"));
        assert!(allowed(Audience::Loopback, "[::ffff:127.0.0.1]:1"));
        for open in ["0.0.0.0:1", "[::]:1", "192.168.0.5:1", "[::ffff:8.8.8.8]:1"] {
            assert!(!allowed(Audience::Loopback, open) && allowed(Audience::Everyone, open), "{open}");
        }
    }
}
