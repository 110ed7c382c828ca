//! The conversation between a visit and its shell: what a browser asks for and sends, what is to be done, what is heard.

use crate::{Code, Error, consent::State, host::given::Given, profile::Scope};
use serde::{Deserialize, Serialize};

/// What a browser asks for. Scope and application are as it gave them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(tag = "type", rename_all = "lowercase", rename = "VisitCall"))]
pub enum Call {
    /// To be sent to the bank.
    Authorise {
        /// `aisp` or `pisp`.
        #[cfg_attr(feature = "typescript", ts(type = "unknown"))]
        scope: Given,
        /// The application, by name; the first when none is named.
        #[cfg_attr(feature = "typescript", ts(type = "unknown"))]
        application: Given,
    },
    /// The bank sent it back, to this URL.
    Callback {
        /// The URL.
        url: String,
    },
    /// What became of its consent.
    View {
        /// `aisp`, or `pisp`.
        #[cfg_attr(feature = "typescript", ts(type = "unknown"))]
        scope: Given,
    },
    /// A resource of the bank's.
    Read,
    /// The calls so far.
    Journey {
        /// `aisp`, or `pisp`.
        #[cfg_attr(feature = "typescript", ts(type = "unknown"))]
        scope: Given,
    },
    /// That all it has of that scope be erased.
    Forget {
        /// `aisp`, or `pisp`.
        #[cfg_attr(feature = "typescript", ts(type = "unknown"))]
        scope: Given,
    },
}

/// A call with all members that any kind of it has, as it comes.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Called {
    r#type: Given,
    scope: Given,
    application: Given,
    url: Given,
}

impl Called {
    /// Reads it by its type.
    ///
    /// # Errors
    /// [`Error::Option`], with the name of what is missing or of the wrong kind. What is wrong with a scope or an
    /// application is told to the browser.
    pub fn call(self) -> Result<Call, Error> {
        let Self { r#type, scope, application, url } = self;
        Ok(match r#type.required("type")?.as_str() {
            "authorise" => Call::Authorise { scope, application },
            "callback" => Call::Callback { url: url.required("url")? },
            "view" => Call::View { scope },
            "read" => Call::Read,
            "journey" => Call::Journey { scope },
            "forget" => Call::Forget { scope },
            _ => return Err(Error::Option("type")),
        })
    }
}

/// What the shell is to do next. A consent is named by the name of its object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "VisitStep"))]
pub enum Step {
    /// Ask a consent, and call `next` with what it replies.
    Ask {
        /// Which.
        of: String,
        /// What: the wish of that type, with the members of the browser's call.
        wish: Asking,
    },
    /// Look at a consent, and call `next` with what may be known of it.
    Look {
        /// Which.
        of: String,
        /// It is not shown that the browser is the one that came back from the bank: it may not know all.
        stranger: bool,
    },
    /// The browser gets what this consent replies to its call.
    Relay {
        /// Which.
        of: String,
    },
    /// The browser is told what was heard last.
    Tell {
        /// Of a consent that was looked at: another is asked for, to replace it (`CON-1`).
        renewing: bool,
    },
    /// The browser is sent to the page with this fragment.
    ToPage {
        /// `connected`, `declined` or `error=` and a code.
        fragment: String,
    },
    /// All that the browser had is erased.
    Forgotten,
    /// There are no calls to tell of.
    Nothing,
    /// The browser is told that it cannot be.
    Problem {
        /// Why.
        #[cfg_attr(feature = "typescript", ts(type = "ProblemCode"))]
        code: Code,
    },
}

/// What a visit asks of a consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Asking {
    /// To begin.
    Start,
    /// To take the bank's redirect.
    Redirected,
    /// To be erased.
    Forget,
}

/// What was heard of a consent, as far as it decides anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// The customer is to be sent to the bank.
    Requested {
        /// The authorisation's UUID.
        uuid: String,
    },
    /// The tokens are here.
    Connected {
        /// The redirect brought the code that the consent took.
        took: bool,
    },
    /// The customer did not consent.
    Declined,
    /// All is erased.
    Forgotten,
    /// It cannot be.
    Failed {
        /// Why.
        code: Code,
        /// The redirect brought the code that the consent took.
        took: bool,
    },
    /// How far it is; `None` where there is no consent.
    Seen(Option<State>),
}

/// The same with all members that any kind of it has, as it comes.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "VisitHeard", optional_fields))]
pub struct Reply {
    /// An outcome's kind, or `seen`.
    #[cfg_attr(feature = "typescript", ts(as = "String"))]
    kind: Option<String>,
    /// With `requested`: the authorisation's UUID.
    uuid: Option<String>,
    /// The redirect brought the code that the consent took.
    #[cfg_attr(feature = "typescript", ts(as = "Option<bool>"))]
    took: bool,
    /// With `failed`: why.
    #[cfg_attr(feature = "typescript", ts(type = "ProblemCode", optional))]
    code: Option<Code>,
    /// With `seen`: how far the consent is; left out where there is none.
    state: Option<State>,
}

impl Reply {
    /// What was heard, where it is something that a visit may hear.
    pub fn heard(self) -> Option<Heard> {
        let Self { kind, uuid, took, code, state } = self;
        Some(match kind?.as_str() {
            "requested" => Heard::Requested { uuid: uuid? },
            "connected" => Heard::Connected { took },
            "declined" => Heard::Declined,
            "forgotten" => Heard::Forgotten,
            "failed" => Heard::Failed { code: code?, took },
            "seen" => Heard::Seen(state),
            _ => return None,
        })
    }
}

/// The cookies that a browser sent, as they came.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct Cookies {
    /// For account access.
    pub aisp: Option<String>,
    /// For a payment.
    pub pisp: Option<String>,
}

/// A cookie to be set, or ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "SessionCookie"))]
pub struct Cookie {
    /// Whose.
    pub scope: Scope,
    /// Its text; `null` ends it.
    pub value: Option<String>,
    /// Seconds that the browser is to keep it.
    pub max_age: u32,
}
