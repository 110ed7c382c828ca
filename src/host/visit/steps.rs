//! The conversation between a visit and its shell: what a browser asks for and sends, what is to be done, what is heard.

use crate::{
    Code, Error,
    consent::State,
    host::{given::Given, members::Members, told::Problem},
    profile::Scope,
};
use serde::Serialize;

/// What a browser asks for, as it wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(tag = "type", rename_all = "lowercase", rename = "VisitCall"))]
pub enum Call {
    /// To be sent to the bank.
    Authorise {
        /// The body: JSON, `{scope, application?, payment?, order?}`.
        body: String,
        /// The header `Idempotency-Key`: the order (`PAY-5`).
        #[cfg_attr(feature = "typescript", ts(optional))]
        key: Option<String>,
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
    /// To pay.
    Pay,
    /// How far its payment is, or whether there is money for it.
    Payment,
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
            "authorise" => Self::Authorise { body: members.given("body").required("body")?, key: members.text("key")? },
            "callback" => Self::Callback { url: members.given("url").required("url")? },
            "view" => Self::View { scope },
            "read" => Self::Read,
            "pay" => Self::Pay,
            "payment" => Self::Payment,
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
        /// With `start`: what else the wish has.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        terms: Option<Box<StartTerms>>,
    },
    /// Ask an order whether it can be paid, and call `next` with what it says (`PAY-5`).
    Check {
        /// The order's object, by name.
        order: String,
        /// The payment, if it was stated.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(feature = "typescript", ts(optional))]
        digest: Option<String>,
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
    /// The browser is told that its payment awaits the customer's consent.
    Awaiting,
    /// There are no calls to tell of.
    Nothing,
    /// The browser is told that it cannot be.
    Problem {
        /// Why.
        problem: Box<Problem>,
    },
}

/// What a consent is started with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(optional_fields))]
pub struct StartTerms {
    /// What for.
    pub scope: Scope,
    /// The application, by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application: Option<String>,
    /// The JSON text of the payment that the customer is to agree to (`PAY-6`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payment: Option<String>,
    /// The order that it is for (`PAY-5`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<String>,
    /// It is to replace a consent from before (`CON-1`).
    pub renews: bool,
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
    /// To make room for the consent that took its place (`CON-1`).
    Replaced,
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
    /// The order can be paid.
    Granted,
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
    /// An outcome's kind, `seen`, or what an order says.
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
            "granted" => Self::Granted,
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
