//! Signed requests: the shape of each call, its JWS and its credentials.

use super::{
    Credentials, EdgeError, Secret, Signer,
    secret::form_encode,
    user_ip::{UserIp, is_loopback_host},
};
use crate::prelude::*;
use crate::{
    Error,
    jws::{self, App, IssuedAt, Path},
    profile::{EmptyPayload, Environment, Profile, Scope},
    request::{Aspsp, RequestUuid, authorise_body},
    response::AuthoriseAnswer,
    text::{cut, joined, until},
};
use core::fmt;

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// [`EdgeError::Method`].
    pub fn parse(name: &str) -> Result<Self, EdgeError> {
        let methods = [Self::Get, Self::Post, Self::Put, Self::Patch, Self::Delete];
        methods.iter().find(|method| method.name() == name).copied().ok_or(EdgeError::Method)
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

/// One call of the gateway, before it is shaped and signed.
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
    /// A call of the bank's resources (`ACC-1`, `ACC-3`).
    Resource(ResourceCall, Secret),
}

/// A call of the bank's resources, but for its access token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResourceCall {
    /// The method.
    pub method: Method,
    /// Path and query, without host and version.
    pub path: String,
    /// The PSU's address; `None` when no PSU is present (`ACC-2`).
    pub user_ip: Option<UserIp>,
    /// The JSON body, to be sent as it is (`JWS-5`).
    pub body: Option<String>,
}

impl ResourceCall {
    /// Checks a call's path and body.
    ///
    /// # Errors
    /// [`Error::Path`], [`Error::Json`], [`Error::JsonDepth`], [`Error::TooLarge`].
    pub fn new(method: Method, path: String, user_ip: Option<UserIp>, body: Option<String>) -> Result<Self, Error> {
        Path::parse(&path)?;
        if let Some(body) = &body {
            if method == Method::Get {
                return Err(Error::Argument("A GET has no body."));
            }
            jws::check_payload(body)?;
        }
        Ok(Self { method, path, user_ip, body })
    }
}

/// A request ready to be sent. It holds secrets: send it, and keep it out of logs.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The whole URL.
    pub url: String,
    /// Names and values.
    pub headers: Vec<(&'static str, String)>,
    /// The body, exactly as signed.
    pub body: Option<String>,
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request").field("method", &self.method).field("url", &self.url).finish_non_exhaustive()
    }
}

/// What is sent and what is signed of one call.
pub(super) struct Shape {
    pub(super) method: Method,
    pub(super) url: String,
    pub(super) path: String,
    pub(super) authorization: String,
    pub(super) content_type: Option<&'static str>,
    pub(super) user_ip: Option<String>,
    pub(super) body: Option<String>,
    pub(super) payload: String,
}

/// One application of a third-party provider, towards one bank.
#[derive(Clone, Debug)]
pub struct Tpp {
    environment: Environment,
    aspsp: Aspsp,
    auth_base: String,
    resource_base: String,
    basic: Secret,
    client_secret: Secret,
    signer: Signer,
    profile: Profile,
}

impl Tpp {
    /// Puts together what [`Settings`](super::Settings) has checked.
    pub(super) fn new(
        environment: Environment,
        aspsp: Aspsp,
        bases: (String, String),
        credentials: &Credentials,
        client_secret: Secret,
        signer: Signer,
        profile: Profile,
    ) -> Self {
        let (auth_base, resource_base) = bases;
        let basic = credentials.basic(profile.basic);
        Self { environment, aspsp, auth_base, resource_base, basic, client_secret, signer, profile }
    }

    /// The environment.
    pub fn environment(&self) -> Environment {
        self.environment
    }

    /// The application's id.
    pub fn app(&self) -> &App {
        self.signer.app()
    }

    /// A call's path as it is signed.
    pub(super) fn signed_path(&self, path: &str) -> String {
        Path::parse(path).map(|path| self.signer.signed_path(path)).unwrap_or_default()
    }

    /// The readings in force.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// What must never be shown of an answer that echoes it.
    pub fn secrets(&self) -> [&str; 2] {
        [self.client_secret.expose(), self.basic.expose().strip_prefix("Basic ").unwrap_or_default()]
    }

    /// Shapes and signs a call.
    ///
    /// # Errors
    /// [`Error::TooLarge`], or [`Error::Path`] of a call that was not made by [`ResourceCall::new`].
    pub fn request(&self, call: &Call, iat: IssuedAt) -> Result<Request, Error> {
        let shape = self.shape(call);
        let signature = self.signer.sign_checked(Path::parse(&shape.path)?, &shape.payload, iat)?;
        let mut headers = vec![
            ("accept", String::from("application/json")),
            ("authorization", shape.authorization),
            ("x-jws-signature", signature),
        ];
        headers.extend(shape.content_type.map(|content_type| ("content-type", content_type.to_owned())));
        headers.extend(shape.user_ip.map(|user_ip| ("x-user-ip", user_ip)));
        Ok(Request { method: shape.method, url: shape.url, headers, body: shape.body })
    }

