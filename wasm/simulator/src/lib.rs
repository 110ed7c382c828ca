//! What the page's simulator is driven by. Convert, call, convert.
//!
//! Whatever traps in a life, a broken rule like any other, ends this wasm: [`trapped`] then says why, and the page's
//! worker starts another.
#![forbid(unsafe_code)]

use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use std::cell::RefCell;
use tell_connect_simulation::Play;
use wasm_bindgen::prelude::*;

thread_local! {
    static TRAP: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Has a trap leave word.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|trap| {
        TRAP.with(|word| {
            if let Ok(mut word) = word.try_borrow_mut() {
                *word = Some(trap.to_string());
            }
        });
    }));
}

/// What a trap said, if there was one.
#[wasm_bindgen]
#[must_use]
pub fn trapped() -> Option<String> {
    TRAP.with(|word| word.try_borrow().ok().and_then(|word| word.clone()))
}

/// What there is to choose from: an `Offer`.
#[wasm_bindgen]
#[must_use]
pub fn offer() -> JsValue {
    value(&Play::offer())
}

/// What a link says, a `LinkTold`; `undefined` for one that nobody here can follow.
#[wasm_bindgen]
#[must_use]
pub fn read(link: &str) -> JsValue {
    Play::read(link).map_or(JsValue::UNDEFINED, |told| value(&told))
}

/// A run of lives.
#[wasm_bindgen]
#[allow(missing_debug_implementations, reason = "a runner has none")]
pub struct Run(RefCell<Play>);

#[wasm_bindgen]
impl Run {
    /// A run that begins where a link says; `undefined` for a link that nobody here can follow.
    #[must_use]
    pub fn of(link: &str) -> Option<Run> {
        Play::new(link).map(|play| Self(RefCell::new(play)))
    }

    /// Lives so many lives, or until one breaks a rule: a `Batch`.
    #[must_use]
    pub fn live(&self, lives: u32) -> JsValue {
        self.with(|play| value(&play.live(lives)))
    }

    /// The link of the life that comes next: a `LinkTold`.
    #[must_use]
    pub fn next(&self) -> JsValue {
        self.with(|play| value(&play.next()))
    }

    /// The first life, step by step: a `LifeTold`.
    #[must_use]
    pub fn life(&self) -> JsValue {
        self.with(|play| value(&play.life()))
    }

    /// The shortest life found that breaks the rule which the first one breaks: a `LifeTold`.
    #[must_use]
    pub fn shortest(&self) -> JsValue {
        self.with(|play| value(&play.shortest()))
    }

    fn with(&self, call: impl FnOnce(&mut Play) -> JsValue) -> JsValue {
        self.0.try_borrow_mut().map_or(JsValue::UNDEFINED, |mut play| call(&mut play))
    }
}

/// A value as JavaScript has it: objects for maps, `null` for nothing. There is none that it cannot hold.
fn value(value: &impl Serialize) -> JsValue {
    value.serialize(&Serializer::json_compatible()).unwrap_or(JsValue::UNDEFINED)
}
