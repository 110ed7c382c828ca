use super::*;
use std::collections::BTreeSet;

fn refusal(status: u16) -> Rc<Refusal> {
    Refusal::read(status, r#"{"error":"SECRET","error_description":"SECRET"}"#).into()
}

fn all() -> Vec<Failure> {
    let mut failures = vec![
        Failure::Input(Error::Json),
        Failure::NotFound,
        Failure::AlreadyStarted,
        Failure::NotAuthorised,
        Failure::RedirectMismatch,
        Failure::Unreachable,
        Failure::Timeout,
        Failure::BadAnswer,
        Failure::GatewayFailed(500),
        Failure::Busy(7),
        Failure::Crowded(7),
        Failure::Refused(refusal(404)),
        Failure::RefusedClient(refusal(401)),
        Failure::Location,
    ];
    failures.extend(End::ALL.map(Failure::Ended));
    failures
}

#[test]
fn err_2_every_failure_has_a_code_a_status_and_a_sentence() {
    let codes: BTreeSet<Code> = all().iter().map(Failure::code).collect();
    assert_eq!(codes.len(), all().len(), "each of its own");
    for failure in all() {
        assert!((400..600).contains(&failure.status()), "{failure:?}");
        assert!(failure.message().ends_with('.') && !failure.message().contains("SECRET"), "{failure:?}");
    }
}

#[test]
fn err_2_of_what_the_gateway_said_only_status_and_registered_errors_are_told() {
    for failure in all() {
        assert!(failure.gateway().is_none_or(|(_, error)| error.is_none()), "{failure:?}");
    }
    let known = Refusal::read(400, r#"{"error":"invalid_request","error_description":"SECRET"}"#);
    assert_eq!(Failure::Refused(known.into()).gateway(), Some((400, Some("invalid_request"))));
    assert_eq!(Failure::GatewayFailed(502).gateway(), Some((502, None)));
}

#[test]
fn err_1_a_refusal_keeps_the_banks_status() {
    let of = |status, wait| Failure::of_answer(Error::Refused(refusal(status)), wait);
    assert_eq!(of(404, None), Failure::Refused(refusal(404)));
    assert_eq!(of(404, None).status(), 404);
    assert_eq!(
        (of(401, None), of(401, None).status()),
        (Failure::RefusedClient(refusal(401)), 502),
        "not the caller's"
    );
    assert_eq!((of(500, None), of(500, None).status()), (Failure::GatewayFailed(500), 502));
    assert_eq!((of(302, None), of(302, None).status()), (Failure::BadAnswer, 502), "a redirect is no answer");
    assert_eq!(Failure::of_answer(Error::Location, None), Failure::Location);
    assert_eq!(Failure::of_answer(Error::Answer(""), None), Failure::BadAnswer);
}

#[test]
fn err_3_a_busy_gateway_says_when_to_come_back() {
    for (status, wait, seconds) in [(429, Some(7000), 7), (503, Some(7001), 8), (503, None, 1), (429, Some(0), 0)] {
        let failure = Failure::of_answer(Error::Refused(refusal(status)), wait);
        assert_eq!((failure.status(), failure.retry_after()), (503, Some(seconds)));
    }
    assert_eq!(Failure::Timeout.retry_after(), None);
}
