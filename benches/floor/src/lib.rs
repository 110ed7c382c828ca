//! HMAC-SHA256 over bytes that lie in the wasm already: what is left of a signature without strings, JSON and base64.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use std::cell::RefCell;

#[derive(Default)]
struct Floor {
    bytes: Vec<u8>,
    key: Option<Hmac<Sha256>>,
    tag: [u8; 32],
}

thread_local! {
    static FLOOR: RefCell<Floor> = RefCell::default();
}

/// Makes room for a key or a message, and says where.
#[unsafe(no_mangle)]
pub extern "C" fn bytes(length: usize) -> *const u8 {
    FLOOR.with_borrow_mut(|floor| {
        floor.bytes = vec![0; length];
        floor.bytes.as_ptr()
    })
}

/// Computes the key schedule of the bytes.
#[unsafe(no_mangle)]
pub extern "C" fn key() {
    FLOOR.with_borrow_mut(|floor| floor.key = Hmac::new_from_slice(&floor.bytes).ok());
}

/// Computes the tag of the bytes, and says where it is.
#[unsafe(no_mangle)]
pub extern "C" fn tag() -> *const u8 {
    FLOOR.with_borrow_mut(|floor| {
        if let Some(key) = &floor.key {
            floor.tag = key.clone().chain_update(&floor.bytes).finalize().into_bytes().into();
        }
        floor.tag.as_ptr()
    })
}
