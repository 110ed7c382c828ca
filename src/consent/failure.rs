//! Why a caller does not get what it asked for, as it is told over HTTP (RFC 9457).
//!
//! Rich reasons inside, one exhaustive table to the wire. Nothing the gateway sent is repeated but its status and a
//! registered error code (`ERR-2`).

use super::{End, PaymentView};
use crate::{Code, Error, Refusal, wire::json::Object};
use std::rc::Rc;

/// An outcome that is no answer of the bank's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The input was wrong.
    Input(Error),
    /// There is no consent: none was asked for, or it was forgotten.
    NotFound,
    /// An authorisation was asked for already.
    AlreadyStarted,
    /// The consent's one payment was sent already, and another was asked for (`PAY-4`); what is known of it.
    AlreadySubmitted(Rc<PaymentView>),
    /// Another payment was stated when the consent was asked for (`PAY-6`).
    PaymentMismatch,
    /// The order is of another payment (`PAY-5`).
    OrderMismatch,
    /// Another consent's payment of the order was sent (`PAY-5`); what is known of it.
    OrderPaid(Rc<PaymentView>),
    /// A call that changes something is no payment (`PAY-1`).
    NotReadOnly,
    /// The customer has not come back from the bank yet.
    NotAuthorised,
    /// The consent does not permit what is asked (`ACC-3`): this is missing.
    PermissionMissing(&'static str),
    /// The endpoint was asked without the PSU as often as it may be (`ACC-2`).
    BudgetSpent {
        /// When it may be asked again, in milliseconds since 1970.
        free_at: u64,
        /// In how many seconds that is.
        seconds: u64,
    },
    /// The consent ended; it says how.
    Ended(End),
    /// The redirect is of another authorisation (`RED-3`).
    RedirectMismatch,
    /// The gateway could not be reached.
    Unreachable,
    /// The gateway did not answer in time.
    Timeout,
    /// The gateway's answer cannot be read.
    BadAnswer,
    /// The gateway answered with a failure of its own (5xx; of `/access-token` 404 and 451 too).
    GatewayFailed(u16),
    /// The gateway asks to be left alone for so many seconds (429, 503), or to be asked again (408, 421, 425).
    Busy(u64),
    /// Too many calls of this consent are under way (`ACC-7`); to be tried again after so many seconds.
    Crowded(u64),
    /// The gateway refused the call (`ERR-1`).
    Refused(Rc<Refusal>),
    /// The gateway does not know the TPP: credentials, certificate or clock.
    RefusedClient(Rc<Refusal>),
    /// The gateway named a `location` that is not the bank's (`AUT-4`).
    Location,
}

impl Failure {
    /// The endpoint may be asked again at `free_at`.
    pub(super) fn spent(free_at: u64, now: u64) -> Self {
        Self::BudgetSpent { free_at, seconds: free_at.saturating_sub(now).div_ceil(1000) }
    }

    /// What an error answer of the gateway means to a caller.
    pub fn of_answer(error: Error, retry_after_ms: Option<u64>) -> Self {
        if let Error::Refused(refusal) = error {
            Self::of_refusal(refusal, retry_after_ms)
        } else if error == Error::Location {
            Self::Location
        } else {
            Self::BadAnswer
        }
    }

    /// What a refusal means to a caller whose request is not tried again.
    pub fn of_refusal(refusal: Rc<Refusal>, retry_after_ms: Option<u64>) -> Self {
        match refusal.status {
            408 | 421 | 425 | 429 | 503 => Self::Busy(retry_after_ms.unwrap_or(1000).div_ceil(1000)),
            401 => Self::RefusedClient(refusal),
            400..500 => Self::Refused(refusal),
            500.. => Self::GatewayFailed(refusal.status),
            _ => Self::BadAnswer,
        }
    }

