//! One application towards one bank: a call becomes a signed request, shaped once; the answer's location is checked.

use super::{
    Credentials, Secret, Signer,
    answer::AuthoriseAnswer,
    base_url::BaseUrl,
    call::{Call, Method, Request, ResourceCall},
    secret::form_encode,
};
use crate::{
    Error, Refusal,
    profile::{EmptyPayload, Environment, Profile},
    wire::{
        App, IssuedAt, Path,
        request::{Aspsp, authorise_body},
    },
};
use std::fmt;

/// What is sent and what is signed of one call.
pub(crate) struct Shape {
    pub(crate) method: Method,
    pub(crate) url: String,
    pub(crate) path: Path,
    pub(crate) authorization: Secret,
    pub(crate) content_type: Option<&'static str>,
    pub(crate) user_ip: Option<String>,
    pub(crate) body: Option<Secret>,
    pub(crate) payload: Secret,
}

/// One application of a third-party provider, towards one bank.
#[derive(Clone)]
pub struct Client {
    environment: Environment,
    aspsp: Aspsp,
    auth_base: BaseUrl,
    resource_base: BaseUrl,
    authorise_path: Path,
    token_path: Path,
    basic: Secret,
    client_secret: Secret,
    signer: Signer,
    profile: Profile,
}

impl Client {
    /// Puts together what [`Settings`](crate::host::Settings) has checked.
    ///
    /// # Errors
    /// [`Error::Path`], should one of the guide's own paths be none.
    pub fn new(
        environment: Environment,
        aspsp: Aspsp,
        (auth_base, resource_base): (BaseUrl, BaseUrl),
        credentials: &Credentials,
        signer: Signer,
        profile: Profile,
    ) -> Result<Self, Error> {
        Ok(Self {
            environment,
            aspsp,
            auth_base,
            resource_base,
            authorise_path: Path::parse("/authorise")?,
            token_path: Path::parse("/access-token")?,
            basic: credentials.basic(profile.basic),
            client_secret: credentials.client_secret().clone(),
            signer,
            profile,
        })
    }

    /// The environment.
    pub fn environment(&self) -> Environment {
        self.environment
    }

    /// The application's id.
    pub fn app(&self) -> &App {
        self.signer.app()
    }

    /// Where its authorisations are, without a final slash.
    pub(crate) fn auth_base(&self) -> &str {
        self.auth_base.as_str()
    }

    /// Where the bank's resources are, without a final slash.
    pub(crate) fn resource_base(&self) -> &str {
        self.resource_base.as_str()
    }

    /// The readings in force.
    pub fn profile(&self) -> &Profile {
        &self.profile
    }

