//! The examples of the bank's guide as real input, character by character (`tests/vectors/guide/`).
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that fails stops there")]

use serde_json::Value;
use tell_connect::{
    gateway::{
        Call, Client, Secret,
        answer::{AuthoriseAnswer, TokenAnswer},
    },
    host::ClientOptions,
    profile::{Environment, Profile, Scope},
    wire::{
        IssuedAt,
        jws::Compact,
        redirect,
        request::{Aspsp, RequestUuid, authorise_body},
    },
};

const AUTHORISE_REQUEST: &str = include_str!("vectors/guide/authorise-request.txt");
const AUTHORISE_ANSWER: &str = include_str!("vectors/guide/authorise-answer.txt");
const REDIRECT_URL: &str = include_str!("vectors/guide/redirect-url.txt");
const TOKEN_ANSWER: &str = include_str!("vectors/guide/token-answer.txt");

const ASPSP: &str = "8ddb14f1-fecd-41fe-90b7-f8fbda9494ac";
const UUID: &str = "c0fd407d-134b-4091-8e04-ab49a98db217";
const INTENT: &str = "a077e84b-a815-4ed3-81c0-8f85d55e7c47";
const CODE: &str = "7cfa670a-959c-43d0-bedd-28d744233151";

fn client(environment: &str) -> Client {
    let options = ClientOptions {
        environment: Some(environment.into()),
        client_id: Some("client_id".into()),
        client_secret: Some("client_secret".into()),
        app: Some("app-1".into()),
        aspsp: Some(ASPSP.into()),
        resource_base_url: Some("https://bank.example/v1".into()),
        ..ClientOptions::default()
    };
    let certificate = include_bytes!("vectors/certificate.pem").to_vec();
    options.client(Some(certificate), Ok(Profile::default())).unwrap()
}

/// The token answer with its two placeholders filled in.
fn token_answer() -> String {
    let answer = TOKEN_ANSWER.replace("{{Your new access token}}", "\"access-1\"");
    answer.replace("{{Your new refresh token}}", "\"refresh-1\"")
}

#[test]
fn aut_1_our_body_has_the_guides_members_in_its_order() {
    let aspsp = Aspsp::parse(ASPSP).unwrap();
    let uuid = RequestUuid::parse(UUID).unwrap();
    let body = authorise_body(Environment::Sandbox, &aspsp, &uuid, Scope::Aisp, true);
    let without_white_space: String = AUTHORISE_REQUEST.split_whitespace().collect();
    assert_eq!(body, without_white_space);
}

#[test]
fn jws_5_the_guides_body_is_signed_with_its_white_space() {
    let vectors: Value = serde_json::from_str(include_str!("vectors/jws-calls.json")).unwrap();
    let token = vectors[0]["token"].as_str().unwrap();
    assert_eq!(Compact::parse(token).unwrap().payload, AUTHORISE_REQUEST.trim_end());
}

#[test]
fn cfg_2_the_guides_bank_and_uuid_are_taken() {
    let request: Value = serde_json::from_str(AUTHORISE_REQUEST).unwrap();
    assert!(Aspsp::parse(request["aspsp"].as_str().unwrap()).is_ok());
    assert!(RequestUuid::parse(request["uuid"].as_str().unwrap()).is_ok());
    assert_eq!(Scope::parse(request["scope"].as_str().unwrap()), Ok(Scope::Aisp));
}

#[test]
fn aut_4_the_guides_answer_is_read_and_its_location_allowed() {
    let expected = AuthoriseAnswer {
        intent_id: INTENT.into(),
        location: format!("https://auth.tell.money/v1/authorise/{INTENT}"),
    };
    for environment in ["sandbox", "production"] {
        assert_eq!(client(environment).read_authorise(200, AUTHORISE_ANSWER), Ok(expected.clone()));
    }
}

#[test]
fn red_1_the_guides_redirect_is_read() {
    let redirect = redirect::parse(REDIRECT_URL.trim_end()).unwrap();
    assert_eq!((redirect.intent_id.as_str(), redirect.uuid.as_str()), (INTENT, UUID));
    assert_eq!(redirect.code.as_deref(), Some(CODE));
    let answer: Value = serde_json::from_str(AUTHORISE_ANSWER).unwrap();
    assert_eq!(answer["intent-id"], redirect.intent_id);
}

#[test]
fn red_2_the_guides_redirect_with_its_code_null_means_declined() {
    for code in ["null", ""] {
        let declined = REDIRECT_URL.trim_end().replace(CODE, code);
        assert_eq!(redirect::parse(&declined).unwrap().code, None);
    }
}

#[test]
fn tok_3_the_guides_token_answer_lives_an_hour() {
    let answer = TokenAnswer::read(200, &token_answer()).unwrap();
    assert_eq!(answer.access_token.expose(), "access-1");
    assert_eq!(answer.refresh_token.unwrap().expose(), "refresh-1");
    assert_eq!(answer.expires_in, 3600, "seconds, whatever the guide calls them");
    assert_eq!(answer.scope, ["balance:read", "product:read", "accounts:read", "beneficiaries:read"], "TOK-4");
}

#[test]
fn tok_5_the_placeholders_unfilled_are_no_tokens() {
    assert!(TokenAnswer::read(200, TOKEN_ANSWER).is_err());
    assert_eq!(TokenAnswer::salvage(TOKEN_ANSWER), None);
}

#[test]
fn env_1_each_call_goes_where_the_guide_says() {
    let iat = IssuedAt::new(1_767_225_600).unwrap();
    let secret = |text: &str| Secret::new(text.into());
    let calls = [
        (
            Call::Authorise {
                uuid: RequestUuid::parse(UUID).unwrap(),
                scope: Scope::Aisp,
                sandbox_sca: true,
                payment: None,
            },
            "/authorise",
            "application/json",
        ),
        (Call::Exchange { code: secret(CODE) }, "/access-token", "application/x-www-form-urlencoded"),
        (Call::Refresh { refresh_token: secret("r") }, "/access-token", "application/x-www-form-urlencoded"),
    ];
    for (call, path, content_type) in calls {
        for (environment, base) in
            [("sandbox", "https://auth-sandbox.tell.money/v1"), ("production", "https://auth.tell.money/v1")]
        {
            let request = client(environment).request(&call, iat);
            assert_eq!((request.method.name(), request.url), ("POST", format!("{base}{path}")));
            let header = |name| request.headers.iter().find(|(found, _)| *found == name).unwrap().1.expose();
            assert_eq!(header("content-type"), content_type);
            assert_eq!(header("authorization"), "Basic Y2xpZW50X2lkOmNsaWVudF9zZWNyZXQ=", "BAS-1");
            assert!(Compact::parse(header("x-jws-signature")).is_ok());
        }
    }
}
