//! Which addresses may be asked: http and https only, link-local addresses and those of cloud metadata services never, and
//! other private addresses only where the reach allows them. A public host can never redirect to a private address. Literal
//! addresses are checked in the URL, names in what they resolve to, for each request anew.
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

/// Which addresses a request may go to.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// What the config allows, or less after a redirect.
    pub reach: Reach,
    /// Whether an address is a public one. Tests on loopback have a rule of their own.
    pub(in crate::edge) is_public: fn(IpAddr) -> bool,
}

impl Bounds {
    /// The bounds of a URL that the user wrote.
    pub const fn new(reach: Reach) -> Self {
        Self { reach, is_public }
    }

    /// The bounds for redirects of this peer: a public host redirects to public addresses only. A peer whose address
    /// is unknown counts as public.
    pub fn after(self, peer: Option<SocketAddr>) -> Self {
        match peer {
            Some(peer) if !(self.is_public)(peer.ip()) => self,
            _ => Self { reach: Reach::Public, ..self },
        }
    }

    /// Checks an address. `Err` names the kind of address that is refused.
    fn check(self, ip: IpAddr) -> Result<(), &'static str> {
        match self.reach {
            Reach::Public if !(self.is_public)(ip) => Err("private address"),
            _ if is_metadata(ip) => Err("link-local or metadata address"),
            _ => Ok(()),
        }
    }
}

/// The URL to request: without user name, password and fragment.
pub fn allowed(url: &Url, bounds: Bounds) -> Result<Url, Refused> {
    if !matches!(url.scheme(), "http" | "https") {
        return Err(Refused(format!("it leads to the scheme {}:, which is not asked for", url.scheme())));
    }
    let literal = match url.host() {
        Some(Host::Ipv4(ip)) => Some(IpAddr::V4(ip)),
        Some(Host::Ipv6(ip)) => Some(IpAddr::V6(ip)),
        Some(Host::Domain(name)) if !name.is_empty() => None,
        _ => return Err(Refused("it leads to no host".into())),
    };
    if let Some(ip) = literal {
        bounds.check(ip).map_err(|kind| Refused(format!("it leads to the {kind} {ip}")))?;
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
pub struct BoundedResolver(pub Bounds);

impl Resolve for BoundedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let bounds = self.0;
        Box::pin(async move {
            let name = name.as_str().to_owned();
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let (mut allowed, mut refused) = (Vec::new(), None);
            for address in found {
                match bounds.check(address.ip()) {
                    Ok(()) => allowed.push(address),
                    Err(kind) => refused = Some(kind),
                }
            }
            match refused {
                Some(kind) if allowed.is_empty() => Err(Refused(format!("the name {name} leads to a {kind}")).into()),
                _ => Ok(Box::new(allowed.into_iter()) as Addrs),
            }
        })
    }
}

/// Whether an address is link-local, or one at which a cloud provider answers with a machine's credentials: 169.254.169.254,
/// `fd00:ec2::254` and `fd00:ec2::23` (Amazon), `fd20:ce::254` (Google), 100.100.100.200 (Alibaba), 192.0.0.192 (Oracle).
fn is_metadata(ip: IpAddr) -> bool {
    let v4 = match ip {
        IpAddr::V4(ip) => Some(ip),
        IpAddr::V6(ip) => embedded_v4(ip).or(compatible_v4(ip)),
    };
    let by_v6 = matches!(ip, IpAddr::V6(ip) if ip.is_unicast_link_local()
        || matches!(ip.segments(), [0xfd00, 0xec2, ..] | [0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254]));
    let by_v4 = |ip: Ipv4Addr| ip.is_link_local() || matches!(ip.octets(), [100, 100, 100, 200] | [192, 0, 0, 192]);
    by_v6 || v4.is_some_and(by_v4)
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
    if let Some(inner) = embedded_v4(ip) {
        return is_public_v4(inner);
    }
    match ip.segments() {
        // Teredo, benchmarking, ORCHID and the rest of the protocol assignments; documentation.
        [0x2001, second, ..] if second < 0x200 || second == 0xdb8 => false,
        [0x3fff, second, ..] if second < 0x1000 => false,
        [first, ..] => (0x2000..0x4000).contains(&first),
    }
}

/// The IPv4 address that packets to a mapped, NAT64 or 6to4 address reach (RFC 4291, 6052, 3056).
fn embedded_v4(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    match ip.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => {
            Some(joined(high, low))
        }
        _ => None,
    }
}

/// The IPv4 address in the last bits of the deprecated compatible form and of local NAT64 prefixes (RFC 4291, 8215).
fn compatible_v4(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    match ip.segments() {
        [0, 0, 0, 0, 0, 0, high, low] | [0x64, 0xff9b, 1, _, _, _, high, low] => Some(joined(high, low)),
        _ => None,
    }
}

fn joined(high: u16, low: u16) -> Ipv4Addr {
    Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low))
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
        let check = |url: &str, reach| allowed(&Url::parse(url).unwrap(), Bounds::new(reach)).map(|u| u.to_string());
        for inside in [
            "http://127.1/",
            "http://2130706433/",
            "http://0x7f.0.0.1/",
            "http://0177.0.0.1/",
            "http://[::ffff:7f00:1]/",
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
    #[test]
    fn metadata_addresses_are_never_asked() {
        for never in [
            "http://169.254.169.254/latest/meta-data",
            "http://169.254.0.1/",
            "http://0xa9fea9fe/",
            "http://2852039166:8080/",
            "http://[::ffff:169.254.169.254]/",
            "http://[::169.254.169.254]/",
            "http://[64:ff9b::169.254.169.254]/",
            "http://[64:ff9b:1::169.254.169.254]/",
            "http://[2002:a9fe:a9fe::1]/",
            "http://[fe80::1]/",
            "http://[febf::1]/",
            "http://[fd00:ec2::254]/",
            "http://[fd20:ce::254]/",
            "http://100.100.100.200/",
            "http://192.0.0.192/",
        ] {
            for reach in [Reach::Public, Reach::Anywhere] {
                assert!(allowed(&Url::parse(never).unwrap(), Bounds::new(reach)).is_err(), "{never}");
            }
        }
        for intranet in ["http://100.100.100.201/", "http://[fd00:ec3::254]/", "http://[fec0::1]/", "http://[::1]/"] {
            assert!(allowed(&Url::parse(intranet).unwrap(), Bounds::new(Reach::Anywhere)).is_ok(), "{intranet}");
        }
    }

    #[test]
    fn a_public_host_redirects_to_public_addresses_only() {
        let after =
            |first, peer: &str| Bounds::new(first).after(Some(SocketAddr::new(peer.parse().unwrap(), 80))).reach;
        assert_eq!(after(Reach::Anywhere, "10.0.0.1"), Reach::Anywhere);
        assert_eq!(after(Reach::Anywhere, "::1"), Reach::Anywhere);
        assert_eq!(after(Reach::Anywhere, "1.1.1.1"), Reach::Public);
        assert_eq!(after(Reach::Anywhere, "2606:4700::1111"), Reach::Public);
        assert_eq!(after(Reach::Public, "10.0.0.1"), Reach::Public);
        assert_eq!(Bounds::new(Reach::Anywhere).after(None).reach, Reach::Public);
    }
}
