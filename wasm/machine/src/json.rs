//! JSON that is checked as it comes.

use std::cell::RefCell;
use tell_connect::wire::json_stream::JsonStream;
use wasm_bindgen::prelude::*;

/// Bytes that are checked at a time: what has to be whole is never large.
const ROOM: usize = 64 * 1024;

thread_local! {
    /// Where JavaScript writes a chunk. It never moves. An argument would be allocated for each, and wiped byte by byte.
    static SPACE: RefCell<Vec<u8>> = RefCell::new(vec![0; ROOM]);
}

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

    /// Where a chunk is written in this module's memory.
    pub fn space() -> usize {
        SPACE.with_borrow(|space| space.as_ptr().expose_provenance())
    }

    /// How many bytes it may have.
    pub fn room() -> usize {
        ROOM
    }

    /// Takes so many bytes of what was written, and wipes them. Bytes that are not there are taken as one that no text
    /// has.
    pub fn take(&mut self, length: usize) {
        SPACE.with(|space| {
            let mut space = space.try_borrow_mut().ok();
            let Some(chunk) = space.as_mut().and_then(|space| space.get_mut(..length)) else {
                return self.0.take(&[0]);
            };
            self.0.take(chunk);
            chunk.fill(0);
        });
    }

    /// Whether what came is nothing, or one JSON text.
    #[wasm_bindgen(getter, js_name = isWhole)]
    pub fn is_whole(&self) -> bool {
        self.0.is_whole()
    }
}
