//! What a shell tells a seat, as it crosses from JavaScript. The TypeScript follows from here.

#[cfg(feature = "typescript")]
use super::notice::PaymentTold;
use super::{given::Given, members::Members};
#[cfg(feature = "typescript")]
use crate::profile::Scope;
use crate::{
    Error,
    consent::{Caller, ClaimId, CountId, Loss, PaymentView, SendId},
    gateway::PaymentState,
};

/// Largest answer of a gateway that is read, in bytes.
pub const MAX_ANSWER: usize = 4 * 1024 * 1024;

/// Most of an answer that decides anything, in bytes (`TOK-5`): of a refusal it is the beginning.
pub const MAX_TOLD: usize = 64 * 1024;

/// Largest snapshot that is read, in bytes: it may hold an answer that nobody could read yet, as JSON text.
pub const MAX_SNAPSHOT: usize = 6 * MAX_ANSWER + 64 * 1024;

/// What somebody asks of a consent. The caller that the shell adds gets exactly one answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "typescript",
    derive(ts_rs::TS),
    ts(tag = "type", rename_all = "lowercase", rename_all_fields = "camelCase", optional_fields)
)]
pub enum Wish {
    /// To be sent to the bank.
    Start {
        /// `aisp` or `pisp`.
        #[cfg_attr(feature = "typescript", ts(as = "Scope"))]
        scope: Given,
        /// The application, by name; the first when none is named.
        #[cfg_attr(feature = "typescript", ts(as = "Option<String>"))]
        application: Given,
        /// The JSON text of the payment that the customer is to agree to (`PAY-6`).
        #[cfg_attr(feature = "typescript", ts(as = "Option<String>"))]
        payment: Given,
        /// The order that it is for (`PAY-5`).
        #[cfg_attr(feature = "typescript", ts(as = "Option<String>"))]
        order: Given,
        /// The host's name for the customer.
        #[cfg_attr(feature = "typescript", ts(as = "Option<String>"))]
        customer: Given,
        /// It is to replace a consent from before (`CON-1`).
        renews: Option<bool>,
        /// Of which the UUIDs of all attempts are made; random ones, without it.
        #[cfg_attr(feature = "typescript", ts(as = "Option<String>"))]
        uuid: Given,
    },
    /// To have the payment submitted, or to know what became of it (`PAY-4`).
    Pay {
        /// JSON: the payment, or `{payment?, order?}`; the stated one, without it.
        #[cfg_attr(feature = "typescript", ts(as = "Option<String>"))]
        body: Given,
        /// The header `Idempotency-Key`: the order (`PAY-5`).
        #[cfg_attr(feature = "typescript", ts(as = "Option<String>"))]
        key: Given,
        /// In place of the body: the payment's JSON text, which holds nothing beside it.
        #[cfg_attr(feature = "typescript", ts(as = "Option<String>"))]
        payment_text: Given,
        /// The customer as the edge saw them; left out when no customer is present.
        visitor: Option<Visitor>,
    },
    /// To know how far the payment is (`PAY-3`).
    Payment {
        /// The customer as the edge saw them; left out when no customer is present.
        visitor: Option<Visitor>,
    },
    /// To know whether there is money for the payment (`PAY-3`).
    Funds {
        /// The customer as the edge saw them; left out when no customer is present.
        visitor: Option<Visitor>,
    },
    /// To know how the payment stands, as its order (`PAY-5`).
    Inquire {
        /// If it was not sent, it is not to be without another claim.
        lets_go: Option<bool>,
    },
    /// To make room for the consent that took its place (`CON-1`).
    Replaced,
    /// To come back from the bank.
    Redirected {
        /// The URL to which the bank sent the browser.
        #[cfg_attr(feature = "typescript", ts(as = "String"))]
        url: Given,
    },
    /// A resource of the bank's.
    Wanted {
        /// GET, POST, PUT, PATCH or DELETE.
        #[cfg_attr(feature = "typescript", ts(as = "String"))]
        method: Given,
        /// Path and query, without host and version.
        #[cfg_attr(feature = "typescript", ts(as = "String"))]
        path: Given,
        /// The customer as the edge saw them; left out when no customer is present.
        visitor: Option<Visitor>,
        /// The exact JSON text to send.
        #[cfg_attr(feature = "typescript", ts(as = "Option<String>"))]
        body: Given,
    },
    /// The accounts, one of them, or a resource of one (`ACC-6`).
    Account {
        /// `/accounts[/{id}[/{resource}]]` and the query, as a URL writes them.
        #[cfg_attr(feature = "typescript", ts(as = "String"))]
        path: Given,
        /// The customer as the edge saw them; left out when no customer is present.
        visitor: Option<Visitor>,
    },
    /// To have something read without the customer (`ACC-8`).
    Plan {
        /// JSON: `{paths, times?, since?, views?}`.
        #[cfg_attr(feature = "typescript", ts(as = "String"))]
        plan: Given,
    },
    /// To be erased.
    Forget,
}

