//! Where customers and requests go.

use super::{
    book::{Book, Verdict},
    checks::Check,
    place::{Place, Setting},
};
use crate::{
    gateway::{
        UserIp,
        base_url::BaseUrl,
        web_url::{Host, WebUrl},
    },
    host::settings::WORKER,
    profile::Environment,
};

/// The gateway's own domain, where the portal's holding page is.
const GATEWAY: &str = "tell.money";
/// What a redirect brings (`RED-1`).
const PARAMETERS: [&str; 3] = ["intent-id", "uuid", "authorisation_code"];
/// Words of a host's name that no production has, and that no sandbox has.
const TRIALS: [&str; 9] = ["sandbox", "test", "testing", "staging", "uat", "dev", "demo", "mock", "preprod"];
const REAL: [&str; 3] = ["prod", "production", "live"];

/// Looks at redirect URLs and base URLs.
pub(super) fn check(place: &Place, book: &mut Book) {
    for application in &place.applications {
        if let Some(url) = &application.redirect_url {
            redirect(url, place, book);
        }
    }
    twins(place, book);
    for base in place.bases() {
        base_url(&base, place, book);
    }
}

fn redirect(Setting { name, value }: &Setting, place: &Place, book: &mut Book) {
    let (path, query) = value.split_once('?').unwrap_or((value, ""));
    // What is no URL has a fault already.
    let Some(url) = WebUrl::read(path).filter(|_| !value.contains('#')) else { return };
    if place.is_production() && url.is_https {
        let problem =
            "It leads to this machine or into a private network, where no customer comes. Register the public one.";
        book.fault_if(Check::RedirectPublic, name, is_local(&url.host), problem);
    }
    let is_base =
        |base: &Setting| WebUrl::read(&base.value).is_some_and(|base| base.host == url.host && base.port == url.port);
    let is_gateways =
        matches!(&url.host, Host::Name(host) if is_below(host, GATEWAY)) || place.bases().iter().any(is_base);
    let problem = "It is the gateway's own holding page, which hands nothing on. Register the worker's /api/callback.";
    book.judge(Check::RedirectHolding, name, is_gateways.then(|| (place.graver(), problem)));
    let has = |parameter: &&str| query.split('&').any(|pair| pair.split('=').next() == Some(*parameter));
    let is_doubled = PARAMETERS.iter().any(has);
    let problem = "It has intent-id, uuid or authorisation_code in its query. The bank adds them, and what comes \
                   twice is refused.";
    book.fault_if(Check::RedirectParameters, name, is_doubled, problem);
    let problem =
        "It has a query of its own. A bank may compare the URL with the registered one, query included: do without.";
    book.warning_if(Check::RedirectQuery, name, value.contains('?') && !is_doubled && place.is_production(), problem);
}

/// Applications that cannot be told apart.
fn twins(place: &Place, book: &mut Book) {
    book.looked(Check::ApplicationsDistinct);
    for (at, one) in place.applications.iter().enumerate() {
        for other in place.applications.iter().skip(at + 1) {
            for (one, other) in [(&one.app, &other.app), (&one.redirect_url, &other.redirect_url)] {
                let (Some(one), Some(other)) = (one, other) else { continue };
                let problem =
                    "Another application has the same. One of the two can go, or is not what the portal shows.";
                book.warning_if(Check::ApplicationsDistinct, &other.name, one.value == other.value, problem);
            }
        }
    }
}

fn base_url(Setting { name, value }: &Setting, place: &Place, book: &mut Book) {
    // What requests must not go to has a fault already.
    let (Ok(_), Some(url)) = (BaseUrl::parse(value, place.environment), WebUrl::read(value)) else { return };
    let is_local = is_local(&url.host);
    if place.is_production() {
        let problem = "It leads to this machine or into a private network. In production it is the bank's.";
        book.fault_if(Check::BasePublic, name, is_local, problem);
    }
    if let (Some(environment), Host::Name(host)) = (place.environment, &url.host) {
        let (words, verdict): (&[&str], _) = match environment {
            Environment::Production => (&TRIALS, Verdict::Fault),
            Environment::Sandbox => (&REAL, Verdict::Warning),
        };
        let is_other = !is_local && host.split(['.', '-', '_']).any(|word| words.contains(&word));
        let problem = "Its host is named after the other environment. Nothing of one may be used with the other.";
        book.judge(Check::BaseEnvironment, name, is_other.then_some((verdict, problem)));
    }
    let problem = "It ends with a slash. Leave it out, so that every program reads the same.";
    book.warning_if(Check::BaseSlash, name, value.ends_with('/'), problem);
    let last = value.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let is_version = last.strip_prefix('v').is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()));
    let problem =
        "It does not end with a version such as /v1. The version belongs to it, since paths are signed without.";
    book.warning_if(Check::BaseVersion, name, !is_version, problem);
    if name == WORKER.auth_base_url && place.is_production() && !is_local {
        let own = WebUrl::read(Environment::Production.auth_base());
        let problem = "It is not the guide's. Leave it out in production, unless the bank told you this one.";
        book.warning_if(Check::AuthBaseOwn, name, own.is_none_or(|own| own.host != url.host), problem);
    }
}

/// Whether nobody elsewhere reaches a host.
fn is_local(host: &Host) -> bool {
    match host {
        Host::Address(address) => UserIp::parse(&address.to_string()).is_err(),
        Host::Name(name) => {
            let name = name.trim_end_matches('.');
            !name.contains('.')
                || ["localhost", "local", "internal", "lan", "home.arpa"].iter().any(|end| is_below(name, end))
        }
    }
}

/// Whether a name is a domain's or that of a host in it.
fn is_below(name: &str, domain: &str) -> bool {
    let name = name.trim_end_matches('.');
    name.strip_suffix(domain).is_some_and(|front| front.is_empty() || front.ends_with('.'))
}
