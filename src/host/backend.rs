//! A backend's calls: what it asks to have authorised, which consent a redirect or a handle is of, and what its customers
//! have. The shell asks the objects that are named here.

use super::{
    given::Given,
    members::Members,
    session::{
        SessionKeys,
        handle::{self, Handle},
    },
    settings::PaymentDoor,
    told::Problem,
    visit::Cookies,
};
use crate::{
    Code, Error,
    consent::{Failure, State},
    gateway::{OrderKey, Payment},
    profile::Scope,
    wire::redirect,
};
use ::base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

/// Longest name of a customer, in bytes.
const LONGEST_NAME: usize = 256;

/// What a backend asks to have authorised, for its TypeScript.
#[cfg(feature = "typescript")]
#[derive(ts_rs::TS)]
#[ts(rename = "BackendCall", optional_fields)]
#[allow(dead_code, reason = "for its TypeScript alone")]
pub struct BackendCall {
    /// `aisp` or `pisp`.
    scope: Scope,
    /// The application, by name; the first when none is named.
    application: Option<String>,
    /// The host's own name for the customer.
    customer: Option<String>,
    /// The JSON text of the payment that the customer is to agree to (`PAY-6`).
    payment: Option<String>,
    /// The order that it is for (`PAY-5`).
    order: Option<String>,
}

/// How a backend's authorisation begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "BackendStep", optional_fields))]
pub enum Beginning {
    /// Ask the order, if there is one, and then the consent to start.
    Start {
        /// The consent's object, by name.
        of: String,
        /// What the backend calls the consent by.
        consent: String,
        /// What the consent is asked.
        wish: Box<Start>,
        /// The order to be asked before whether it can be paid (`PAY-5`).
        #[serde(skip_serializing_if = "Option::is_none")]
        check: Option<Check>,
    },
    /// It cannot be.
    Problem {
        /// Why.
        problem: Box<Problem>,
    },
}

/// An order to be asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "OrderCheck", optional_fields))]
pub struct Check {
    /// Its object, by name.
    pub order: String,
    /// The payment, if it was stated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub digest: Option<String>,
}

/// The wish that starts a backend's consent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "BackendStart", optional_fields))]
pub struct Start {
    #[serde(rename = "type")]
    #[cfg_attr(feature = "typescript", ts(rename = "type", type = "'start'"))]
    kind: &'static str,
    scope: Scope,
    /// Of which the UUIDs of all attempts are made.
    uuid: String,
    application: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    customer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    payment: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<String>,
}

/// Begins what a backend asks for, with 16 random bytes; of the first application, where it names none.
pub fn begin(keys: &SessionKeys, door: PaymentDoor, first: &str, call: Members, random: [u8; 16]) -> Beginning {
    let problem = |problem: Problem| Beginning::Problem { problem: Box::new(problem) };
    match read(call) {
        Ok(asked) => match refusal(door).filter(|_| asked.scope == Scope::Pisp) {
            Some(code) => problem(code.into()),
            None => start(keys, first, asked, random).unwrap_or_else(|| problem(Code::Internal.into())),
        },
        Err(error) => problem((&Failure::Input(error)).into()),
    }
}

/// Why a backend may start no payment; `None` where it may.
pub fn refusal(door: PaymentDoor) -> Option<Code> {
    match door {
        PaymentDoor::Both | PaymentDoor::Backend => None,
        PaymentDoor::Closed => Some(Code::PaymentsOff),
    }
}

struct Asked {
    scope: Scope,
    application: Option<String>,
    customer: Option<String>,
    payment: Option<Payment>,
    order: Option<OrderKey>,
}

fn read(mut call: Members) -> Result<Asked, Error> {
    let scope = Scope::parse(&call.given("scope").optional("scope")?.unwrap_or_default())?;
    let (payment, order) = (call.given("payment").optional("payment")?, call.given("order").optional("order")?);
    if scope == Scope::Aisp && (payment.is_some() || order.is_some()) {
        return Err(Error::Argument("A payment and an order are stated with the scope \"pisp\" alone."));
    }
    Ok(Asked {
        scope,
        application: call.given("application").optional("application")?,
        customer: customer(call.given("customer"))?,
        payment: payment.map(Payment::parse).transpose()?,
        order: order.as_deref().map(OrderKey::parse).transpose()?,
    })
}

