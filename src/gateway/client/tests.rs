#![allow(clippy::unwrap_used, reason = "a test that fails stops there")]

use super::*;
use crate::{
    gateway::{Payment, UserIp},
    host::ClientOptions,
    profile::Scope,
    wire::{json::Object, jws::Compact, request::RequestUuid},
};

mod location;

const ASPSP: &str = "8ddb14f1-fecd-41fe-90b7-f8fbda9494ac";
const UUID: &str = "c0fd407d-134b-4091-8e04-ab49a98db217";

pub(super) fn options(environment: &str) -> ClientOptions {
    ClientOptions {
        environment: Some(environment.into()),
        client_id: Some("client".into()),
        client_secret: Some("secret".into()),
        app: Some("app-1".into()),
        aspsp: Some(ASPSP.into()),
        resource_base_url: Some("https://bank.example/open-banking/v2/".into()),
        ..ClientOptions::default()
    }
}

pub(super) fn client_of(options: ClientOptions, profile: Option<&str>) -> Client {
    let profile = Profile::read(profile).unwrap();
    options.client(Some(b"certificate\n".to_vec()), Ok(profile)).unwrap()
}

fn client_with(environment: &str, profile: Option<&str>) -> Client {
    client_of(options(environment), profile)
}

fn request(client: &Client, call: &Call) -> Request {
    client.request(call, IssuedAt::new(1_767_225_600).unwrap())
}

fn header<'a>(request: &'a Request, name: &str) -> Option<&'a str> {
    request.headers.iter().find(|(found, _)| *found == name).map(|(_, value)| value.expose())
}

fn body_of(request: &Request) -> Option<&str> {
    request.body.as_ref().map(Secret::expose)
}

/// The payload and the path that a request's signature is over, the signature itself checked.
fn signed(client: &Client, request: &Request) -> (String, String) {
    let token = header(request, "x-jws-signature").unwrap();
    assert!(client.signer.verify(token).is_ok());
    let jws = Compact::parse(token).unwrap();
    let path = Object::parse(&jws.header).unwrap().str("path").unwrap().into_owned();
    (jws.payload, path)
}

fn secret(text: &str) -> Secret {
    Secret::token(text.into()).unwrap()
}

fn read(path: &str, user_ip: Option<&str>) -> Call {
    let user_ip = user_ip.map(|ip| UserIp::parse(ip).unwrap());
    Call::Resource(ResourceCall::new(Method::Get, path, user_ip, None).unwrap(), secret("access-1"))
}

fn authorise(sandbox_sca: bool) -> Call {
    Call::Authorise { uuid: RequestUuid::parse(UUID).unwrap(), scope: Scope::Aisp, sandbox_sca, payment: None }
}

#[test]
fn aut_1_authorise_is_a_signed_json_post_with_basic_credentials() {
    let client = client_with("sandbox", None);
    let request = request(&client, &authorise(true));
    assert_eq!((request.method, request.url.as_str()), (Method::Post, "https://auth-sandbox.tell.money/v1/authorise"));
    let names: Vec<&str> = request.headers.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["accept", "authorization", "x-jws-signature", "content-type"]);
    assert_eq!(header(&request, "authorization"), Some("Basic Y2xpZW50OnNlY3JldA=="));
    assert_eq!(header(&request, "content-type"), Some("application/json"));
    let body = format!(r#"{{"aspsp":"{ASPSP}","uuid":"{UUID}","scope":"aisp","sandbox_sca":true}}"#);
    assert_eq!(body_of(&request), Some(body.as_str()));
    assert_eq!(signed(&client, &request), (body, "/authorise".into()), "JWS-5: the bytes sent are the bytes signed");
}

#[test]
fn env_4_production_is_never_sent_sandbox_sca() {
    let client = client_with("production", None);
    let request = request(&client, &authorise(true));
    assert_eq!(request.url, "https://auth.tell.money/v1/authorise", "ENV-1");
    assert!(!body_of(&request).unwrap().contains("sandbox_sca"));
    assert!(!signed(&client, &request).0.contains("sandbox_sca"));
}

