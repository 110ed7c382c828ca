//! An order, which is paid once.

use crate::Settings;
use std::cell::RefCell;
use tell_connect::{
    Error,
    host::{
        self,
        order::{Event, shell::Instruction},
    },
};
use tell_connect_boundary::{Thrown, taken, value, whole};
use wasm_bindgen::prelude::*;

/// One order.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Order(RefCell<host::order::Order>);

#[wasm_bindgen]
impl Order {
    /// An order that nothing is known of, or one that was kept.
    ///
    /// # Errors
    /// `snapshot_damaged`, `snapshot_version_unknown`
    #[wasm_bindgen(constructor)]
    pub fn new(settings: &Settings, snapshot: Option<String>) -> Result<Order, Thrown> {
        Ok(Self(RefCell::new(host::order::Order::load(settings.raw(), snapshot.as_deref())?)))
    }

    /// Takes an event at `now`, in milliseconds since 1970; what to do, in order.
    ///
    /// # Errors
    /// `iat_invalid`, `invalid_argument`, `interrupted`
    pub fn handle(&self, event: JsValue, now: f64) -> Result<JsValue, Thrown> {
        let now = whole(now).ok_or(Error::IssuedAt)?;
        let event = Event::read(taken(event, Error::Argument("The event is none that an order takes."))?)?;
        let mut order = self.0.try_borrow_mut().map_err(|_| Error::Interrupted)?;
        let commands: Vec<Instruction> = order.handle(event, now).into_iter().map(Instruction::from).collect();
        drop(order);
        value(&commands)
    }
}
