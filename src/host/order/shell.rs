//! What a shell tells an order and is told, as it crosses into JavaScript. The TypeScript follows from here.

use super::{Caller, Command, Digest, Event, InquiryId, Order, Record, Standing};
use crate::{
    Error,
    consent::{Claim, Failure},
    host::{
        Settings,
        input::{payment, whole},
        members::Members,
        notice::PaymentTold,
        told::Problem,
    },
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Serialize;

/// Seconds after which to come back where an order cannot answer.
const COME_BACK_S: u64 = 5;

/// What a shell tells, for its TypeScript.
#[cfg(feature = "typescript")]
#[derive(ts_rs::TS)]
#[ts(rename = "OrderEvent", tag = "type", rename_all = "lowercase", rename_all_fields = "camelCase", optional_fields)]
#[allow(dead_code, reason = "for its TypeScript alone")]
pub enum OrderEvent {
    /// A consent is about to send its payment.
    Claimed {
        /// Who asks.
        caller: Caller,
        /// The consent's object.
        by: String,
        /// The payment.
        digest: String,
    },
    /// Somebody wants to know whether it can be paid.
    Checked {
        /// Who asks.
        caller: Caller,
        /// The payment, if it was stated.
        digest: Option<String>,
    },
    /// A consent tells how its payment stands.
    Told {
        /// Who tells.
        caller: Caller,
        /// The consent's object.
        by: String,
        /// How it stands.
        payment: PaymentTold,
    },
    /// A consent answered a question, or could not be asked.
    Heard {
        /// The question.
        id: InquiryId,
        /// How it stands.
        #[ts(type = "'sent' | 'notSent' | 'gone' | 'failed'")]
        standing: String,
        /// With `sent`: how.
        payment: Option<PaymentTold>,
    },
    /// The time asked for came, or the order was loaded again.
    Woken,
}

/// What the shell is to do, in order.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "OrderCommand", optional_fields))]
pub enum Instruction {
    /// Make this durable before carrying out what follows.
    Keep {
        /// The order's text.
        snapshot: String,
    },
    /// Tell `woken` at this time, in place of any asked for before.
    Wake {
        /// Milliseconds since 1970.
        #[cfg_attr(feature = "typescript", ts(as = "f64"))]
        at: u64,
    },
    /// Erase all that was kept.
    Forget,
    /// Ask the consent of this object how its payment stands; tell `heard`.
    Inquire {
        /// The question.
        id: InquiryId,
        /// The consent's object.
        consent: String,
        /// It is to let go, if it has not sent it.
        lets_go: bool,
    },
    /// Answer a caller.
    Answer {
        /// Whom.
        caller: Caller,
        /// What the order says.
        #[cfg_attr(feature = "typescript", ts(type = "ClaimWord"))]
        claim: &'static str,
        /// With `taken`: how the other consent's payment stands.
        #[serde(skip_serializing_if = "Option::is_none")]
        payment: Option<PaymentTold>,
        /// Why it cannot be paid; left out where it can.
        #[serde(skip_serializing_if = "Option::is_none")]
        problem: Option<Box<Problem>>,
    },
}

impl From<Command> for Instruction {
    fn from(command: Command) -> Self {
        match command {
            Command::Keep(snapshot) => Self::Keep { snapshot },
            Command::Wake(at) => Self::Wake { at },
            Command::Forget => Self::Forget,
            Command::Inquire { id, consent, lets_go } => Self::Inquire { id, consent, lets_go },
            Command::Answer { caller, claim } => {
                let (word, failure) = match claim {
                    Claim::Granted => ("granted", None),
                    Claim::Mismatch => ("mismatch", Some(Failure::OrderMismatch)),
                    Claim::Taken(view) => ("taken", Some(Failure::OrderPaid(view))),
                    Claim::Failed => ("failed", Some(Failure::Crowded(COME_BACK_S))),
                };
                let payment = failure.as_ref().and_then(Failure::known).map(PaymentTold::from);
                let problem = failure.as_ref().map(|failure| Box::new(failure.into()));
                Self::Answer { caller, claim: word, payment, problem }
            }
        }
    }
}

impl Order {
    /// An order of which nothing is known, or of which this was kept.
    ///
    /// # Errors
    /// Those of [`Record::read`].
    pub fn load(settings: &Settings, snapshot: Option<&str>) -> Result<Self, Error> {
        Ok(Self::new(snapshot.map(Record::read).transpose()?, settings.order_kept_ms))
    }
}

impl Event {
    /// Reads it by its type.
    ///
    /// # Errors
    /// [`Error::Option`], with the name of what is missing or of the wrong kind.
    pub fn read(mut members: Members) -> Result<Self, Error> {
        let kind = members.given("type").required("type")?;
        if kind == "woken" {
            return Ok(Self::Woken);
        }
        if kind == "heard" {
            let standing = match (members.given("standing").required("standing")?.as_str(), members.object("payment")?)
            {
                ("sent", Some(view)) => Standing::Sent(payment(view)?),
                ("notSent", None) => Standing::NotSent,
                ("gone", None) => Standing::Gone,
                ("failed", None) => Standing::Failed,
                _ => return Err(Error::Option("standing")),
            };
            return Ok(Self::Heard { id: whole(members.number("id"), "id")?, standing });
        }
        let caller = whole(members.number("caller"), "caller")?;
        let digest = members.text("digest")?.map(|text| digest(&text)).transpose()?;
        let mut by = || members.given("by").required("by");
        Ok(match kind.as_str() {
            "claimed" => Self::Claimed { caller, by: by()?, digest: digest.ok_or(Error::Option("digest"))? },
            "checked" => Self::Checked { caller, digest },
            "told" => {
                let by = by()?;
                Self::Told { caller, by, view: payment(members.object("payment")?.ok_or(Error::Option("payment"))?)? }
            }
            _ => return Err(Error::Option("type")),
        })
    }
}

fn digest(text: &str) -> Result<Digest, Error> {
    let bytes = URL_SAFE_NO_PAD.decode(text).map_err(|_| Error::Option("digest"))?;
    bytes.try_into().map_err(|_| Error::Option("digest"))
}
