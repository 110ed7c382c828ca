//! One call of the gateway, parsed: what is asked for, before it is shaped and signed; and what is sent of it.

use super::{Payment, Secret, UserIp};
use crate::{
    Error,
    profile::{EndpointReading, MemberName, Resources, Scope},
    wire::{Path, jws, path::is_plain_segment, request::RequestUuid},
};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde::{Deserialize, Serialize, Serializer, ser::SerializeMap};
use std::fmt;

/// What stays as it is in a segment of a path (RFC 3986 section 2.3).
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'~').remove(b'.');

const NO_ACCOUNT: &str = "An account's id is 1 to 128 of A-Za-z0-9._~- and not dots alone, its resource one of the \
                          known or of the profile's.";

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Method {
    /// GET.
    Get,
    /// POST.
    Post,
    /// PUT.
    Put,
    /// PATCH.
    Patch,
    /// DELETE.
    Delete,
}

impl Method {
    /// Reads a method's name, in capitals as HTTP has it.
    ///
    /// # Errors
    /// [`Error::Method`].
    pub fn parse(name: &str) -> Result<Self, Error> {
        let methods = [Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete];
        methods.iter().find(|method| method.name() == name).copied().ok_or(Error::Method)
    }

    /// The method's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// One call of the gateway.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    /// `POST /authorise` (`AUT-1`).
    Authorise {
        /// Its UUID.
        uuid: RequestUuid,
        /// What is asked for.
        scope: Scope,
        /// Whether the sandbox accepts for the PSU (`ENV-4`).
        sandbox_sca: bool,
        /// What the PSU is asked to agree to, for a gateway that can be told (`PAY-6`).
        payment: Option<Payment>,
    },
    /// `POST /access-token` with an authorisation code (`TOK-1`).
    Exchange {
        /// The code.
        code: Secret,
    },
    /// `POST /access-token` with a refresh token (`REF-1`).
    Refresh {
        /// The refresh token.
        refresh_token: Secret,
    },
    /// A call of the bank's resources (`ACC-1`, `ACC-3`), with its access token.
    Resource(ResourceCall, Secret),
    /// The same of a payment (`PAY-1`, `PAY-3`) or a sweep: one whose answer the machine reads.
    Own(ResourceCall, Secret),
}

/// A call of the bank's resources, but for its access token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceCall {
    method: Method,
    path: Path,
    user_ip: Option<UserIp>,
    body: Option<String>,
}

impl ResourceCall {
    /// Checks a call. `path` has its query, without host and version; `user_ip` is the PSU's own, `None` when no PSU
    /// is present (`ACC-2`); `body` is the JSON to be sent as it is (`JWS-5`).
    ///
    /// # Errors
    /// [`Error::Path`], [`Error::Json`], [`Error::TooLarge`], [`Error::Argument`] for a GET with a body.
    pub fn new(method: Method, path: &str, user_ip: Option<UserIp>, body: Option<String>) -> Result<Self, Error> {
        let path = Path::parse(path)?;
        if let Some(body) = &body {
            if method == Method::Get {
                return Err(Error::Argument("A GET has no body."));
            }
            jws::check_payload(body)?;
        }
        Ok(Self { method, path, user_ip, body })
    }

    /// A read of `/accounts[/{id}[/{resource}]]` with its query: of nothing else, and of no other way to write it
    /// (`ACC-6`).
    ///
    /// # Errors
    /// [`Error::Path`], [`Error::TooLarge`].
    pub fn account(path: &str, user_ip: Option<UserIp>, resources: &Resources) -> Result<Self, Error> {
        let mut parts = path.split('?').next().unwrap_or_default().split('/');
        let is_one = parts.next() == Some("")
            && parts.next() == Some("accounts")
            && parts.next().is_none_or(is_plain_segment)
            && parts.next().is_none_or(|name| resources.has(name))
            && parts.next().is_none();
        if is_one { Self::new(Method::Get, path, user_ip, None) } else { Err(Error::Path(NO_ACCOUNT)) }
    }

    /// The submission of a payment, at the profile's path (`PAY-1`).
    ///
    /// # Errors
    /// [`Error::Path`].
    pub fn payment(path: &str, payment: &Payment, user_ip: Option<UserIp>) -> Result<Self, Error> {
        Self::new(Method::Post, path, user_ip, Some(payment.text().to_owned()))
    }

    /// The question for the status of the payment that the bank calls by that reference (`PAY-3`).
    ///
    /// # Errors
    /// [`Error::Path`].
    pub fn payment_status(path: &str, reference: &str, user_ip: Option<UserIp>) -> Result<Self, Error> {
        let reference = utf8_percent_encode(reference, SEGMENT).to_string();
        Self::new(Method::Get, &[path, "/", &reference].concat(), user_ip, None)
    }

    /// The method.
    pub fn method(&self) -> Method {
        self.method
    }

    /// Path and query.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The PSU's address.
    pub fn user_ip(&self) -> Option<&UserIp> {
        self.user_ip.as_ref()
    }

    /// The JSON body.
    pub fn body(&self) -> Option<&str> {
        self.body.as_deref()
    }

    /// The endpoint that it is of, under which requests without the PSU are counted (`ACC-2`): one however its path is
    /// written.
    pub fn endpoint(&self, reading: EndpointReading) -> String {
        let path = percent_decode_str(self.path.path()).decode_utf8_lossy();
        let mut parts: Vec<&str> = path.trim_end_matches('/').split('/').collect();
        if let (EndpointReading::Template, [_, "accounts", id, ..]) = (reading, parts.as_mut_slice()) {
            *id = "{id}";
        }
        let path = parts.join("/");
        if self.method == Method::Get { path } else { [self.method.name(), " ", &path].concat() }
    }

    /// Whether its query names a further page of a list (`ACC-8`).
    pub fn is_page(&self, parameter: &MemberName) -> bool {
        let query = self.path.with_query().split_once('?').map_or("", |(_, query)| query);
        query.split('&').any(|pair| pair.split('=').next() == Some(parameter.as_str()))
    }
}

/// A request ready to be sent. It holds secrets: send it, and keep it out of logs.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "SignedRequest", optional_fields))]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The whole URL.
    pub url: String,
    /// Names and values.
    #[serde(serialize_with = "as_map")]
    #[cfg_attr(feature = "typescript", ts(type = "Record<string, string>"))]
    pub headers: Vec<(&'static str, Secret)>,
    /// The body, exactly as signed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "typescript", ts(as = "Option<String>"))]
    pub body: Option<Secret>,
}

/// Headers as `fetch` takes them.
pub(crate) fn as_map<S: Serializer, V: Serialize>(headers: &[(&str, V)], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(headers.len()))?;
    for (name, value) in headers {
        map.serialize_entry(name, value)?;
    }
    map.end()
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("method", &self.method).field("url", &self.url).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