    /// What a call sends and signs.
    pub(super) fn shape(&self, call: &Call) -> Shape {
        match call {
            Call::Authorise { uuid, scope, sandbox_sca } => {
                let body = authorise_body(self.environment, &self.aspsp, uuid, *scope, *sandbox_sca);
                self.post("/authorise", "application/json", body.clone(), body)
            }
            Call::Exchange { code } => self.form("authorization_code", "code", code),
            Call::Refresh { refresh_token } => self.form("refresh_token", "refresh_token", refresh_token),
            Call::Resource(ResourceCall { method, path, user_ip, body }, access_token) => Shape {
                method: *method,
                url: joined(&[&self.resource_base, path]),
                path: path.clone(),
                authorization: joined(&["Bearer ", access_token.expose()]),
                content_type: body.as_ref().map(|_| "application/json"),
                user_ip: user_ip.as_ref().map(|user_ip| user_ip.as_str().to_owned()),
                payload: match (body, self.profile.empty_payload) {
                    (Some(body), EmptyPayload::Object | EmptyPayload::Empty) => body.clone(),
                    (None, EmptyPayload::Object) => String::from("{}"),
                    (None, EmptyPayload::Empty) => String::new(),
                },
                body: body.clone(),
            },
        }
    }

    /// A form of the access-token call: sent form-encoded, signed as JSON (`TOK-1`, `JWS-6`).
    fn form(&self, grant_type: &str, name: &str, value: &Secret) -> Shape {
        let payload = crate::json::Writer::new().str("grant_type", grant_type).str(name, value.expose()).end();
        let mut body = joined(&["grant_type=", grant_type, "&", name, "="]);
        form_encode(value.expose(), &mut body);
        self.post("/access-token", "application/x-www-form-urlencoded", body, payload)
    }

    fn post(&self, path: &str, content_type: &'static str, body: String, payload: String) -> Shape {
        Shape {
            method: Method::Post,
            url: joined(&[&self.auth_base, path]),
            path: path.to_owned(),
            authorization: self.basic.expose().to_owned(),
            content_type: Some(content_type),
            user_ip: None,
            body: Some(body),
            payload,
        }
    }

    /// Reads the answer to `/authorise`, its `location` checked (`AUT-4`).
    ///
    /// # Errors
    /// [`EdgeError::Refused`], [`EdgeError::Answer`], [`EdgeError::Location`].
    pub fn read_authorise(&self, status: u16, body: &str) -> Result<AuthoriseAnswer, EdgeError> {
        let answer = AuthoriseAnswer::read(status, body)?;
        if self.may_send_to(&answer.location) { Ok(answer) } else { Err(EdgeError::Location) }
    }

    /// Whether a PSU may be sent there (`AUT-4`): https to one of the bank's hosts, or a developer's own machine.
    fn may_send_to(&self, location: &str) -> bool {
        let Some(authority) = authority(location) else { return false };
        let base = authority_of_base(&self.auth_base);
        if location.starts_with("https://") {
            let is = |host: &str| host.eq_ignore_ascii_case(authority);
            is(base)
                || self.environment.auth_hosts().iter().any(|host| is(host))
                || self.profile.location_hosts.iter().any(|host| is(host))
        } else {
            self.environment == Environment::Sandbox
                && is_loopback_host(host_of(base))
                && is_loopback_host(host_of(authority))
        }
    }
}

/// `host` or `host:port` of an http(s) URL; `None` where there is none, or it is written so as to mislead.
fn authority(url: &str) -> Option<&str> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let authority = until(rest, b"/?#");
    let authority = authority.strip_suffix(":443").filter(|_| url.starts_with("https://")).unwrap_or(authority);
    let plain =
        authority.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b':' | b'[' | b']'));
    let whole = url.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    (plain && whole && !authority.is_empty()).then_some(authority)
}

fn authority_of_base(base: &str) -> &str {
    authority(base).unwrap_or_default()
}

/// The host of `host:port`, brackets of an IPv6 address kept.
fn host_of(authority: &str) -> &str {
    match cut(authority, b']') {
        Some((host, _)) => authority.get(..=host.len()).unwrap_or(authority),
        None => until(authority, b":"),
    }
}

/// A base URL without its final slash, or what is wrong with it (`CFG-3`).
///
/// # Errors
/// [`EdgeError::BaseUrl`].
pub fn base_url(url: &str, environment: Environment) -> Result<String, EdgeError> {
    let Some(authority) = authority(url) else {
        return Err(EdgeError::BaseUrl("It must be a URL such as https://host/v1, without user name and white space."));
    };
    if until(url, b"?#") != url {
        return Err(EdgeError::BaseUrl("It must not have a query or a fragment."));
    }
    let local = environment == Environment::Sandbox && is_loopback_host(host_of(authority));
    if !url.starts_with("https://") && !local {
        return Err(EdgeError::BaseUrl("It must be https (plain http is taken in sandbox, for localhost alone)."));
    }
    Ok(url.strip_suffix('/').unwrap_or(url).to_owned())
}

#[cfg(test)]
mod tests;
