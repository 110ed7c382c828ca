//! What a refused token can depart from, and what to do about it.

use crate::profile::CertificateReading;
use serde::Serialize;

/// One departure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Finding {
    /// Its stable name.
    pub reading: Reading,
    /// What to do about it.
    pub advice: &'static str,
}

/// How the token was written or signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Reading {
    /// Another algorithm, or `crit` or `b64`.
    Algorithm,
    /// The certificate's text as it is, where the profile reads it otherwise.
    CertificateAsIs,
    /// The certificate with CRLF line ends.
    CertificateCrlf,
    /// The certificate's DER bytes.
    CertificateDer,
    /// The certificate with one final newline.
    CertificateFinalNewline,
    /// The certificate with LF line ends.
    CertificateLf,
    /// The certificate without its final newline.
    CertificateNoFinalNewline,
    /// The base64 of the PEM alone.
    CertificatePemBody,
    /// No compact JWS.
    Malformed,
    /// Another application.
    OtherApp,
    /// Another path.
    OtherPath,
    /// Another payload.
    OtherPayload,
    /// The payload serialised again.
    #[serde(rename = "re-serialised-payload")]
    ReSerialisedPayload,
    /// Standard base64.
    StandardBase64,
    /// None that is known.
    Unexplained,
}

impl Reading {
    /// The reading of a certificate as a key.
    pub(super) fn of_certificate(reading: CertificateReading) -> Self {
        match reading {
            CertificateReading::AsIs => Self::CertificateAsIs,
            CertificateReading::Lf => Self::CertificateLf,
            CertificateReading::CrLf => Self::CertificateCrlf,
            CertificateReading::NoFinalNewline => Self::CertificateNoFinalNewline,
            CertificateReading::FinalNewline => Self::CertificateFinalNewline,
            CertificateReading::PemBody => Self::CertificatePemBody,
            CertificateReading::Der => Self::CertificateDer,
        }
    }

    fn advice(self) -> &'static str {
        match self {
            Self::Algorithm => "The header's alg must be HS256, without crit and b64.",
            Self::CertificateAsIs => "The key was the certificate's text as it is: the profile reads it otherwise.",
            Self::CertificateCrlf => "The key was the certificate with CRLF line ends: one side has LF.",
            Self::CertificateDer => "The key was the certificate's DER bytes, not its text.",
            Self::CertificateFinalNewline => "The key was the certificate with one final newline added.",
            Self::CertificateLf => "The key was the certificate with LF line ends: one side has CRLF.",
            Self::CertificateNoFinalNewline => "The key was the certificate without its final newline.",
            Self::CertificatePemBody => "The key was the base64 of the PEM alone, without armour.",
            Self::Malformed => {
                "The token is not three parts of canonical base64 joined by dots, a JSON object without repetition first."
            }
            Self::OtherApp => "The header's app is another than this signer's: each application has its own id.",
            Self::OtherPath => "Another path was signed: sign the call's path without host, version and query string.",
            Self::OtherPayload => "Another payload was signed than the one sent.",
            Self::ReSerialisedPayload => {
                "The payload was serialised again: sign the very bytes that are sent as the body."
            }
            Self::StandardBase64 => {
                "The parts are in standard base64: use the URL-safe alphabet without padding (RFC 7515 section 2)."
            }
            Self::Unexplained => {
                "No reading verifies: another certificate altogether, an edited token, or a payload not given here."
            }
        }
    }
}

impl From<Reading> for Finding {
    fn from(reading: Reading) -> Self {
        Self { reading, advice: reading.advice() }
    }
}
