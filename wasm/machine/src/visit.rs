//! A browser's call that concerns more than one consent.

use serde::Deserialize;
use std::cell::RefCell;
use tell_connect::{
    Error,
    host::{
        self,
        given::Given,
        told::Reply,
        visit::{Knock, Sessions},
    },
};
use tell_connect_boundary::{Thrown, taken, value};
use wasm_bindgen::prelude::*;

/// One call of a browser's, under way.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Visit(RefCell<host::Visit>);

#[wasm_bindgen]
impl Visit {
    /// The browser asks to be sent to the bank.
    ///
    /// # Errors
    /// `invalid_argument`
    pub fn authorise(sessions: JsValue, asked: JsValue) -> Result<Visit, Thrown> {
        #[derive(Deserialize)]
        #[serde(default)]
        #[derive(Default)]
        struct Asked {
            scope: Given,
            application: Given,
        }
        let Asked { scope, application } = taken(asked, WRONG)?;
        Ok(Self(RefCell::new(host::Visit::authorise(sessions_of(sessions)?, scope, application))))
    }

    /// The bank sent the browser back, to this URL.
    ///
    /// # Errors
    /// `invalid_argument`
    pub fn callback(sessions: JsValue, knock: JsValue, url: String) -> Result<Visit, Thrown> {
        let knock: Knock = taken(knock, WRONG)?;
        Ok(Self(RefCell::new(host::Visit::callback(sessions_of(sessions)?, &knock, url))))
    }

    /// The next step, after the reply to the step before, if that was to ask.
    ///
    /// # Errors
    /// `invalid_argument`
    pub fn next(&self, reply: JsValue) -> Result<JsValue, Thrown> {
        let reply: Option<Reply> = taken(reply, WRONG)?;
        let mut visit = self.0.try_borrow_mut().map_err(|_| Error::Interrupted)?;
        let step = visit.next(reply.and_then(Reply::told));
        drop(visit);
        value(&step)
    }
}

const WRONG: Error = Error::Argument("The argument is none that a visit takes.");

fn sessions_of(sessions: JsValue) -> Result<Sessions, Thrown> {
    taken(sessions, WRONG)
}
