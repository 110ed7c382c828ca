//! What js-sys would bring, without the kilobytes of task queue that it links into every module.

#[cfg(feature = "sign")]
use alloc::{string::String, vec::Vec};
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    pub(super) type Object;

    #[wasm_bindgen(constructor)]
    fn new() -> Object;

    #[wasm_bindgen(js_namespace = Reflect, catch)]
    pub(super) fn get(object: &JsValue, name: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = Reflect)]
    fn set(object: &Object, name: &str, value: &JsValue) -> bool;

    #[wasm_bindgen(js_namespace = Reflect, js_name = set)]
    fn set_text(object: &Object, name: &str, value: &str) -> bool;

    #[wasm_bindgen(js_namespace = JSON, js_name = parse, catch)]
    pub(super) fn parse_json(text: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues, catch)]
    pub(super) fn get_random_values(bytes: &mut [u8]) -> Result<(), JsValue>;
}

#[cfg(feature = "sign")]
#[wasm_bindgen]
extern "C" {
    pub(super) type Array;

    #[wasm_bindgen(constructor)]
    pub(super) fn new() -> Array;

    #[wasm_bindgen(method)]
    pub(super) fn push(this: &Array, item: &JsValue);

    pub(super) type Date;

    #[wasm_bindgen(constructor)]
    pub(super) fn new(at_ms: f64) -> Date;

    #[wasm_bindgen(static_method_of = Date)]
    pub(super) fn now() -> f64;

    #[wasm_bindgen(method, js_name = toISOString)]
    pub(super) fn to_iso_string(this: &Date) -> String;

    pub(super) type Uint8Array;

    #[wasm_bindgen(constructor)]
    pub(super) fn new(bytes: &[u8]) -> Uint8Array;

    #[wasm_bindgen(constructor, catch)]
    pub(super) fn copied(array: &Uint8Array) -> Result<Uint8Array, JsValue>;

    #[wasm_bindgen(static_method_of = Uint8Array, js_name = from)]
    pub(super) fn bytes(array: &Uint8Array) -> Vec<u8>;

    #[wasm_bindgen(js_namespace = JSON, js_name = stringify, catch)]
    pub(super) fn to_json(value: &JsValue) -> Result<JsValue, JsValue>;
}

/// A JavaScript object under construction.
pub(super) struct Fields(Object);

impl Fields {
    pub(super) fn new() -> Self {
        Self(Object::new())
    }

    pub(super) fn set(self, name: &str, value: impl Into<JsValue>) -> Self {
        set(&self.0, name, &value.into());
        self
    }

    pub(super) fn text(self, name: &str, value: &str) -> Self {
        set_text(&self.0, name, value);
        self
    }

    pub(super) fn end(self) -> JsValue {
        self.0.into()
    }
}

/// An array of one value for each item.
#[cfg(feature = "sign")]
pub(super) fn list<T>(items: impl IntoIterator<Item = T>, value: impl Fn(T) -> JsValue) -> JsValue {
    let list = Array::new();
    for item in items {
        list.push(&value(item));
    }
    list.into()
}
