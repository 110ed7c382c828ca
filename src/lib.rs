//! Speaks to a UK bank through tell.money's tell.connect gateway.
//!
//! Everything that can be decided is decided here, without IO: the core takes plain values and the time, and gives
//! back plain values: a request to send, an outcome, a snapshot to keep. JavaScript carries them out.
//!
//! | room | subject |
//! |---|---|
//! | [`codes`], [`error`] | every code once, and the one [`Error`] that carries it |
//! | [`profile`] | environments, and every reading of the guide that a gateway could do otherwise |
//! | [`wire`] | what is on the wire, without a key: JSON, paths, JWS, request bodies, the redirect |
//! | [`views`] | what the bank sent as typed values, and which of two transactions are one |
//! | `gateway` | feature `secret`: signing, signed requests, and reading what the gateway answers |
//! | `consent` | feature `secret`: the life of one consent, as a state machine |
//! | `host` | feature `secret`: all else that a shell around consents drives |
#![forbid(unsafe_code)]

pub mod codes;
pub mod error;
pub mod profile;
pub mod views;
pub mod wire;
mod words;

#[cfg(feature = "secret")]
pub mod consent;
#[cfg(feature = "secret")]
pub mod gateway;
#[cfg(feature = "secret")]
pub mod host;

pub use codes::Code;
pub use error::Error;
#[cfg(feature = "secret")]
pub use error::{Fault, Refusal};
