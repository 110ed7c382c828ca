use super::*;
use std::collections::BTreeSet;

/// Every error there is, `SECRET` wherever one could carry something from outside.
fn all() -> Vec<Error> {
    vec![
        Error::Configuration(vec![Fault { setting: "SECRET".into(), problem: "It is missing." }]),
        Error::Certificate("The certificate is empty."),
        Error::Credentials("The client id is empty."),
        Error::BaseUrl("It must not have a query or a fragment."),
        Error::Profile,
        Error::JwsAlgorithm,
        Error::JwsHeader,
        Error::JwsSignature,
        Error::Token,
        Error::UserIp,
        Error::Method,
        Error::Location,
        Error::Answer("The gateway's token answer cannot be read."),
        Error::Refused(Rc::new(Refusal { status: 400, error: Some("SECRET".into()), ..Refusal::default() })),
        Error::SnapshotDamaged,
        Error::SnapshotVersion,
        Error::Interrupted,
        Error::JwsApp,
        Error::Argument("A GET has no body."),
        Error::Scope,
        Error::Environment,
        Error::Uuid,
        Error::Aspsp,
        Error::App,
        Error::Path("The path must not have a fragment (#…): it is never sent."),
        Error::IssuedAt,
        Error::Json,
        Error::TooLarge("The payload is larger than 4 MiB."),
        Error::JwsMalformed("The header is not a JSON object."),
        Error::RedirectMissing("The redirect has no uuid."),
        Error::RedirectRepeated("The redirect has uuid twice."),
        Error::RedirectInvalid("The redirect's uuid is not a UUID."),
        Error::Randomness,
    ]
}

#[test]
fn err_2_every_error_has_a_code_of_its_own() {
    let codes: BTreeSet<Code> = all().iter().map(Error::code).collect();
    assert_eq!(codes.len(), all().len());
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
