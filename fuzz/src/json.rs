//! JSON, as a whole and as it comes (`JWS-5`, `ACC-7`).

use tell_connect::wire::{
    json::{self, Object},
    json_stream::JsonStream,
};

/// Bytes that come in chunks, cut in any way, are JSON where the whole is.
pub(crate) fn check(input: &[u8]) {
    let (cuts, bytes) = input.split_at(input.len().min(4));
    let text = std::str::from_utf8(bytes).ok();
    let is_json = text.is_some_and(|text| json::check(text).is_ok());
    let mut stream = JsonStream::default();
    let mut rest = bytes;
    for cut in cuts {
        let (chunk, after) = rest.split_at(rest.len().min(usize::from(*cut)));
        stream.take(chunk);
        rest = after;
    }
    stream.take(rest);
    assert_eq!(stream.is_whole(), is_json || bytes.is_empty(), "ACC-7: one verdict, however it comes");
    let Some(text) = text else { return };
    // Another reader, which goes as deep as its stack, takes nothing else.
    assert!(is_json || serde_json::from_str::<serde_json::Value>(text).is_err(), "JWS-5");
    if let Ok(object) = Object::parse(text) {
        assert!(is_json, "JWS-5: an object is JSON");
        for (_, value) in object.members() {
            assert!(json::check(value.as_written()).is_ok(), "JWS-5: a member's value is JSON");
        }
    }
}
