//! What a worker drives: settings, consents, visits, orders. Convert, call, convert.
#![forbid(unsafe_code)]

mod backend;
mod consent;
mod json;
mod order;
mod visit;

pub use backend::{Backend, Customer};
pub use consent::{Consent, Settings};
pub use json::JsonCheck;
pub use order::Order;
pub use visit::Visit;

use std::alloc::System;
use zeroizing_alloc::ZeroAlloc;

#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);
