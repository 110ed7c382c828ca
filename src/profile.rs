//! Environments, and the readings of the guide that another gateway could make otherwise, as data.

use crate::{
    Error,
    wire::{Path, path::is_plain_segment},
    words::{from_words, words},
};
use serde::Serialize;

mod read;
mod unattended;

pub use unattended::{EndpointReading, ON_THE_WAY_MS, Parameters, Unattended};

/// `sandbox` or `production`. Nothing of one is ever used with the other (`ENV-5`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Environment {
    /// Stubbed data, looser limits.
    Sandbox,
    /// Real people's accounts.
    Production,
}

impl Environment {
    /// Reads `sandbox` or `production`.
    ///
    /// # Errors
    /// [`Error::Environment`] for anything else.
    pub fn parse(name: &str) -> Result<Self, Error> {
        match name {
            "sandbox" => Ok(Self::Sandbox),
            "production" => Ok(Self::Production),
            _ => Err(Error::Environment),
        }
    }

    /// The name that [`parse`](Self::parse) reads.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sandbox => "sandbox",
            Self::Production => "production",
        }
    }

    /// Where `/authorise` and `/access-token` are, version included (`ENV-1`).
    pub fn auth_base(self) -> &'static str {
        match self {
            Self::Sandbox => "https://auth-sandbox.tell.money/v1",
            Self::Production => "https://auth.tell.money/v1",
        }
    }

    /// The hosts a PSU may be sent to (`AUT-4`): the guide's own sandbox example answers with the production host.
    pub fn auth_hosts(self) -> &'static [&'static str] {
        match self {
            Self::Sandbox => &["auth-sandbox.tell.money", "auth.tell.money"],
            Self::Production => &["auth.tell.money"],
        }
    }

    /// How long an authorisation code lives, in milliseconds (`ENV-2`).
    pub fn code_lifetime_ms(self) -> u64 {
        match self {
            Self::Sandbox => 10 * 60 * 1000,
            Self::Production => 60 * 1000,
        }
    }
}

/// What the PSU is asked to grant (`AUT-3`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Scope {
    /// Account information.
    Aisp,
    /// Payment initiation.
    Pisp,
}

impl Scope {
    /// Reads `aisp` or `pisp`.
    ///
    /// # Errors
    /// [`Error::Scope`] for anything else.
    pub fn parse(name: &str) -> Result<Self, Error> {
        match name {
            "aisp" => Ok(Self::Aisp),
            "pisp" => Ok(Self::Pisp),
            _ => Err(Error::Scope),
        }
    }

    /// The name that [`parse`](Self::parse) reads.
    pub fn name(self) -> &'static str {
        match self {
            Self::Aisp => "aisp",
            Self::Pisp => "pisp",
        }
    }
}

/// The readings of the guide that a gateway could make otherwise. Defaults are those of `docs/protocol.md`.
///
/// A member that does not exist is refused: a misspelt reading must not pass for the default one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "Readings", rename_all = "camelCase"))]
pub struct Profile {
    /// Whether the signed `path` holds the query string (`JWS-3`). Default: it does not.
    pub sign_query: bool,
    /// What is signed for a request without a body (`JWS-7`).
    pub empty_payload: EmptyPayload,
    /// How the certificate's text becomes the HMAC key (`JWS-8`).
    pub certificate: CertificateReading,
    /// How the Basic credentials are joined (`BAS-1`).
    pub basic: BasicReading,
    /// Seconds before its end at which an access token is refreshed, at most 1800 (`REF-2`).
    #[cfg_attr(feature = "typescript", ts(rename = "refreshSkewSeconds", type = "number"))]
    pub refresh_skew: RefreshSkew,
    /// How many calls of a consent's resources are under way at once, 1 to 64 (`ACC-7`).
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub reads_at_once: ReadsAtOnce,
    /// Further hosts a PSU may be sent to (`AUT-4`), each as `host` or `host:port`.
    pub location_hosts: Vec<String>,
    /// Where payments are submitted (`PAY-1`).
    #[cfg_attr(feature = "typescript", ts(type = "string"))]
    pub payment_path: PaymentPath,
    /// The member of the `/authorise` body that states a payment (`PAY-6`). Default: there is none.
    #[cfg_attr(feature = "typescript", ts(type = "string | null"))]
    pub payment_at_authorise: Option<MemberName>,
    /// Hours after its submission in which the status of a payment is asked for, at most 720 (`PAY-3`).
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub payment_watch_hours: PaymentWatch,
    /// Further resources of an account (`ACC-6`), a segment of a path each.
    #[cfg_attr(feature = "typescript", ts(type = "Array<string>"))]
    pub resources: Resources,
    /// How often the bank may be asked without the PSU (`ACC-2`, `ACC-8`).
    #[cfg_attr(feature = "typescript", ts(flatten))]
    pub unattended: Unattended,
    /// What lists call the parameters of their queries.
    #[cfg_attr(feature = "typescript", ts(flatten))]
    pub parameters: Parameters,
}

