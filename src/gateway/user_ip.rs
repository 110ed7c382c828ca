//! The PSU's own address, as the bank may be told it (`ACC-1`).

use super::base_url::is_loopback_host;
use crate::{Error, profile::Environment};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Stands for the PSU on a developer's own machine, in sandbox alone (RFC 5737).
const DOCUMENTATION: &str = "203.0.113.1";

/// A public address, in the text it was given in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserIp(String);

impl UserIp {
    /// Takes a public IPv4 or IPv6 address.
    ///
    /// # Errors
    /// [`Error::UserIp`] for a private, loopback, link-local, shared, multicast, reserved or malformed one.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let public = match text.parse() {
            Ok(IpAddr::V4(address)) => is_public_v4(address),
            Ok(IpAddr::V6(address)) => is_public_v6(address),
            Err(_) => false,
        };
        if public { Ok(Self(text.to_owned())) } else { Err(Error::UserIp) }
    }

    /// What to tell the bank of a PSU whose request the edge saw.
    ///
    /// `seen` is the address the edge itself saw, never a header that a client can set; `host` is the host the worker
    /// was called by. A worker called by a loopback name runs on a developer's machine, where no address is trusted:
    /// in sandbox the documentation address stands in, in production there is none.
    ///
    /// # Errors
    /// [`Error::UserIp`].
    pub fn of_visitor(environment: Environment, host: &str, seen: Option<&str>) -> Result<Self, Error> {
        match (is_loopback_host(host), environment) {
            (true, Environment::Sandbox) => Ok(Self(DOCUMENTATION.to_owned())),
            (true, Environment::Production) => Err(Error::UserIp),
            (false, Environment::Sandbox | Environment::Production) => Self::parse(seen.unwrap_or_default()),
        }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let shared = a == 100 && (64..128).contains(&b);
    let protocol = (a, b, c) == (192, 0, 0);
    let benchmarking = a == 198 && (b == 18 || b == 19);
    let relay = (a, b, c) == (192, 88, 99); // of 6to4, deprecated (RFC 7526)
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || shared
        || protocol
        || benchmarking
        || relay
        || a == 0
        || a >= 240)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    match address.to_ipv4_mapped() {
        Some(mapped) => is_public_v4(mapped),
        // Global unicast is 2000::/3 (RFC 4291 section 2.4); all else is local, multicast or reserved. Of it 2001::/32
        // is Teredo (RFC 4380), a tunnel whose address is not its user's own.
        None => {
            let [first, second, ..] = address.segments();
            first & 0xe000 == 0x2000 && (first, second) != (0x2001, 0)
        }
    }
}

#[cfg(test)]
mod tests;
