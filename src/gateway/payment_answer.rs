//! Reads what the bank says of a payment (`PAY-3`): whether it took it, how far it is, and what it calls it.

use super::answer::is_success;
use crate::{
    Error,
    wire::json::{Object, Value},
    words::from_words,
};
use serde::Serialize;
use std::borrow::Cow;

/// How far a payment is, as callers are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum PaymentState {
    /// The customer has not come back from the bank yet.
    AwaitingConsent,
    /// It can be submitted.
    Ready,
    /// It was sent, and the bank's answer is awaited.
    Submitting,
    /// Nobody here knows whether the bank took it. It is never sent again (`PAY-2`).
    Unknown,
    /// The bank took it.
    Accepted,
    /// The money has left the payer's account.
    Settled,
    /// The money is in the payee's account.
    Credited,
    /// The bank did not make it, and says so.
    Rejected,
    /// The bank holds it back.
    Blocked,
}

from_words!(PaymentState, Error::Option("state"), {
    "awaiting_consent" => Self::AwaitingConsent,
    "ready" => Self::Ready,
    "submitting" => Self::Submitting,
    "unknown" => Self::Unknown,
    "accepted" => Self::Accepted,
    "settled" => Self::Settled,
    "credited" => Self::Credited,
    "rejected" => Self::Rejected,
    "blocked" => Self::Blocked,
});

impl PaymentState {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::AwaitingConsent => "awaiting_consent",
            Self::Ready => "ready",
            Self::Submitting => "submitting",
            Self::Unknown => "unknown",
            Self::Accepted => "accepted",
            Self::Settled => "settled",
            Self::Credited => "credited",
            Self::Rejected => "rejected",
            Self::Blocked => "blocked",
        }
    }

    /// Whether nothing more is expected of the bank.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Credited | Self::Rejected)
    }

    /// What it is after another word for it. Money that has moved does not move back by an older word, an end stays one,
    /// and nobody unlearns what the bank said.
    #[must_use]
    pub fn after(self, word: Self) -> Self {
        let is_older = match word {
            Self::AwaitingConsent | Self::Ready | Self::Submitting => true,
            Self::Unknown => self != Self::Submitting,
            Self::Accepted => self == Self::Settled,
            Self::Settled | Self::Credited | Self::Rejected | Self::Blocked => false,
        };
        if self.is_final() || is_older { self } else { word }
    }
}

/// The bank's words for a state, without the case and the signs that banks write differently: ISO 20022's codes, Open
/// Banking's names for them, and plain words.
const WORDS: [(PaymentState, &[&str]); 5] = [
    (
        PaymentState::Accepted,
        &[
            "rcvd",
            "pdng",
            "actc",
            "patc",
            "accp",
            "acfc",
            "acsp",
            "acwc",
            "received",
            "pending",
            "accepted",
            "initiated",
            "inprocess",
            "inprogress",
            "processing",
            "submitted",
            "acceptedtechnicalvalidation",
            "partiallyacceptedtechnicalcorrect",
            "acceptedcustomerprofile",
            "acceptedfundschecked",
            "acceptedsettlementinprocess",
            "acceptedwithchange",
        ],
    ),
    (
        PaymentState::Settled,
        &["acsc", "acwp", "settled", "completed", "executed", "acceptedsettlementcompleted", "acceptedwithoutposting"],
    ),
    (
        PaymentState::Credited,
        &["accc", "credited", "acceptedcreditsettlementcompleted", "acceptedsettlementcompletedcreditoraccount"],
    ),
    (PaymentState::Rejected, &["rjct", "canc", "rejected", "declined", "failed", "cancelled", "canceled"]),
    (PaymentState::Blocked, &["blck", "blocked", "held", "onhold"]),
];

/// The members that hold a payment's name at the bank, the surest first.
const REFERENCES: [&str; 5] = ["PaymentId", "DomesticPaymentId", "paymentId", "Reference", "reference"];
/// The members that hold its status.
const STATUSES: [&str; 5] = ["Status", "PaymentStatus", "TransactionStatus", "status", "transactionStatus"];
/// Longest reference or status that is kept, in characters.
const LONGEST: usize = 128;

