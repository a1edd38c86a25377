//! Where a probe may connect to: http and https, and the public internet alone. Literal addresses are checked in the URL
//! itself, names in what they resolve to, each time anew, so that neither a redirect nor a name server leads inside.
//!
//! Ranges: IANA special-purpose address registries for IPv4 (RFC 6890) and IPv6.

use crate::model::Reach;
use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use url::Host;

/// Why an address is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refused(pub String);

/// The URL that may be asked for: without user name, password and fragment.
pub fn allowed(url: &Url, reach: Reach) -> Result<Url, Refused> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Refused(format!("it leads to the scheme {}:, which is not asked for", url.scheme())));
    }
    let literal = match url.host() {
        Some(Host::Ipv4(ip)) => Some(IpAddr::V4(ip)),
        Some(Host::Ipv6(ip)) => Some(IpAddr::V6(ip)),
        Some(Host::Domain(name)) if !name.is_empty() => None,
        _ => return Err(Refused("it leads to no host".into())),
    };
    if let Some(ip) = literal.filter(|ip| reach == Reach::Public && !is_public(*ip)) {
        return Err(Refused(format!("it leads to the private address {ip}")));
    }
    let mut url = url.clone();
    // Neither can fail for a URL with a host.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_fragment(None);
    Ok(url)
}

/// Looks names up and gives only addresses that may be connected to.
#[derive(Debug, Clone, Copy)]
pub struct Names(pub Reach);

impl Resolve for Names {
    fn resolve(&self, name: Name) -> Resolving {
        let reach = self.0;
        Box::pin(async move {
            let name = name.as_str().to_owned();
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let public: Vec<SocketAddr> =
                found.iter().copied().filter(|a| reach == Reach::Anywhere || is_public(a.ip())).collect();
            if public.is_empty() && !found.is_empty() {
                return Err(Refused(format!("the name {name} leads to a private address")).into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

/// Whether an address is one of the public internet.
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let special = a == 0
        || ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && matches!(c, 0 | 2))
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && matches!(b, 18 | 19))
        || (a == 198 && b == 51 && c == 100)
        || (a == 203 && b == 0 && c == 113)
        || a >= 224;
    !special
}

/// Global unicast alone; an IPv4 address inside an IPv6 one is judged as what it is.
fn is_public_v6(ip: Ipv6Addr) -> bool {
    let parts = ip.segments();
    let inner = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match parts {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => inner(high, low),
        [0x2002, high, low, ..] => inner(high, low),
        // Teredo, benchmarking, ORCHID and the rest of the protocol assignments; documentation.
        [0x2001, second, ..] if second < 0x200 || second == 0xdb8 => false,
        [0x3fff, second, ..] if second < 0x1000 => false,
        [first, ..] => (0x2000..0x4000).contains(&first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_public_internet_is_public() {
        for private in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "100.100.100.200",
            "127.0.0.1",
            "127.255.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.192",
            "192.168.1.1",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::127.0.0.1",
            "64:ff9b::a00:1",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:db8::1",
            "2002:a00:1::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd00:ec2::254",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
        for public in
            ["1.1.1.1", "100.63.0.1", "172.32.0.1", "192.0.1.1", "2606:4700::1111", "2a00::1", "64:ff9b::101:101"]
        {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }

    #[test]
    fn addresses_hide_in_many_spellings() {
        let check = |url: &str, reach| allowed(&Url::parse(url).unwrap(), reach).map(|u| u.to_string());
        for inside in [
            "http://127.1/",
            "http://2130706433/",
            "http://0x7f.0.0.1/",
            "http://0177.0.0.1/",
            "http://[::ffff:7f00:1]/",
            "http://169.254.169.254/latest/meta-data",
            "https://[fd00::1]:8080/",
        ] {
            assert!(check(inside, Reach::Public).is_err(), "{inside}");
            assert!(check(inside, Reach::Anywhere).is_ok(), "{inside}");
        }
        for scheme in ["file:///etc/passwd", "ftp://e.org/a.png", "data:image/png,x"] {
            assert!(check(scheme, Reach::Anywhere).is_err(), "{scheme}");
        }
        assert_eq!(check("https://user:secret@e.org/a.png#x", Reach::Public), Ok("https://e.org/a.png".into()));
    }
}
