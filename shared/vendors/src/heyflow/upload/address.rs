//! Which addresses and names are public, and the resolver that hands out no others.
//!
//! Source: IANA's special-purpose address registries (RFC 6890 and its updates) and RFC 6761, 6762, 8375, 9476 for names.
//! For IPv6 the list is of what is let through: global unicast, less the blocks in it that embed an IPv4 address or are
//! set aside.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};
use std::sync::Arc;

use ipnet::{Ipv4Net, Ipv6Net};
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// Turns a name into addresses; blocking.
pub(super) type Lookup = Arc<dyn Fn(&str) -> io::Result<Vec<IpAddr>> + Send + Sync>;

const fn v4(a: u8, b: u8, c: u8, prefix: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, 0), prefix)
}

const fn v6(a: u16, b: u16, c: u16, prefix: u8) -> Ipv6Net {
    Ipv6Net::new_assert(Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0), prefix)
}

const NOT_PUBLIC_V4: [Ipv4Net; 18] = [
    v4(0, 0, 0, 8),       // this network
    v4(10, 0, 0, 8),      // private
    v4(100, 64, 0, 10),   // carrier-grade NAT
    v4(127, 0, 0, 8),     // loopback
    v4(169, 254, 0, 16),  // link-local: instance metadata, credentials
    v4(172, 16, 0, 12),   // private
    v4(192, 0, 0, 24),    // IETF protocol assignments
    v4(192, 0, 2, 24),    // documentation
    v4(192, 31, 196, 24), // AS112
    v4(192, 52, 193, 24), // automatic multicast tunnelling
    v4(192, 88, 99, 24),  // 6to4 relays, deprecated
    v4(192, 168, 0, 16),  // private
    v4(192, 175, 48, 24), // AS112
    v4(198, 18, 0, 15),   // benchmarking
    v4(198, 51, 100, 24), // documentation
    v4(203, 0, 113, 24),  // documentation
    v4(224, 0, 0, 4),     // multicast
    v4(240, 0, 0, 4),     // reserved, broadcast
];

/// Everything outside it is not public: loopback, IPv4-mapped and -compatible, NAT64, ULA, link-local, site-local,
/// multicast, segment routing, discard-only, unassigned.
const GLOBAL_UNICAST_V6: Ipv6Net = v6(0x2000, 0, 0, 3);

const NOT_PUBLIC_V6: [Ipv6Net; 5] = [
    v6(0x2001, 0, 0, 23),         // IETF protocol assignments: Teredo, benchmarking, ORCHID
    v6(0x2001, 0xdb8, 0, 32),     // documentation
    v6(0x2002, 0, 0, 16),         // 6to4
    v6(0x2620, 0x4f, 0x8000, 48), // AS112
    v6(0x3fff, 0, 0, 20),         // documentation
];

/// Names that mean this machine or its own network.
const LOCAL_NAMES: [&str; 8] = ["localhost", "local", "localdomain", "internal", "intranet", "lan", "home.arpa", "alt"];

/// Whether an address is one of the public internet.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !NOT_PUBLIC_V4.iter().any(|net| net.contains(&address)),
        IpAddr::V6(address) => {
            GLOBAL_UNICAST_V6.contains(&address) && !NOT_PUBLIC_V6.iter().any(|net| net.contains(&address))
        }
    }
}

/// Whether a name (in lower case, as the `url` crate gives it) can be one of the public internet. A trailing dot is
/// refused: no link needs it, and certificates do not carry it.
pub(super) fn is_public_name(name: &str) -> bool {
    name.contains('.') && !name.ends_with('.') && !LOCAL_NAMES.iter().any(|local| is_within(name, local))
}

/// Whether a name stands for loopback by definition (RFC 6761).
pub(super) fn is_loopback_name(name: &str) -> bool {
    is_within(name, "localhost")
}

fn is_within(name: &str, zone: &str) -> bool {
    name.strip_suffix(zone).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

/// The production lookup.
pub(super) fn ask_system(name: &str) -> io::Result<Vec<IpAddr>> {
    Ok((name, 0).to_socket_addrs()?.map(|address| address.ip()).collect())
}

/// A name leads to an address that is not public.
#[derive(Debug, thiserror::Error)]
#[error("the name leads to an address that is not public")]
pub(super) struct NotPublic;

/// The client's resolver: what it returns is what is connected to.
pub(super) struct Checked {
    lookup: Lookup,
    loopback_names: Arc<[String]>,
}

impl Checked {
    /// `loopback_names`: the names that may lead to loopback as well.
    pub(super) fn new(lookup: Lookup, loopback_names: Vec<String>) -> Self {
        Self { lookup, loopback_names: loopback_names.into() }
    }
}

impl Resolve for Checked {
    fn resolve(&self, name: Name) -> Resolving {
        let lookup = Arc::clone(&self.lookup);
        let name = name.as_str().to_owned();
        let loopback = self.loopback_names.contains(&name);
        Box::pin(async move {
            let found = tokio::task::spawn_blocking(move || lookup(&name)).await??;
            if found.iter().any(|address| !(is_public(*address) || loopback && address.is_loopback())) {
                return Err(NotPublic.into());
            }
            // Port 0: the client puts the URL's in its place.
            Ok(Box::new(found.into_iter().map(|address| SocketAddr::new(address, 0))) as Addrs)
        })
    }
}
