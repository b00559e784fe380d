//! Which addresses the door may speak to. Names are judged by what they resolve to, at the moment of connecting, so
//! that a name which changes its answer between two looks gains nothing.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use super::DoorError;

/// How a place may be spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Not at all.
    Refused,
    /// Only if its name resolves to public or allowed addresses.
    Guarded,
    /// The configuration names it: whatever it resolves to.
    Trusted,
}

/// The private places that the configuration allows.
#[derive(Debug, Clone, Default)]
pub(super) struct AllowList(Arc<[Entry]>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Entry {
    /// A block of addresses, on any port.
    Block { net: IpAddr, bits: u8 },
    /// One address and port.
    Socket(SocketAddr),
    /// A name, on one port or any.
    Named { host: String, port: Option<u16> },
}

impl AllowList {
    pub(super) fn parse(entries: &[String]) -> Result<Self, DoorError> {
        entries.iter().map(|text| entry(text.trim()).ok_or_else(|| DoorError::AllowList(text.clone()))).collect()
    }

    /// Judges everything about an address that is known before its name is resolved.
    pub(super) fn judge(&self, url: &Url) -> Place {
        let plain = matches!(url.scheme(), "http" | "https") && url.username().is_empty() && url.password().is_none();
        let (Some(host), Some(port), true) = (url.host(), url.port_or_known_default(), plain) else {
            return Place::Refused;
        };
        match host {
            Host::Ipv4(ip) => self.judge_ip(ip.into(), port),
            Host::Ipv6(ip) => self.judge_ip(ip.into(), port),
            Host::Domain(name) => {
                let name = name.trim_end_matches('.');
                let named = self.0.iter().any(|entry| match entry {
                    Entry::Named { host, port: only } => host == name && only.is_none_or(|only| only == port),
                    _ => false,
                });
                if named { Place::Trusted } else { Place::Guarded }
            }
        }
    }

    fn judge_ip(&self, ip: IpAddr, port: u16) -> Place {
        let socket = self.0.contains(&Entry::Socket(SocketAddr::new(ip, port)));
        if socket || self.allows(ip) { Place::Guarded } else { Place::Refused }
    }

    /// May this address be connected to, whatever the port?
    fn allows(&self, ip: IpAddr) -> bool {
        is_public(ip)
            || self.0.iter().any(|entry| match entry {
                Entry::Block { net, bits } => within(ip, *net, *bits),
                _ => false,
            })
    }
}

impl FromIterator<Entry> for AllowList {
    fn from_iter<T: IntoIterator<Item = Entry>>(entries: T) -> Self {
        Self(entries.into_iter().collect())
    }
}

fn entry(text: &str) -> Option<Entry> {
    if let Ok(socket) = text.parse::<SocketAddr>() {
        return Some(Entry::Socket(socket));
    }
    let bare = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')).unwrap_or(text);
    if let Ok(ip) = bare.parse::<IpAddr>() {
        return Some(Entry::Block { net: ip, bits: width(ip) });
    }
    if let Some((net, bits)) = text.split_once('/') {
        let net: IpAddr = net.parse().ok()?;
        let bits = bits.parse().ok().filter(|bits| *bits <= width(net))?;
        return Some(Entry::Block { net, bits });
    }
    let (host, port) = match text.split_once(':') {
        Some((host, port)) => (host, Some(port.parse().ok()?)),
        None => (text, None),
    };
    // Names are compared as a URL spells them: lower case, international names in ASCII.
    match Host::parse(host).ok()? {
        Host::Domain(host) => Some(Entry::Named { host: host.trim_end_matches('.').to_owned(), port }),
        _ => None,
    }
}

fn width(ip: IpAddr) -> u8 {
    if ip.is_ipv4() { 32 } else { 128 }
}

fn within(ip: IpAddr, net: IpAddr, bits: u8) -> bool {
    let (ip, net, all) = match (ip.to_canonical(), net) {
        (IpAddr::V4(ip), IpAddr::V4(net)) => (u128::from(ip.to_bits()), u128::from(net.to_bits()), 32),
        (_, IpAddr::V6(net)) => {
            let IpAddr::V6(ip) = ip else { return false };
            (ip.to_bits(), net.to_bits(), 128)
        }
        _ => return false,
    };
    let shift = all - u32::from(bits);
    (ip ^ net).checked_shr(shift).unwrap_or(0) == 0
}

/// Can this address be on the public internet? Everything with a special meaning is not.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    // https://www.iana.org/assignments/iana-ipv4-special-registry (read 2026-11)
    const SPECIAL: [(Ipv4Addr, u8); 15] = [
        (Ipv4Addr::new(0, 0, 0, 0), 8),
        (Ipv4Addr::new(10, 0, 0, 0), 8),
        (Ipv4Addr::new(100, 64, 0, 0), 10),
        (Ipv4Addr::new(127, 0, 0, 0), 8),
        (Ipv4Addr::new(169, 254, 0, 0), 16),
        (Ipv4Addr::new(172, 16, 0, 0), 12),
        (Ipv4Addr::new(192, 0, 0, 0), 24),
        (Ipv4Addr::new(192, 0, 2, 0), 24),
        (Ipv4Addr::new(192, 88, 99, 0), 24),
        (Ipv4Addr::new(192, 168, 0, 0), 16),
        (Ipv4Addr::new(198, 18, 0, 0), 15),
        (Ipv4Addr::new(198, 51, 100, 0), 24),
        (Ipv4Addr::new(203, 0, 113, 0), 24),
        (Ipv4Addr::new(224, 0, 0, 0), 4),
        (Ipv4Addr::new(240, 0, 0, 0), 4),
    ];
    !SPECIAL.iter().any(|(net, bits)| within(ip.into(), (*net).into(), *bits))
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let bits = ip.to_bits();
    // NAT64 carries an IPv4 address at its end: networks without IPv4 reach the whole internet through it.
    if bits >> 32 == 0x0064_ff9b_u128 << 64 {
        return embedded(bits);
    }
    // 6to4 carries one behind its first 16 bits.
    if bits >> 112 == 0x2002 {
        return embedded(bits >> 80);
    }
    let global = bits >> 125 == 0b001;
    let ietf = bits >> 105 == 0x2001_0000 >> 9;
    let documents = bits >> 96 == 0x2001_0db8 || bits >> 108 == 0x3fff0 >> 4 << 4;
    global && !ietf && !documents
}

