//! What sweeps bring, as the host gets it: what the bank sent, in pieces that a queue takes.

use super::told::{Instruction, rfc_3339};
use crate::{
    Error,
    consent::{Day, Plan, Swept},
    profile::Unattended,
    wire::json::{Object, Value, number},
};
use serde::Serialize;

/// Bytes of one piece at most: a message of a queue is 128 KB at most, and as JSON text a piece may be twice as long.
pub const MAX_PIECE: usize = 56 * 1024;

/// What the bank answered to a question of a sweep, or a piece of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct SweepResult {
    /// The same each time that it is handed on.
    pub id: String,
    /// The authorisation's UUID.
    pub uuid: String,
    /// The application, by name.
    pub application: String,
    /// The host's name for the customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<String>,
    /// The path that was asked, without its query.
    pub path: String,
    /// Which page of it, from 1.
    pub page: u32,
    /// Whether there is none after it: the list was handed on to its end.
    pub is_last: bool,
    /// When the bank was asked (RFC 3339).
    pub at: String,
    /// Which piece of the answer, from 1.
    pub piece: u32,
    /// How many pieces there are: their bodies, one after the other, are what the bank sent.
    pub pieces: u32,
    /// The plan wants its typed view beside it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    #[cfg_attr(feature = "typescript", ts(as = "Option<bool>"))]
    pub views: bool,
    /// What the bank sent.
    pub body: String,
}

impl From<Swept> for Instruction {
    fn from(swept: Swept) -> Self {
        let bodies = pieces(&swept.body);
        let pieces = count(bodies.len());
        let each = |(at, body): (usize, &str)| SweepResult {
            id: [&swept.uuid, "-s", &number(swept.number.into()), "-", &number(u64::from(count(at)) + 1)].concat(),
            uuid: swept.uuid.clone(),
            application: swept.application.clone(),
            customer: swept.customer.clone(),
            path: swept.path.clone(),
            page: swept.page,
            is_last: swept.is_last,
            at: rfc_3339(swept.at),
            piece: count(at) + 1,
            pieces,
            views: swept.views,
            body: body.to_owned(),
        };
        Self::Hand { number: swept.number, results: bodies.into_iter().enumerate().map(each).collect() }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// A text in pieces, cut between characters; an empty one is a piece too.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while rest.len() > MAX_PIECE {
        let Some((piece, after)) = rest.split_at_checked(rest.floor_char_boundary(MAX_PIECE)) else { break };
        pieces.push(piece);
        rest = after;
    }
    pieces.push(rest);
    pieces
}

/// Reads what a host wants to know, as JSON: `{paths, times?, since?, views?}`.
///
/// # Errors
/// [`Error::Json`] for anything but an object, [`Error::Option`] with the member that is wrong, those of [`Plan::new`].
pub fn plan(text: &str, readings: Unattended) -> Result<Plan, Error> {
    let object = Object::parse(text)?;
    let wrong = |(name, _): &(&str, Value<'_>)| !matches!(*name, "paths" | "times" | "since" | "views");
    if object.has_duplicates() || object.members().any(|member| wrong(&member)) {
        return Err(Error::Option("plan"));
    }
    let given = |name| object.get(name).filter(|value: &Value<'_>| value.as_written() != "null");
    let paths = given("paths").and_then(Value::items).ok_or(Error::Option("paths"))?;
    let paths = paths.into_iter().map(|path| Some(path.as_str()?.into_owned())).collect::<Option<_>>();
    let times = match given("times") {
        Some(times) => Some(times.as_u64().and_then(|times| times.try_into().ok()).ok_or(Error::Option("times"))?),
        None => None,
    };
    let since = match given("since") {
        Some(since) => Some(since.as_str().and_then(|day| Day::parse(&day)).ok_or(Error::Option("since"))?),
        None => None,
    };
    let views = match given("views").map(Value::as_written) {
        None | Some("false") => false,
        Some("true") => true,
        Some(_) => return Err(Error::Option("views")),
    };
    Ok(Plan { views, ..Plan::new(paths.ok_or(Error::Option("paths"))?, times, since, readings)? })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test that fails stops there")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn acc_8_a_plan_is_read_and_what_is_wrong_with_it_is_named() {
        let read = |text: &str| plan(text, Unattended::default());
        let all =
            read(r#"{"paths":["/accounts","/accounts/*/transactions"],"times":2,"since":"2026-01-31","views":true}"#)
                .unwrap();
        assert_eq!((all.paths.len(), all.times, all.since, all.views), (2, 2, Day::parse("2026-01-31"), true));
        let least = read(r#"{"paths":[],"times":null}"#).unwrap();
        assert_eq!((least.times, least.since), (3, None), "one is left to the host");
        for (text, expected) in [
            ("", Error::Json),
            ("[]", Error::Json),
            ("{}", Error::Option("paths")),
            (r#"{"paths":"/accounts"}"#, Error::Option("paths")),
            (r#"{"paths":[7]}"#, Error::Option("paths")),
            (r#"{"paths":["/accounts","/accounts"]}"#, Error::Option("paths")),
            (r#"{"paths":[],"times":0}"#, Error::Option("times")),
            (r#"{"paths":[],"times":4}"#, Error::Option("times")),
            (r#"{"paths":[],"times":"2"}"#, Error::Option("times")),
            (r#"{"paths":[],"since":"yesterday"}"#, Error::Option("since")),
            (r#"{"paths":[],"views":1}"#, Error::Option("views")),
            (r#"{"paths":[],"Since":"2026-01-31"}"#, Error::Option("plan")),
            (r#"{"paths":[],"paths":[]}"#, Error::Option("plan")),
        ] {
            assert_eq!(read(text), Err(expected), "{text}");
        }
        for path in ["accounts", "https://bank.example/accounts", "/accounts/*/*x", "/accounts?page=1", "/a b", "/../x"]
        {
            assert!(matches!(read(&format!(r#"{{"paths":["{path}"]}}"#)), Err(Error::Path(_))), "{path}");
        }
        let many: Vec<String> = (0..17).map(|number| format!("\"/x/{number}\"")).collect();
        assert_eq!(read(&format!(r#"{{"paths":[{}]}}"#, many.join(","))), Err(Error::Option("paths")));
    }

    proptest! {
        /// What the bank sent is what the pieces are, one after the other (`ACC-4`).
        #[test]
        fn acc_4_the_pieces_are_what_the_bank_sent(unit in "[a-z\"\\\\é€😀]{1,9}", times in 0..30_000_usize) {
            let body = unit.repeat(times);
            let swept = Swept {
                number: 7,
                path: "/accounts".into(),
                page: 1,
                is_last: true,
                at: 0,
                uuid: "u".into(),
                application: "a".into(),
                customer: None,
                views: false,
                body: body.as_str().into(),
            };
            let Instruction::Hand { number: 7, results } = swept.into() else { panic!("another instruction") };
            prop_assert_eq!(results.iter().map(|result| result.body.as_str()).collect::<String>(), body);
            for (at, result) in (1..).zip(&results) {
                prop_assert!(result.body.len() <= MAX_PIECE && serde_json::to_string(result).unwrap().len() < 120 * 1024);
                prop_assert_eq!((result.piece, result.pieces), (at, u32::try_from(results.len()).unwrap()));
                prop_assert_eq!(&result.id, &format!("u-s7-{at}"));
            }
        }
    }
}
