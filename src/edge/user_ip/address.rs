//! IP addresses as text (RFC 4291 section 2.2).
//!
//! Of our own, since the standard library's parser costs the edge build three kilobytes; a test holds the two against
//! each other.

use crate::prelude::*;
use crate::text::{cut_at, pieces, until};
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The longest address: six groups and a dotted quad.
const LONGEST: usize = 45;

/// Reads an IPv4 or IPv6 address, without brackets and zone.
pub(super) fn parse(text: &str) -> Option<IpAddr> {
    if text.len() > LONGEST {
        return None;
    }
    v4(text).map(IpAddr::V4).or_else(|| v6(text).map(IpAddr::V6))
}

fn v4(text: &str) -> Option<Ipv4Addr> {
    let mut octets = [0; 4];
    let mut parts = pieces(text, b'.');
    for octet in &mut octets {
        let digits = parts.next()?;
        // With a leading zero, some would read it as octal.
        if digits.len() > 1 && digits.starts_with('0') {
            return None;
        }
        *octet = number(digits, 3, 10)?.try_into().ok()?;
    }
    if parts.next().is_none() { Some(octets.into()) } else { None }
}

fn v6(text: &str) -> Option<Ipv6Addr> {
    let mut groups = Vec::new();
    match cut_at(text, "::") {
        None => push_groups(text, &mut groups)?,
        Some((head, tail)) => {
            // A dotted quad is the end of an address.
            if until(head, b".") != head {
                return None;
            }
            push_groups(head, &mut groups)?;
            let mut after = Vec::new();
            push_groups(tail, &mut after)?;
            // The two colons stand for one group at least.
            if groups.len() + after.len() > 7 {
                return None;
            }
            groups.resize(8 - after.len(), 0);
            groups.extend(after);
        }
    }
    <[u16; 8]>::try_from(groups).ok().map(Ipv6Addr::from)
}

/// The groups of one side of `::`; a dotted quad at the end is two of them.
fn push_groups(text: &str, groups: &mut Vec<u16>) -> Option<()> {
    let mut parts = pieces(text, b':').filter(|_| !text.is_empty());
    while let Some(part) = parts.next() {
        match v4(part) {
            Some(quad) => {
                let [a, b, c, d] = quad.octets();
                groups.extend([u16::from_be_bytes([a, b]), u16::from_be_bytes([c, d])]);
                return if parts.next().is_none() { Some(()) } else { None };
            }
            None => groups.push(number(part, 4, 16)?),
        }
    }
    Some(())
}

fn number(digits: &str, longest: usize, radix: u32) -> Option<u16> {
    if digits.is_empty() || digits.len() > longest {
        return None;
    }
    let value = digits.chars().try_fold(0, |value, digit| Some(value * radix + digit.to_digit(radix)?))?;
    value.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn acc_1_addresses_are_read_as_the_standard_library_reads_them() {
        let addresses = [
            "1.2.3.4",
            "01.2.3.4",
            "1.2.3",
            "1.2.3.4.5",
            "256.1.1.1",
            "+1.2.3.4",
            "::",
            ":::",
            "::1",
            "1::",
            ":1",
            "1:",
            "1:2:3:4:5:6:7:8",
            "1:2:3:4:5:6:7::",
            "1:2:3:4:5:6:7::8",
            "1::2::3",
            "::ffff:1.2.3.4",
            "1.2.3.4::",
            "::1.2.3.4:5",
            "1:2:3:4:5:6:1.2.3.4",
            "1:2:3:4:5:6:7:1.2.3.4",
            "12345::",
            "::g",
            "[::1]",
            "fe80::1%eth0",
            "",
        ];
        for text in addresses {
            assert_eq!(parse(text), text.parse().ok(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn acc_1_any_address_is_read(v4: u32, v6: u128) {
            let (v4, v6) = (IpAddr::from(v4.to_be_bytes()), IpAddr::from(v6.to_be_bytes()));
            prop_assert_eq!(parse(&v4.to_string()), Some(v4));
            prop_assert_eq!(parse(&v6.to_string()), Some(v6));
        }

        #[test]
        fn acc_1_what_is_no_address_is_not_read(text in "[0-9a-f]{0,3}([:.]{1,2}[0-9a-fF]{0,4}){0,9}") {
            prop_assert_eq!(parse(&text), text.parse().ok());
        }
    }
}
