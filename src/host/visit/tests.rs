#![allow(clippy::indexing_slicing, clippy::panic, clippy::unwrap_used, clippy::wildcard_enum_match_arm)]

use super::*;
use crate::{
    consent::{End, State as ConsentState},
    profile::Environment,
};
use proptest::prelude::*;
use std::collections::BTreeMap;
use zeroize::Zeroizing;

const NOW: u64 = 1_800_000_000_000;
const DAY: u64 = 24 * 60 * 60 * 1000;

/// A consent as a visit sees it: how far it is, and the code that it took.
#[derive(Clone, Debug)]
struct Kept {
    uuid: String,
    state: ConsentState,
    code: Option<String>,
}

/// Consents by the names of their objects, and the bank that fails where it is told to.
struct Bank {
    keys: SessionKeys,
    payments: PaymentDoor,
    now: u64,
    kept: BTreeMap<String, Kept>,
    /// What consents were asked, in order.
    asked: Vec<(String, Option<Asking>)>,
    authorisations: u8,
    /// The next code is exchanged too late: the browser hears of a timeout, and the consent connects after that.
    is_slow: bool,
    is_down: bool,
}

/// A browser: what it holds.
#[derive(Clone, Debug, Default)]
struct Browser(Cookies);

impl Bank {
    fn new() -> Self {
        let keys = SessionKeys::of(&vec![Zeroizing::new(vec![7; 32])], Environment::Sandbox, session::IDLE_DAYS);
        Self {
            keys,
            payments: PaymentDoor::Both,
            now: NOW,
            kept: BTreeMap::new(),
            asked: Vec::new(),
            authorisations: 0,
            is_slow: false,
            is_down: false,
        }
    }

    /// Carries a visit out; the browser gets the cookies that it sets.
    fn visit(&mut self, browser: &mut Browser, call: Call) -> Step {
        self.visit_unheard(browser, call, true)
    }

    /// The same, of which the browser may not hear.
    fn visit_unheard(&mut self, browser: &mut Browser, call: Call, is_heard: bool) -> Step {
        self.authorisations += 1;
        let id = [self.authorisations; 32];
        let mut visit = Visit::new(self.keys.clone(), self.payments, &browser.0, self.now, call.clone(), id);
        let mut step = visit.next(None);
        for _ in 0..20 {
            let heard = match &step {
                Step::Ask { of, wish, .. } => self.ask(of, *wish, &call),
                Step::Look { of, stranger } => self.look(of, *stranger),
                _ => break,
            };
            step = visit.next(Some(heard));
        }
        for Cookie { scope, value, .. } in visit.cookies().into_iter().filter(|_| is_heard) {
            match scope {
                Scope::Aisp => browser.0.aisp = value,
                Scope::Pisp => browser.0.pisp = value,
            }
        }
        assert!(!matches!(step, Step::Ask { .. } | Step::Look { .. }), "a visit ends");
        assert_eq!(visit.next(None), problem(Code::Internal), "and stays so");
        step
    }

    fn look(&mut self, of: &str, stranger: bool) -> Heard {
        self.asked.push((of.to_owned(), None));
        if self.is_down {
            return failed(Code::Busy);
        }
        let state = self.kept.get(of).map(|kept| kept.state);
        let is_connected = matches!(state, Some(ConsentState::Active | ConsentState::Spent));
        Heard::Seen(if stranger && is_connected { Some(ConsentState::Authorised) } else { state })
    }

    fn ask(&mut self, of: &str, wish: Asking, call: &Call) -> Heard {
        self.asked.push((of.to_owned(), Some(wish)));
        match (wish, call) {
            _ if self.is_down => failed(Code::GatewayTimeout),
            (Asking::Start, Call::Authorise { .. }) => {
                let uuid = format!("00000000-0000-4000-8000-0000000000{:02x}", self.authorisations);
                let kept = Kept { uuid: uuid.clone(), state: ConsentState::Requested, code: None };
                self.kept.insert(of.to_owned(), kept);
                Heard::Requested { uuid }
            }
            (Asking::Redirected, Call::Callback { url }) => self.redirected(of, url),
            (Asking::Forget | Asking::Replaced, _) => {
                self.kept.remove(of);
                Heard::Forgotten
            }
            other => panic!("{other:?}"),
        }
    }

