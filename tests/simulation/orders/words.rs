//! How a bank puts it, and what each answer says to whoever reads it rightly.

use crate::choices::Choices;
use tell_connect::gateway::PaymentState;

/// What an answer says of a payment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// How far it is, if it tells.
    pub state: Option<PaymentState>,
    /// The bank's word for that.
    pub word: Option<String>,
    /// The bank's name for it.
    pub name: Option<String>,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub body: String,
    pub retry_after_ms: Option<u64>,
    pub said: Said,
}

const PAGE: &str = "<!DOCTYPE html><title>Bad gateway</title><h1>502</h1>";

/// What the bank's words stand for, by a table of the simulation's own.
pub fn state_of(word: &str) -> PaymentState {
    match word {
        "ACSC" | "AcceptedSettlementCompleted" => PaymentState::Settled,
        "ACCC" | "Credited" => PaymentState::Credited,
        "RJCT" | "Rejected" => PaymentState::Rejected,
        "BLCK" => PaymentState::Blocked,
        _ => PaymentState::Accepted,
    }
}

/// What a payment is after another word for it, by a table of the simulation's own.
pub fn after(before: PaymentState, word: PaymentState) -> PaymentState {
    match (before, word) {
        (PaymentState::Rejected | PaymentState::Credited, _) | (PaymentState::Settled, PaymentState::Accepted) => {
            before
        }
        (PaymentState::Submitting, _) => word,
        (_, PaymentState::Unknown | PaymentState::Submitting) => before,
        (_, word) => word,
    }
}

fn fixed(status: u16, body: &str) -> Answer {
    Answer { status, body: body.to_owned(), retry_after_ms: None, said: Said::default() }
}

fn saying(status: u16, body: String, said: Said) -> Answer {
    Answer { status, body, retry_after_ms: None, said }
}

fn no(status: u16, body: &str) -> Answer {
    Answer { said: Said { state: Some(PaymentState::Rejected), ..Said::default() }, ..fixed(status, body) }
}

fn name_of(number: usize) -> String {
    format!("P-{number}")
}

pub fn tokens(access: u32, seconds: u32) -> Answer {
    let tokens = format!("\"access_token\":\"A~{access}\",\"refresh_token\":\"R~{access}\"");
    let body = format!("{{{tokens},\"token_type\":\"Bearer\",\"expires_in\":{seconds}}}");
    fixed(200, &body)
}

pub fn grant_refused() -> Answer {
    fixed(400, "{\"error\":\"invalid_grant\"}")
}

/// The access token is not honoured: of a payment that is a no.
pub fn token_refused(is_payment: bool) -> Answer {
    let body = "{\"error\":\"invalid_token\"}";
    if is_payment { no(401, body) } else { fixed(401, body) }
}

pub fn not_found() -> Answer {
    fixed(404, "{\"error\":\"unknown\",\"Status\":\"RJCT\"}")
}

/// A payment was made.
pub fn taken(number: usize, word: &str, choices: &mut Choices) -> Answer {
    let name = name_of(number);
    let (state, some) = (Some(state_of(word)), |text: &str| Some(text.to_owned()));
    let full = Said { state, word: some(word), name: some(&name) };
    match choices.below(12) {
        0..5 => saying(201, format!("{{\"PaymentId\":\"{name}\",\"Status\":\"{word}\",\"Reference\":\"r\"}}"), full),
        5..8 => saying(200, format!("{{\"Data\":{{\"DomesticPaymentId\":\"{name}\",\"Status\":\"{word}\"}}}}"), full),
        8 => {
            let said = Said { state: Some(PaymentState::Accepted), word: None, name: some(&name) };
            saying(202, format!("{{\"reference\":\"{name}\"}}"), said)
        }
        9 => saying(201, format!("{{\"status\":\"{word}\"}}"), Said { state, word: some(word), name: None }),
        _ => fixed(201, "{}"),
    }
}

/// The bank says no.
pub fn refused(choices: &mut Choices) -> Answer {
    let status = choices.of([422, 400, 401, 403, 404, 429]);
    no(status, choices.of(["{\"error\":\"no_money\"}", "{}", "{\"title\":\"No\",\"Status\":\"Accepted\"}"]))
}

