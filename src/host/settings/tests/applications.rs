//! One TPP, several applications (`CFG-1`).

use super::*;
use crate::{
    gateway::{Call, Method, ResourceCall, Secret},
    profile::Scope,
    wire::{IssuedAt, request::RequestUuid},
};
use serde_json::json;

fn listed(list: &str) -> Result<Settings, Error> {
    let mut settings = with(&[("TELL_APPLICATIONS", list)]);
    for single in ["TELL_APP", "TELL_CERTIFICATE", "TELL_REDIRECT_URL"] {
        settings.remove(single);
    }
    read(&settings)
}

fn application(name: &str, certificate: &str) -> serde_json::Value {
    let redirect_url = format!("https://{name}.example/callback?own=1");
    json!({ "name": name, "app": format!("app-{name}"), "certificate": certificate, "redirectUrl": redirect_url })
}

#[test]
fn cfg_1_several_applications_share_a_certificate_or_have_their_own() {
    let list = json!([application("one", "shared\n"), application("two", "own\r\n"), application("three", "shared\n")]);
    let settings = listed(&list.to_string()).unwrap();
    let sign = |name: &str| {
        let application = settings.applications.get(Some(name)).unwrap();
        assert_eq!(application.client.app().as_str(), format!("app-{name}"));
        assert_eq!(application.redirect_url, format!("https://{name}.example/callback?own=1"));
        application
    };
    assert!(
        ["one", "two", "three"]
            .map(sign)
            .iter()
            .all(|application| application.client.environment().name() == "sandbox")
    );
    assert_eq!(settings.applications.get(None).unwrap().name, "one", "the first when none is named");
    assert!(settings.applications.get(Some("default")).is_none());
}

#[test]
fn cfg_1_an_application_and_its_bank_are_shown_by_names_of_their_own() {
    let mut one = application("one", "c");
    (one["title"], one["bank"]) = (json!("Ledger"), json!("Pockit"));
    let settings = listed(&json!([one, application("two", "c")]).to_string()).unwrap();
    let named = Shown { application: Some(String::from("Ledger")), bank: Some(String::from("Pockit")) };
    assert_eq!([settings.shown(None), settings.shown(Some("two"))], [named.clone(), Shown::default()]);

    let single = read(&with(&[("TELL_APP_NAME", "Ledger"), ("TELL_BANK_NAME", "Pockit")])).unwrap();
    assert_eq!(single.shown(None), named);
    for name in ["two\nlines", &"x".repeat(65)] {
        assert_eq!(names(&faults_of(read(&with(&[("TELL_BANK_NAME", name)])))), ["TELL_BANK_NAME"]);
        one["title"] = json!(name);
        assert_eq!(names(&faults_of(listed(&json!([one]).to_string()))), ["TELL_APPLICATIONS[0].title"]);
    }
}

#[test]
fn cfg_4_a_fault_names_the_application_by_its_place() {
    let mut no_app = application("two", "c");
    no_app["app"] = json!("");
    let mut wrong_url = application("three", "c");
    wrong_url["redirectUrl"] = json!("http://three.example/");
    let list = json!([application("one", "c"), no_app, wrong_url, application("one", "c"), 7, {}]);
    let faults = faults_of(listed(&list.to_string()));
    let expected = [
        "TELL_APPLICATIONS[1].app",
        "TELL_APPLICATIONS[2].redirectUrl",
        "TELL_APPLICATIONS[3].name",
        "TELL_APPLICATIONS[4].name",
        "TELL_APPLICATIONS[4].app",
        "TELL_APPLICATIONS[4].certificate",
        "TELL_APPLICATIONS[4].redirectUrl",
        "TELL_APPLICATIONS[5].name",
        "TELL_APPLICATIONS[5].app",
        "TELL_APPLICATIONS[5].certificate",
        "TELL_APPLICATIONS[5].redirectUrl",
    ];
    assert_eq!(names(&faults), expected);
}

#[test]
fn cfg_4_what_is_no_list_of_applications_is_one_fault() {
    for list in ["{}", "[]", "one", "[", "null"] {
        assert_eq!(names(&faults_of(listed(list))), ["TELL_APPLICATIONS"], "{list}");
    }
}

#[test]
fn cfg_1_a_redirect_url_may_have_a_query_of_its_own() {
    for url in ["https://tpp.example/cb?own=1&x=%20", "https://tpp.example"] {
        assert_eq!(read(&with(&[("TELL_REDIRECT_URL", url)])).unwrap().applications.list[0].redirect_url, url);
    }
    assert!(read(&with(&[("TELL_REDIRECT_URL", "http://localhost:8787/api/callback")])).is_ok(), "in sandbox");
    let production = [("TELL_ENVIRONMENT", "production"), ("TELL_REDIRECT_URL", "http://localhost:8787/api/callback")];
    assert_eq!(names(&faults_of(read(&with(&production)))), ["TELL_REDIRECT_URL"]);
}

