//! What is on the wire, as far as no key is needed for it. A page may have all of this.

pub(crate) mod base64;
pub mod json;
pub mod json_stream;
pub mod jws;
pub mod path;
pub mod redirect;
pub mod request;
#[cfg(feature = "secret")]
pub(crate) mod within;

pub use jws::{App, IssuedAt};
pub use path::Path;
