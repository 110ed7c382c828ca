//! What a shell tells a seat and what it is told to do, as it crosses into JavaScript. The TypeScript follows from here.

use crate::{
    Code, Error, Fault,
    consent::{Caller, Failure, Loss, Outcome, Reason, SendId, State, View},
    gateway::{Request, Secret},
    profile::Scope,
};
use chrono::{DateTime, SecondsFormat};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::IgnoredAny};

/// What a caller gave where a text belongs: what is wrong with it is told to that caller.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Given {
    /// Nothing, or `null`.
    #[default]
    Absent,
    /// A text.
    Text(String),
    /// Anything else.
    Other,
}

impl Given {
    /// The text, if one was given.
    ///
    /// # Errors
    /// [`Error::Option`] for anything but a text.
    pub fn optional(self, name: &'static str) -> Result<Option<String>, Error> {
        match self {
            Self::Absent => Ok(None),
            Self::Text(text) => Ok(Some(text)),
            Self::Other => Err(Error::Option(name)),
        }
    }

    /// The text, which has to be there.
    ///
    /// # Errors
    /// [`Error::Option`] for none and for anything else.
    pub fn required(self, name: &'static str) -> Result<String, Error> {
        self.optional(name)?.ok_or(Error::Option(name))
    }
}

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Any {
            Text(String),
            Absent(()),
            Other(IgnoredAny),
        }
        Ok(match Any::deserialize(deserializer)? {
            Any::Text(text) => Self::Text(text),
            Any::Absent(()) => Self::Absent,
            Any::Other(IgnoredAny) => Self::Other,
        })
    }
}

/// As it came, as far as it matters: what is no text stays none.
impl Serialize for Given {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Absent => serializer.serialize_none(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Other => serializer.serialize_bool(false),
        }
    }
}

/// What somebody asks of a consent. The caller that the shell adds gets exactly one answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub enum Wish {
    /// To be sent to the bank.
    Start {
        /// `aisp` or `pisp`.
        #[serde(default)]
        #[cfg_attr(feature = "typescript", ts(as = "Scope"))]
        scope: Given,
        /// The application, by name; the first when none is named.
        #[serde(default)]
        #[cfg_attr(feature = "typescript", ts(as = "Option<String>"))]
        application: Given,
    },
    /// To come back from the bank.
    Redirected {
        /// The URL to which the bank sent the browser.
        #[serde(default)]
        #[cfg_attr(feature = "typescript", ts(as = "String"))]
        url: Given,
    },
    /// A resource of the bank's.
    Wanted {
        /// GET, POST, PUT, PATCH or DELETE.
        #[serde(default)]
        #[cfg_attr(feature = "typescript", ts(as = "String"))]
        method: Given,
        /// Path and query, without host and version.
        #[serde(default)]
        #[cfg_attr(feature = "typescript", ts(as = "String"))]
        path: Given,
        /// The customer as the edge saw them; left out when no customer is present.
        #[serde(default)]
        visitor: Option<Visitor>,
        /// The exact JSON text to send.
        #[serde(default)]
        #[cfg_attr(feature = "typescript", ts(as = "Option<String>"))]
        body: Given,
    },
    /// To be erased.
    Forget,
}

/// A customer as the edge saw them (`ACC-1`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct Visitor {
    /// The host by which the worker was called.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(as = "String"))]
    pub host: Given,
    /// The address that the edge itself saw, never a header that a client can set.
    #[serde(default)]
    #[cfg_attr(feature = "typescript", ts(as = "Option<String>"))]
    pub ip: Given,
}

/// A wish and who has it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Asked {
    /// Unique among those that wait.
    pub caller: Caller,
    /// What they want.
    #[serde(flatten)]
    pub wish: Wish,
}

