//! What the command line is driven by: the doctor, who looks at a configuration. Convert, call, convert.
//!
//! A wasm of its own: no worker has need of it.
#![forbid(unsafe_code)]

use std::{alloc::System, cell::RefCell};
use tell_connect::{Error, host::doctor};
use tell_connect_boundary::{Thrown, taken, value, whole, wipe_stack};
use wasm_bindgen::prelude::*;
use zeroizing_alloc::ZeroAlloc;

#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

/// One examination.
#[wasm_bindgen]
#[allow(missing_debug_implementations, reason = "it holds secrets")]
pub struct Doctor(RefCell<Option<doctor::Doctor>>);

#[wasm_bindgen]
impl Doctor {
    /// Looks at all that can be seen at once.
    ///
    /// # Errors
    /// `invalid_argument`
    #[wasm_bindgen(constructor)]
    pub fn new(start: JsValue) -> Result<Doctor, Thrown> {
        let doctor = doctor::Doctor::new(taken(start, Error::Option("start"))?);
        wipe_stack();
        Ok(Self(RefCell::new(Some(doctor))))
    }

    /// What it has to know next; `undefined` when it knows all.
    ///
    /// # Errors
    /// `iat_invalid`, `interrupted`
    pub fn next(&self, now: f64) -> Result<JsValue, Thrown> {
        let now = whole(now).ok_or(Error::IssuedAt)?;
        let ask = self.with(|doctor| Ok(doctor.next(now)))?;
        wipe_stack();
        ask.map_or(Ok(JsValue::UNDEFINED), |ask| value(&ask))
    }

    /// Takes what it asked for.
    ///
    /// # Errors
    /// `invalid_argument`, `interrupted`
    pub fn told(&self, told: JsValue) -> Result<(), Thrown> {
        let told = taken(told, Error::Option("told"))?;
        Ok(self.with(|doctor| doctor.told(&told))?)
    }

    /// What it found: the end of it.
    ///
    /// # Errors
    /// `interrupted`
    pub fn report(&self) -> Result<JsValue, Thrown> {
        let doctor = self.0.try_borrow_mut().ok().and_then(|mut doctor| doctor.take()).ok_or(Error::Interrupted)?;
        value(&doctor.report())
    }

    fn with<T>(&self, call: impl FnOnce(&mut doctor::Doctor) -> Result<T, Error>) -> Result<T, Error> {
        let mut doctor = self.0.try_borrow_mut().map_err(|_| Error::Interrupted)?;
        call(doctor.as_mut().ok_or(Error::Interrupted)?)
    }
}