/// A customer as the edge saw them (`ACC-1`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct Visitor {
    /// The host by which the worker was called; left out by a backend, which saw them itself.
    #[cfg_attr(feature = "typescript", ts(as = "Option<String>"))]
    pub host: Given,
    /// The address that the edge itself saw, never a header that a client can set.
    #[cfg_attr(feature = "typescript", ts(as = "Option<String>"))]
    pub ip: Given,
}

/// A wish and who has it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Asked {
    /// Unique among those that wait.
    pub caller: Caller,
    /// What they want.
    #[cfg_attr(feature = "typescript", ts(flatten))]
    pub wish: Wish,
}

/// What else happens to a consent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "typescript",
    derive(ts_rs::TS),
    ts(tag = "type", rename_all = "lowercase", rename_all_fields = "camelCase", optional_fields)
)]
pub enum Happened {
    /// The gateway answered a request.
    Answered {
        /// The request.
        id: SendId,
        /// The HTTP status.
        status: u16,
        /// The `Retry-After` header.
        retry_after: Option<String>,
        /// The body. Of an answer that is passed on it may be left out.
        #[cfg_attr(feature = "typescript", ts(as = "Option<String>"))]
        body: String,
        /// In place of the body: whether that is nothing or one JSON text (`ACC-7`).
        is_whole: Option<bool>,
        /// In place of the body, where the command says so: the beginning of it.
        shown: Option<String>,
        /// With `shown`: the bytes of the whole.
        size: Option<u32>,
    },
    /// No answer came, and none will be taken.
    Lost {
        /// The request.
        id: SendId,
        /// Why.
        loss: Loss,
    },
    /// An order answered a claim.
    Claimed {
        /// The claim.
        id: ClaimId,
        /// What it said.
        #[cfg_attr(feature = "typescript", ts(type = "ClaimWord"))]
        claim: String,
        /// With `taken`: how the other consent's payment stands.
        #[cfg_attr(feature = "typescript", ts(as = "Option<PaymentTold>"))]
        payment: Option<PaymentView>,
    },
    /// A note was delivered, or was not.
    Noted {
        /// The note.
        id: u32,
        /// Whether its receiver has it.
        is_delivered: bool,
    },
    /// What a sweep brought was handed on, or was not.
    Handed {
        /// Its number.
        number: u32,
        /// Whether the host has it.
        is_taken: bool,
    },
    /// A shard took a batch, or did not.
    Counted {
        /// Which, as the command named it.
        id: CountId,
        /// Whether it has it.
        is_taken: bool,
    },
    /// The time that `wake` asked for came, or the consent was loaded again.
    Woken,
}

/// What a shell tells.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "ConsentEvent", untagged))]
pub enum Input {
    /// Somebody asks.
    Asked(Asked),
    /// Something else happened.
    Happened(Happened),
}

impl Input {
    /// Reads it by its type.
    ///
    /// # Errors
    /// [`Error::Option`], with the name of what is missing or of the wrong kind. What is wrong with a wish itself is
    /// told to its caller, and found later.
    pub fn read(mut members: Members) -> Result<Self, Error> {
        let kind = members.given("type").required("type")?;
        let wish = match kind.as_str() {
            "start" => Wish::Start {
                scope: members.given("scope"),
                application: members.given("application"),
                payment: members.given("payment"),
                order: members.given("order"),
                customer: members.given("customer"),
                renews: members.flag("renews"),
                uuid: members.given("uuid"),
            },
            "pay" => Wish::Pay {
                body: members.given("body"),
                key: members.given("key"),
                payment_text: members.given("paymentText"),
                visitor: members.object("visitor")?.map(Visitor::from),
            },
            "payment" => Wish::Payment { visitor: members.object("visitor")?.map(Visitor::from) },
            "funds" => Wish::Funds { visitor: members.object("visitor")?.map(Visitor::from) },
            "inquire" => Wish::Inquire { lets_go: members.flag("letsGo") },
            "replaced" => Wish::Replaced,
            "redirected" => Wish::Redirected { url: members.given("url") },
            "wanted" => Wish::Wanted {
                method: members.given("method"),
                path: members.given("path"),
                visitor: members.object("visitor")?.map(Visitor::from),
                body: members.given("body"),
            },
            "account" => {
                Wish::Account { path: members.given("path"), visitor: members.object("visitor")?.map(Visitor::from) }
            }
            "plan" => Wish::Plan { plan: members.given("plan") },
            "forget" => Wish::Forget,
            _ => return Happened::read(&kind, members).map(Self::Happened),
        };
        Ok(Self::Asked(Asked { caller: whole(members.number("caller"), "caller")?, wish }))
    }
}