/// What else happens to a consent.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub enum Happened {
    /// The gateway answered a request.
    Answered {
        /// The request.
        id: SendId,
        /// The HTTP status.
        status: u16,
        /// The `Retry-After` header.
        #[serde(default)]
        retry_after: Option<String>,
        /// The body.
        #[serde(default)]
        #[cfg_attr(feature = "typescript", ts(as = "String"))]
        body: Option<String>,
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

/// What the shell is to do, in order.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "Command", optional_fields))]
pub enum Instruction {
    /// Make this durable before carrying out what follows.
    Keep {
        /// The consent's text. It holds secrets.
        #[cfg_attr(feature = "typescript", ts(as = "String"))]
        snapshot: Secret,
    },
    /// Tell `woken` at this time, in place of any asked for before; never, without one.
    Wake {
        /// Milliseconds since 1970.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(as = "Option<f64>"))]
        at: Option<u64>,
        /// Why.
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
    /// Erase all that was kept.
    Forget,
    /// Send this; tell `answered` or, after the deadline at the latest, `lost`.
    Send {
        /// Its id.
        id: SendId,
        /// For `fetch`. It holds secrets.
        request: Request,
        /// Milliseconds after which it is lost.
        #[cfg_attr(feature = "typescript", ts(as = "f64"))]
        deadline_ms: u64,
    },
    /// Answer a caller.
    Answer {
        /// Whom.
        caller: Caller,
        /// What.
        outcome: Told,
    },
}

/// What a caller gets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "Outcome", optional_fields))]
pub enum Told {
    /// Send the customer to the bank.
    Requested {
        /// The authorisation's UUID.
        uuid: String,
        /// Where to.
        location: String,
        /// Until when the customer may come back (RFC 3339).
        expires_at: String,
    },
    /// The customer consented and the tokens are here.
    Connected,
    /// The customer did not consent.
    Declined,
    /// The answer to this request, as it came.
    Passed {
        /// The request.
        id: SendId,
    },
    /// All is erased.
    Forgotten,
    /// There is no answer of the bank's.
    Failed {
        /// Why.
        problem: Problem,
        /// Seconds after which a retry makes sense, where the gateway said so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(as = "Option<f64>"))]
        retry_after: Option<u64>,
    },
}

/// What an RFC 9457 problem tells, with a stable code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct Problem {
    /// The HTTP status.
    pub status: u16,
    /// What to do.
    pub detail: String,
    /// What a program may match.
    #[cfg_attr(feature = "typescript", ts(type = "ProblemCode"))]
    pub code: Code,
    /// What the gateway said, where it said something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gateway: Option<Said>,
    /// With `configuration_invalid`: every fault found.
    #[serde(default, skip_serializing_if = "Vec::is_empty", skip_deserializing)]
    #[cfg_attr(feature = "typescript", ts(as = "Option<Vec<Fault>>"))]
    pub faults: Vec<Fault>,
}

/// What is told of a gateway's answer: nothing of it but what can hold no secret (`ERR-2`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "GatewayAnswer", optional_fields))]
pub struct Said {
    /// Its HTTP status.
    pub status: u16,
    /// Its OAuth `error`, if it is a registered one (RFC 6749 section 5.2).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}

/// What may be known of a consent from outside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct ConsentView {
    /// What was asked for.
    pub scope: Scope,
    /// How far it is.
    pub state: State,
    /// What was granted.
    pub permissions: Vec<String>,
    /// When it was granted (RFC 3339); `null` before and after.
    pub granted_at: Option<String>,
    /// When it ends (RFC 3339); `null` before and after.
    pub expires_at: Option<String>,
}

impl From<&Failure> for Problem {
    fn from(failure: &Failure) -> Self {
        let gateway = failure.gateway().map(|(status, error)| Said { status, error: error.map(str::to_owned) });
        let detail = if let Failure::Input(error) = failure { error.to_string() } else { failure.message().to_owned() };
        Self { status: failure.status(), detail, code: failure.code(), gateway, faults: Vec::new() }
    }
}

impl From<Code> for Problem {
    fn from(code: Code) -> Self {
        let (status, detail) = (code.status(), code.sentence().to_owned());
        Self { status, detail, code, gateway: None, faults: Vec::new() }
    }
}

impl From<Result<Outcome, Failure>> for Told {
    fn from(outcome: Result<Outcome, Failure>) -> Self {
        match outcome {
            Ok(Outcome::Requested { uuid, location, ends_at }) => {
                Self::Requested { uuid, location, expires_at: rfc_3339(ends_at) }
            }
            Ok(Outcome::Connected) => Self::Connected,
            Ok(Outcome::Declined) => Self::Declined,
            Ok(Outcome::Passed(id)) => Self::Passed { id },
            Ok(Outcome::Forgotten) => Self::Forgotten,
            Err(failure) => Self::Failed { problem: (&failure).into(), retry_after: failure.retry_after() },
        }
    }
}

impl From<View<'_>> for ConsentView {
    fn from(view: View<'_>) -> Self {
        Self {
            scope: view.scope,
            state: view.state,
            permissions: view.permissions.to_vec(),
            granted_at: view.granted_at.map(rfc_3339),
            expires_at: view.ends_at.map(rfc_3339),
        }
    }
}

/// Milliseconds since 1970 as `2026-01-01T00:00:00.000Z`.
pub(crate) fn rfc_3339(at_ms: u64) -> String {
    // No record holds a time that chrono could not write: a snapshot of one is damage.
    let time = i64::try_from(at_ms).ok().and_then(DateTime::from_timestamp_millis).unwrap_or_default();
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}
