//! What holds secrets: signing, signed requests, settings and the consent machine. Convert, call, convert.
#![forbid(unsafe_code)]

mod client;
mod consent;
mod signer;
mod visit;

pub use client::Client;
pub use consent::{Consent, Settings};
pub use signer::{Scratch, Signer, scratch};
pub use visit::Visit;

use std::alloc::System;
use zeroizing_alloc::ZeroAlloc;

/// Writes over the part of the stack that a call before may have left a key on: what is freed is wiped, the stack is not.
#[inline(never)]
fn wipe_stack() {
    std::hint::black_box(&mut [0_u8; 16 * 1024]);
}

#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);
