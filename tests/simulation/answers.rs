//! What answers look like on the wire, and what each means.

use crate::{choices::Choices, gateway::Tokens};

/// What an answer tells whoever reads it rightly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// An authorisation was made.
    Requested,
    /// Tokens.
    Tokens(Tokens),
    /// The code or refresh token is not honoured.
    GrantRefused,
    /// Client or call are not honoured: no word on the grant.
    ClientRefused,
    /// Come back later; in so many milliseconds, if it says so.
    Busy(Option<u64>),
    /// The gateway failed.
    Failed,
    /// Nobody can tell.
    Garbage,
    /// The bank's resource.
    Resource,
    /// The bank knows the token, and does not give out the resource.
    Limited,
    /// The access token is not honoured, in the bank's own words.
    TokenRefused,
    /// The access token is not honoured, as somebody says who need not be the bank.
    Unclear,
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub body: String,
    pub meaning: Meaning,
}

const PAGE: &str = "<!DOCTYPE html><title>Bad gateway</title><h1>502</h1>";

/// What a refresh token that is a number is greater than.
pub const PLAIN: u32 = 70_000_000;
/// Longer than any token answer may be.
const TOO_LONG: usize = 66_000;

/// Bytes after which an answer is cut off.
const CUT_AT: usize = 24;

/// A text with a number at its end.
pub fn name(prefix: &str, number: u32) -> String {
    let mut text = String::with_capacity(16);
    text.push_str(prefix);
    push(&mut text, number);
    text
}

fn push(text: &mut String, number: u32) {
    if number >= 10 {
        push(text, number / 10);
    }
    text.extend(char::from_digit(number % 10, 10));
}

/// How many there are.
pub fn count<T>(items: &[T]) -> u32 {
    u32::try_from(items.len()).unwrap_or(u32::MAX)
}

/// An authorisation was made.
pub fn requested(id: &str, choices: &mut Choices) -> Answer {
    let mut body = String::with_capacity(128);
    let member = choices.of(["{\"intent-id\":\"", "{ \"new\" : [{}], \"intent-id\" : \""]);
    for part in [member, id, "\",\"location\":\"https://auth.tell.money/consent/", id, "\"}"] {
        body.push_str(part);
    }
    Answer { status: choices.of([201, 200]), body, meaning: Meaning::Requested }
}

/// A token answer, as one gateway or another would put it.
pub fn tokens(mut tokens: Tokens, seconds: u32, choices: &mut Choices) -> Answer {
    let mut body = String::with_capacity(256);
    let shape = choices.below(6);
    body.push_str(match shape {
        0..=2 => "{\"access_token\":\"A~",
        3 => "{\"new\":{\"deep\":[1,{\"access_token\":null}]},\"token_type\":\"bearer\",\"access_token\":\"A~",
        4 => "\r\n{\t\"token_type\" : \"mac\", \"id_token\" : \"~\", \"access_token\" : \"A~",
        _ => "{\"consent\":\"caf\u{e9} \\u0001\\ud83d\\ude00\",\"access_token\":\"A~",
    });
    push(&mut body, tokens.access);
    body.push('"');
    if let Some(refresh) = tokens.refresh {
        let (before, base, after) = match choices.below(32) {
            0..18 => ("\"R~", 0, "\""),
            18..24 => ("\" R to ~", 0, "\""),
            24..31 => ("", PLAIN, ""),
            _ => {
                tokens = Tokens { refresh: None, is_unusable: true, ..tokens };
                ("{\"value\":\"R~", 0, "\"}")
            }
        };
        body.push_str(",\"refresh_token\":");
        body.push_str(before);
        push(&mut body, base + refresh);
        body.push_str(after);
    } else if shape == 3 {
        body.push_str(",\"refresh_token\":null");
    }
    body.push_str(",\"expires_in\":");
    let quote = if shape == 2 { "\"" } else { "" };
    body.push_str(quote);
    push(&mut body, seconds);
    body.push_str(quote);
    body.push_str(match shape {
        0 => ",\"token_type\":\"Bearer\",\"scope\":\"accounts:read,balance:read\"}",
        1 => "}",
        3 => ",\"scope\":[\"accounts:read\",\"balance:read\"]}",
        4 => ",\"scope\" : \"accounts:read  balance:read\" }\n",
        _ => ",\"scope\":{\"surprise\":true}}",
    });
    Answer { status: 200, body, meaning: Meaning::Tokens(tokens) }
}

