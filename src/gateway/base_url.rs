//! Where requests are sent to, and where a PSU may be sent to. URLs are read as `fetch` reads them (`url`).

use crate::{
    Error,
    profile::{Environment, Profile},
};
use std::net::IpAddr;
use url::{Host, Url};

const HOSTS: [Environment; 2] = [Environment::Sandbox, Environment::Production];

/// A base URL without its final slash, checked (`CFG-3`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    text: String,
    url: Url,
}

impl BaseUrl {
    /// Reads a base URL. Without an environment, plain http is left to whoever knows it.
    ///
    /// # Errors
    /// [`Error::BaseUrl`].
    pub fn parse(text: &str, environment: Option<Environment>) -> Result<Self, Error> {
        let refused = Error::BaseUrl(
            "It must be a URL such as https://host/v1, with a host and a port that exist, and without user name and \
             white space.",
        );
        let url = read(text).ok_or(refused)?;
        if url.query().is_some() || url.fragment().is_some() {
            return Err(Error::BaseUrl("It must not have a query or a fragment."));
        }
        let may_be_plain = environment != Some(Environment::Production) && is_loopback(&url);
        if url.scheme() != "https" && !may_be_plain {
            return Err(Error::BaseUrl("It must be https (plain http is taken in sandbox, for localhost alone)."));
        }
        if environment.is_some_and(|own| HOSTS.iter().any(|other| *other != own && is_auth_host(&url, *other))) {
            return Err(Error::BaseUrl("It belongs to the other environment (ENV-5)."));
        }
        Ok(Self { text: text.strip_suffix('/').unwrap_or(text).to_owned(), url })
    }

    /// The environment's own, for `/authorise` and `/access-token` (`ENV-1`).
    ///
    /// # Errors
    /// [`Error::BaseUrl`], should a constant of this program be none.
    pub fn of_environment(environment: Environment) -> Result<Self, Error> {
        Self::parse(environment.auth_base(), Some(environment))
    }

    /// The URL of a path below it.
    pub fn join(&self, path: &str) -> String {
        let mut url = String::with_capacity(self.text.len() + path.len());
        url.push_str(&self.text);
        url.push_str(path);
        url
    }

    /// Whether a PSU may be sent there when this is the auth base (`AUT-4`): https to one of the bank's hosts, or
    /// plain http on a developer's own machine, in sandbox.
    pub fn may_send_to(&self, location: &str, environment: Environment, profile: &Profile) -> bool {
        let Some(location) = read(location) else { return false };
        if location.scheme() == "https" {
            let is = |host: &str| read(&format!("https://{host}")).is_some_and(|known| is_same_host(&known, &location));
            is_same_host(&self.url, &location)
                || environment.auth_hosts().iter().any(|host| is(host))
                || profile.location_hosts.iter().any(|host| is(host))
        } else {
            environment == Environment::Sandbox && is_loopback(&self.url) && is_loopback(&location)
        }
    }
}

/// Whether the sandbox's URL is that of the production environment, or the other way round (`ENV-5`).
fn is_auth_host(url: &Url, environment: Environment) -> bool {
    read(environment.auth_base()).is_some_and(|known| known.host() == url.host())
}

fn is_same_host(one: &Url, other: &Url) -> bool {
    one.host() == other.host() && one.port_or_known_default() == other.port_or_known_default()
}

/// An http or https URL that says what it seems to say: visible ASCII, no user name, no percent sign in its host, and no
/// backslash, which `fetch` would read as a slash.
fn read(text: &str) -> Option<Url> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    // Looked at before it is parsed: `url` would take https:///host for https://host.
    let authority = rest.split(['/', '?', '#']).next().filter(|authority| !authority.is_empty())?;
    let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if !is_plain || authority.contains(['@', '%']) {
        return None;
    }
    let url = Url::parse(text).ok()?;
    let is_named = match url.host()? {
        Host::Domain(name) => is_domain(name),
        Host::Ipv4(_) | Host::Ipv6(_) => true,
    };
    is_named.then_some(url)
}

/// Labels of 1 to 63 letters, digits and hyphens (RFC 1123 section 2.1), 253 characters in all.
fn is_domain(name: &str) -> bool {
    let name = name.strip_suffix('.').unwrap_or(name);
    let is_label = |label: &str| {
        let is_plain = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
        (1..=63).contains(&label.len()) && is_plain && !label.starts_with('-') && !label.ends_with('-')
    };
    name.len() <= 253 && name.split('.').all(is_label)
}

/// Whether a URL's host is this machine.
fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => is_loopback_host(name),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// Whether a host, as a URL has it, is this machine.
pub(crate) fn is_loopback_host(host: &str) -> bool {
    let name = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    host.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests;