#[test]
fn cfg_4_a_certificate_without_the_profiles_form_is_named_beside_all_else() {
    let list = json!([application("one", "no PEM")]).to_string();
    let mut settings = with(&[("TELL_APPLICATIONS", &list)]);
    settings.remove("TELL_VAULT_KEY");
    let profile = Profile { certificate: CertificateReading::Der, ..Profile::default() };
    let faults = faults_of(Settings::read(|name| settings.get(name).cloned(), Ok(profile)));
    assert_eq!(names(&faults), ["TELL_APPLICATIONS[0].certificate", "TELL_VAULT_KEY"]);
}

#[test]
fn cfg_1_a_redirect_url_with_a_fragment_or_white_space_is_refused() {
    for url in ["https://tpp.example/cb?own=1#x", "https://tpp.example/cb?a b", "https://tpp.example/cb#x"] {
        assert_eq!(names(&faults_of(read(&with(&[("TELL_REDIRECT_URL", url)])))), ["TELL_REDIRECT_URL"], "{url}");
    }
}

#[test]
fn cfg_2_one_gateway_serves_many_banks_and_the_application_picks_its_own() {
    const OTHER: &str = "11111111-2222-4333-8444-555555555555";
    let mut other = application("other", "c");
    other["aspsp"] = json!(OTHER);
    other["resourceBaseUrl"] = json!("https://other.example/v3");
    let settings = listed(&json!([application("one", "c"), other]).to_string()).unwrap();
    let url = |name: &str, call: &Call| {
        let client = &settings.applications.get(Some(name)).unwrap().client;
        client.request(call, IssuedAt::new(1_800_000_000).unwrap())
    };
    let accounts = ResourceCall::new(Method::Get, "/accounts", None, None).unwrap();
    let accounts = Call::Resource(accounts, Secret::new("a".into()));
    assert_eq!(url("other", &accounts).url, "https://other.example/v3/accounts");
    assert_ne!(url("one", &accounts).url, url("other", &accounts).url);
    let uuid = RequestUuid::from_random([7; 16]);
    let authorise = Call::Authorise { uuid, scope: Scope::Aisp, sandbox_sca: false, payment: None };
    assert!(url("other", &authorise).body.unwrap().expose().contains(OTHER));
    assert!(!url("one", &authorise).body.unwrap().expose().contains(OTHER));
    assert_eq!(url("one", &authorise).url, url("other", &authorise).url, "one gateway");
}

#[test]
fn cfg_3_a_bank_is_named_whole_and_none_is_needed_where_each_application_names_its_own() {
    let mut half = application("half", "c");
    half["aspsp"] = json!("no uuid");
    let faults = faults_of(listed(&json!([application("one", "c"), half]).to_string()));
    assert_eq!(names(&faults), ["TELL_APPLICATIONS[1].aspsp", "TELL_APPLICATIONS[1].resourceBaseUrl"]);
    let mut whole = application("whole", "c");
    whole["aspsp"] = json!("11111111-2222-4333-8444-555555555555");
    whole["resourceBaseUrl"] = json!("https://other.example/v3");
    let list = json!([whole]).to_string();
    let mut settings = with(&[("TELL_APPLICATIONS", &list)]);
    for shared in ["TELL_ASPSP", "TELL_RESOURCE_BASE_URL", "TELL_APP", "TELL_CERTIFICATE", "TELL_REDIRECT_URL"] {
        settings.remove(shared);
    }
    assert_eq!(read(&settings).unwrap().applications.list.len(), 1);
}

#[test]
fn pay_5_the_settings_of_payments_are_words_and_days() {
    for (word, refusal) in
        [("on", None), ("backend", Some(Code::PaymentsBackendOnly)), ("off", Some(Code::PaymentsOff))]
    {
        assert_eq!(read_with("TELL_PAYMENTS", word).unwrap().payments.refusal(), refusal);
    }
    assert_eq!(names(&faults_of(read_with("TELL_PAYMENTS", "none"))), ["TELL_PAYMENTS"]);
    assert_eq!(read_with("TELL_ORDER_DAYS", "366").unwrap().order_kept_ms, 366 * 24 * 60 * 60 * 1000);
    for days in ["365", "3661", "-1", "a year"] {
        assert_eq!(names(&faults_of(read_with("TELL_ORDER_DAYS", days))), ["TELL_ORDER_DAYS"], "at least a year");
    }
    assert!(read_with("TELL_EVENTS", "bound").unwrap().applications.host_listens);
}
