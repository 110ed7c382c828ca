#![allow(clippy::panic, reason = "a test that fails stops there")]

use super::*;

const URL: &str = "https://tpp.example/api/callback?intent-id=i";
const BOTH: Sessions = Sessions { aisp: true, pisp: true };
const NONE: Sessions = Sessions { aisp: false, pisp: false };

fn get() -> Knock {
    Knock { method: Some("GET".into()), ..Knock::default() }
}

fn callback(sessions: Sessions) -> Visit {
    Visit::callback(sessions, &get(), URL.into())
}

fn failed(code: Code) -> Option<Told> {
    Some(Told::Failed { problem: code.into(), retry_after: None })
}

fn asks(of: Which) -> Step {
    Step::Ask { of, wish: Wish::Redirected { url: Given::Text(URL.into()) } }
}

fn to_page(fragment: &str) -> Step {
    Step::ToPage { fragment: fragment.into() }
}

fn requested() -> Option<Told> {
    Some(Told::Requested { uuid: "u".into(), location: "l".into(), expires_at: "e".into() })
}

#[test]
fn red_4_whoever_only_looks_ahead_asks_no_consent() {
    let knocks = [
        Knock { method: Some("HEAD".into()), ..Knock::default() },
        Knock::default(),
        Knock { sec_purpose: Some("prefetch;prerender".into()), ..get() },
        Knock { sec_purpose: Some("Prefetch".into()), ..get() },
        Knock { purpose: Some("prefetch".into()), ..get() },
        Knock { sec_purpose: Some("prerender".into()), ..get() },
    ];
    for knock in knocks {
        let step = Visit::callback(BOTH, &knock, URL.into()).next(None);
        assert_eq!(step, problem(Code::TooEarly), "{knock:?}");
    }
    assert_eq!(callback(BOTH).next(None), asks(Which::Aisp));
}

#[test]
fn red_3_each_consent_of_this_browser_is_asked_until_one_takes_the_redirect() {
    let mut visit = callback(BOTH);
    visit.next(None);
    assert_eq!(visit.next(failed(Code::RedirectMismatch)), asks(Which::Pisp));
    assert_eq!(visit.next(Some(Told::Connected)), to_page("connected"));

    let mut visit = callback(BOTH);
    visit.next(None);
    assert_eq!(visit.next(Some(Told::Declined)), to_page("declined"), "and no other after it");
    assert_eq!(callback(NONE).next(None), to_page("error=redirect_mismatch"));
}

#[test]
fn red_3_the_word_of_the_consent_whose_redirect_it_is_wins() {
    for (first, second) in [
        (Code::RedirectMismatch, Code::GatewayTimeout),
        (Code::GatewayTimeout, Code::RedirectMismatch),
        (Code::GatewayTimeout, Code::Revoked),
    ] {
        let mut visit = callback(BOTH);
        visit.next(None);
        visit.next(failed(first));
        let expected = if first == Code::RedirectMismatch { second } else { first };
        assert_eq!(visit.next(failed(second)), to_page(&format!("error={expected}")));
    }
}

#[test]
fn rev_1_the_former_consent_is_forgotten_once_the_new_one_is_requested() {
    let text = |text: &str| Given::Text(text.into());
    let mut visit = Visit::authorise(BOTH, text("pisp"), Given::Absent);
    let start = Wish::Start { scope: text("pisp"), application: Given::Absent };
    assert_eq!(visit.next(None), Step::Ask { of: Which::New, wish: start });
    assert_eq!(visit.next(requested()), Step::Ask { of: Which::Pisp, wish: Wish::Forget });
    let Step::Requested { scope: Scope::Pisp, .. } = visit.next(failed(Code::Internal)) else {
        panic!("whatever becomes of the former one")
    };

    let mut visit = Visit::authorise(BOTH, text("aisp"), Given::Absent);
    visit.next(None);
    assert_eq!(visit.next(failed(Code::GatewayTimeout)), problem(Code::GatewayTimeout), "the former one stays");

    let mut visit = Visit::authorise(NONE, text("aisp"), Given::Absent);
    visit.next(None);
    assert!(matches!(visit.next(requested()), Step::Requested { scope: Scope::Aisp, .. }));
}

#[test]
fn err_2_a_reply_that_was_not_asked_for_is_told_as_our_own_failure() {
    let mut visit = callback(BOTH);
    visit.next(None);
    assert_eq!(visit.next(Some(Told::Forgotten)), problem(Code::Internal));
    assert_eq!(visit.next(Some(Told::Connected)), problem(Code::Internal), "nor is it asked again");
}
