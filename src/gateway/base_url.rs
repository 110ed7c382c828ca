//! Where requests are sent to, and where a PSU may be sent to.

use super::web_url::WebUrl;
use crate::{
    Error,
    profile::{Environment, Profile},
};
use std::net::IpAddr;

const HOSTS: [Environment; 2] = [Environment::Sandbox, Environment::Production];

/// A base URL without its final slash, checked (`CFG-3`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BaseUrl {
    text: String,
    url: WebUrl,
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
        let url = WebUrl::read(text).ok_or(refused)?;
        if text.contains(['?', '#']) {
            return Err(Error::BaseUrl("It must not have a query or a fragment."));
        }
        let may_be_plain = environment != Some(Environment::Production) && url.is_loopback();
        if !url.is_https && !may_be_plain {
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

    /// Its text.
    pub(super) fn as_str(&self) -> &str {
        &self.text
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
        let Some(location) = WebUrl::read(location) else { return false };
        if location.is_https {
            let is = |host: &str| {
                WebUrl::read(&["https://", host].concat()).is_some_and(|known| is_same_host(&known, &location))
            };
            is_same_host(&self.url, &location)
                || environment.auth_hosts().iter().any(|host| is(host))
                || profile.location_hosts.iter().any(|host| is(host))
        } else {
            environment == Environment::Sandbox && self.url.is_loopback() && location.is_loopback()
        }
    }
}

/// Whether the sandbox's URL is that of the production environment, or the other way round (`ENV-5`).
fn is_auth_host(url: &WebUrl, environment: Environment) -> bool {
    WebUrl::read(environment.auth_base()).is_some_and(|known| known.host == url.host)
}

fn is_same_host(one: &WebUrl, other: &WebUrl) -> bool {
    one.host == other.host && one.port == other.port
}

/// Whether a host, as a URL has it, is this machine.
pub(crate) fn is_loopback_host(host: &str) -> bool {
    let name = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')).unwrap_or(host);
    host.eq_ignore_ascii_case("localhost") || name.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests;
