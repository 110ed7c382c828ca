//! Why a caller does not get what it asked for, as it is told over HTTP (RFC 9457).
//!
//! Rich reasons inside, one exhaustive table to the wire. Nothing the gateway sent is repeated but its status and a
//! registered error code (`ERR-2`).

use super::EdgeError;
use crate::prelude::*;
use crate::{Error, response::GatewayError};

/// An outcome that is no answer of the bank's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The input was wrong.
    Input(Error),
    /// There is no consent: none was asked for, or it was forgotten.
    NotFound,
    /// An authorisation was asked for already.
    AlreadyStarted,
    /// The consent's one payment was sent already (`PAY-1`).
    AlreadySubmitted,
    /// The customer has not come back from the bank yet.
    NotAuthorised,
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
    /// The gateway answered with a failure of its own (5xx).
    GatewayFailed(u16),
    /// The gateway asks to be left alone for so many seconds (429, 503).
    Busy(u64),
    /// The gateway refused the call (`ERR-1`).
    Refused(Rc<GatewayError>),
    /// The gateway does not know the TPP: credentials, certificate or clock.
    RefusedClient(Rc<GatewayError>),
    /// The gateway named a `location` that is not the bank's (`AUT-4`).
    Location,
}

/// How a consent ended. Its tokens are gone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The PSU declined or could not be authenticated (`RED-2`).
    Declined,
    /// The code was too old to be exchanged (`TOK-2`).
    CodeExpired,
    /// The bank no longer honours the consent (`REV-1`).
    Revoked,
    /// Whether the bank honours it can no longer be known: the PSU must authorise again (`REF-3`).
    Reauthorise,
    /// The PSU never came back, or 90 days passed.
    Expired,
}

impl End {
    /// The consent's state, and the problem's code.
    pub fn name(self) -> &'static str {
        match self {
            Self::Declined => "declined",
            Self::CodeExpired => "code_expired",
            Self::Revoked => "revoked",
            Self::Reauthorise => "reauthorise",
            Self::Expired => "expired",
        }
    }

    /// Every end.
    pub const ALL: [Self; 5] = [Self::Declined, Self::CodeExpired, Self::Revoked, Self::Reauthorise, Self::Expired];
}

impl Failure {
    /// What an error answer of the gateway means to a caller.
    pub fn of_answer(error: EdgeError, retry_after_ms: Option<u64>) -> Self {
        if let EdgeError::Refused(refusal) = error {
            Self::of_refusal(refusal, retry_after_ms)
        } else if error == EdgeError::Location {
            Self::Location
        } else {
            Self::BadAnswer
        }
    }

    /// What a refusal means to a caller whose request is not tried again.
    pub fn of_refusal(refusal: Rc<GatewayError>, retry_after_ms: Option<u64>) -> Self {
        match refusal.status {
            429 | 503 => Self::Busy(retry_after_ms.unwrap_or(1000).div_ceil(1000)),
            401 => Self::RefusedClient(refusal),
            400..500 => Self::Refused(refusal),
            500.. => Self::GatewayFailed(refusal.status),
            _ => Self::BadAnswer,
        }
    }

    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Input(error) => error.code(),
            Self::NotFound => "consent_not_found",
            Self::AlreadyStarted => "consent_already_started",
            Self::AlreadySubmitted => "payment_already_submitted",
            Self::NotAuthorised => "not_authorised_yet",
            Self::Ended(end) => end.name(),
            Self::RedirectMismatch => "redirect_mismatch",
            Self::Unreachable => "gateway_unreachable",
            Self::Timeout => "gateway_timeout",
            Self::BadAnswer => "gateway_bad_answer",
            Self::GatewayFailed(_) => "gateway_failed",
            Self::Busy(_) => "gateway_busy",
            Self::Refused(_) => "gateway_refused",
            Self::RefusedClient(_) => "gateway_refused_client",
            Self::Location => "location_refused",
        }
    }

    /// The HTTP status a caller is answered with.
    pub fn status(&self) -> u16 {
        match self {
            Self::Input(_) => 400,
            Self::NotFound => 404,
            Self::AlreadyStarted | Self::AlreadySubmitted | Self::NotAuthorised => 409,
            Self::Ended(_) | Self::RedirectMismatch => 403,
            Self::Unreachable | Self::BadAnswer | Self::GatewayFailed(_) | Self::RefusedClient(_) | Self::Location => {
                502
            }
            Self::Timeout => 504,
            Self::Busy(_) => 503,
            Self::Refused(refusal) => match refusal.status {
                400..500 => refusal.status,
                _ => 502,
            },
        }
    }

    /// A sentence that says what to do.
    pub fn message(&self) -> &'static str {
        match self {
            Self::Input(error) => error.message(),
            Self::NotFound => "There is no consent here. Connect the bank first.",
            Self::AlreadyStarted => "This consent was asked for already.",
            Self::AlreadySubmitted => "This consent's one payment was sent already. Ask for its status instead.",
            Self::NotAuthorised => "The customer has not come back from the bank yet. Finish there first.",
            Self::Ended(End::Declined) => {
                "The customer declined, or could not be authenticated. Connect again to retry."
            }
            Self::Ended(End::CodeExpired) => "The bank's authorisation code is too old to be used. Connect again.",
            Self::Ended(End::Revoked) => "The bank no longer honours this consent. Connect again to renew it.",
            Self::Ended(End::Reauthorise) => {
                "The bank can no longer tell whether this consent holds. Connect again to renew it."
            }
            Self::Ended(End::Expired) => "The consent has run out. Connect again to renew it.",
            Self::RedirectMismatch => {
                "The redirect is not of an authorisation that this browser started. Nothing was used."
            }
            Self::Unreachable => "The bank's gateway cannot be reached. Try again in a minute.",
            Self::Timeout => "The bank's gateway did not answer in time. Try again in a minute.",
            Self::BadAnswer => "The bank's gateway gave an answer that cannot be read. Try again in a minute.",
            Self::GatewayFailed(_) => "The bank's gateway failed. Try again in a minute.",
            Self::Busy(_) => "The bank's gateway is busy. Try again after the time in Retry-After.",
            Self::Refused(_) => "The bank refused this call.",
            Self::RefusedClient(_) => {
                "The bank's gateway refused our credentials or signature. Check id, secret, app, certificate and clock."
            }
            Self::Location => "The gateway would send the customer to a host that is not the bank's.",
        }
    }

    /// Whole seconds after which a retry makes sense, where the gateway said so.
    pub fn retry_after(&self) -> Option<u64> {
        if let Self::Busy(seconds) = self { Some(*seconds) } else { None }
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

#[cfg(test)]
mod tests;
