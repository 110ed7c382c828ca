//! What a shell tells a seat, as it crosses from JavaScript. The TypeScript follows from here.

use super::given::Given;
#[cfg(feature = "typescript")]
use crate::profile::Scope;
use crate::{
    Error,
    consent::{Caller, Loss, SendId},
};
use serde::Deserialize;

/// Largest answer of a gateway that is read, in bytes.
pub const MAX_ANSWER: usize = 4 * 1024 * 1024;

/// Most of an answer that decides anything, in bytes (`TOK-5`): of a refusal it is the beginning.
pub const MAX_TOLD: usize = 64 * 1024;

/// Largest snapshot that is read, in bytes: it may hold an answer that nobody could read yet, as JSON text.
pub const MAX_SNAPSHOT: usize = 6 * MAX_ANSWER + 64 * 1024;

/// What somebody asks of a consent. The caller that the shell adds gets exactly one answer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(tag = "type", rename_all = "lowercase", optional_fields))]
pub enum Wish {
    /// To be sent to the bank.
    Start {
        /// `aisp` or `pisp`.
        #[cfg_attr(feature = "typescript", ts(as = "Scope"))]
        scope: Given,
        /// The application, by name; the first when none is named.
        #[cfg_attr(feature = "typescript", ts(as = "Option<String>"))]
        application: Given,
    },
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
    /// To be erased.
    Forget,
}

/// A customer as the edge saw them (`ACC-1`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct Visitor {
    /// The host by which the worker was called.
    #[cfg_attr(feature = "typescript", ts(as = "String"))]
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
    },
    /// No answer came, and none will be taken.
    Lost {
        /// The request.
        id: SendId,
        /// Why.
        loss: Loss,
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

/// An input with all members that any kind of it has, as it comes.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Event {
    r#type: Given,
    caller: Option<f64>,
    id: Option<f64>,
    scope: Given,
    application: Given,
    url: Given,
    method: Given,
    path: Given,
    visitor: Option<Visitor>,
    body: Given,
    status: Option<f64>,
    retry_after: Given,
    is_whole: Option<bool>,
    loss: Option<Loss>,
}

impl Event {
    /// Reads it by its type.
    ///
    /// # Errors
    /// [`Error::Option`], with the name of what is missing or of the wrong kind. What is wrong with a wish itself is
    /// told to its caller, and found later.
    pub fn input(self) -> Result<Input, Error> {
        let asked = |wish| Ok(Input::Asked(Asked { caller: whole(self.caller, "caller")?, wish }));
        match self.r#type.required("type")?.as_str() {
            "start" => asked(Wish::Start { scope: self.scope, application: self.application }),
            "redirected" => asked(Wish::Redirected { url: self.url }),
            "wanted" => {
                let Self { method, path, visitor, body, .. } = self;
                asked(Wish::Wanted { method, path, visitor, body })
            }
            "account" => {
                let Self { path, visitor, .. } = self;
                asked(Wish::Account { path, visitor })
            }
            "forget" => asked(Wish::Forget),
            "answered" => Ok(Input::Happened(Happened::Answered {
                id: whole(self.id, "id")?,
                status: whole(self.status, "status")?.try_into().map_err(|_| Error::Option("status"))?,
                retry_after: self.retry_after.optional("retryAfter")?,
                body: self.body.optional("body")?.unwrap_or_default(),
                is_whole: self.is_whole,
            })),
            "lost" => Ok(Input::Happened(Happened::Lost {
                id: whole(self.id, "id")?,
                loss: self.loss.ok_or(Error::Option("loss"))?,
            })),
            "woken" => Ok(Input::Happened(Happened::Woken)),
            _ => Err(Error::Option("type")),
        }
    }
}

/// A whole number of 32 bits.
#[allow(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::float_cmp,
    reason = "checked by converting back"
)]
fn whole(value: Option<f64>, name: &'static str) -> Result<u32, Error> {
    let value = value.ok_or(Error::Option(name))?;
    let whole = value as u32;
    if f64::from(whole) == value { Ok(whole) } else { Err(Error::Option(name)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Input, Error> {
        serde_json::from_str::<Event>(text).map_err(|_| Error::Json)?.input()
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
        assert_eq!(read(r#"{"type":"lost","id":1,"loss":"bananas"}"#), Err(Error::Json), "no loss that there is");
    }

    #[test]
    fn err_2_what_is_wrong_with_a_wish_is_left_to_be_told_to_its_caller() {
        for scope in ["7", "true", "[\"aisp\"]", "{\"a\":[1.5,null]}", "-1"] {
            let wish = Wish::Start { scope: Given::Other, application: Given::Absent };
            let asked = Input::Asked(Asked { caller: 9, wish });
            assert_eq!(
                read(&format!(r#"{{"type":"start","caller":9,"scope":{scope},"application":null}}"#)),
                Ok(asked)
            );
        }
    }
}
