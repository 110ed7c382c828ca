#![allow(clippy::unwrap_used, reason = "a test that fails stops there")]

use super::*;
use crate::{
    edge::settings::{self, Raw},
    jws::Compact,
};

mod location;

const ASPSP: &str = "8ddb14f1-fecd-41fe-90b7-f8fbda9494ac";
const UUID: &str = "c0fd407d-134b-4091-8e04-ab49a98db217";

pub(super) fn raw(environment: &str) -> Raw {
    Raw {
        environment: Some(environment.into()),
        client_id: Some("client".into()),
        client_secret: Some("secret".into()),
        app: Some("app-1".into()),
        certificate: Some(b"certificate\n".to_vec()),
        aspsp: Some(ASPSP.into()),
        resource_base_url: Some("https://bank.example/open-banking/v2/".into()),
        ..Raw::default()
    }
}

fn tpp_with(environment: &str, profile: Option<&str>) -> Tpp {
    settings::tpp(Raw { profile: profile.map(str::to_owned), ..raw(environment) }).unwrap()
}

fn request(tpp: &Tpp, call: &Call) -> Request {
    tpp.request(call, IssuedAt::new(1_767_225_600).unwrap()).unwrap()
}

fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request.headers.iter().find(|(found, _)| *found == name).map(|(_, value)| value.as_str())
}

/// The payload and the path that a request's signature is over, the signature itself checked.
fn signed(tpp: &Tpp, request: &Request) -> (String, String) {
    let token = header(request, "x-jws-signature").unwrap();
    assert!(tpp.signer.verify(token).is_ok());
    let jws = Compact::parse(token).unwrap();
    let path = crate::json::Object::parse(&jws.header).unwrap().str("path").unwrap().into_owned();
    (jws.payload, path)
}

fn secret(text: &str) -> Secret {
    Secret::token(text.into()).unwrap()
}

fn read(path: &str, user_ip: Option<&str>) -> Call {
    let user_ip = user_ip.map(|ip| UserIp::parse(ip).unwrap());
    Call::Resource(ResourceCall::new(Method::Get, path.into(), user_ip, None).unwrap(), secret("access-1"))
}

fn authorise(sandbox_sca: bool) -> Call {
    Call::Authorise { uuid: RequestUuid::parse(UUID).unwrap(), scope: Scope::Aisp, sandbox_sca }
}

#[test]
fn aut_1_authorise_is_a_signed_json_post_with_basic_credentials() {
    let tpp = tpp_with("sandbox", None);
    let request = request(&tpp, &authorise(true));
    assert_eq!((request.method, request.url.as_str()), (Method::Post, "https://auth-sandbox.tell.money/v1/authorise"));
    let names: Vec<&str> = request.headers.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["accept", "authorization", "x-jws-signature", "content-type"]);
    assert_eq!(header(&request, "authorization"), Some("Basic Y2xpZW50OnNlY3JldA=="));
    assert_eq!(header(&request, "content-type"), Some("application/json"));
    let body = format!(r#"{{"aspsp":"{ASPSP}","uuid":"{UUID}","scope":"aisp","sandbox_sca":true}}"#);
    assert_eq!(request.body.as_deref(), Some(body.as_str()));
    assert_eq!(signed(&tpp, &request), (body, "/authorise".into()), "JWS-5: the bytes sent are the bytes signed");
}

#[test]
fn env_4_production_is_never_sent_sandbox_sca() {
    let tpp = tpp_with("production", None);
    let request = request(&tpp, &authorise(true));
    assert_eq!(request.url, "https://auth.tell.money/v1/authorise", "ENV-1");
    assert!(!request.body.as_ref().unwrap().contains("sandbox_sca"));
    assert!(!signed(&tpp, &request).0.contains("sandbox_sca"));
}

#[test]
fn env_1_the_auth_base_can_be_overridden() {
    let tpp = settings::tpp(Raw { auth_base_url: Some("http://localhost:8788/v1/".into()), ..raw("sandbox") }).unwrap();
    assert_eq!(request(&tpp, &authorise(false)).url, "http://localhost:8788/v1/authorise");
}

#[test]
fn tok_1_an_exchange_is_a_signed_form_post() {
    let tpp = tpp_with("sandbox", None);
    let request = request(&tpp, &Call::Exchange { code: secret("a+b/c&d=\"e\"\\") });
    assert_eq!(
        (request.method, request.url.as_str()),
        (Method::Post, "https://auth-sandbox.tell.money/v1/access-token")
    );
    assert_eq!(header(&request, "authorization"), Some("Basic Y2xpZW50OnNlY3JldA=="));
    assert_eq!(header(&request, "content-type"), Some("application/x-www-form-urlencoded"));
    let body = "grant_type=authorization_code&code=a%2Bb%2Fc%26d%3D%22e%22%5C";
    assert_eq!(request.body.as_deref(), Some(body));
}

#[test]
fn jws_6_a_form_is_signed_as_a_json_object_of_its_fields_in_order() {
    let tpp = tpp_with("sandbox", None);
    let exchange = request(&tpp, &Call::Exchange { code: secret("a+b\"c") });
    let payload = r#"{"grant_type":"authorization_code","code":"a+b\"c"}"#;
    assert_eq!(signed(&tpp, &exchange), (payload.into(), "/access-token".into()));
}

