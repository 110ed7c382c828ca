//! What a worker's statistics are driven by: a shard's rows, and what all shards tell.
//!
//! A wasm of its own: consents are most of what a worker does, and need none of this.
#![forbid(unsafe_code)]

mod statistics;

pub use statistics::{Intake, Report};

use std::alloc::System;
use zeroizing_alloc::ZeroAlloc;

#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);
