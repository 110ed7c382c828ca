//! A worker's settings (`CFG-1` … `CFG-4`, `ENV-5`).

use crate::configured::RIGHT;
use std::collections::BTreeMap;
use tell_connect::{
    Error,
    host::{Settings, settings::NAMES},
    profile::{Environment, Profile},
};
use url::Url;

/// The input is blocks that empty lines separate, each `NAME=value`: changes of settings that are right. `PROFILE` is
/// the profile's JSON.
pub(crate) fn check(text: &str) {
    let mut settings: BTreeMap<&str, &str> = RIGHT.into_iter().chain([("TELL_ENVIRONMENT", "sandbox")]).collect();
    settings.extend(text.split("\n\n").filter_map(|block| block.split_once('=')));
    let get = |name: &str| settings.get(name).map(|value| (*value).to_owned());
    let profile = get("PROFILE").unwrap_or_else(|| String::from("{}"));
    let read = || Settings::read(get, Profile::read(Some(&profile)));
    match read() {
        Ok(read) => right(&read),
        Err(Error::Configuration(faults)) => {
            assert!(!faults.is_empty(), "CFG-4: a refusal says why");
            for fault in &faults {
                let is_known = NAMES.iter().any(|name| fault.setting.starts_with(name)) || fault.setting == "profile";
                assert!(is_known && !fault.problem.is_empty(), "CFG-4: {fault:?} names what its reader knows");
            }
            assert!(matches!(read(), Err(Error::Configuration(again)) if again == faults), "CFG-4: always the same");
        }
        Err(other) => panic!("CFG-4: {other:?} is no error of settings"),
    }
}

/// What holds of settings that were taken.
fn right(settings: &Settings) {
    let environment = settings.environment();
    let list = &settings.applications.list;
    assert!(!list.is_empty(), "CFG-1: there is an application");
    for (at, application) in list.iter().enumerate() {
        assert!(!application.name.is_empty(), "CFG-1");
        assert!(list.iter().take(at).all(|other| other.name != application.name), "CFG-1: names differ");
        let app = application.client.app().as_str();
        assert!(!app.is_empty() && !app.chars().any(char::is_control), "CFG-1: {app:?}");
        assert_eq!(application.client.environment(), environment, "ENV-5");
        let Ok(url) = Url::parse(&application.redirect_url) else {
            let is_named_so = application.redirect_url.to_ascii_lowercase().contains("xn--");
            assert!(is_named_so, "CFG-3: a redirect URL is one, but for a name that only looks like Punycode");
            continue;
        };
        let is_https = url.scheme() == "https";
        assert!(is_https || (environment == Environment::Sandbox && is_own_machine(&url)), "CFG-3: {url}");
        assert!(url.username().is_empty() && url.fragment().is_none(), "CFG-3: {url}");
    }
    let keys = &settings.vault_keys;
    assert!(!keys.is_empty() && keys.iter().all(|key| key.len() == 32), "CFG-1: vault keys have 32 bytes");
    if environment == Environment::Production {
        let is_weak = |fault: &tell_connect::Fault| fault.setting == "TELL_VAULT_KEY";
        assert!(!settings.warnings.iter().any(is_weak), "CFG-3: in production a weak vault key is refused");
    }
    assert!(matches!(settings.jurisdiction, None | Some("eu" | "us")), "CFG-1");
}

fn is_own_machine(url: &Url) -> bool {
    matches!(url.host_str(), Some("localhost" | "[::1]")) || url.host_str().is_some_and(|host| host.starts_with("127."))
}