impl Happened {
    fn read(kind: &str, mut members: Members) -> Result<Self, Error> {
        let mut id = || whole(members.number("id"), "id");
        Ok(match kind {
            "answered" => Self::Answered {
                id: id()?,
                status: whole(members.number("status"), "status")?.try_into().map_err(|_| Error::Option("status"))?,
                retry_after: members.text("retryAfter")?,
                body: members.text("body")?.unwrap_or_default(),
                is_whole: members.flag("isWhole"),
                shown: members.text("shown")?,
                size: members.number("size").map(|size| whole(Some(size), "size")).transpose()?,
            },
            "lost" => {
                let id = id()?;
                Self::Lost { id, loss: Loss::try_from(members.given("loss").required("loss")?)? }
            }
            "claimed" => Self::Claimed {
                id: id()?,
                claim: members.given("claim").required("claim")?,
                payment: members.object("payment")?.map(payment).transpose()?,
            },
            "noted" => Self::Noted { id: id()?, is_delivered: members.flag("isDelivered").unwrap_or_default() },
            "handed" => Self::Handed {
                number: whole(members.number("number"), "number")?,
                is_taken: members.flag("isTaken").unwrap_or_default(),
            },
            "counted" => Self::Counted { id: id()?, is_taken: members.flag("isTaken").unwrap_or_default() },
            "woken" => Self::Woken,
            _ => return Err(Error::Option("type")),
        })
    }
}

impl From<Members> for Visitor {
    fn from(mut members: Members) -> Self {
        Self { host: members.given("host"), ip: members.given("ip") }
    }
}

/// How a payment stands.
pub(super) fn payment(mut members: Members) -> Result<PaymentView, Error> {
    Ok(PaymentView {
        state: PaymentState::try_from(members.given("state").required("state")?)?,
        bank_status: members.text("bankStatus")?,
        reference: members.text("reference")?,
        payment: None,
    })
}

/// A whole number of 32 bits.
#[allow(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::float_cmp,
    reason = "checked by converting back"
)]
pub(super) fn whole(value: Option<f64>, name: &'static str) -> Result<u32, Error> {
    let value = value.ok_or(Error::Option(name))?;
    let whole = value as u32;
    if f64::from(whole) == value { Ok(whole) } else { Err(Error::Option(name)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Input, Error> {
        Input::read(serde_json::from_str(text).map_err(|_| Error::Json)?)
    }

    #[test]
    fn err_2_an_event_without_what_it_needs_names_it() {
        for (text, missing) in [
            ("{}", "type"),
            (r#"{"type":"slept"}"#, "type"),
            (r#"{"type":7}"#, "type"),
            (r#"{"type":"start","scope":"aisp"}"#, "caller"),
            (r#"{"type":"start","caller":-1}"#, "caller"),
            (r#"{"type":"forget","caller":1.5}"#, "caller"),
            (r#"{"type":"answered","status":200}"#, "id"),
            (r#"{"type":"answered","id":1}"#, "status"),
            (r#"{"type":"answered","id":1,"status":70000}"#, "status"),
            (r#"{"type":"answered","id":1,"status":200,"body":7}"#, "body"),
            (r#"{"type":"lost","id":1}"#, "loss"),
            (r#"{"type":"lost","id":4294967296,"loss":"timeout"}"#, "id"),
        ] {
            assert_eq!(read(text), Err(Error::Option(missing)), "{text}");
        }
        assert_eq!(
            read(r#"{"type":"lost","id":1,"loss":"bananas"}"#),
            Err(Error::Option("loss")),
            "none that there is"
        );
    }

    #[test]
    fn err_2_what_is_wrong_with_a_wish_is_left_to_be_told_to_its_caller() {
        for scope in ["7", "true", "[\"aisp\"]", "{\"a\":[1.5,null]}", "-1"] {
            let absent = Given::Absent;
            let wish = Wish::Start {
                scope: Given::Other,
                application: absent.clone(),
                payment: absent.clone(),
                order: absent.clone(),
                customer: absent.clone(),
                renews: None,
                uuid: absent,
            };
            let asked = Input::Asked(Asked { caller: 9, wish });
            assert_eq!(
                read(&format!(r#"{{"type":"start","caller":9,"scope":{scope},"application":null}}"#)),
                Ok(asked)
            );
        }
    }
}
