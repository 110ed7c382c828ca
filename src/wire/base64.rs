//! Base64 straight into its place. The crate's own `encode_string` goes through a buffer on the stack: slower, and it
//! leaves a copy of what it encodes there.

use base64::{Engine as _, engine::GeneralPurpose};

/// Appends the base64 of some bytes. What is there is not moved if there is room.
#[inline]
pub(crate) fn push(engine: &GeneralPurpose, bytes: &[u8], into: &mut Vec<u8>) {
    let start = into.len();
    into.resize(start + bytes.len().div_ceil(3) * 4, 0);
    let place = into.get_mut(start..).unwrap_or_default();
    // There is room for all of it.
    let written = engine.encode_slice(bytes, place).unwrap_or_default();
    into.truncate(start + written);
}
