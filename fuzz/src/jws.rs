//! Signatures: signed, taken apart, verified, explained (`JWS-1` … `JWS-10`).

use crate::{
    configured::{KEY, signer},
    parts,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use std::cell::LazyCell;
use tell_connect::{
    gateway::{Signer, explain, signer::Hs256},
    wire::{
        IssuedAt, Path, json,
        jws::{self, Compact},
    },
};

thread_local! {
    static SIGNER: LazyCell<Signer> = LazyCell::new(signer);
    static KEYED: LazyCell<Hs256> = LazyCell::new(|| Hs256::new(KEY).expect("HMAC takes any key"));
}

/// The input is a token, or two parts of one that are signed here; then a path and a payload, after empty lines.
pub(crate) fn check(text: &str) {
    let [token, path, payload] = parts::<3>(text);
    let token = token.unwrap_or_default();
    SIGNER.with(|signer| {
        KEYED.with(|key| {
            taken(signer, key, token, path, payload);
            if token.bytes().filter(|byte| *byte == b'.').count() == 1 {
                taken(signer, key, &[token, ".", &tag(key, token)].concat(), path, payload);
            }
            // A header and a payload as they are, too: the fuzzer writes JSON more easily than base64.
            if let Some((header, payload)) = token.split_once('\n') {
                let input = [header, payload].map(|part| URL_SAFE_NO_PAD.encode(part)).join(".");
                taken(signer, key, &[&input, ".", &tag(key, &input)].concat(), path, None);
            }
        });
        signed(signer, path.unwrap_or_default(), payload.unwrap_or_default());
    });
}

fn tag(key: &Hs256, input: &str) -> String {
    URL_SAFE_NO_PAD.encode(key.tag(input.as_bytes()))
}

fn taken(signer: &Signer, key: &Hs256, token: &str, path: Option<&str>, payload: Option<&str>) {
    let verified = signer.verify(token);
    if let Ok(jws) = Compact::parse(token) {
        let bytes = [jws.header.as_bytes(), jws.payload.as_bytes(), &jws.signature];
        assert_eq!(bytes.map(|part| URL_SAFE_NO_PAD.encode(part)).join("."), token, "JWS-9: one way to write it");
        assert_eq!([jws.signing_input, jws.signature_text].join("."), token, "JWS-9: its parts are the whole");
    } else {
        assert!(verified.is_err(), "JWS-9: what cannot be taken apart is not verified");
    }
    if let Ok(jws) = &verified {
        assert_eq!(jws.signature_text, tag(key, jws.signing_input), "JWS-9: nothing is taken that was not signed");
        header(&jws.header);
        changed(signer, token);
    }
    if let Ok(explanation) = explain(signer, token, path, payload) {
        assert_eq!(explanation.verified, explanation.findings.is_empty(), "JWS-10: what is wrong is said");
        assert!(!explanation.verified || verified.is_ok(), "JWS-10: it says of no refused token that it is right");
        let payload_differs = |jws: &Compact<'_>| payload.is_some_and(|sent| sent != jws.payload);
        let differs = verified.as_ref().is_ok_and(payload_differs);
        assert!(!(explanation.verified && differs), "JWS-10: the token is of another payload");
    }
}

/// Another reader of JSON finds what has to be in a header that is taken, if it reads it: a lone surrogate is JSON too.
fn header(text: &str) {
    assert!(json::check(text).is_ok(), "JWS-9: a header is JSON");
    let Ok(header) = serde_json::from_str::<serde_json::Value>(text) else { return };
    assert_eq!(header.get("alg").and_then(|alg| alg.as_str()), Some("HS256"), "JWS-9");
    assert!(header.get("crit").is_none(), "JWS-9: no crit");
    assert!(header.get("b64").is_none_or(|b64| *b64 == true), "JWS-9: no b64:false");
    assert!(header.get("app").is_none_or(|app| *app == "app-1"), "JWS-9: no other app's");
}

/// One byte of it changed, it is refused: which one, and to what, differs from token to token.
fn changed(signer: &Signer, token: &str) {
    let spread = token.bytes().fold(7_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte)));
    for at in [spread % token.len(), token.len() - 1] {
        let mut other = token.as_bytes().to_vec();
        if let Some(byte) = other.get_mut(at) {
            *byte = if *byte == b'A' { b'B' } else { b'A' };
        }
        let other = String::from_utf8(other).expect("a token is ASCII");
        assert!(signer.verify(&other).is_err(), "JWS-9: another token than the one that was signed");
    }
}

fn signed(signer: &Signer, path: &str, payload: &str) {
    let iat = IssuedAt::new(1_767_225_600).expect("this is a time");
    let Ok(token) = signer.sign(path, payload, iat) else {
        assert!(
            Path::parse(path).is_err() || jws::check_payload(payload).is_err(),
            "JWS-3, JWS-5: it is refused for these"
        );
        return;
    };
    let path_alone = Path::parse(path).expect("JWS-3: what is signed is a path");
    let jws = signer.verify(&token).expect("JWS-9: what was signed is taken");
    assert_eq!(
        (jws.payload.as_str(), jws.header),
        (payload, jws::header(signer.app(), path_alone.path(), iat)),
        "JWS-2"
    );
    if let Ok(explanation) = explain(signer, &token, Some(path), Some(payload)) {
        assert!(explanation.verified, "JWS-10: {:?}", explanation.findings);
    }
}
