use super::*;
use crate::{
    edge::{EdgeError, Fault},
    response::GatewayError,
};
use std::collections::BTreeSet;

/// Every error there is, `SECRET` wherever one could carry something from outside.
fn all() -> Vec<Error> {
    let edge = [
        EdgeError::Configuration(vec![Fault { setting: "SECRET".into(), problem: "It is missing." }]),
        EdgeError::Certificate("The certificate is empty."),
        EdgeError::Credentials("The client id is empty."),
        EdgeError::BaseUrl("It must not have a query or a fragment."),
        EdgeError::Profile,
        EdgeError::JwsAlgorithm,
        EdgeError::JwsHeader,
        EdgeError::JwsSignature,
        EdgeError::Token,
        EdgeError::UserIp,
        EdgeError::Method,
        EdgeError::Location,
        EdgeError::Answer("The gateway's token answer cannot be read."),
        EdgeError::Refused(GatewayError::read(400, r#"{"error":"SECRET","error_description":"SECRET"}"#).into()),
        EdgeError::SnapshotDamaged,
        EdgeError::SnapshotVersion,
    ];
    let core = [
        Error::Argument("A GET has no body."),
        Error::Scope,
        Error::Environment,
        Error::Uuid,
        Error::Aspsp,
        Error::App,
        Error::Path("The path must not have a fragment (#…): it is never sent."),
        Error::IssuedAt,
        Error::Json,
        Error::JsonDepth,
        Error::TooLarge("The payload is larger than 4 MiB."),
        Error::JwsMalformed("The header is not a JSON object."),
        Error::RedirectMissing("The redirect has no uuid."),
        Error::RedirectRepeated("The redirect has uuid twice."),
        Error::RedirectInvalid("The redirect's uuid is not a UUID."),
        Error::Randomness,
    ];
    core.into_iter().chain(edge.map(Error::Edge)).collect()
}

#[test]
fn err_2_every_error_has_a_code_of_its_own() {
    let codes: BTreeSet<&str> = all().iter().map(Error::code).collect();
    assert_eq!(codes.len(), all().len());
    for code in codes {
        assert!(code.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{code}");
    }
    assert_eq!(Error::Option("iat").code(), Error::Argument("").code(), "both are a wrong argument");
}

#[test]
fn err_2_every_error_says_what_to_do_in_a_sentence() {
    for error in all() {
        let shown = error.to_string();
        assert_eq!(shown, error.message());
        assert!(shown.starts_with(char::is_uppercase) && shown.ends_with(['.', ')']), "{shown}");
        assert!(!shown.contains("SECRET"), "{shown}");
    }
    assert!(Error::Option("resourceBaseUrl").to_string().ends_with("(resourceBaseUrl)"), "the option is named");
}
