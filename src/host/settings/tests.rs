#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that fails stops there")]

use super::*;
use std::collections::BTreeMap;

mod applications;

const VAULT_KEY_A: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
const VAULT_KEY_B: &str = "/////////////////////////////////////////w8=";

/// A worker's variables and secrets that are right.
fn right() -> BTreeMap<&'static str, String> {
    [
        ("TELL_ENVIRONMENT", "sandbox"),
        ("TELL_CLIENT_ID", "client"),
        ("TELL_CLIENT_SECRET", "secret"),
        ("TELL_APP", "app-1"),
        ("TELL_CERTIFICATE", "certificate\r\n"),
        ("TELL_ASPSP", "8ddb14f1-fecd-41fe-90b7-f8fbda9494ac"),
        ("TELL_RESOURCE_BASE_URL", "https://bank.example/v1"),
        ("TELL_REDIRECT_URL", "https://tpp.example/api/callback"),
        ("TELL_VAULT_KEY", VAULT_KEY_A),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .into()
}

fn with(changes: &[(&'static str, &str)]) -> BTreeMap<&'static str, String> {
    let mut settings = right();
    settings.extend(changes.iter().map(|(name, value)| (*name, (*value).to_owned())));
    settings
}

/// Settings that are right, of one application, for whoever tests what stands on them.
pub(crate) fn settings(environment: &str) -> Settings {
    read(&with(&[("TELL_ENVIRONMENT", environment)])).unwrap()
}

/// The same with another setting.
pub(crate) fn read_with(name: &'static str, value: &str) -> Result<Settings, Error> {
    read(&with(&[(name, value)]))
}

/// The same with another profile.
pub(crate) fn settings_with(profile: &str) -> Settings {
    Settings::read(|name| right().get(name).cloned(), Profile::read(Some(profile))).unwrap()
}

fn read(settings: &BTreeMap<&'static str, String>) -> Result<Settings, Error> {
    Settings::read(|name| settings.get(name).cloned(), Ok(Profile::default()))
}

fn faults_of<T>(result: Result<T, Error>) -> Vec<Fault> {
    match result {
        Err(Error::Configuration(faults)) => faults,
        Err(_) | Ok(_) => Vec::new(),
    }
}

/// The settings that are at fault, in the order told.
fn names(faults: &[Fault]) -> Vec<&str> {
    faults.iter().map(|fault| fault.setting.as_str()).collect()
}

#[test]
fn cfg_1_a_worker_is_configured_by_its_variables_and_secrets() {
    let settings = read(&right()).unwrap();
    assert_eq!((settings.environment(), settings.vault_keys.len()), (Environment::Sandbox, 1));
    assert_eq!(settings.vault_keys[0].as_slice(), (0..32).collect::<Vec<u8>>());
    let application = settings.applications.get(None).unwrap();
    assert_eq!(application.redirect_url, "https://tpp.example/api/callback");
    assert_eq!(application.client.app().as_str(), "app-1");
    assert_eq!(application.client.environment(), Environment::Sandbox);
    assert!(settings.applications.get(Some("another")).is_none());
}

#[test]
fn cfg_1_several_vault_keys_are_read_in_order() {
    let keys = format!("{VAULT_KEY_B}, {},{VAULT_KEY_A}", VAULT_KEY_A.trim_end_matches('='));
    let settings = read(&with(&[("TELL_VAULT_KEY", &keys)])).unwrap();
    assert_eq!(settings.vault_keys.iter().map(|key| key[0]).collect::<Vec<_>>(), [0xff, 0, 0]);
}

#[test]
fn cfg_2_any_bank_is_a_uuid() {
    assert!(read(&with(&[("TELL_ASPSP", "00000000-0000-1000-8000-000000000000")])).is_ok());
}

#[test]
fn cfg_3_nothing_is_assumed_for_the_resource_base() {
    for environment in ["sandbox", "production"] {
        let mut settings = with(&[("TELL_ENVIRONMENT", environment)]);
        settings.remove("TELL_RESOURCE_BASE_URL");
        assert_eq!(names(&faults_of(read(&settings))), ["TELL_RESOURCE_BASE_URL"]);
    }
    let plain = [("TELL_ENVIRONMENT", "production"), ("TELL_RESOURCE_BASE_URL", "http://bank.example/v1")];
    assert_eq!(names(&faults_of(read(&with(&plain)))), ["TELL_RESOURCE_BASE_URL"]);
}

#[test]
fn cfg_4_every_missing_setting_is_named_at_once() {
    let expected: Vec<&str> = right().into_keys().collect();
    for nothing in [BTreeMap::new(), right().into_keys().map(|name| (name, String::new())).collect()] {
        let faults = faults_of(read(&nothing));
        let mut missing = names(&faults);
        missing.sort_unstable();
        assert_eq!(missing, expected);
        assert!(faults.iter().all(|fault| fault.problem == "It is missing."));
    }
    for missing in right().into_keys() {
        let mut settings = right();
        settings.remove(missing);
        assert_eq!(names(&faults_of(read(&settings))), [missing]);
    }
}

#[test]
fn cfg_4_every_wrong_setting_is_named_at_once_and_no_value_shown() {
    let wrong = with(&[
        ("TELL_ENVIRONMENT", "WRONG"),
        ("TELL_CLIENT_ID", "WRONG:"),
        ("TELL_CLIENT_SECRET", "WRONG\n"),
        ("TELL_APP", "WRONG\n"),
        ("TELL_CERTIFICATE", &"WRONG".repeat(14_000)),
        ("TELL_ASPSP", "WRONG"),
        ("TELL_RESOURCE_BASE_URL", "http://WRONG"),
        ("TELL_AUTH_BASE_URL", "WRONG"),
        ("TELL_REDIRECT_URL", "WRONG"),
        ("TELL_VAULT_KEY", "WRONG"),
    ]);
    let refused = Settings::read(|name| wrong.get(name).cloned(), Err(Error::Profile)).unwrap_err();
    assert!(!format!("{refused:?} {}", refused).contains("WRONG"), "{refused:?}");
    let faults = faults_of::<Settings>(Err(refused));
    let mut named = names(&faults);
    named.sort_unstable();
    let expected: Vec<&str> = wrong.into_keys().chain(["profile"]).collect();
    assert_eq!(named, expected);
    assert!(
        faults.iter().all(|fault| fault.problem.ends_with(['.', ')']) && fault.problem != "It is missing."),
        "{faults:?}"
    );
}

#[test]
fn cfg_4_each_wrong_setting_alone_is_the_only_fault() {
    let wrong = [
        ("TELL_ENVIRONMENT", "Sandbox"),
        ("TELL_CLIENT_ID", "a:b"),
        ("TELL_CLIENT_SECRET", "s\r\n"),
        ("TELL_APP", "a\0"),
        ("TELL_ASPSP", "8ddb14f1fecd41fe90b7f8fbda9494ac"),
        ("TELL_RESOURCE_BASE_URL", "https://bank.example/v1?x"),
        ("TELL_AUTH_BASE_URL", "http://bank.example/v1"),
        ("TELL_REDIRECT_URL", "http://tpp.example/api/callback"),
        ("TELL_VAULT_KEY", "AAAA"),
        ("TELL_VAULT_KEY", VAULT_KEY_A.trim_start_matches("AAEC")),
    ];
    for (name, value) in wrong {
        assert_eq!(names(&faults_of(read(&with(&[(name, value)])))), [name], "{value:?}");
    }
    let one_of_two = format!("{VAULT_KEY_A},");
    assert_eq!(names(&faults_of(read(&with(&[("TELL_VAULT_KEY", &one_of_two)])))), ["TELL_VAULT_KEY"]);
}

#[test]
fn env_5_a_base_url_of_the_other_environment_is_refused() {
    let mixed = [
        ("sandbox", "https://auth.tell.money/v1"),
        ("production", "https://auth-sandbox.tell.money/v1"),
        ("sandbox", "https://auth.tell.money/v2/"),
    ];
    for (environment, url) in mixed {
        for setting in ["TELL_AUTH_BASE_URL", "TELL_RESOURCE_BASE_URL"] {
            let faults = faults_of(read(&with(&[("TELL_ENVIRONMENT", environment), (setting, url)])));
            assert_eq!(names(&faults), [setting], "{environment} {url}");
        }
    }
    let own = [("TELL_ENVIRONMENT", "production"), ("TELL_AUTH_BASE_URL", "https://auth.tell.money/v1")];
    assert!(read(&with(&own)).is_ok());
}

#[test]
fn cfg_4_the_packages_options_have_the_packages_names() {
    let faults = faults_of(ClientOptions::default().client(None, Ok(Profile::default())));
    let mut named = names(&faults);
    named.sort_unstable();
    assert_eq!(named, ["app", "aspsp", "certificate", "clientId", "clientSecret", "environment", "resourceBaseUrl"]);
}

#[test]
fn cfg_4_a_missing_setting_blames_no_other() {
    let local = with(&[("TELL_REDIRECT_URL", "http://localhost:8787/api/callback")]);
    for missing in ["TELL_CLIENT_ID", "TELL_ENVIRONMENT", "TELL_VAULT_KEY", "TELL_ASPSP", "TELL_CERTIFICATE"] {
        let mut settings = local.clone();
        settings.remove(missing);
        assert_eq!(names(&faults_of(read(&settings))), [missing]);
    }
}

#[test]
fn cfg_4_what_is_taken_but_hardly_meant_is_a_warning() {
    let warned = |changes: &[(&'static str, &str)]| {
        read(&with(changes)).unwrap().warnings.into_iter().map(|warning| warning.setting).collect::<Vec<_>>()
    };
    let pem = "-----BEGIN CERTIFICATE-----\nAAEC\n-----END CERTIFICATE-----\n";
    assert_eq!(warned(&[("TELL_CERTIFICATE", pem)]), Vec::<String>::new());
    assert_eq!(warned(&[("TELL_CERTIFICATE", "-----BEGIN CERTIFICATE-----\nAAEC\n")]), ["TELL_CERTIFICATE"]);
    let elsewhere = [("TELL_CERTIFICATE", pem), ("TELL_REDIRECT_URL", "https://tpp.example/callback?own=1")];
    assert_eq!(warned(&elsewhere), ["TELL_REDIRECT_URL"]);
    let own_query = [("TELL_CERTIFICATE", pem), ("TELL_REDIRECT_URL", "https://tpp.example/api/callback?own=1")];
    assert_eq!(warned(&own_query), Vec::<String>::new());
}

#[test]
fn cfg_4_a_vault_key_that_protects_nothing_is_refused_in_production_and_warned_of_in_sandbox() {
    let twice = format!("{VAULT_KEY_A},{VAULT_KEY_B},{VAULT_KEY_A}");
    let (zero, ones) = ("A".repeat(43) + "=", "/".repeat(42) + "8=");
    for keys in [vault_keys::EXAMPLE, &zero, &ones, &twice, &format!("{VAULT_KEY_A},{zero}")] {
        let settings = |environment| with(&[("TELL_ENVIRONMENT", environment), ("TELL_VAULT_KEY", keys)]);
        let faults = faults_of(read(&settings("production")));
        assert_eq!(names(&faults), ["TELL_VAULT_KEY"], "{keys}");
        let warnings = read(&settings("sandbox")).unwrap().warnings;
        assert!(names(&warnings).contains(&"TELL_VAULT_KEY"), "{keys}");
    }
    let two = format!("{VAULT_KEY_A},{VAULT_KEY_B}");
    assert!(read(&with(&[("TELL_ENVIRONMENT", "production"), ("TELL_VAULT_KEY", &two)])).is_ok());
}

#[test]
fn cfg_4_jurisdiction_and_audit_are_one_of_their_words_or_left_out() {
    let settings = read(&right()).unwrap();
    assert_eq!((settings.jurisdiction, settings.audit), (None, Audit::Console));
    for (word, audit) in Audit::WORDS {
        let settings = read(&with(&[("TELL_AUDIT", word), ("TELL_JURISDICTION", "eu")])).unwrap();
        assert_eq!((settings.jurisdiction, settings.audit, settings.audit.name()), (Some("eu"), audit, word));
    }
    for setting in ["TELL_AUDIT", "TELL_JURISDICTION"] {
        assert_eq!(names(&faults_of(read(&with(&[(setting, "EU")])))), [setting]);
    }
}
