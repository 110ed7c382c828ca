//! One error type for the whole core.
//!
//! Every error has a stable [`code`](Error::code) that a program can match and a sentence that says what to do
//! (`ERR-2`). The sentences are fixed text: no input is ever echoed, so no secret, token, code or certificate can be.

use crate::codes::Code;
use std::fmt;
#[cfg(feature = "secret")]
use {serde::Serialize, std::rc::Rc};

/// Whatever can be wrong with an input, a configuration, an answer or a snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// An argument is missing or of the wrong type.
    Argument(&'static str),
    /// An option is missing or of the wrong type; its name.
    Option(&'static str),
    /// A scope other than `aisp` and `pisp` (`AUT-3`).
    Scope,
    /// An environment other than `sandbox` and `production`.
    Environment,
    /// A `uuid` that is not a UUIDv4 (`AUT-2`).
    Uuid,
    /// An `aspsp` that is not a UUID (`CFG-2`).
    Aspsp,
    /// An `app` id that is empty, too long or holds control characters.
    App,
    /// A path that cannot be signed (`JWS-3`).
    Path(&'static str),
    /// A method other than GET, POST, PUT, PATCH and DELETE.
    #[cfg(feature = "secret")]
    Method,
    /// An issue time that is not whole seconds from 2020 to 2100 (`JWS-4`).
    IssuedAt,
    /// A text that is not JSON.
    Json,
    /// An answer without the list that was asked for (`ACC-5`).
    List,
    /// More bytes than the limit for this kind of input.
    TooLarge(&'static str),
    /// A token that is not a compact JWS (`JWS-9`).
    JwsMalformed(&'static str),
    /// A token signed with anything but HS256 (`JWS-9`).
    #[cfg(feature = "secret")]
    JwsAlgorithm,
    /// A token with `crit` or `b64:false` (`JWS-9`).
    #[cfg(feature = "secret")]
    JwsHeader,
    /// A token of another application (`JWS-9`).
    #[cfg(feature = "secret")]
    JwsApp,
    /// A signature by another key or over other bytes.
    #[cfg(feature = "secret")]
    JwsSignature,
    /// A redirect without one of its three parameters (`RED-1`).
    RedirectMissing(&'static str),
    /// A redirect with one of its three parameters twice (`RED-1`).
    RedirectRepeated(&'static str),
    /// A redirect that is not of the bank's form (`RED-2a`).
    RedirectInvalid(&'static str),
    /// The platform gave no random bytes.
    Randomness,
    /// Every fault of a configuration at once (`CFG-4`).
    #[cfg(feature = "secret")]
    Configuration(Vec<Fault>),
    /// Every fault of a payment at once, each naming its member (`PAY-1`).
    #[cfg(feature = "secret")]
    Payment(Vec<Fault>),
    /// An order key that is empty, too long or not of visible ASCII (`PAY-5`).
    #[cfg(feature = "secret")]
    Order,
    /// A certificate that cannot be a key (`JWS-8`).
    #[cfg(feature = "secret")]
    Certificate(&'static str),
    /// A client id or secret that cannot be sent (`BAS-2`).
    #[cfg(feature = "secret")]
    Credentials(&'static str),
    /// A base URL that requests must not be sent to (`CFG-3`).
    #[cfg(feature = "secret")]
    BaseUrl(&'static str),
    /// A profile with a setting or a value that does not exist.
    Profile,
    /// A code or token that cannot be sent.
    #[cfg(feature = "secret")]
    Token,
    /// A user address that the bank must not be told (`ACC-1`).
    #[cfg(feature = "secret")]
    UserIp,
    /// A `location` the PSU must not be sent to (`AUT-4`).
    #[cfg(feature = "secret")]
    Location,
    /// An answer that cannot be read.
    #[cfg(feature = "secret")]
    Answer(&'static str),
    /// The gateway said no (`ERR-1`).
    #[cfg(feature = "secret")]
    Refused(Rc<Refusal>),
    /// A stored snapshot that cannot be read. Its bytes are left as they are.
    #[cfg(feature = "secret")]
    SnapshotDamaged,
    /// A stored snapshot of a version that this program does not know.
    #[cfg(feature = "secret")]
    SnapshotVersion,
    /// A call that was cut off half way, or is still running.
    #[cfg(feature = "secret")]
    Interrupted,
}

/// One thing wrong with a configuration or a payment: the setting's or member's name and what to do. Never the value
/// (`CFG-4`).
#[cfg(feature = "secret")]
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Fault {
    /// The setting or member, as the user wrote it.
    pub setting: String,
    /// What is wrong with it.
    pub problem: &'static str,
}

/// What is kept of a gateway's refusal (`ERR-1`).
#[cfg(feature = "secret")]
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "GatewayRefusal", optional_fields))]
pub struct Refusal {
    /// The HTTP status.
    pub status: u16,
    /// RFC 6749 `error`, or an RFC 9457 problem's `code` or `type`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// RFC 6749 `error_description`, or an RFC 9457 problem's `detail` or `title`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_description: Option<String>,
    /// The first 2 KiB of the answer, where it holds neither.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl Error {
    /// The stable code: a program may match it, and it never changes meaning.
    pub fn code(&self) -> Code {
        match self {
            Self::Argument(_) | Self::Option(_) => Code::InvalidArgument,
            Self::Scope => Code::ScopeInvalid,
            Self::Environment => Code::EnvironmentInvalid,
            Self::Uuid => Code::UuidInvalid,
            Self::Aspsp => Code::AspspInvalid,
            Self::App => Code::AppInvalid,
            Self::Path(_) => Code::PathInvalid,
            #[cfg(feature = "secret")]
            Self::Method => Code::MethodInvalid,
            Self::IssuedAt => Code::IatInvalid,
            Self::Json => Code::JsonInvalid,
            Self::List => Code::ListMissing,
            Self::TooLarge(_) => Code::TooLarge,
            Self::JwsMalformed(_) => Code::JwsMalformed,
            #[cfg(feature = "secret")]
            Self::JwsAlgorithm => Code::JwsAlgorithmRefused,
            #[cfg(feature = "secret")]
            Self::JwsHeader => Code::JwsHeaderRefused,
            #[cfg(feature = "secret")]
            Self::JwsApp => Code::JwsAppMismatch,
            #[cfg(feature = "secret")]
            Self::JwsSignature => Code::JwsSignatureMismatch,
            Self::RedirectMissing(_) => Code::RedirectParameterMissing,
            Self::RedirectRepeated(_) => Code::RedirectParameterRepeated,
            Self::RedirectInvalid(_) => Code::RedirectParameterInvalid,
            Self::Randomness => Code::RandomnessUnavailable,
            #[cfg(feature = "secret")]
            Self::Configuration(_) => Code::ConfigurationInvalid,
            #[cfg(feature = "secret")]
            Self::Payment(_) => Code::PaymentInvalid,
            #[cfg(feature = "secret")]
            Self::Order => Code::OrderInvalid,
            #[cfg(feature = "secret")]
            Self::Certificate(_) => Code::CertificateInvalid,
            #[cfg(feature = "secret")]
            Self::Credentials(_) => Code::CredentialsInvalid,
            #[cfg(feature = "secret")]
            Self::BaseUrl(_) => Code::BaseUrlInvalid,
            Self::Profile => Code::ProfileInvalid,
            #[cfg(feature = "secret")]
            Self::Token => Code::TokenInvalid,
            #[cfg(feature = "secret")]
            Self::UserIp => Code::UserIpInvalid,
            #[cfg(feature = "secret")]
            Self::Location => Code::LocationRefused,
            #[cfg(feature = "secret")]
            Self::Answer(_) => Code::GatewayBadAnswer,
            #[cfg(feature = "secret")]
            Self::Refused(_) => Code::GatewayRefused,
            #[cfg(feature = "secret")]
            Self::SnapshotDamaged => Code::SnapshotDamaged,
            #[cfg(feature = "secret")]
            Self::SnapshotVersion => Code::SnapshotVersionUnknown,
            #[cfg(feature = "secret")]
            Self::Interrupted => Code::Interrupted,
        }
    }

    /// The option that is missing or wrong, where that is the error.
    pub fn option(&self) -> Option<&'static str> {
        if let Self::Option(name) = self { Some(name) } else { None }
    }

    /// A sentence that says what to do, naming the option that is wrong.
    pub fn sentence(&self) -> String {
        match self.option() {
            Some(name) => [self.message(), " (", name, ")"].concat(),
            None => self.message().to_owned(),
        }
    }

    /// A sentence that says what to do: this error's own where it knows more than its code.
    pub fn message(&self) -> &'static str {
        match self {
            Self::Argument(sentence)
            | Self::Path(sentence)
            | Self::TooLarge(sentence)
            | Self::JwsMalformed(sentence)
            | Self::RedirectMissing(sentence)
            | Self::RedirectRepeated(sentence)
            | Self::RedirectInvalid(sentence) => sentence,
            #[cfg(feature = "secret")]
            Self::Certificate(sentence)
            | Self::Credentials(sentence)
            | Self::BaseUrl(sentence)
            | Self::Answer(sentence) => sentence,
            Self::Option(_)
            | Self::Scope
            | Self::Environment
            | Self::Uuid
            | Self::Aspsp
            | Self::App
            | Self::IssuedAt
            | Self::Json
            | Self::List
            | Self::Randomness
            | Self::Profile => self.code().sentence(),
            #[cfg(feature = "secret")]
            Self::Method
            | Self::JwsAlgorithm
            | Self::JwsHeader
            | Self::JwsApp
            | Self::JwsSignature
            | Self::Configuration(_)
            | Self::Payment(_)
            | Self::Order
            | Self::Token
            | Self::UserIp
            | Self::Location
            | Self::Refused(_)
            | Self::SnapshotDamaged
            | Self::SnapshotVersion
            | Self::Interrupted => self.code().sentence(),
        }
    }
}

/// The sentence.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence())
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests;
