//! The bindings of what a worker drives: settings, consents, visits; and of signed requests. Convert, call, convert.
//!
//! A crate of its own, since a crate is built for speed or for size as a whole: nothing in here is as hot as signing.
#![forbid(unsafe_code)]

mod backend;
mod client;
mod consent;
mod explain;
mod order;
mod visit;

pub use backend::{Backend, Customer};
pub use client::Client;
pub use consent::{Consent, Settings};
pub use explain::explain;
pub use order::Order;
pub use visit::Visit;