    fn redirected(&mut self, of: &str, url: &str) -> Heard {
        let redirect = redirect::parse(url).unwrap();
        let is_slow = std::mem::take(&mut self.is_slow);
        let Some(kept) = self.kept.get_mut(of).filter(|kept| kept.uuid == redirect.uuid) else {
            return failed(Code::RedirectMismatch);
        };
        if kept.state == ConsentState::Requested {
            kept.state = if redirect.code.is_some() { ConsentState::Active } else { ConsentState::Declined };
            kept.code.clone_from(&redirect.code);
            if is_slow && redirect.code.is_some() {
                return Heard::Failed { code: Code::GatewayTimeout, took: true };
            }
        }
        let took = kept.code.is_some() && kept.code == redirect.code;
        match kept.state.end() {
            None => Heard::Connected { took },
            Some(End::Declined) => Heard::Declined,
            Some(end) => Heard::Failed { code: end.code(), took },
        }
    }

    fn uuid(&self) -> String {
        let newest = self.asked.iter().rev().find(|(_, wish)| *wish == Some(Asking::Start)).unwrap();
        self.kept.get(&newest.0).unwrap().uuid.clone()
    }

    /// How many consents there are tokens of.
    fn connected(&self) -> usize {
        self.kept.values().filter(|kept| kept.state == ConsentState::Active).count()
    }

    fn authorise(&mut self, browser: &mut Browser) -> String {
        assert_eq!(self.visit(browser, authorise("aisp")), Step::Tell { renewing: false });
        self.uuid()
    }

    fn connect(&mut self, browser: &mut Browser) {
        let uuid = self.authorise(browser);
        assert_eq!(self.visit(browser, back(&uuid, "code")), to_page("connected"));
    }

    /// The UUID of the consent that reads are of, if there are any.
    fn read(&mut self, browser: &mut Browser) -> Result<String, Code> {
        match self.visit(browser, Call::Read) {
            Step::Relay { of } => Ok(self.kept.get(&of).map(|kept| kept.uuid.clone()).unwrap_or_default()),
            Step::Problem { problem } => Err(problem.code),
            Step::Tell { .. } => Err(Code::Busy),
            step => panic!("{step:?}"),
        }
    }
}

fn failed(code: Code) -> Heard {
    Heard::Failed { code, took: false }
}