fn start(keys: &SessionKeys, first: &str, asked: Asked, random: [u8; 16]) -> Option<Beginning> {
    let [uuid, ..] = handle::uuids(random);
    let handle = keys.of_uuid(uuid.as_str()).into_iter().next()?;
    let digest = asked.payment.as_ref().map(|payment| URL_SAFE_NO_PAD.encode(payment.digest()));
    Some(Beginning::Start {
        of: handle.name(),
        consent: keys.seal_handle(&handle)?,
        check: asked.order.as_ref().map(|order| Check { order: order.name(), digest }),
        wish: Box::new(Start {
            kind: "start",
            scope: asked.scope,
            uuid: uuid.as_str().to_owned(),
            application: asked.application.unwrap_or_else(|| first.to_owned()),
            customer: asked.customer,
            payment: asked.payment.map(|payment| payment.text().to_owned()),
            order: asked.order.map(|order| order.as_str().to_owned()),
        }),
    })
}

/// Whether a consent renews another (`CON-1`), whose states these are: one of them is connected.
///
/// # Errors
/// [`Error::Option`] for what is no state.
pub fn renews(former: Vec<String>) -> Result<bool, Error> {
    let former: Vec<State> = former.into_iter().map(State::try_from).collect::<Result<_, _>>()?;
    Ok(former.into_iter().any(State::is_connected))
}

/// A host's name for a customer: 1 to 256 bytes.
fn customer(given: Given) -> Result<Option<String>, Error> {
    let name = given.optional("customer")?;
    match name.as_ref().map(String::len) {
        Some(0) => Err(Error::Option("customer")),
        Some(length) if length > LONGEST_NAME => Err(Error::Option("customer")),
        Some(_) | None => Ok(name),
    }
}

/// The name of a customer's object: a digest, so that what is stored or logged tells nothing of them.
///
/// # Errors
/// [`Error::Option`] for a name that is empty or too long.
pub fn customer_name(name: String) -> Result<String, Error> {
    let name = customer(Given::Text(name))?.unwrap_or_default();
    Ok(URL_SAFE_NO_PAD.encode(Sha256::digest(["tell-connect customer 1:", &name].concat())))
}

/// A consent as a backend names it, and its object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "BackendConsent"))]
pub struct Named {
    /// The consent's object, by name.
    pub of: String,
    /// What the backend calls the consent by.
    pub consent: String,
}

fn named(keys: &SessionKeys, handle: &Handle) -> Option<Named> {
    Some(Named { of: handle.name(), consent: keys.seal_handle(handle)? })
}

/// The consents that a redirect can be of, the likeliest first.
///
/// # Errors
/// Those of [`redirect::parse`].
pub fn returned(keys: &SessionKeys, url: &str) -> Result<Vec<Named>, Error> {
    let redirect = redirect::parse(url)?;
    Ok(keys.of_uuid(&redirect.uuid).iter().filter_map(|handle| named(keys, handle)).collect())
}

/// The consent of a handle.
///
/// # Errors
/// [`Code::ConsentNotFound`] for a handle that was not made here.
pub fn open(keys: &SessionKeys, handle: &str) -> Result<Named, Code> {
    keys.open_handle(handle).and_then(|handle| named(keys, &handle)).ok_or(Code::ConsentNotFound)
}

/// The consent that a browser holds, for a host that ties it to a customer of its own.
pub fn held(keys: &SessionKeys, cookies: &Cookies, scope: Scope, now: u64) -> Option<Named> {
    let cookie = match scope {
        Scope::Aisp => &cookies.aisp,
        Scope::Pisp => &cookies.pisp,
    };
    let session = keys.open(scope, cookie.as_deref()?, now)?;
    let entry = session.newest(now).filter(|entry| entry.is_returned()).or(session.held())?;
    named(keys, &entry.into())
}

#[cfg(test)]
mod tests;