#[test]
fn ref_1_a_refresh_is_the_same_call_with_the_refresh_token() {
    let tpp = tpp_with("production", None);
    let refresh = request(&tpp, &Call::Refresh { refresh_token: secret("r-1") });
    assert_eq!(refresh.url, "https://auth.tell.money/v1/access-token");
    assert_eq!(refresh.body.as_deref(), Some("grant_type=refresh_token&refresh_token=r-1"));
    let payload = r#"{"grant_type":"refresh_token","refresh_token":"r-1"}"#;
    assert_eq!(signed(&tpp, &refresh), (payload.into(), "/access-token".into()));
}

#[test]
fn acc_1_a_read_has_bearer_signature_and_the_psus_address() {
    let tpp = tpp_with("sandbox", None);
    let request = request(&tpp, &read("/accounts/12345678/balance", Some("1.1.1.1")));
    assert_eq!(request.url, "https://bank.example/open-banking/v2/accounts/12345678/balance");
    assert_eq!((request.method, &request.body), (Method::Get, &None));
    assert_eq!(header(&request, "authorization"), Some("Bearer access-1"));
    assert_eq!(header(&request, "x-user-ip"), Some("1.1.1.1"));
    assert_eq!(header(&request, "content-type"), None);
    assert_eq!(signed(&tpp, &request).1, "/accounts/12345678/balance", "JWS-3: without host and version");
}

#[test]
fn acc_1_without_the_psu_no_address_is_sent() {
    let tpp = tpp_with("sandbox", None);
    assert_eq!(header(&request(&tpp, &read("/accounts", None)), "x-user-ip"), None);
}

#[test]
fn jws_3_the_query_is_sent_and_by_profile_signed() {
    let path = "/accounts/1/transactions?from=2026-01-01";
    for (profile, signed_path) in [(None, "/accounts/1/transactions"), (Some(r#"{"signQuery":true}"#), path)] {
        let tpp = tpp_with("sandbox", profile);
        let request = request(&tpp, &read(path, None));
        assert_eq!(request.url, format!("https://bank.example/open-banking/v2{path}"));
        assert_eq!(signed(&tpp, &request).1, signed_path);
        assert_eq!(tpp.signed_path(path), signed_path);
    }
}

#[test]
fn jws_7_a_request_without_a_body_signs_an_empty_object() {
    for (profile, payload) in [(None, "{}"), (Some(r#"{"emptyPayload":"empty"}"#), "")] {
        let tpp = tpp_with("sandbox", profile);
        let read = request(&tpp, &read("/accounts", None));
        assert_eq!((read.body.as_deref(), signed(&tpp, &read).0.as_str()), (None, payload));
    }
}

#[test]
fn jws_5_a_body_is_signed_and_sent_as_it_was_given() {
    let body = "{ \"Amount\" : \"1.10\",\r\n\t\"Reference\":\"\\u00a3 £\" }";
    let tpp = tpp_with("sandbox", Some(r#"{"emptyPayload":"empty"}"#));
    for method in [Method::Post, Method::Put, Method::Patch, Method::Delete] {
        let call = ResourceCall::new(method, "/payments".into(), None, Some(body.into())).unwrap();
        let request = request(&tpp, &Call::Resource(call, secret("access-1")));
        assert_eq!((request.method, request.body.as_deref()), (method, Some(body)));
        assert_eq!(header(&request, "content-type"), Some("application/json"));
        assert_eq!(signed(&tpp, &request).0, body);
    }
}

#[test]
fn bas_1_credentials_are_encoded_as_the_profile_says() {
    let raw = Raw { client_secret: Some("a b:£".into()), ..raw("sandbox") };
    let form = settings::tpp(Raw { profile: Some(r#"{"basic":"form-encoded"}"#.into()), ..raw }).unwrap();
    // client:a+b%3A%C2%A3
    let basic = Some("Basic Y2xpZW50OmErYiUzQSVDMiVBMw==");
    assert_eq!(header(&request(&form, &authorise(false)), "authorization"), basic);
}

#[test]
fn acc_3_any_other_path_goes_through_the_same_signed_door() {
    for path in ["/accounts", "/accounts/1/product", "/payment-funds-confirmation", "/something/new?x=1"] {
        assert!(ResourceCall::new(Method::Get, path.into(), None, None).is_ok(), "{path}");
    }
    let refused = |method, path: &str, body: Option<&str>| {
        ResourceCall::new(method, path.into(), None, body.map(str::to_owned)).unwrap_err()
    };
    assert!(matches!(refused(Method::Get, "/v1/accounts", None), Error::Path(_)));
    assert!(matches!(refused(Method::Get, "/accounts/../payments", None), Error::Path(_)));
    assert!(matches!(refused(Method::Get, "/accounts", Some("{}")), Error::Argument(_)));
    assert_eq!(refused(Method::Post, "/payments", Some("a=b")), Error::Json);
    assert_eq!(refused(Method::Post, "/payments", Some(&"[".repeat(65))), Error::JsonDepth);
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
        assert_eq!(Method::parse(method).map(Method::name), Ok(method));
    }
    for method in ["get", "HEAD", "OPTIONS", "CONNECT", "", "GET "] {
        assert_eq!(Method::parse(method), Err(EdgeError::Method), "{method}");
    }
}