/// Is the IPv4 address in the lowest 32 bits public?
fn embedded(bits: u128) -> bool {
    u32::try_from(bits & u128::from(u32::MAX)).is_ok_and(|low| is_public_v4(Ipv4Addr::from_bits(low)))
}

/// A name that resolves to nothing we may speak to.
#[derive(Debug, thiserror::Error)]
#[error("the name resolves to a private address")]
pub(super) struct Private;

/// Resolves names and keeps only what may be spoken to.
pub(super) struct Guard {
    pub(super) allowed: AllowList,
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let allowed = self.allowed.clone();
        Box::pin(async move {
            // The port is put in by the client afterwards.
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let some = !found.is_empty();
            let good: Vec<SocketAddr> = found.into_iter().filter(|socket| allowed.allows(socket.ip())).collect();
            if some && good.is_empty() {
                return Err(Private.into());
            }
            let good: Addrs = Box::new(good.into_iter());
            Ok(good)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(allow: &[&str], url: &str) -> Place {
        let entries: Vec<String> = allow.iter().map(|&text| text.to_owned()).collect();
        AllowList::parse(&entries).unwrap().judge(&url.parse().unwrap())
    }

    #[test]
    fn literal_addresses_are_public_or_refused() {
        let refused = [
            "http://127.0.0.1/",
            "http://0x7f.1/",
            "http://2130706433/",
            "http://10.1.2.3/",
            "http://172.31.255.255/",
            "http://192.168.0.1/",
            "http://169.254.169.254/latest/meta-data",
            "http://100.64.0.1/",
            "http://0.0.0.0/",
            "http://224.0.0.1/",
            "http://255.255.255.255/",
            "http://[::1]/",
            "http://[::]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:8.8.8.8]/",
            "http://[fe80::1]/",
            "http://[fd00:ec2::254]/",
            "http://[ff02::1]/",
            "http://[64:ff9b::10.0.0.1]/",
            "http://[2002:c0a8:0101::1]/",
            "http://[2001::1]/",
            "http://[2001:db8::1]/",
            "http://[3fff::1]/",
            "ftp://8.8.8.8/",
            "http://name:password@example.org/",
        ];
        for url in refused {
            assert_eq!(place(&[], url), Place::Refused, "{url}");
        }
        let taken = [
            "https://8.8.8.8/",
            "https://172.32.0.1/",
            "https://[2a00:1450:4001:80e::200e]/",
            "https://[64:ff9b::8.8.8.8]/",
            "https://[2002:0808:0808::1]/",
            "https://[2001:4860:4860::8888]/",
            "https://[3fff:1000::1]/",
            "https://example.org/",
        ];
        for url in taken {
            assert_eq!(place(&[], url), Place::Guarded, "{url}");
        }
    }

    #[test]
    fn the_configuration_opens_what_it_names() {
        let rows = [
            ("127.0.0.1", "http://127.0.0.1:8080/", Place::Guarded),
            ("127.0.0.1:8080", "http://127.0.0.1:8080/", Place::Guarded),
            ("127.0.0.1:8080", "http://127.0.0.1:8081/", Place::Refused),
            ("10.0.0.0/8", "http://10.200.0.1/", Place::Guarded),
            ("10.0.0.0/8", "http://11.0.0.1/", Place::Guarded),
            ("10.0.0.0/8", "http://192.168.0.1/", Place::Refused),
            ("0.0.0.0/0", "http://192.168.0.1/", Place::Guarded),
            ("fd00::/8", "http://[fd12::1]/", Place::Guarded),
            ("fd00::/8", "http://[fe80::1]/", Place::Refused),
            ("::1", "http://[::1]:2583/", Place::Guarded),
            ("[::1]:2583", "http://[::1]:2584/", Place::Refused),
            ("localhost:2583", "http://localhost:2583/", Place::Trusted),
            ("localhost:2583", "http://localhost:2584/", Place::Guarded),
            ("LOCALHOST", "http://localhost./", Place::Trusted),
            ("блог.example", "https://блог.example/", Place::Trusted),
            ("localhost", "http://sub.localhost/", Place::Guarded),
        ];
        for (allow, url, expected) in rows {
            assert_eq!(place(&[allow], url), expected, "{allow} {url}");
        }
    }

    #[test]
    fn a_wrong_entry_is_named() {
        for text in ["10.0.0.0/33", "a b", "host:port", "::1/x", ""] {
            let error = AllowList::parse(&[text.to_owned()]).unwrap_err();
            assert!(error.to_string().contains(&format!("`{text}`")), "{text}");
        }
    }
}
