//! The conversation between a visit and its shell: what a browser asks for and sends, what is to be done, what is heard.

use crate::{
    Code, Error,
    consent::State,
    host::{given::Given, members::Members},
    profile::Scope,
};
use serde::Serialize;

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

impl Call {
    /// Reads it by its type.
    ///
    /// # Errors
    /// [`Error::Option`], with the name of what is missing or of the wrong kind. What is wrong with a scope or an
    /// application is told to the browser.
    pub fn read(mut members: Members) -> Result<Self, Error> {
        let kind = members.given("type").required("type")?;
        let scope = members.given("scope");
        Ok(match kind.as_str() {
            "authorise" => Self::Authorise { scope, application: members.given("application") },
            "callback" => Self::Callback { url: members.given("url").required("url")? },
            "view" => Self::View { scope },
            "read" => Self::Read,
            "journey" => Self::Journey { scope },
            "forget" => Self::Forget { scope },
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

/// The same as a shell tells it.
#[cfg(feature = "typescript")]
#[derive(ts_rs::TS)]
#[ts(rename = "VisitHeard", optional_fields)]
#[allow(dead_code, reason = "for its TypeScript alone")]
pub struct Reply {
    /// An outcome's kind, or `seen`.
    kind: String,
    /// With `requested`: the authorisation's UUID.
    uuid: Option<String>,
    /// The redirect brought the code that the consent took.
    took: Option<bool>,
    /// With `failed`: why.
    #[ts(type = "ProblemCode", optional)]
    code: Option<Code>,
    /// With `seen`: how far the consent is; left out where there is none.
    state: Option<State>,
}

impl Heard {
    /// Reads it by its kind; `None` for what no visit may hear.
    pub fn read(mut members: Members) -> Option<Self> {
        let mut text = |name| members.text(name).ok().flatten();
        let (kind, uuid, code, state) = (text("kind")?, text("uuid"), text("code"), text("state"));
        let took = members.flag("took").unwrap_or_default();
        Some(match kind.as_str() {
            "requested" => Self::Requested { uuid: uuid? },
            "connected" => Self::Connected { took },
            "declined" => Self::Declined,
            "forgotten" => Self::Forgotten,
            "failed" => Self::Failed { code: Code::parse(&code?)?, took },
            "seen" => Self::Seen(match state {
                Some(state) => Some(State::try_from(state).ok()?),
                None => None,
            }),
            _ => return None,
        })
    }
}

/// The cookies that a browser sent, as they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct Cookies {
    /// For account access.
    pub aisp: Option<String>,
    /// For a payment.
    pub pisp: Option<String>,
}

impl From<Members> for Cookies {
    fn from(mut members: Members) -> Self {
        let mut cookie = |name| members.text(name).ok().flatten();
        Self { aisp: cookie("aisp"), pisp: cookie("pisp") }
    }
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
