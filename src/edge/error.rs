//! Errors of the code that holds secrets. Fixed sentences: nothing of the input is echoed (`ERR-2`).

use crate::prelude::*;
use crate::{Error, response::GatewayError};

/// One thing wrong with a configuration: the setting's name and what to do. Never the value (`CFG-4`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The setting, as the user wrote it.
    pub setting: String,
    /// What is wrong with it.
    pub problem: &'static str,
}

/// What can be wrong with secrets, configuration, answers and snapshots.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EdgeError {
    /// Every fault of a configuration at once (`CFG-4`).
    Configuration(Vec<Fault>),
    /// A certificate that cannot be a key (`JWS-8`).
    Certificate(&'static str),
    /// A client id or secret that cannot be sent (`BAS-2`).
    Credentials(&'static str),
    /// A base URL that requests must not be sent to (`CFG-3`).
    BaseUrl(&'static str),
    /// A profile with a setting or a value that does not exist.
    Profile,
    /// A token signed with anything but HS256 (`JWS-9`).
    JwsAlgorithm,
    /// A token with `crit` or `b64:false` (`JWS-9`).
    JwsHeader,
    /// A signature by another key or over other bytes.
    JwsSignature,
    /// A code or token that cannot be sent.
    Token,
    /// A user address that the bank must not be told (`ACC-1`).
    UserIp,
    /// A method other than GET, POST, PUT, PATCH and DELETE.
    Method,
    /// A `location` the PSU must not be sent to (`AUT-4`).
    Location,
    /// An answer that cannot be read.
    Answer(&'static str),
    /// The gateway said no (`ERR-1`).
    Refused(Rc<GatewayError>),
    /// A stored snapshot that cannot be read. Its bytes are left as they are.
    SnapshotDamaged,
    /// A stored snapshot of a version that this program does not know.
    SnapshotVersion,
}

impl EdgeError {
    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Configuration(_) => "configuration_invalid",
            Self::Certificate(_) => "certificate_invalid",
            Self::Credentials(_) => "credentials_invalid",
            Self::BaseUrl(_) => "base_url_invalid",
            Self::Profile => "profile_invalid",
            Self::JwsAlgorithm => "jws_algorithm_refused",
            Self::JwsHeader => "jws_header_refused",
            Self::JwsSignature => "jws_signature_mismatch",
            Self::Token => "token_invalid",
            Self::UserIp => "user_ip_invalid",
            Self::Method => "method_invalid",
            Self::Location => "location_refused",
            Self::Answer(_) => "gateway_bad_answer",
            Self::Refused(_) => "gateway_refused",
            Self::SnapshotDamaged => "snapshot_damaged",
            Self::SnapshotVersion => "snapshot_version_unknown",
        }
    }

    /// A sentence that says what to do.
    pub fn message(&self) -> &'static str {
        match self {
            Self::Certificate(message)
            | Self::Credentials(message)
            | Self::BaseUrl(message)
            | Self::Answer(message) => message,
            Self::Configuration(_) => "The configuration has faults; each names its setting.",
            Self::Profile => "The profile has a setting or a value that does not exist.",
            Self::JwsAlgorithm => "The token's alg is not HS256, the one algorithm the gateway uses.",
            Self::JwsHeader => "The token's header has crit or b64, which the gateway does not use.",
            Self::JwsSignature => {
                "The signature does not match: another certificate, or other bytes. explain() tells which."
            }
            Self::Token => "A code or token must be visible ASCII characters without spaces, and not empty.",
            Self::UserIp => "The user's address must be a public IPv4 or IPv6 address, as the edge saw it.",
            Self::Method => "The method must be GET, POST, PUT, PATCH or DELETE, in capitals.",
            Self::Location => "The gateway would send the customer to a host that is not the bank's.",
            Self::Refused(_) => "The gateway refused the call; its status and error are kept beside this message.",
            Self::SnapshotDamaged => "The stored consent cannot be read. It was left as it is.",
            Self::SnapshotVersion => {
                "The stored consent was written by a newer version of this program. It was left as it is."
            }
        }
    }
}

impl From<EdgeError> for Error {
    fn from(error: EdgeError) -> Self {
        Self::Edge(error)
    }
}
