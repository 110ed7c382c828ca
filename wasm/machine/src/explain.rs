//! What `Signer` answers once a token was refused.

use tell_connect::gateway::{self, Signer};
use tell_connect_boundary::{Thrown, value};
use wasm_bindgen::JsValue;

/// Which plausible reading a refused token was signed by (`JWS-10`).
///
/// # Errors
/// `path_invalid`, `too_large`
pub fn explain(signer: &Signer, token: &str, path: Option<&str>, payload: Option<&str>) -> Result<JsValue, Thrown> {
    value(&gateway::explain(signer, token, path, payload)?)
}