#[test]
fn pay_6_a_payment_is_stated_where_the_gateway_has_a_member_for_it() {
    let text = r#"{"PaymentType":"x","BeneficiaryName":"A","SchemeName":"SortCodeAccountNumber","BeneficiaryIdentification":"20000012345678", "Amount":"1.00","Currency":"GBP","Reference":"r"}"#;
    let payment = Some(Payment::parse(text.into()).unwrap());
    let uuid = RequestUuid::parse(UUID).unwrap();
    let stated = Call::Authorise { uuid, scope: Scope::Pisp, sandbox_sca: false, payment };
    let client = client_with("production", Some(r#"{"paymentAtAuthorise":"payment"}"#));
    let told = request(&client, &stated);
    let body = format!(r#"{{"aspsp":"{ASPSP}","uuid":"{UUID}","scope":"pisp","payment":{text}}}"#);
    assert_eq!(body_of(&told), Some(body.as_str()), "byte for byte");
    assert_eq!(signed(&client, &told).0, body);
    let untold = request(&client_with("production", None), &stated);
    assert!(!body_of(&untold).unwrap().contains("Amount"), "the guide has no member for it");
}

#[test]
fn env_1_the_auth_base_can_be_overridden() {
    let auth_base_url = Some("http://localhost:8788/v1/".into());
    let client = client_of(ClientOptions { auth_base_url, ..options("sandbox") }, None);
    assert_eq!(request(&client, &authorise(false)).url, "http://localhost:8788/v1/authorise");
}

#[test]
fn tok_1_an_exchange_is_a_signed_form_post() {
    let client = client_with("sandbox", None);
    let request = request(&client, &Call::Exchange { code: secret("a+b/c&d=\"e\"\\") });
    assert_eq!(
        (request.method, request.url.as_str()),
        (Method::Post, "https://auth-sandbox.tell.money/v1/access-token")
    );
    assert_eq!(header(&request, "authorization"), Some("Basic Y2xpZW50OnNlY3JldA=="));
    assert_eq!(header(&request, "content-type"), Some("application/x-www-form-urlencoded"));
    let body = "grant_type=authorization_code&code=a%2Bb%2Fc%26d%3D%22e%22%5C";
    assert_eq!(body_of(&request), Some(body));
}

#[test]
fn jws_6_a_form_is_signed_as_a_json_object_of_its_fields_in_order() {
    let client = client_with("sandbox", None);
    let exchange = request(&client, &Call::Exchange { code: secret("a+b\"c") });
    let payload = r#"{"grant_type":"authorization_code","code":"a+b\"c"}"#;
    assert_eq!(signed(&client, &exchange), (payload.into(), "/access-token".into()));
}

#[test]
fn ref_1_a_refresh_is_the_same_call_with_the_refresh_token() {
    let client = client_with("production", None);
    let refresh = request(&client, &Call::Refresh { refresh_token: secret("r-1") });
    assert_eq!(refresh.url, "https://auth.tell.money/v1/access-token");
    assert_eq!(body_of(&refresh), Some("grant_type=refresh_token&refresh_token=r-1"));
    let payload = r#"{"grant_type":"refresh_token","refresh_token":"r-1"}"#;
    assert_eq!(signed(&client, &refresh), (payload.into(), "/access-token".into()));
}

#[test]
fn acc_1_a_read_has_bearer_signature_and_the_psus_address() {
    let client = client_with("sandbox", None);
    let request = request(&client, &read("/accounts/12345678/balance", Some("1.1.1.1")));
    assert_eq!(request.url, "https://bank.example/open-banking/v2/accounts/12345678/balance");
    assert_eq!((request.method, &request.body), (Method::Get, &None));
    assert_eq!(header(&request, "authorization"), Some("Bearer access-1"));
    assert_eq!(header(&request, "x-user-ip"), Some("1.1.1.1"));
    assert_eq!(header(&request, "content-type"), None);
    assert_eq!(signed(&client, &request).1, "/accounts/12345678/balance", "JWS-3: without host and version");
}

#[test]
fn acc_1_without_the_psu_no_address_is_sent() {
    let client = client_with("sandbox", None);
    assert_eq!(header(&request(&client, &read("/accounts", None)), "x-user-ip"), None);
}

#[test]
fn jws_3_the_query_is_sent_and_by_profile_signed() {
    let path = "/accounts/1/transactions?from=2026-01-01";
    for (profile, signed_path) in [(None, "/accounts/1/transactions"), (Some(r#"{"signQuery":true}"#), path)] {
        let client = client_with("sandbox", profile);
        let request = request(&client, &read(path, None));
        assert_eq!(request.url, format!("https://bank.example/open-banking/v2{path}"));
        assert_eq!(signed(&client, &request).1, signed_path);
        assert_eq!(client.signed_path(&Path::parse(path).unwrap()), signed_path);
    }
}

#[test]
fn jws_7_a_request_without_a_body_signs_an_empty_object() {
    for (profile, payload) in [(None, "{}"), (Some(r#"{"emptyPayload":"empty"}"#), "")] {
        let client = client_with("sandbox", profile);
        let read = request(&client, &read("/accounts", None));
        assert_eq!((body_of(&read), signed(&client, &read).0.as_str()), (None, payload));
    }
}

#[test]
fn jws_5_a_body_is_signed_and_sent_as_it_was_given() {
    let body = "{ \"Amount\" : \"1.10\",\r\n\t\"Reference\":\"\\u00a3 £\" }";
    let client = client_with("sandbox", Some(r#"{"emptyPayload":"empty"}"#));
    for method in [Method::Post, Method::Put, Method::Patch, Method::Delete] {
        let call = ResourceCall::new(method, "/payments", None, Some(body.into())).unwrap();
        let request = request(&client, &Call::Resource(call, secret("access-1")));
        assert_eq!((request.method, body_of(&request)), (method, Some(body)));
        assert_eq!(header(&request, "content-type"), Some("application/json"));
        assert_eq!(signed(&client, &request).0, body);
    }
}

#[test]
fn bas_1_credentials_are_encoded_as_the_profile_says() {
    let options = ClientOptions { client_secret: Some("a b:£".into()), ..options("sandbox") };
    let form = client_of(options, Some(r#"{"basic":"form-encoded"}"#));
    // client:a+b%3A%C2%A3
    let basic = Some("Basic Y2xpZW50OmErYiUzQSVDMiVBMw==");
    assert_eq!(header(&request(&form, &authorise(false)), "authorization"), basic);
}

#[test]
fn acc_3_any_other_path_goes_through_the_same_signed_door() {
    for path in ["/accounts", "/accounts/1/product", "/payment-funds-confirmation", "/something/new?x=1"] {
        assert!(ResourceCall::new(Method::Get, path, None, None).is_ok(), "{path}");
    }
    let refused = |method, path: &str, body: Option<&str>| {
        ResourceCall::new(method, path, None, body.map(str::to_owned)).unwrap_err()
    };
    assert!(matches!(refused(Method::Get, "/v1/accounts", None), Error::Path(_)));
    assert!(matches!(refused(Method::Get, "/accounts/../payments", None), Error::Path(_)));
    assert!(matches!(refused(Method::Get, "/accounts", Some("{}")), Error::Argument(_)));
    assert_eq!(refused(Method::Post, "/payments", Some("a=b")), Error::Json);
    for method in ["GET", "POST", "PUT", "PATCH", "DELETE"] {
        assert_eq!(Method::parse(method).map(Method::name), Ok(method));
    }
    for method in ["get", "HEAD", "OPTIONS", "CONNECT", "", "GET "] {
        assert_eq!(Method::parse(method), Err(Error::Method), "{method}");
    }
}