    /// A call's path as it is signed.
    pub(crate) fn signed_path<'a>(&self, path: &'a Path) -> &'a str {
        self.signer.signed_path(path)
    }

    /// A refusal without what must never be shown of an answer that echoes it (`ERR-2`).
    pub fn masked(&self, refusal: &Refusal) -> Refusal {
        refusal.clone().without(&self.secrets())
    }

    /// What is sent with every call, and must never be shown.
    pub(crate) fn secrets(&self) -> [&str; 2] {
        [self.client_secret.expose(), self.basic.expose().strip_prefix("Basic ").unwrap_or_default()]
    }

    /// Shapes and signs a call.
    pub fn request(&self, call: &Call, iat: IssuedAt) -> Request {
        self.signed(self.shape(call), iat)
    }

    /// The same with a query that the call has none of: it shows whether the gateway signs that (`JWS-3`).
    ///
    /// # Errors
    /// [`Error::Path`].
    pub(crate) fn request_with_query(&self, call: &Call, query: &str, iat: IssuedAt) -> Result<Request, Error> {
        let mut shape = self.shape(call);
        shape.path = Path::parse(&[shape.path.with_query(), "?", query].concat())?;
        shape.url.push_str(&["?", query].concat());
        Ok(self.signed(shape, iat))
    }

    fn signed(&self, shape: Shape, iat: IssuedAt) -> Request {
        let signature = self.signer.sign_checked(&shape.path, shape.payload.expose(), iat);
        let mut headers = Vec::with_capacity(5);
        headers.push(("accept", Secret::new(String::from("application/json"))));
        headers.push(("authorization", shape.authorization));
        headers.push(("x-jws-signature", Secret::new(signature)));
        headers.extend(shape.content_type.map(|name| ("content-type", Secret::new(name.to_owned()))));
        headers.extend(shape.user_ip.map(|user_ip| ("x-user-ip", Secret::new(user_ip))));
        Request { method: shape.method, url: shape.url, headers, body: shape.body }
    }

    /// What a call sends and signs.
    pub(crate) fn shape(&self, call: &Call) -> Shape {
        match call {
            Call::Authorise { uuid, scope, sandbox_sca, payment } => {
                let mut body = authorise_body(self.environment, &self.aspsp, uuid, *scope, *sandbox_sca);
                if let (Some(member), Some(payment)) = (&self.profile.payment_at_authorise, payment) {
                    body.truncate(body.len() - 1);
                    body.push_str(&[",\"", member.as_str(), "\":", payment.text(), "}"].concat());
                }
                let body = Secret::new(body);
                self.post(&self.authorise_path, "application/json", body.clone(), body)
            }
            Call::Exchange { code } => self.form("authorization_code", "code", code),
            Call::Refresh { refresh_token } => self.form("refresh_token", "refresh_token", refresh_token),
            Call::Resource(call, access_token) | Call::Own(call, access_token) => self.resource(call, access_token),
        }
    }

    fn resource(&self, call: &ResourceCall, access_token: &Secret) -> Shape {
        let payload = match (call.body(), self.profile.empty_payload) {
            (Some(body), EmptyPayload::Object | EmptyPayload::Empty) => body,
            (None, EmptyPayload::Object) => "{}",
            (None, EmptyPayload::Empty) => "",
        };
        Shape {
            method: call.method(),
            url: self.resource_base.join(call.path().with_query()),
            path: call.path().clone(),
            authorization: Secret::new(["Bearer ", access_token.expose()].concat()),
            content_type: call.body().map(|_| "application/json"),
            user_ip: call.user_ip().map(|user_ip| user_ip.as_str().to_owned()),
            payload: Secret::new(payload.to_owned()),
            body: call.body().map(|body| Secret::new(body.to_owned())),
        }
    }

    /// A form of the access-token call: sent form-encoded, signed as JSON (`TOK-1`, `JWS-6`).
    fn form(&self, grant_type: &str, name: &str, value: &Secret) -> Shape {
        let encoded = Secret::new(form_encode(value.expose()));
        let body = ["grant_type=", grant_type, "&", name, "=", encoded.expose()].concat();
        // A text cannot fail to be written.
        let quoted = Secret::new(serde_json::to_string(value.expose()).unwrap_or_default());
        let payload = ["{\"grant_type\":\"", grant_type, "\",\"", name, "\":", quoted.expose(), "}"].concat();
        self.post(&self.token_path, "application/x-www-form-urlencoded", Secret::new(body), Secret::new(payload))
    }

    fn post(&self, path: &Path, content_type: &'static str, body: Secret, payload: Secret) -> Shape {
        Shape {
            method: Method::Post,
            url: self.auth_base.join(path.path()),
            path: path.clone(),
            authorization: self.basic.clone(),
            content_type: Some(content_type),
            user_ip: None,
            body: Some(body),
            payload,
        }
    }

    /// Reads the answer to `/authorise`, its `location` checked (`AUT-4`).
    ///
    /// # Errors
    /// [`Error::Refused`], [`Error::Answer`], [`Error::Location`].
    pub fn read_authorise(&self, status: u16, body: &str) -> Result<AuthoriseAnswer, Error> {
        let answer = AuthoriseAnswer::read(status, body)?;
        let may = self.auth_base.may_send_to(&answer.location, self.environment, &self.profile);
        if may { Ok(answer) } else { Err(Error::Location) }
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("environment", &self.environment)
            .field("app", self.app())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
