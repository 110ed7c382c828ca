//! A browser's call.

use crate::Settings;
use std::cell::RefCell;
use tell_connect::{
    Error,
    host::{
        self,
        knock::{Door, Knock},
        members::Members,
        session::Id,
        visit::{Call, Cookies, Heard},
    },
};
use tell_connect_boundary::{Thrown, random, taken, value, whole};
use wasm_bindgen::prelude::*;

/// One call of a browser's, under way.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Visit(RefCell<host::Visit>);

#[wasm_bindgen]
impl Visit {
    /// Takes what is asked for, the cookies, and the time in milliseconds since 1970.
    ///
    /// # Errors
    /// `invalid_argument`, `iat_invalid`
    #[wasm_bindgen(constructor)]
    pub fn new(settings: &Settings, call: JsValue, cookies: JsValue, now: f64) -> Result<Visit, Thrown> {
        let now = whole(now).ok_or(Error::IssuedAt)?;
        let cookies = Cookies::from(taken::<Members>(cookies, WRONG)?);
        let call = Call::read(taken(call, WRONG)?)?;
        let mut id = Id::default();
        // Nothing else begins a consent, and what is random costs two calls of the platform.
        if matches!(call, Call::Authorise { .. }) {
            for (into, from) in id.iter_mut().zip(random()?.into_iter().chain(random()?)) {
                *into = from;
            }
        }
        let (sessions, payments) = settings.of_visits();
        Ok(Self(RefCell::new(host::Visit::new(sessions, payments, &cookies, now, call, id))))
    }

    /// Why a call is not let in through that door: a code, or `undefined` when it is.
    ///
    /// # Errors
    /// `invalid_argument`
    pub fn refusal(door: String, knock: JsValue) -> Result<Option<String>, Thrown> {
        let knock = Knock::from(taken::<Members>(knock, WRONG)?);
        Ok(knock.refusal(Door::try_from(door)?).map(|code| code.as_str().to_owned()))
    }

    /// The next step, after what a consent replied to the step before, if that was to ask or to look.
    ///
    /// # Errors
    /// `invalid_argument`
    pub fn next(&self, heard: JsValue) -> Result<JsValue, Thrown> {
        let heard: Option<Members> = taken(heard, WRONG)?;
        let mut visit = self.0.try_borrow_mut().map_err(|_| Error::Interrupted)?;
        let step = visit.next(heard.and_then(Heard::read));
        drop(visit);
        value(&step)
    }

    /// The cookies that the browser is to hold afterwards.
    ///
    /// # Errors
    /// None: they can always be represented.
    pub fn cookies(&self) -> Result<JsValue, Thrown> {
        let visit = self.0.try_borrow().map_err(|_| Error::Interrupted)?;
        value(&visit.cookies())
    }
}

const WRONG: Error = Error::Argument("The argument is none that a visit takes.");
