//! A backend's calls, and its customers' consents.

use crate::Settings;
use std::cell::RefCell;
use tell_connect::{
    Error,
    host::{
        backend,
        customer::{self, Entry},
        members::Members,
        session::SessionKeys,
        settings::PaymentDoor,
        visit::Cookies,
    },
    profile::Scope,
};
use tell_connect_boundary::{Thrown, random, taken, value, whole};
use wasm_bindgen::prelude::*;

/// What a backend's calls are of.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Backend {
    keys: SessionKeys,
    door: PaymentDoor,
    /// The application where none is named.
    first: String,
}

#[wasm_bindgen]
impl Backend {
    /// Of a worker's settings.
    #[wasm_bindgen(constructor)]
    pub fn new(settings: &Settings) -> Self {
        let (keys, door) = settings.of_visits();
        let first = settings.raw().applications.get(None).map(|application| application.name.clone());
        Self { keys, door, first: first.unwrap_or_default() }
    }

    /// How an authorisation begins.
    ///
    /// # Errors
    /// `invalid_argument`, `randomness_unavailable`
    pub fn begin(&self, call: JsValue) -> Result<JsValue, Thrown> {
        value(&backend::begin(&self.keys, self.door, &self.first, taken::<Members>(call, WRONG)?, random()?))
    }

    /// Why it may start no payment: a code, or `undefined` where it may.
    pub fn refusal(&self) -> Option<String> {
        backend::refusal(self.door).map(|code| code.as_str().to_owned())
    }

    /// The consents that a redirect can be of.
    ///
    /// # Errors
    /// Those of the redirect: `redirect_parameter_missing`, `redirect_parameter_repeated`, `redirect_parameter_invalid`
    pub fn returned(&self, url: &str) -> Result<JsValue, Thrown> {
        value(&backend::returned(&self.keys, url)?)
    }

    /// The consent of a handle; `undefined` for one that was not made here.
    ///
    /// # Errors
    /// None: it can always be represented.
    pub fn open(&self, handle: &str) -> Result<JsValue, Thrown> {
        backend::open(&self.keys, handle).map_or(Ok(JsValue::UNDEFINED), |named| value(&named))
    }

    /// The consent that a browser holds at `now`, in milliseconds since 1970; `undefined` for none.
    ///
    /// # Errors
    /// `scope_invalid`, `iat_invalid`, `invalid_argument`
    pub fn held(&self, cookies: JsValue, scope: &str, now: f64) -> Result<JsValue, Thrown> {
        let cookies = Cookies::from(taken::<Members>(cookies, WRONG)?);
        let now = whole(now).ok_or(Error::IssuedAt)?;
        backend::held(&self.keys, &cookies, Scope::parse(scope)?, now)
            .map_or(Ok(JsValue::UNDEFINED), |named| value(&named))
    }

    /// Whether a consent renews another, whose states these are.
    ///
    /// # Errors
    /// `invalid_argument`
    pub fn renews(former: Vec<String>) -> Result<bool, Thrown> {
        Ok(backend::renews(former)?)
    }

    /// The name of a customer's object.
    ///
    /// # Errors
    /// `invalid_argument`
    #[wasm_bindgen(js_name = customerName)]
    pub fn customer_name(name: String) -> Result<String, Thrown> {
        Ok(backend::customer_name(name)?)
    }
}

/// A customer's consents.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Customer(RefCell<customer::Customer>);

#[wasm_bindgen]
impl Customer {
    /// From what was kept.
    ///
    /// # Errors
    /// `snapshot_damaged`, `snapshot_version_unknown`
    #[wasm_bindgen(constructor)]
    pub fn new(snapshot: Option<String>) -> Result<Customer, Thrown> {
        Ok(Self(RefCell::new(customer::Customer::load(snapshot.as_deref())?)))
    }

    /// What is to be kept.
    pub fn snapshot(&self) -> String {
        self.0.borrow().write()
    }

    /// The handles, the oldest first.
    pub fn consents(&self) -> Vec<String> {
        self.0.borrow().consents().iter().map(|entry| entry.consent.clone()).collect()
    }

    /// One more was asked for.
    ///
    /// # Errors
    /// `scope_invalid`
    pub fn add(&self, consent: String, scope: &str, application: String) -> Result<(), Thrown> {
        self.0.borrow_mut().add(Entry { consent, scope: Scope::parse(scope)?, application });
        Ok(())
    }

    /// The handles of those that one replaces once it is connected.
    pub fn former(&self, consent: &str) -> Vec<String> {
        self.0.borrow().former(consent).into_iter().map(|entry| entry.consent.clone()).collect()
    }

    /// One is gone. Whether that is news.
    pub fn remove(&self, consent: &str) -> bool {
        self.0.borrow_mut().remove(consent)
    }
}

const WRONG: Error = Error::Argument("The argument is none that a backend's call takes.");