/// What an answer of the bank's says of a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentAnswer {
    /// How far it is; `None` where the answer does not tell.
    pub state: Option<PaymentState>,
    /// The bank's word for that.
    pub bank_status: Option<String>,
    /// The bank's name for the payment.
    pub reference: Option<String>,
}

impl PaymentAnswer {
    /// Reads the answer to a submission. `accepted` needs the bank's yes: a 2xx that names the payment or says how far it
    /// is. `rejected` needs its no: its own refusal, by a status that no bank gives of a payment it makes. Whatever else
    /// came leaves it unknown.
    pub fn of_submission(status: u16, body: &str) -> Self {
        let Ok(object) = Object::parse(body) else { return Self::nothing() };
        let read = Self::read(&object);
        match status {
            status if is_success(status) => read.known(),
            // A time-out, a conflict (with the first sending of a payment, perhaps), a replay.
            408 | 409 | 425 => Self { state: None, ..Self::of_failure(&object) },
            // Whoever names a payment has made one.
            400..500 if Self::of_failure(&object).reference.is_none() => {
                Self { state: Some(PaymentState::Rejected), ..Self::nothing() }
            }
            _ => Self::of_failure(&object),
        }
    }

    /// Reads the answer to a question for the status. A word that nobody knows says that the bank knows the payment.
    pub fn of_status(status: u16, body: &str) -> Self {
        match Object::parse(body) {
            Ok(object) if is_success(status) => Self::read(&object).known(),
            _ => Self::nothing(),
        }
    }

    fn nothing() -> Self {
        Self { state: None, bank_status: None, reference: None }
    }

    /// A payment that the bank names, or has a word for, is one that it took.
    fn known(self) -> Self {
        let is_known = self.bank_status.is_some() || self.reference.is_some();
        Self { state: self.state.or(is_known.then_some(PaymentState::Accepted)), ..self }
    }

    /// Of a failure the surest reference alone is taken: others may be those of the failure.
    fn of_failure(object: &Object<'_>) -> Self {
        Self { reference: text(object, &["PaymentId", "DomesticPaymentId"]), ..Self::nothing() }
    }

    /// Reads the members, flat or under `Data` (`ACC-5`).
    fn read(object: &Object<'_>) -> Self {
        let data = object.get("Data").and_then(|data| Object::parse(data.as_written()).ok());
        let object = data.as_ref().unwrap_or(object);
        let bank_status = text(object, &STATUSES);
        Self { state: bank_status.as_deref().and_then(state_of), bank_status, reference: text(object, &REFERENCES) }
    }
}

/// The state that a bank's word stands for.
fn state_of(word: &str) -> Option<PaymentState> {
    let plain: String =
        word.chars().filter(char::is_ascii_alphabetic).map(|letter| letter.to_ascii_lowercase()).collect();
    WORDS.iter().find(|(_, words)| words.contains(&plain.as_str())).map(|(state, _)| *state)
}

/// The first of these members that is a short text of plain characters, or a number.
fn text(object: &Object<'_>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| plain(object.get(name)?))
}

