//! An http or https URL, read strictly. `fetch` and browsers read whatever is accepted here as it is read here; what
//! they could read otherwise is refused (`AUT-4`).

use std::net::IpAddr;

/// Where a URL leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WebUrl {
    pub(crate) is_https: bool,
    pub(crate) host: Host,
    /// The scheme's own where the URL names none.
    pub(crate) port: u16,
}

/// A host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Host {
    /// A name, in lower case.
    Name(String),
    /// An address.
    Address(IpAddr),
}

impl WebUrl {
    /// Reads a URL that says what it seems to say: visible ASCII, no user name, no percent sign in its host, and no
    /// backslash, which `fetch` would read as a slash.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let (is_https, rest) = match text.strip_prefix("https://") {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix("http://")?),
        };
        if !text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\') {
            return None;
        }
        let authority = rest.split(['/', '?', '#']).next()?;
        let (host, port) = match authority.strip_prefix('[') {
            Some(rest) => {
                let (address, port) = rest.split_once(']')?;
                (Host::Address(address.parse().ok().filter(IpAddr::is_ipv6)?), port)
            }
            None => {
                let (name, port) = authority.split_at(authority.find(':').unwrap_or(authority.len()));
                (Host::named(name)?, port)
            }
        };
        let port = match port.strip_prefix(':') {
            Some(digits) => port_of(digits)?,
            None if !port.is_empty() => return None,
            None if is_https => 443,
            None => 80,
        };
        Some(Self { is_https, host, port })
    }

    /// Whether its host is this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        match &self.host {
            Host::Name(name) => name == "localhost",
            Host::Address(address) => address.is_loopback(),
        }
    }
}

impl Host {
    /// A host without brackets: an IPv4 address as it is always written, or a domain (RFC 1123 section 2.1) of 253
    /// characters at most. A name that ends in a number is an address for `fetch`, however it is written.
    fn named(text: &str) -> Option<Self> {
        let name = text.strip_suffix('.').unwrap_or(text);
        let last = name.rsplit('.').next()?;
        let is_number = match last.strip_prefix("0x").or_else(|| last.strip_prefix("0X")) {
            Some(digits) => digits.bytes().all(|byte| byte.is_ascii_hexdigit()),
            None => last.bytes().all(|byte| byte.is_ascii_digit()),
        };
        if is_number {
            return text.parse().ok().filter(IpAddr::is_ipv4).map(Self::Address);
        }
        (name.len() <= 253 && name.split('.').all(is_label)).then(|| Self::Name(text.to_ascii_lowercase()))
    }
}

/// 1 to 63 letters, digits and hyphens, and underscores, which some hosts have.
fn is_label(label: &str) -> bool {
    let is_plain = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    (1..=63).contains(&label.len()) && is_plain && !label.starts_with('-') && !label.ends_with('-')
}

/// 1 to 65535, without zeros in front.
fn port_of(digits: &str) -> Option<u16> {
    let is_plain = digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
    digits.parse().ok().filter(|_| is_plain)
}

#[cfg(test)]
mod tests;
