//! JSON that is checked as it comes, its chunks in the scratch space.

use crate::signer::with_payload;
use tell_connect::wire::json_stream::JsonStream;
use wasm_bindgen::prelude::*;

/// A text that comes in chunks.
#[wasm_bindgen]
#[derive(Debug, Default)]
pub struct JsonCheck(JsonStream);

#[wasm_bindgen]
impl JsonCheck {
    /// Of a text of which nothing came yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> JsonCheck {
        Self::default()
    }

    /// Takes the next bytes, which stand where a payload does in the scratch space.
    #[wasm_bindgen(js_name = takeScratch)]
    pub fn take_scratch(&mut self, length: usize) {
        with_payload(length, |chunk| self.0.take(chunk));
    }

    /// Whether what came is nothing, or one JSON text.
    #[wasm_bindgen(getter, js_name = isWhole)]
    pub fn is_whole(&self) -> bool {
        self.0.is_whole()
    }
}
