//! A worker's settings, and one consent as a shell drives it.

use js_sys::{Array, Reflect, Uint8Array};
use std::{cell::Cell, rc::Rc};
use tell_connect::{
    Error,
    gateway::Secret,
    host::{
        self, Seat, SessionKeys,
        input::Input,
        settings::{self, PaymentDoor},
        statistics::door,
        told::ConsentView,
    },
    profile::Profile,
};
use tell_connect_boundary::{Thrown, random, taken, value, whole, wipe_stack};
use wasm_bindgen::prelude::*;

/// A worker's settings, checked.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Settings(Rc<host::Settings>);

impl Settings {
    pub(crate) fn of_visits(&self) -> (SessionKeys, PaymentDoor) {
        (self.0.sessions.clone(), self.0.payments)
    }

    pub(crate) fn raw(&self) -> &host::Settings {
        &self.0
    }
}

#[wasm_bindgen]
impl Settings {
    /// Reads variables and secrets by name, and a profile's JSON text; `TELL_PROFILE` in its place, if that is `undefined`.
    ///
    /// # Errors
    /// `configuration_invalid` with every fault
    pub fn read(variables: &JsValue, profile: Option<String>) -> Result<Settings, Thrown> {
        let get = |name: &str| Reflect::get(variables, &name.into()).ok().and_then(|value| value.as_string());
        let profile = profile.or_else(|| get(settings::PROFILE).filter(|text| !text.is_empty()));
        let settings = host::Settings::read(get, Profile::read(profile.as_deref()))?;
        wipe_stack();
        Ok(Self(Rc::new(settings)))
    }

    /// `sandbox` or `production`.
    #[wasm_bindgen(getter)]
    pub fn environment(&self) -> String {
        self.0.environment().name().to_owned()
    }

    /// 32 bytes each; the first encrypts, all decrypt.
    #[wasm_bindgen(js_name = vaultKeys)]
    pub fn vault_keys(&self) -> Array {
        self.0.vault_keys.iter().map(|key| JsValue::from(Uint8Array::from(key.as_slice()))).collect()
    }

    /// `eu`, `us` or `undefined`.
    #[wasm_bindgen(getter)]
    pub fn jurisdiction(&self) -> Option<String> {
        self.0.jurisdiction.map(str::to_owned)
    }

    /// `off`, `console` or `queue`.
    #[wasm_bindgen(getter)]
    pub fn audit(&self) -> String {
        self.0.audit.name().to_owned()
    }

    /// Why a call of the statistics with that `Authorization` is not let in: a code, or `undefined` where it is.
    #[wasm_bindgen(js_name = statisticsRefusal)]
    pub fn statistics_refusal(&self, authorization: Option<String>) -> Option<String> {
        door::refusal(&self.0, authorization.as_deref()).map(|code| code.as_str().to_owned())
    }

    /// What people see the application called that is taken where none is named, and its bank: `{application?, bank?}`.
    ///
    /// # Errors
    /// None: texts can always be represented.
    pub fn shown(&self) -> Result<JsValue, Thrown> {
        value(&self.0.shown(None))
    }

    /// What is taken, but is probably not meant.
    ///
    /// # Errors
    /// None: texts can always be represented.
    pub fn warnings(&self) -> Result<JsValue, Thrown> {
        value(&self.0.warnings)
    }
}

/// One consent.
#[wasm_bindgen]
#[allow(missing_debug_implementations, reason = "a Cell cannot be shown")]
pub struct Consent {
    /// Empty while an event is handled. What cuts that off (a full stack) leaves it empty: the consent may be half
    /// changed, and has to be made anew from its last snapshot.
    seat: Cell<Option<Box<Seat>>>,
}

#[wasm_bindgen]
impl Consent {
    /// A consent that nothing is known of, or one that was kept.
    ///
    /// # Errors
    /// `snapshot_damaged`, `snapshot_version_unknown`, `configuration_invalid`
    #[wasm_bindgen(constructor)]
    pub fn new(settings: &Settings, snapshot: Option<String>) -> Result<Consent, Thrown> {
        let snapshot = snapshot.map(Secret::new);
        let seat = Seat::new(settings.0.clone(), snapshot.as_ref().map(Secret::expose))?;
        Ok(Self { seat: Cell::new(Some(Box::new(seat))) })
    }

    /// Takes an event at `now`, in milliseconds since 1970; what to do, in order.
    ///
    /// # Errors
    /// `iat_invalid`, `invalid_argument`, `interrupted`
    pub fn handle(&self, event: JsValue, now: f64) -> Result<JsValue, Thrown> {
        let now = whole(now).ok_or(Error::IssuedAt)?;
        let input = Input::read(taken(event, Error::Argument("The event is none that a consent takes."))?)?;
        self.with(|seat| value(&seat.handle(input, now, &random)?))?
    }

    /// What may be known of it from outside, or by a stranger to it, at `now` in milliseconds since 1970.
    ///
    /// # Errors
    /// `iat_invalid`, `interrupted`
    pub fn view(&self, stranger: bool, now: f64) -> Result<JsValue, Thrown> {
        let now = whole(now).ok_or(Error::IssuedAt)?;
        let view = self.with(|seat| seat.view(now))?;
        (if stranger { view.map(ConsentView::masked) } else { view })
            .map_or(Ok(JsValue::UNDEFINED), |view| value(&view))
    }

    /// Whose it is, for its host alone.
    ///
    /// # Errors
    /// `interrupted`
    pub fn about(&self) -> Result<JsValue, Thrown> {
        self.with(|seat| seat.about())?.map_or(Ok(JsValue::UNDEFINED), |about| value(&about))
    }

    /// The calls so far as JSON, with nothing secret in it.
    ///
    /// # Errors
    /// `interrupted`
    pub fn journey(&self) -> Result<String, Thrown> {
        Ok(self.with(|seat| seat.call_log())?)
    }

    /// Takes the seat for one call, and puts it back unless that is cut off.
    fn with<T>(&self, call: impl FnOnce(&mut Seat) -> T) -> Result<T, Error> {
        let mut seat = self.seat.take().ok_or(Error::Interrupted)?;
        let done = call(&mut seat);
        self.seat.set(Some(seat));
        Ok(done)
    }
}