fn plain(value: Value<'_>) -> Option<String> {
    let text = value.as_str().or_else(|| value.as_u64().map(|_| Cow::Borrowed(value.as_written())))?;
    let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic() || byte == b' ') && text.trim() == text;
    ((1..=LONGEST).contains(&text.len()) && is_plain).then(|| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn submitted(status: u16, body: &str) -> PaymentAnswer {
        PaymentAnswer::of_submission(status, body)
    }

    #[test]
    fn pay_3_every_iso_20022_code_has_a_state() {
        let accepted = ["RCVD", "PDNG", "ACTC", "PATC", "ACCP", "ACFC", "ACSP", "ACWC"];
        let words = accepted.map(|code| (code, PaymentState::Accepted)).into_iter().chain([
            ("ACSC", PaymentState::Settled),
            ("ACWP", PaymentState::Settled),
            ("ACCC", PaymentState::Credited),
            ("BLCK", PaymentState::Blocked),
            ("RJCT", PaymentState::Rejected),
            ("AcceptedSettlementCompleted", PaymentState::Settled),
            ("accepted_settlement_in_process", PaymentState::Accepted),
            ("Pending", PaymentState::Accepted),
            ("Rejected", PaymentState::Rejected),
        ]);
        for (word, state) in words {
            let read = submitted(201, &format!(r#"{{"PaymentId":"p1","Status":"{word}"}}"#));
            assert_eq!((read.state, read.bank_status.as_deref()), (Some(state), Some(word)));
        }
    }

    #[test]
    fn pay_3_an_unknown_word_leaves_accepted_and_is_kept() {
        let read = submitted(201, r#"{"Reference":"7","Status":"Reticulating"}"#);
        assert_eq!(read.state, Some(PaymentState::Accepted));
        assert_eq!((read.bank_status.as_deref(), read.reference.as_deref()), (Some("Reticulating"), Some("7")));
        assert_eq!(PaymentAnswer::of_status(200, r#"{"Status":"Reticulating"}"#).state, Some(PaymentState::Accepted));
    }

    #[test]
    fn pay_3_names_and_words_are_found_flat_and_under_data() {
        for body in [
            r#"{"PaymentId":"p-1","Status":"ACSC","Reference":"of ours"}"#,
            r#"{"Data":{"DomesticPaymentId":"p-1","Status":"ACSC"},"Links":{}}"#,
            r#"{"reference":"p-1","status":"acsc"}"#,
        ] {
            let read = submitted(201, body);
            assert_eq!((read.state, read.reference.as_deref()), (Some(PaymentState::Settled), Some("p-1")), "{body}");
        }
        let number = submitted(200, r#"{"PaymentId":12345678901234567890}"#);
        assert_eq!(number.reference.as_deref(), Some("12345678901234567890"), "as written");
        assert_eq!(submitted(200, r#"{"PaymentId":{}, "Status": "ACSP"}"#).reference, None);
    }

    #[test]
    fn pay_2_without_the_banks_yes_nothing_is_accepted() {
        for (status, body) in [
            (200, ""),
            (201, "<html>"),
            (201, "[]"),
            (201, "{}"),
            (200, r#"{"error":"try again"}"#),
            (201, "\"ok\""),
            (201, r#"{"Status":"#),
            (302, "{}"),
            (408, "{}"),
            (409, r#"{"error":"payment_already_submitted"}"#),
            (425, "{}"),
            (403, "<html>a proxy</html>"),
            (429, "slow down"),
            (500, "{}"),
            (503, r#"{"Status":"Rejected"}"#),
        ] {
            assert_eq!(submitted(status, body).state, None, "{status} {body}");
        }
    }

    #[test]
    fn pay_2_a_refusal_of_the_banks_own_is_a_no() {
        for status in [400, 401, 403, 404, 422, 429] {
            assert_eq!(submitted(status, r#"{"error":"x"}"#).state, Some(PaymentState::Rejected), "{status}");
            let named = submitted(status, r#"{"PaymentId":"p-1"}"#);
            assert_eq!((named.state, named.reference.as_deref()), (None, Some("p-1")), "it names a payment");
        }
    }

    #[test]
    fn pay_3_what_is_no_answer_for_the_status_says_nothing() {
        for (status, body) in [(200, ""), (200, "{}"), (404, r#"{"Status":"RJCT"}"#), (500, "{}"), (200, "<html>")] {
            assert_eq!(PaymentAnswer::of_status(status, body).state, None, "{status} {body}");
        }
    }

    #[test]
    fn pay_3_an_end_stays_one_and_money_does_not_move_back() {
        use PaymentState::{Accepted, Blocked, Credited, Rejected, Settled, Submitting, Unknown};
        assert_eq!(
            [Settled.after(Accepted), Credited.after(Rejected), Rejected.after(Accepted)],
            [Settled, Credited, Rejected]
        );
        assert_eq!(
            [Accepted.after(Unknown), Submitting.after(Unknown), Unknown.after(Submitting)],
            [Accepted, Unknown, Unknown]
        );
        assert_eq!(
            [Accepted.after(Rejected), Settled.after(Rejected), Blocked.after(Accepted), Unknown.after(Accepted)],
            [Rejected, Rejected, Accepted, Accepted]
        );
    }
}
