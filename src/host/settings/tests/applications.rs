//! One TPP, several applications (`CFG-1`).

use super::*;
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
