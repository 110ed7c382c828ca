//! Speaks to a UK bank through tell.money's tell.connect gateway.
//!
//! Everything that can be decided is decided here, without IO: the core takes plain values and the time, and gives
//! back plain values — a request to send, an outcome, a snapshot to keep. JavaScript carries them out.
//!
//! | module | subject |
//! |---|---|
//! | [`profile`] | environments, and every reading of the guide that a gateway could do otherwise |
//! | [`jws`] | the `x-jws-signature`: header, signing input, inspection. No key here |
//! | [`request`] | a request as plain data, and the shape of each call |
//! | [`redirect`] | reads the redirect that brings the PSU back |
//! | [`response`] | reads what the gateway answers |
//! | [`error`] | one [`Error`], with a stable code |
//! | [`base64`](mod@base64) | bytes as text, in both alphabets |
//! | [`json`] | JSON read and written by the byte, since the bytes are what is signed |
//! | `edge` | feature `sign` alone: secrets, signing, and the life of a consent |
#![forbid(unsafe_code)]
// The wasm builds do without std, whose panic messages alone would be a third of them.
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub mod base64;
pub mod error;
pub mod json;
pub mod jws;
mod prelude;
pub mod profile;
pub mod redirect;
pub mod request;
mod text;

#[cfg(feature = "sign")]
pub mod edge;
#[cfg(feature = "sign")]
pub mod response;

#[cfg(all(target_arch = "wasm32", not(feature = "std")))]
mod wasm;

pub use error::Error;
