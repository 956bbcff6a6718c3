//! Whether an address lies on the public Internet. What does not may be a machine of the operator's own network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Ranges of IPv4 that are no public hosts: first address and length of the prefix. Source: IANA IPv4 Special-Purpose Address
/// Registry, and 224.0.0.0/4 and up (multicast, reserved).
const SPECIAL: &[([u8; 4], u32)] = &[
    ([0, 0, 0, 0], 8),
    ([10, 0, 0, 0], 8),
    ([100, 64, 0, 0], 10),
    ([127, 0, 0, 0], 8),
    ([169, 254, 0, 0], 16),
    ([172, 16, 0, 0], 12),
    ([192, 0, 0, 0], 24),
    ([192, 0, 2, 0], 24),
    ([192, 88, 99, 0], 24),
    ([192, 168, 0, 0], 16),
    ([198, 18, 0, 0], 15),
    ([198, 51, 100, 0], 24),
    ([203, 0, 113, 0], 24),
    ([224, 0, 0, 0], 3),
];

/// Whether a host with this address is a public one.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let bits = u32::from(address);
    SPECIAL.iter().all(|(first, prefix)| {
        let mask = u32::MAX << (32 - prefix);
        bits & mask != u32::from(Ipv4Addr::from(*first)) & mask
    })
}

/// Global unicast is 2000::/3; in it, what carries an address of IPv4 (2001::/23, 2002::/16) and examples are left out. Source:
/// IANA IPv6 Special-Purpose Address Registry.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [first, second, ..] = address.segments();
    let special = match first {
        0x2001 => second < 0x0200 || second == 0x0db8,
        0x2002 => true,
        0x3fff => second < 0x1000,
        _ => false,
    };
    first & 0xe000 == 0x2000 && !special
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hosts_of_the_internet_are_public() {
        for (address, public) in [
            ("93.184.215.14", true),
            ("1.1.1.1", true),
            ("172.32.0.1", true),
            ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", true),
            ("0.0.0.0", false),
            ("10.1.2.3", false),
            ("100.127.0.1", false),
            ("127.9.9.9", false),
            ("169.254.169.254", false),
            ("172.31.255.255", false),
            ("192.168.0.1", false),
            ("198.19.0.1", false),
            ("224.0.0.1", false),
            ("255.255.255.255", false),
            ("::", false),
            ("::1", false),
            ("::ffff:127.0.0.1", false),
            ("::ffff:93.184.215.14", false),
            ("64:ff9b::7f00:1", false),
            ("fe80::1", false),
            ("fd00:ec2::254", false),
            ("ff02::1", false),
            ("2002:7f00:1::", false),
            ("2001:0:7f00::1", false),
            ("2001:db8::1", false),
        ] {
            let address: IpAddr = address.parse().expect("an address");
            assert_eq!(is_public(address), public, "{address}");
        }
    }
}