/// A code or refresh token is not honoured. Some gateways repeat it, and some say it in words that nobody can tell from
/// a proxy's.
pub fn grant_refused(prefix: &str, number: u32, choices: &mut Choices) -> Answer {
    let shape = choices.below(8);
    let mut body = String::new();
    if let 0 | 5 = shape {
        let (before, after) = match shape {
            0 => ("{\"error\":\"invalid_grant\",\"error_description\":\"Unknown: ", "\"}"),
            _ => ("{\"title\":\"Gone\",\"detail\":\"", "\"}"),
        };
        body.push_str(before);
        body.push_str(prefix);
        push(&mut body, number);
        body.push_str(after);
    }
    let (status, fixed, meaning) = match shape {
        0 => (400, "", Meaning::GrantRefused),
        1 => (400, "{}", Meaning::GrantRefused),
        2 => (422, "{\"message\":\"no\"}", Meaning::GrantRefused),
        3 => (401, "{\"error\":\"invalid_token\"}", Meaning::GrantRefused),
        4 => (400, "{\"error\":\"access_denied\"}", Meaning::GrantRefused),
        5 => (410, "", Meaning::GrantRefused),
        6 => (403, "{\"error\":\"invalid_grant\"}", Meaning::ClientRefused),
        _ => (400, "no", Meaning::Garbage),
    };
    body.push_str(fixed);
    Answer { status, body, meaning }
}

/// The bank's resource.
pub fn resource() -> Answer {
    Answer { status: 200, body: String::from("[]"), meaning: Meaning::Resource }
}

/// The access token is not honoured.
pub fn token_refused(choices: &mut Choices) -> Answer {
    let (status, body) = choices.of([(401, "{\"error\":\"invalid_token\"}"), (401, "{\"detail\":\"~\"}")]);
    fixed(status, body, Meaning::TokenRefused)
}

/// Client or call are not honoured.
pub fn client_refused(choices: &mut Choices) -> Answer {
    let (status, body, meaning) = choices.of([
        (401, "", Meaning::ClientRefused),
        (401, "{\"error\":\"invalid_client\",\"error_description\":\"Basic S~cret\"}", Meaning::ClientRefused),
        (400, "{\"error\":\"invalid_request\",\"detail\":\"~\"}", Meaning::ClientRefused),
        (403, "{\"error\":\"insufficient_scope\"}", Meaning::ClientRefused),
        (403, "{\"message\":\"limit ~\"}", Meaning::ClientRefused),
    ]);
    fixed(status, body, meaning)
}

/// A resource is not given out, for whatever reason: by the bank, or by what stands before it.
pub fn resource_refused(choices: &mut Choices) -> Answer {
    match choices.below(7) {
        0 => token_refused(choices),
        1 => fixed(404, "Not found: ~", Meaning::ClientRefused),
        2 => fixed(403, "{\"error\":\"insufficient_scope\",\"detail\":\"~\"}", Meaning::Limited),
        3 => fixed(403, "{\"error\":\"access_denied\",\"detail\":\"limit ~\"}", Meaning::Limited),
        4 => fixed(403, PAGE, Meaning::ClientRefused),
        5 => fixed(401, "", Meaning::Unclear),
        _ => fixed(401, PAGE, Meaning::Unclear),
    }
}

/// The gateway asks to be left alone.
pub fn busy(choices: &mut Choices) -> Answer {
    let wait = choices.of([None, Some(0), Some(2000), Some(30_000), Some(300_000), Some(u64::MAX)]);
    let body = choices.of(["", "slow down", PAGE, "{\"error\":\"invalid_grant\"}"]);
    fixed(choices.of([429, 503, 408, 421, 425]), body, Meaning::Busy(wait))
}

/// The gateway failed.
pub fn failed(choices: &mut Choices) -> Answer {
    let (status, body) = choices.of([
        (500, ""),
        (502, PAGE),
        (504, "{\"title\":\"Timeout\",\"detail\":\"~\"}"),
        (500, "{\"error\":\"invalid_grant\"}"),
    ]);
    fixed(status, body, Meaning::Failed)
}

/// `/access-token` is not where it was, or may not be had from here.
pub fn missing(choices: &mut Choices) -> Answer {
    let body = choices.of(["Not found: ~", "", PAGE, "{\"error\":\"invalid_grant\",\"detail\":\"~\"}"]);
    fixed(choices.of([404, 451]), body, Meaning::Failed)
}

/// A proxy's page, as if it were the bank's resource.
pub fn page() -> Answer {
    fixed(200, PAGE, Meaning::Garbage)
}

/// What a proxy or a bug makes of an answer of authorise or access-token.
pub fn garbage(answer: &Answer, choices: &mut Choices) -> Answer {
    let (status, body) = choices.of([
        (200, PAGE),
        (200, ""),
        (200, "{}"),
        (204, ""),
        (200, "[1]"),
        (200, "{\"access_token\":\"a b~\",\"refresh_token\":7}"),
        (302, ""),
        (403, ""),
        (400, PAGE),
        (401, PAGE),
        (403, PAGE),
        (200, "cut"),
        (200, "long"),
    ]);
    match body {
        "long" => {
            let body = answer.body.clone() + &" ".repeat(TOO_LONG);
            let is_read = answer.meaning == Meaning::Requested;
            Answer { status, body, meaning: if is_read { Meaning::Requested } else { Meaning::Garbage } }
        }
        "cut" => fixed(status, answer.body.get(..CUT_AT).unwrap_or_default(), Meaning::Garbage),
        body => fixed(status, body, Meaning::Garbage),
    }
}

fn fixed(status: u16, body: &str, meaning: Meaning) -> Answer {
    Answer { status, body: body.to_owned(), meaning }
}
