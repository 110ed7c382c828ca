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

#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);