from_words!(Environment, Error::Environment, { "sandbox" => Self::Sandbox, "production" => Self::Production });
from_words!(Scope, Error::Scope, { "aisp" => Self::Aisp, "pisp" => Self::Pisp });
words!(EmptyPayload, Error::Profile, { "object" => Object, "empty" => Empty });
words!(BasicReading, Error::Profile, { "as-is" => AsIs, "form-encoded" => FormEncoded });
words!(CertificateReading, Error::Profile, {
    "as-is" => AsIs,
    "lf" => Lf,
    "crlf" => CrLf,
    "no-final-newline" => NoFinalNewline,
    "final-newline" => FinalNewline,
    "pem-body" => PemBody,
    "der" => Der,
});

/// The payload signed for a request without a body (`JWS-7`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename_all = "kebab-case"))]
pub enum EmptyPayload {
    /// `{}`.
    #[default]
    Object,
    /// No bytes at all.
    Empty,
}

/// How the certificate's text becomes the HMAC key (`JWS-8`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename_all = "kebab-case"))]
pub enum CertificateReading {
    /// The bytes as uploaded.
    #[default]
    AsIs,
    /// Every line end a line feed.
    Lf,
    /// Every line end a carriage return and a line feed.
    #[cfg_attr(feature = "typescript", ts(rename = "crlf"))]
    CrLf,
    /// No line end after the last line.
    NoFinalNewline,
    /// Exactly one line feed after the last line.
    FinalNewline,
    /// The base64 between the PEM armour lines, line ends removed.
    PemBody,
    /// The DER bytes that the PEM armour holds.
    Der,
}

impl CertificateReading {
    /// Every reading, the default first.
    pub const ALL: [Self; 7] =
        [Self::AsIs, Self::Lf, Self::CrLf, Self::NoFinalNewline, Self::FinalNewline, Self::PemBody, Self::Der];
}

/// How client id and secret become Basic credentials (`BAS-1`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename_all = "kebab-case"))]
pub enum BasicReading {
    /// As they are (RFC 7617).
    #[default]
    AsIs,
    /// Each form-encoded first (RFC 6749 section 2.3.1).
    FormEncoded,
}

/// How long before its end an access token is refreshed, in seconds: at most 1800.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefreshSkew(u32);

impl RefreshSkew {
    /// The seconds.
    pub fn seconds(self) -> u32 {
        self.0
    }
}

impl TryFrom<u32> for RefreshSkew {
    type Error = Error;

    fn try_from(seconds: u32) -> Result<Self, Error> {
        if seconds <= 1800 { Ok(Self(seconds)) } else { Err(Error::Profile) }
    }
}

impl Default for RefreshSkew {
    fn default() -> Self {
        Self(60)
    }
}

/// How many calls of a consent's resources are under way at once: 1 to 64.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadsAtOnce(u8);

impl ReadsAtOnce {
    /// How many.
    pub fn count(self) -> usize {
        usize::from(self.0)
    }
}

impl TryFrom<u32> for ReadsAtOnce {
    type Error = Error;

    fn try_from(count: u32) -> Result<Self, Error> {
        u8::try_from(count).ok().filter(|count| (1..=64).contains(count)).map(Self).ok_or(Error::Profile)
    }
}

impl Default for ReadsAtOnce {
    fn default() -> Self {
        Self(8)
    }
}

/// The path payments are submitted to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaymentPath(String);

impl PaymentPath {
    /// The path.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for PaymentPath {
    type Error = Error;

    fn try_from(path: String) -> Result<Self, Error> {
        Path::parse(&path).map(|_| Self(path))
    }
}

impl Default for PaymentPath {
    fn default() -> Self {
        Self(String::from("/payments"))
    }
}

/// The name of a member of a JSON object: letters, digits, `_` and `-`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberName(String);

impl MemberName {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for MemberName {
    type Error = Error;

    fn try_from(name: String) -> Result<Self, Error> {
        let is_plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
        if is_plain && (1..=64).contains(&name.len()) { Ok(Self(name)) } else { Err(Error::Profile) }
    }
}

/// Hours after its submission in which a payment's status is asked for: at most 720.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PaymentWatch(u32);

impl PaymentWatch {
    /// As milliseconds.
    pub fn ms(self) -> u64 {
        u64::from(self.0) * 60 * 60 * 1000
    }
}

impl TryFrom<u32> for PaymentWatch {
    type Error = Error;

    fn try_from(hours: u32) -> Result<Self, Error> {
        if hours <= 720 { Ok(Self(hours)) } else { Err(Error::Profile) }
    }
}

impl Default for PaymentWatch {
    fn default() -> Self {
        Self(24)
    }
}

/// The resources of an account that the host has added to [`ACCOUNT_RESOURCES`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Resources(Vec<String>);

impl Resources {
    /// Whether an account has such a resource (`ACC-6`).
    pub fn has(&self, name: &str) -> bool {
        ACCOUNT_RESOURCES.contains(&name) || self.0.iter().any(|added| added == name)
    }
}

impl TryFrom<Vec<String>> for Resources {
    type Error = Error;

    fn try_from(names: Vec<String>) -> Result<Self, Error> {
        if names.iter().all(|name| is_plain_segment(name)) { Ok(Self(names)) } else { Err(Error::Profile) }
    }
}

/// The account resources of the gateway's operation list (`ACC-3`), under `/accounts/{id}/`.
///
/// [`Resources`] adds to them. Any other path can be called through the same signed door.
pub const ACCOUNT_RESOURCES: [&str; 7] =
    ["balance", "transactions", "beneficiaries", "direct-debits", "standing-orders", "scheduled-payments", "product"];

#[cfg(test)]
mod tests;