/// The bank took it and rejected it at once.
pub fn rejected_at_once(choices: &mut Choices) -> Answer {
    let word = choices.of(["RJCT", "Rejected"]);
    let name = String::from("N-1");
    let body = format!("{{\"PaymentId\":\"{name}\",\"Status\":\"{word}\"}}");
    let said = Said { state: Some(PaymentState::Rejected), word: Some(word.to_owned()), name: Some(name) };
    saying(201, body, said)
}

/// The consent has a payment already.
pub fn conflict(first: usize, choices: &mut Choices) -> Answer {
    let name = name_of(first);
    match choices.below(2) {
        0 => fixed(409, "{\"error\":\"payment_already_submitted\"}"),
        _ => {
            let said = Said { name: Some(name.clone()), ..Said::default() };
            saying(409, format!("{{\"error\":\"conflict\",\"PaymentId\":\"{name}\"}}"), said)
        }
    }
}

/// How far a payment is.
pub fn status(word: &str, choices: &mut Choices) -> Answer {
    let said = Said { state: Some(state_of(word)), word: Some(word.to_owned()), name: None };
    match choices.below(4) {
        0 => saying(200, format!("{{\"Status\":\"{word}\"}}"), said),
        // It is asked for by the name that came first.
        3 => {
            let said = Said { name: Some(String::from("r")), ..said };
            saying(200, format!("{{\"Status\":\"{word}\",\"Reference\":\"r\"}}"), said)
        }
        1 => saying(200, format!("{{\"Data\":{{\"Status\":\"{word}\"}},\"Links\":{{}}}}"), said),
        _ => saying(200, format!("{{\"transactionStatus\":\"{word}\"}}"), said),
    }
}

/// The bank failed. Of a payment that it made, `named` is its number.
pub fn failed(named: Option<usize>, choices: &mut Choices) -> Answer {
    let (status, body) = choices.of([
        (500, ""),
        (502, PAGE),
        (504, "{\"title\":\"Timeout\"}"),
        (503, "{\"Status\":\"Rejected\"}"),
        (500, "{\"Status\":\"ACSC\"}"),
        (500, "name"),
        (422, "name"),
    ]);
    match (body, named) {
        ("name", Some(number)) => {
            let name = name_of(number);
            let said = Said { name: Some(name.clone()), ..Said::default() };
            saying(status, format!("{{\"PaymentId\":\"{name}\"}}"), said)
        }
        ("name", None) => fixed(500, "{}"),
        _ => fixed(status, body),
    }
}

/// The bank asks to be left alone, before it has done anything.
pub fn busy(is_payment: bool, choices: &mut Choices) -> Answer {
    let (status, body) = choices.of([
        (429, "slow down"),
        (503, ""),
        (429, "{\"error\":\"slow_down\"}"),
        (408, "{}"),
        (425, "{\"error\":\"replay\"}"),
        (503, "{\"error\":\"slow_down\"}"),
    ]);
    let wait = choices.of([None, Some(0), Some(2000), Some(30_000)]);
    let is_no = is_payment && status == 429 && body.starts_with('{');
    let answer = if is_no { no(status, body) } else { fixed(status, body) };
    Answer { retry_after_ms: wait, ..answer }
}

/// The bank, or what stands before it, refuses.
pub fn turned_away(is_payment: bool, choices: &mut Choices) -> Answer {
    let (status, body) = choices.of([
        (403, "{\"error\":\"access_denied\"}"),
        (401, "{\"error\":\"invalid_client\"}"),
        (401, ""),
        (403, PAGE),
        (404, "{\"Status\":\"RJCT\"}"),
        (404, "Not found"),
    ]);
    if is_payment && body.starts_with('{') { no(status, body) } else { fixed(status, body) }
}

/// What a proxy or a bug makes of an answer.
pub fn garbage(choices: &mut Choices) -> Answer {
    let (status, body) = choices.of([
        (200, PAGE),
        (200, ""),
        (201, "{}"),
        (204, ""),
        (302, ""),
        (403, PAGE),
        (400, PAGE),
        (200, "[1]"),
        (201, "{\"PaymentId\":\"P-"),
        (201, "\"ACSC\""),
        (200, "{\"error\":\"try again\"}"),
        (409, "{\"error\":\"conflict\"}"),
        (408, "{}"),
    ]);
    fixed(status, body)
}
