//! What signs: signatures, and the requests of one application towards one bank. Convert, call, convert.
#![forbid(unsafe_code)]

mod client;
mod signer;

pub use client::Client;
pub use signer::{Scratch, Signer, scratch};

use std::alloc::System;
use zeroizing_alloc::ZeroAlloc;

#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);
