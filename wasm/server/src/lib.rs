//! What holds secrets: signing, and the rest from a crate that is built for size. Convert, call, convert.
#![forbid(unsafe_code)]

mod json;
mod signer;

pub use json::JsonCheck;
pub use signer::{Scratch, Signer, scratch};
pub use tell_connect_machine::{Backend, Client, Consent, Customer, Order, Settings, Visit};

use std::alloc::System;
use zeroizing_alloc::ZeroAlloc;

#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);
