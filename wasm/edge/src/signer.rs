//! Signing. The hot call crosses once, its texts in a scratch space that both sides know.

use serde::Serialize;
use std::cell::RefCell;
use tell_connect::{
    gateway::{self, Certificate},
    profile::Profile,
    wire::{App, jws::Compact, path::MAX_PATH},
};
use tell_connect_boundary::{Thrown, issued_at, value, wipe_stack};
use wasm_bindgen::prelude::*;

/// Bytes of payload that fit in the scratch space: 64 Ki characters of up to three bytes.
const PAYLOAD_ROOM: usize = 3 * 64 * 1024;
/// Bytes of the longest token of such a payload: its base64, with room for header and signature.
const TOKEN_ROOM: usize = PAYLOAD_ROOM / 3 * 4 + 4 * MAX_PATH + 4096;

/// Where JavaScript writes a call's path and payload, and reads its token. It never moves.
struct Space {
    call: Vec<u8>,
    token: Vec<u8>,
}

thread_local! {
    static SPACE: RefCell<Space> =
        RefCell::new(Space { call: vec![0; MAX_PATH + PAYLOAD_ROOM], token: Vec::with_capacity(TOKEN_ROOM) });
}

/// Where the scratch space is in this module's memory, in bytes.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug)]
pub struct Scratch {
    /// Where a path begins.
    pub path: usize,
    /// How long it may be.
    #[wasm_bindgen(js_name = pathRoom)]
    pub path_room: usize,
    /// Where a payload begins.
    pub payload: usize,
    /// How long it may be.
    #[wasm_bindgen(js_name = payloadRoom)]
    pub payload_room: usize,
    /// Where a token begins.
    pub token: usize,
    /// How long it may be.
    #[wasm_bindgen(js_name = tokenRoom)]
    pub token_room: usize,
}

/// Where the scratch space is.
#[wasm_bindgen]
pub fn scratch() -> Scratch {
    SPACE.with_borrow(|space| Scratch {
        path: space.call.as_ptr().expose_provenance(),
        path_room: MAX_PATH,
        payload: space.call.as_ptr().expose_provenance() + MAX_PATH,
        payload_room: PAYLOAD_ROOM,
        token: space.token.as_ptr().expose_provenance(),
        token_room: TOKEN_ROOM,
    })
}

/// Signs and verifies for one application.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Signer(gateway::Signer);

impl Signer {
    fn sign_call(&self, call: &[u8], path: usize, payload: usize, iat: f64, token: &mut Vec<u8>) -> Option<()> {
        let text = |from: usize, length: usize| {
            call.get(from..from.saturating_add(length)).and_then(|bytes| std::str::from_utf8(bytes).ok())
        };
        self.0.sign_into(text(0, path)?, text(MAX_PATH, payload)?, issued_at(iat).ok()?, token).ok()
    }
}

#[wasm_bindgen]
impl Signer {
    /// Takes an application's id and the bytes of its certificate.
    ///
    /// # Errors
    /// `app_invalid`, `certificate_invalid`
    #[wasm_bindgen(constructor)]
    pub fn new(app: String, certificate: Vec<u8>) -> Result<Signer, Thrown> {
        let (app, certificate) = (App::new(app)?, Certificate::new(certificate)?);
        let signer = gateway::Signer::new(app, certificate, &Profile::default())?;
        wipe_stack();
        Ok(Self(signer))
    }

    /// The value of `x-jws-signature`.
    ///
    /// # Errors
    /// `path_invalid`, `iat_invalid`, `json_invalid`, `too_large`
    pub fn sign(&self, path: &str, payload: &str, iat: f64) -> Result<String, Thrown> {
        Ok(self.0.sign(path, payload, issued_at(iat)?)?)
    }

    /// The same of what stands in the scratch space, by the lengths of path and payload; the token's length, or 0 for
    /// what `sign` would refuse. A number alone: more than one would come to JavaScript as an array, made at each call.
    #[wasm_bindgen(js_name = signScratch)]
    pub fn sign_scratch(&self, path_length: usize, payload_length: usize, iat: f64) -> usize {
        SPACE.with(|space| {
            // Borrowed by nobody, unless an earlier call was cut off in here.
            let Ok(mut space) = space.try_borrow_mut() else { return 0 };
            let Space { call, token } = &mut *space;
            token.clear();
            let signed = self.sign_call(call, path_length, payload_length, iat, token);
            if let Some(used) = call.get_mut(MAX_PATH..MAX_PATH.saturating_add(payload_length)) {
                used.fill(0);
            }
            signed.map_or(0, |()| token.len())
        })
    }

    /// Takes a token that this application signed, HS256 alone; the header as JSON text.
    ///
    /// # Errors
    /// `jws_malformed`, `jws_algorithm_refused`, `jws_header_refused`, `jws_signature_mismatch`, `jws_app_mismatch`,
    /// `too_large`
    pub fn verify(&self, token: &str) -> Result<JsValue, Thrown> {
        #[derive(Serialize)]
        struct Verified {
            header: String,
            payload: String,
        }
        let Compact { header, payload, .. } = self.0.verify(token)?;
        value(&Verified { header, payload })
    }

    /// Says which plausible reading a refused token was signed by (`JWS-10`).
    ///
    /// # Errors
    /// `path_invalid`, `too_large`
    pub fn explain(&self, token: &str, path: Option<String>, payload: Option<String>) -> Result<JsValue, Thrown> {
        value(&gateway::explain(&self.0, token, path.as_deref(), payload.as_deref())?)
    }
}
