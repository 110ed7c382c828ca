//! What holds secrets: signing and signed requests, and the machine from a crate of its own. Convert, call, convert.
#![forbid(unsafe_code)]

mod client;
mod json;
mod signer;

pub use client::Client;
pub use json::JsonCheck;
pub use signer::{Scratch, Signer, scratch};
pub use tell_connect_machine::{Backend, Consent, Customer, Order, Settings, Visit};

use std::alloc::System;
use zeroizing_alloc::ZeroAlloc;

#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);
