//! Networks, and how much of a header is believed about where a browser is.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// The first bits of an address; the rest is zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    first: IpAddr,
    length: u8,
}

/// How many bits of an address make one network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PrefixLengths {
    /// Of an IPv4 address, at most 32.
    pub ipv4: u8,
    /// Of an IPv6 address, at most 128.
    pub ipv6: u8,
}

impl Network {
    /// The network of that length around `address`; `None` when it has not so many bits.
    pub fn around(address: IpAddr, length: u8) -> Option<Self> {
        let first = match address.to_canonical() {
            IpAddr::V4(address) => {
                let hidden = 32_u32.checked_sub(length.into())?;
                let mask = u32::MAX.checked_shl(hidden).unwrap_or(0);
                IpAddr::V4(Ipv4Addr::from_bits(address.to_bits() & mask))
            }
            IpAddr::V6(address) => {
                let hidden = 128_u32.checked_sub(length.into())?;
                let mask = u128::MAX.checked_shl(hidden).unwrap_or(0);
                IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & mask))
            }
        };
        Some(Self { first, length })
    }

    /// The network that `address` belongs to, as long as the settings say.
    pub fn of(address: IpAddr, lengths: PrefixLengths) -> Option<Self> {
        let length = if address.to_canonical().is_ipv4() { lengths.ipv4 } else { lengths.ipv6 };
        Self::around(address, length)
    }

    /// Reads `192.0.2.0/24`, or one address. An address inside a network is no network: it may be a slip.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, length) = text.split_once('/').unzip();
        let address: IpAddr = address.unwrap_or(text).parse().ok()?;
        let whole = if address.to_canonical().is_ipv4() { 32 } else { 128 };
        let length = length.map_or(Some(whole), |length| length.parse().ok())?;
        Self::around(address, length).filter(|network| network.first == address.to_canonical())
    }

    /// Whether it is so wide (IPv4 beyond /16, IPv6 beyond /32) that nobody can vouch for everybody in it.
    pub const fn is_wide(self) -> bool {
        match self.first {
            IpAddr::V4(_) => self.length < 16,
            IpAddr::V6(_) => self.length < 32,
        }
    }

    /// Whether `address` is in it.
    pub fn contains(self, address: IpAddr) -> bool {
        Self::around(address, self.length).is_some_and(|network| network == self)
    }
}

impl fmt::Display for Network {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.first, self.length)
    }
}

/// The browser's address: the peer's, unless the peer is one of our proxies. Then it is the right-most address in
/// `forwarded` (the lines of `X-Forwarded-For`) that is none of them: what stands left of it anybody may have written.
/// `None`: nobody knows, and so it counts as a place never seen before.
pub fn client_address(peer: Option<IpAddr>, forwarded: &[&str], proxies: &[Network]) -> Option<IpAddr> {
    let is_proxy = |address: IpAddr| proxies.iter().any(|proxy| proxy.contains(address));
    let peer = peer?.to_canonical();
    if !is_proxy(peer) {
        return Some(peer);
    }
    let entries = forwarded.iter().rev().flat_map(|line| line.rsplit(','));
    for entry in entries {
        let address = parse_entry(entry.trim())?;
        if !is_proxy(address) {
            return Some(address);
        }
    }
    None
}