    /// The stable code.
    pub fn code(&self) -> Code {
        match self {
            Self::Input(error) => error.code(),
            Self::NotFound => Code::ConsentNotFound,
            Self::AlreadyStarted => Code::ConsentAlreadyStarted,
            Self::AlreadySubmitted(_) => Code::PaymentAlreadySubmitted,
            Self::PaymentMismatch => Code::PaymentMismatch,
            Self::OrderMismatch => Code::OrderMismatch,
            Self::OrderPaid(_) => Code::OrderAlreadyPaid,
            Self::NotReadOnly => Code::MethodInvalid,
            Self::NotAuthorised => Code::NotAuthorisedYet,
            Self::PermissionMissing(_) => Code::PermissionMissing,
            Self::BudgetSpent { .. } => Code::BudgetSpent,
            Self::Ended(end) => end.code(),
            Self::RedirectMismatch => Code::RedirectMismatch,
            Self::Unreachable => Code::GatewayUnreachable,
            Self::Timeout => Code::GatewayTimeout,
            Self::BadAnswer => Code::GatewayBadAnswer,
            Self::GatewayFailed(_) => Code::GatewayFailed,
            Self::Busy(_) => Code::GatewayBusy,
            Self::Crowded(_) => Code::Busy,
            Self::Refused(_) => Code::GatewayRefused,
            Self::RefusedClient(_) => Code::GatewayRefusedClient,
            Self::Location => Code::LocationRefused,
        }
    }

    /// The HTTP status a caller is answered with: the code's own, but for a refusal of the bank's, which is passed on.
    pub fn status(&self) -> u16 {
        if let Self::Refused(refusal) = self
            && (400..500).contains(&refusal.status)
        {
            return refusal.status;
        }
        self.code().status()
    }

    /// A sentence that says what to do.
    pub fn message(&self) -> &'static str {
        if let Self::Input(error) = self { error.message() } else { self.code().sentence() }
    }

    /// Whole seconds after which a retry makes sense, where that is known.
    pub fn retry_after(&self) -> Option<u32> {
        if let Self::Busy(seconds) | Self::Crowded(seconds) | Self::BudgetSpent { seconds, .. } = self {
            u32::try_from(*seconds).ok()
        } else {
            None
        }
    }

    /// What is known of the payment that stands in the way.
    pub fn known(&self) -> Option<&PaymentView> {
        if let Self::AlreadySubmitted(known) | Self::OrderPaid(known) = self { Some(known) } else { None }
    }

    /// What the gateway said, where it said something: its status and a registered error code.
    pub fn gateway(&self) -> Option<(u16, Option<&'static str>)> {
        if let Self::GatewayFailed(status) = self {
            Some((*status, None))
        } else if let Self::Refused(refusal) | Self::RefusedClient(refusal) = self {
            Some((refusal.status, refusal.registered_error()))
        } else {
            None
        }
    }
}

/// Whether the same request may do better later (`ERR-3`).
pub(super) fn may_pass(status: u16) -> bool {
    matches!(status, 408 | 421 | 425 | 429 | 500..)
}

/// What a refusal of `/access-token` means.
pub(super) enum Verdict {
    /// The code or the refresh token is not honoured.
    Grant,
    /// The TPP is not known, or its call is wrong: no word on the grant.
    Client,
    /// Not now, or not for us: banks use 403 for limits and policy.
    Policy,
    /// Come back later.
    Busy,
    /// The gateway failed.
    Gateway,
    /// Not the gateway's own words: a proxy's page.
    Foreign,
    /// No refusal at all: a redirect.
    Unreadable,
}

impl Verdict {
    /// Reads a refusal (`REV-1`). The guide gives no format, so what the gateway itself says and is not plainly about
    /// something else is about the grant — but a bare 401, which says that credentials or signature are wrong, must not
    /// cost every customer's consent.
    pub(super) fn of(refusal: &Refusal, body: &str) -> Self {
        match (refusal.status, refusal.registered_error()) {
            (408 | 421 | 425 | 429 | 503, _) => Self::Busy,
            // Where `/access-token` stands, and whether it may be had here, is the gateway's own concern.
            (404 | 451 | 500.., _) => Self::Gateway,
            (..400, _) => Self::Unreadable,
            (401, None) if !body.trim_ascii_start().starts_with('<') => Self::Client,
            _ if !is_own_refusal(body) => Self::Foreign,
            (403, _) => Self::Policy,
            (_, Some("invalid_grant" | "access_denied" | "invalid_token")) => Self::Grant,
            (_, Some(_)) => Self::Client,
            (400 | 410 | 422, None) => Self::Grant,
            (_, None) => Self::Client,
        }
    }
}

/// Whether a refusal is the gateway's own: an object of JSON, and no proxy's page.
pub(super) fn is_own_refusal(body: &str) -> bool {
    Object::parse(body).is_ok()
}

#[cfg(test)]
mod tests;
