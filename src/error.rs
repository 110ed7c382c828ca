//! One error type for the whole core.
//!
//! Every error has a stable [`code`](Error::code) that a program can match and a sentence that says what to do
//! (`ERR-2`). The sentences are fixed text: no input is ever echoed, so no secret, token, code or certificate can be.

use core::fmt;

/// Whatever can be wrong with an input, a configuration or an answer.
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
    /// An issue time that is not whole seconds from 2020 to 2100 (`JWS-4`).
    IssuedAt,
    /// A text that is not JSON.
    Json,
    /// JSON nested deeper than [`json::MAX_DEPTH`](crate::json::MAX_DEPTH).
    JsonDepth,
    /// More bytes than the limit for this kind of input.
    TooLarge(&'static str),
    /// A token that is not a compact JWS (`JWS-9`).
    JwsMalformed(&'static str),
    /// A redirect without one of its three parameters (`RED-1`).
    RedirectMissing(&'static str),
    /// A redirect with one of its three parameters twice (`RED-1`).
    RedirectRepeated(&'static str),
    /// A redirect with a parameter of the wrong form (`RED-2a`).
    RedirectInvalid(&'static str),
    /// The platform gave no random bytes.
    Randomness,
    /// Errors of the code that holds secrets.
    #[cfg(feature = "sign")]
    Edge(crate::edge::EdgeError),
}

impl Error {
    /// The stable code: a program may match it, and it never changes meaning.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Argument(_) | Self::Option(_) => "invalid_argument",
            Self::Scope => "scope_invalid",
            Self::Environment => "environment_invalid",
            Self::Uuid => "uuid_invalid",
            Self::Aspsp => "aspsp_invalid",
            Self::App => "app_invalid",
            Self::Path(_) => "path_invalid",
            Self::IssuedAt => "iat_invalid",
            Self::Json => "json_invalid",
            Self::JsonDepth => "json_too_deep",
            Self::TooLarge(_) => "too_large",
            Self::JwsMalformed(_) => "jws_malformed",
            Self::RedirectMissing(_) => "redirect_parameter_missing",
            Self::RedirectRepeated(_) => "redirect_parameter_repeated",
            Self::RedirectInvalid(_) => "redirect_parameter_invalid",
            Self::Randomness => "randomness_unavailable",
            #[cfg(feature = "sign")]
            Self::Edge(error) => error.code(),
        }
    }

    /// A sentence that says what to do. It holds nothing of the input.
    pub fn message(&self) -> &'static str {
        match self {
            Self::Argument(message)
            | Self::Path(message)
            | Self::TooLarge(message)
            | Self::JwsMalformed(message)
            | Self::RedirectMissing(message)
            | Self::RedirectRepeated(message)
            | Self::RedirectInvalid(message) => message,
            Self::Option(_) => "An option is missing or of the wrong type.",
            Self::Scope => "The scope must be \"aisp\" or \"pisp\".",
            Self::Environment => "The environment must be \"sandbox\" or \"production\".",
            Self::Uuid => "The uuid must be a version 4 UUID with hyphens; leave it out and one is made.",
            Self::Aspsp => "The aspsp must be a UUID with hyphens, as the bank's guide gives it.",
            Self::App => "The app id must be 1 to 256 characters without control characters, as the portal shows it.",
            Self::IssuedAt => {
                "The iat must be whole seconds since 1970, from 2020 to 2100 (not milliseconds); check the clock."
            }
            Self::Json => "The text is not JSON (RFC 8259).",
            Self::JsonDepth => "The JSON is nested more than 64 deep.",
            Self::Randomness => "The platform gave no random bytes.",
            #[cfg(feature = "sign")]
            Self::Edge(error) => error.message(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())?;
        if let Self::Option(name) = self { write!(f, " ({name})") } else { Ok(()) }
    }
}

impl core::error::Error for Error {}

#[cfg(test)]
mod tests;