fn authorise(scope: &str) -> Call {
    Call::Authorise { body: format!(r#"{{"scope":"{scope}"}}"#), key: None }
}

fn back(uuid: &str, code: &str) -> Call {
    Call::Callback {
        url: format!("https://tpp.example/api/callback?intent-id=i&uuid={uuid}&authorisation_code={code}"),
    }
}

fn view() -> Call {
    Call::View { scope: Given::Absent }
}

fn forget() -> Call {
    Call::Forget { scope: Given::Absent }
}

#[test]
fn con_1_renewal_keeps_the_former_consent_until_the_new_one_is_connected() {
    let (mut bank, mut browser) = (Bank::new(), Browser::default());
    bank.connect(&mut browser);
    let former = bank.read(&mut browser).unwrap();
    let uuid = bank.authorise(&mut browser);
    assert_eq!(bank.read(&mut browser), Ok(former));
    assert_eq!(bank.visit(&mut browser, view()), Step::Tell { renewing: true });
    assert_eq!(bank.connected(), 1);
    assert_eq!(bank.visit(&mut browser, back(&uuid, "new")), to_page("connected"));
    assert_eq!(bank.read(&mut browser), Ok(uuid));
    assert_eq!(bank.visit(&mut browser, view()), Step::Tell { renewing: false });
    assert_eq!(bank.kept.len(), 1, "the former one is forgotten");
}

#[test]
fn con_1_declined_abandoned_or_failed_the_former_consent_stays() {
    let (mut bank, mut browser) = (Bank::new(), Browser::default());
    bank.connect(&mut browser);
    let former = bank.read(&mut browser);

    let declined = bank.authorise(&mut browser);
    for _ in 0..2 {
        assert_eq!(bank.visit(&mut browser, back(&declined, "")), to_page("declined"), "RED-4: and again");
    }
    assert_eq!(bank.visit(&mut browser, view()), Step::Tell { renewing: false });
    assert_eq!(bank.read(&mut browser), former);

    bank.authorise(&mut browser);
    bank.now += DAY;
    assert_eq!(bank.visit(&mut browser, view()), Step::Tell { renewing: false }, "abandoned");
    assert_eq!(bank.read(&mut browser), former);

    bank.is_down = true;
    assert_eq!(bank.visit(&mut browser, authorise("aisp")), Step::Tell { renewing: false }, "the failure is told");
    bank.is_down = false;
    assert_eq!(bank.read(&mut browser), former);
}

#[test]
fn con_1_of_two_tabs_either_redirect_is_accepted_and_the_older_one_too() {
    let (mut bank, mut browser) = (Bank::new(), Browser::default());
    bank.connect(&mut browser);
    let (older, newer) = (bank.authorise(&mut browser), bank.authorise(&mut browser));
    assert_eq!(bank.visit(&mut browser, back(&older, "one")), to_page("connected"));
    assert_eq!(bank.read(&mut browser), Ok(older.clone()));
    assert_eq!(bank.visit(&mut browser, back(&newer, "two")), to_page("connected"));
    assert_eq!(bank.read(&mut browser), Ok(newer));
    assert_eq!(bank.connected(), 1);
}

#[test]
fn con_1_an_exchange_that_succeeds_after_the_browser_was_told_of_a_failure_is_not_lost() {
    for is_renewal in [false, true] {
        let (mut bank, mut browser) = (Bank::new(), Browser::default());
        if is_renewal {
            bank.connect(&mut browser);
        }
        let uuid = bank.authorise(&mut browser);
        bank.is_slow = true;
        assert_eq!(bank.visit(&mut browser, back(&uuid, "code")), to_page("error=gateway_timeout"));
        if is_renewal {
            assert_eq!(bank.visit(&mut browser, view()), Step::Tell { renewing: false });
        }
        assert_eq!(bank.read(&mut browser), Ok(uuid));
        assert_eq!(bank.connected(), 1);
    }
}

#[test]
fn con_1_a_browser_that_did_not_hear_that_it_is_connected_may_come_back_again() {
    let (mut bank, mut browser) = (Bank::new(), Browser::default());
    bank.connect(&mut browser);
    let uuid = bank.authorise(&mut browser);
    assert_eq!(bank.visit_unheard(&mut browser, back(&uuid, "code"), false), to_page("connected"));
    assert_eq!(bank.visit(&mut browser, back(&uuid, "code")), to_page("connected"));
    assert_eq!(bank.read(&mut browser), Ok(uuid));
}

#[test]
fn ses_1_the_cookie_from_before_the_callback_reads_nothing_after_it() {
    let (mut bank, mut browser) = (Bank::new(), Browser::default());
    let uuid = bank.authorise(&mut browser);
    let mut planted = browser.clone();
    assert_eq!(bank.read(&mut planted), Err(Code::NotAuthorisedYet));
    assert_eq!(bank.visit(&mut browser, back(&uuid, "code")), to_page("connected"));
    assert_ne!(browser.0, planted.0, "the cookie is another");
    assert_eq!(bank.read(&mut planted), Err(Code::NotAuthorisedYet));
    for guess in ["guess", ""] {
        assert_eq!(
            bank.visit(&mut planted, back(&uuid, guess)),
            to_page("connected"),
            "RED-4: the outcome is the same"
        );
        assert_eq!(bank.read(&mut planted), Err(Code::NotAuthorisedYet));
    }
    assert_eq!(bank.visit(&mut planted, view()), Step::Tell { renewing: false });
    assert_eq!(bank.read(&mut browser), Ok(uuid));
}

#[test]
fn ses_1_a_made_up_cookie_reaches_no_consent_and_is_ended() {
    let made_up = || Browser(Cookies { aisp: Some("A".repeat(200)), pisp: Some("B".repeat(43)) });
    let calls = [
        (view(), problem(Code::ConsentNotFound)),
        (Call::Read, problem(Code::ConsentNotFound)),
        (Call::Journey { scope: Given::Absent }, Step::Nothing),
        (forget(), Step::Forgotten),
        (back("00000000-0000-4000-8000-000000000001", "code"), to_page("error=redirect_mismatch")),
    ];
    for (call, expected) in calls {
        let (mut bank, mut browser) = (Bank::new(), made_up());
        assert_eq!(bank.visit(&mut browser, call), expected);
        assert_eq!(bank.asked, []);
        assert_eq!(browser.0, Cookies::default());
    }
}

#[test]
fn ses_1_an_idle_session_ends_and_one_in_use_does_not() {
    let (mut bank, mut browser) = (Bank::new(), Browser::default());
    bank.connect(&mut browser);
    for _ in 0..5 {
        bank.now += 29 * DAY;
        assert!(bank.read(&mut browser).is_ok());
    }
    bank.now += 30 * DAY;
    assert_eq!(bank.read(&mut browser), Err(Code::ConsentNotFound));
    assert_eq!(browser.0.aisp, None);
}

#[test]
fn red_3_the_consent_that_the_redirect_names_is_asked_and_no_other() {
    let (mut bank, mut browser) = (Bank::new(), Browser::default());
    bank.connect(&mut browser);
    assert_eq!(bank.visit(&mut browser, authorise("pisp")), Step::Tell { renewing: false });
    let uuid = bank.uuid();
    bank.asked.clear();
    assert_eq!(bank.visit(&mut browser, back(&uuid, "code")), to_page("connected"));
    assert_eq!(bank.asked.len(), 1);
    assert_eq!(bank.connected(), 2, "a payment never disturbs account access");

    bank.asked.clear();
    let foreign = back("00000000-0000-4000-8000-0000000000ff", "code");
    assert_eq!(bank.visit(&mut browser, foreign), to_page("error=redirect_mismatch"));
    assert_eq!(bank.asked.len(), 1, "one consent's trail tells of it");
    let odd = Call::Callback { url: String::from("https://tpp.example/api/callback?intent-id=i") };
    assert_eq!(bank.visit(&mut browser, odd), to_page("error=redirect_parameter_missing"));
}

#[test]
fn err_1_in_sandbox_alone_what_the_gateway_refused_can_be_looked_into() {
    for environment in [Environment::Sandbox, Environment::Production] {
        let (mut bank, mut browser) = (Bank::new(), Browser::default());
        bank.keys = SessionKeys::of(&vec![Zeroizing::new(vec![7; 32])], environment, session::IDLE_DAYS);
        bank.is_down = true;
        assert_eq!(bank.visit(&mut browser, authorise("aisp")), Step::Tell { renewing: false });
        let asked = bank.asked.last().unwrap().0.clone();
        let journey = bank.visit(&mut browser, Call::Journey { scope: Given::Absent });
        let is_sandbox = environment == Environment::Sandbox;
        assert_eq!(journey, if is_sandbox { Step::Relay { of: asked } } else { Step::Nothing });
        bank.is_down = false;
        assert_eq!(bank.visit(&mut browser, view()), problem(Code::ConsentNotFound), "there is no consent of it");
        assert_eq!(bank.read(&mut browser), Err(Code::ConsentNotFound));
    }
}

#[test]
fn aut_3_a_scope_that_is_none_is_told_and_nothing_is_asked() {
    let (mut bank, mut browser) = (Bank::new(), Browser::default());
    for body in ["{}", r#"{"scope":7}"#, r#"{"scope":"cbpii"}"#] {
        let call = Call::Authorise { body: body.to_owned(), key: None };
        assert_eq!(bank.visit(&mut browser, call), problem(Code::ScopeInvalid));
    }
    let other = Call::View { scope: Given::Text(String::from("AISP")) };
    assert_eq!(bank.visit(&mut browser, other), problem(Code::ScopeInvalid));
    assert_eq!(bank.asked, []);
}

#[test]
fn rev_2_what_a_browser_has_is_erased_whole_or_its_cookie_is_kept() {
    let (mut bank, mut browser) = (Bank::new(), Browser::default());
    bank.connect(&mut browser);
    bank.authorise(&mut browser);
    let before = browser.clone();
    bank.is_down = true;
    assert_eq!(bank.visit(&mut browser, forget()), Step::Tell { renewing: false });
    assert_eq!(browser.0, before.0);
    bank.is_down = false;
    assert_eq!(bank.visit(&mut browser, forget()), Step::Forgotten);
    assert!(bank.kept.is_empty());
    assert_eq!(browser.0, Cookies::default());
}

#[test]
fn con_1_after_an_end_the_authorisation_under_way_is_what_is_told() {
    let (mut bank, mut browser) = (Bank::new(), Browser::default());
    bank.connect(&mut browser);
    bank.kept.values_mut().for_each(|kept| kept.state = ConsentState::Revoked);
    let uuid = bank.authorise(&mut browser);
    bank.asked.clear();
    assert_eq!(bank.visit(&mut browser, view()), Step::Tell { renewing: false });
    let last = bank.asked.last().unwrap().0.clone();
    assert_eq!(bank.kept.get(&last).unwrap().uuid, uuid);
}

fn can_read(bank: &mut Bank, browser: &mut Browser) -> bool {
    bank.read(browser).is_ok_and(|uuid| !uuid.is_empty())
}

/// What may happen, in any order: of two browsers, one knows whatever cookie the other had before a callback.
#[derive(Clone, Debug)]
enum Happening {
    Authorise { is_heard: bool },
    Back { which: usize, code: u8, is_heard: bool, is_slow: bool },
    Look,
    Read,
    Plant,
    Intrude { which: usize, code: u8 },
    Outage,
    Days(u64),
}

fn happening() -> impl Strategy<Value = Happening> {
    let heard = || prop::bool::weighted(0.9);
    prop_oneof![
        3 => heard().prop_map(|is_heard| Happening::Authorise { is_heard }),
        4 => (0..6_usize, 0..3_u8, heard(), prop::bool::weighted(0.2)).prop_map(|(which, code, is_heard, is_slow)| {
            Happening::Back { which, code, is_heard, is_slow }
        }),
        2 => Just(Happening::Look),
        3 => Just(Happening::Read),
        1 => Just(Happening::Plant),
        2 => (0..6_usize, 0..3_u8).prop_map(|(which, code)| Happening::Intrude { which, code }),
        1 => Just(Happening::Outage),
        1 => (1..31_u64).prop_map(Happening::Days),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// A consent that a browser could read stays until another is connected; what was connected in one browser is never
    /// read by whoever knows only what that browser had before.
    #[test]
    fn con_1_and_ses_1_hold_whatever_happens_in_whatever_order(happenings in prop::collection::vec(happening(), 1..40)) {
        let (mut bank, mut own, mut intruder) = (Bank::new(), Browser::default(), Browser::default());
        let mut uuids: Vec<String> = Vec::new();
        let codes = ["", "one", "two"];
        let mut readable = false;
        for happening in happenings {
            let connected = bank.connected();
            match happening {
                Happening::Authorise { is_heard } => {
                    bank.visit_unheard(&mut own, authorise("aisp"), is_heard);
                    if is_heard && !bank.is_down {
                        uuids.push(bank.uuid());
                    }
                    prop_assert_eq!(bank.connected(), connected);
                }
                Happening::Back { which, code, is_heard, is_slow } => {
                    let Some(uuid) = uuids.iter().rev().nth(which).cloned() else { continue };
                    bank.is_slow = is_slow;
                    let step = bank.visit_unheard(&mut own, back(&uuid, codes[usize::from(code)]), is_heard);
                    // One that was not heard, and not repeated, costs what it would have replaced.
                    readable = if is_heard { readable || step == to_page("connected") && can_read(&mut bank, &mut own) } else { false };
                    prop_assert!(bank.connected() >= connected || connected > 1);
                }
                Happening::Look => {
                    bank.visit(&mut own, view());
                }
                Happening::Read => {}
                Happening::Plant => intruder = own.clone(),
                Happening::Intrude { which, code } => {
                    // The intruder knows each UUID, and guesses a code that the bank never gave.
                    let Some(uuid) = uuids.iter().rev().nth(which).cloned() else { continue };
                    let guess = if code == 0 { "" } else { "guess" };
                    let is_open = bank.kept.values().any(|kept| kept.uuid == uuid && kept.state == ConsentState::Requested);
                    if !is_open {
                        let before = bank.read(&mut intruder).ok();
                        bank.visit(&mut intruder, back(&uuid, guess));
                        let after = bank.read(&mut intruder).ok();
                        prop_assert!(after.is_none() || after == before, "{:?} {:?}", before, after);
                    }
                }
                Happening::Outage => {
                    bank.is_down = !bank.is_down;
                }
                Happening::Days(days) => {
                    bank.now += days * DAY / 10;
                }
            }
            let is_read = can_read(&mut bank, &mut own);
            prop_assert!(is_read || !readable || bank.is_down, "a consent that could be read is lost");
            readable = is_read || (readable && bank.is_down);
        }
    }
}