/// An address, with or without port, as proxies write it.
fn parse_entry(entry: &str) -> Option<IpAddr> {
    let bare = entry.strip_prefix('[').and_then(|entry| entry.strip_suffix(']')).unwrap_or(entry);
    let address = bare.parse().or_else(|_| entry.parse::<SocketAddr>().map(|socket| socket.ip()));
    address.ok().map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn believed(peer: &str, forwarded: &[&str]) -> String {
        let proxies =
            ["127.0.0.1", "10.0.0.0/8", "2001:db8:ffff::/48"].map(|text| Network::parse(text).unwrap());
        let address = client_address(peer.parse().ok(), forwarded, &proxies);
        address.map_or("unknown".to_owned(), |address| address.to_string())
    }

    #[test]
    fn only_our_proxies_are_believed() {
        let cases: [(&str, &[&str], &str); 26] = [
            ("203.0.113.9", &[], "203.0.113.9"),
            ("203.0.113.9", &["198.51.100.1"], "203.0.113.9"),
            ("203.0.113.9", &["127.0.0.1"], "203.0.113.9"),
            ("::ffff:203.0.113.9", &["198.51.100.1"], "203.0.113.9"),
            ("2001:db8::9", &["198.51.100.1"], "2001:db8::9"),
            ("", &["198.51.100.1"], "unknown"),
            ("127.0.0.1", &[], "unknown"),
            ("127.0.0.1", &[""], "unknown"),
            ("127.0.0.1", &["127.0.0.1"], "unknown"),
            ("127.0.0.1", &["198.51.100.1"], "198.51.100.1"),
            ("::ffff:127.0.0.1", &["198.51.100.1"], "198.51.100.1"),
            ("127.0.0.1", &["192.0.2.7, 198.51.100.1"], "198.51.100.1"),
            ("127.0.0.1", &["192.0.2.7", "198.51.100.1"], "198.51.100.1"),
            ("127.0.0.1", &["198.51.100.1, 10.1.2.3"], "198.51.100.1"),
            ("127.0.0.1", &["198.51.100.1", "10.1.2.3, 10.9.9.9"], "198.51.100.1"),
            ("10.1.2.3", &[" 198.51.100.1 "], "198.51.100.1"),
            ("127.0.0.1", &["198.51.100.1:4711"], "198.51.100.1"),
            ("127.0.0.1", &["[2001:db8::1]"], "2001:db8::1"),
            ("127.0.0.1", &["[2001:db8::1]:4711"], "2001:db8::1"),
            ("127.0.0.1", &["::ffff:198.51.100.1"], "198.51.100.1"),
            ("2001:db8:ffff::1", &["2001:db8:1::1"], "2001:db8:1::1"),
            ("127.0.0.1", &["198.51.100.1, unknown"], "unknown"),
            ("127.0.0.1", &["198.51.100.1,"], "unknown"),
            ("127.0.0.1", &["198.51.100.256"], "unknown"),
            ("127.0.0.1", &["198.51.100.1; 10.1.2.3"], "unknown"),
            ("127.0.0.1", &["fe80::1%eth0"], "unknown"),
        ];
        for (peer, forwarded, expected) in cases {
            assert_eq!(believed(peer, forwarded), expected, "{peer} {forwarded:?}");
        }
    }

    #[test]
    fn neighbours_share_a_network() {
        let lengths = PrefixLengths { ipv4: 24, ipv6: 48 };
        let network = |text: &str| Network::of(text.parse().unwrap(), lengths).unwrap().to_string();
        assert_eq!(network("192.0.2.200"), "192.0.2.0/24");
        assert_eq!(network("::ffff:192.0.2.200"), "192.0.2.0/24");
        assert_eq!(network("2001:db8:1:2::3"), "2001:db8:1::/48");
        for text in ["192.0.2.1/24", "192.0.2.0/33", "2001:db8::/129", "192.0.2.0/", "/24", "x", ""] {
            assert_eq!(Network::parse(text), None, "{text}");
        }
        for (text, is_wide) in [
            ("0.0.0.0/0", true),
            ("10.0.0.0/8", true),
            ("10.2.0.0/15", true),
            ("10.1.0.0/16", false),
            ("192.0.2.7", false),
            ("2001:db8::/31", true),
            ("2001:db8::/32", false),
        ] {
            assert_eq!(Network::parse(text).map(Network::is_wide), Some(is_wide), "{text}");
        }
        assert!(Network::parse("0.0.0.0/0").unwrap().contains("192.0.2.1".parse().unwrap()));
        assert!(!Network::parse("0.0.0.0/0").unwrap().contains("2001:db8::1".parse().unwrap()));
    }

    proptest! {
        #[test]
        fn any_header_is_read_without_trouble(line in "\\PC{0,60}") {
            believed("127.0.0.1", &[&line]);
            prop_assert_eq!(believed("203.0.113.9", &[&line]), "203.0.113.9");
        }
    }
}
