//! Base64 (RFC 4648): URL-safe without padding as a JWS has it, and standard as Basic credentials and PEM have it.
//!
//! Of our own, since the `base64` crate's unrolled loops would be a quarter of the browser build; tests hold the two
//! against each other.

use crate::prelude::*;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Appends the text of some bytes.
pub fn encode(bytes: &[u8], into: &mut String) {
    into.reserve(bytes.len() / 3 * 4 + 4);
    for group in bytes.chunks(3) {
        let bits = (0..3).fold(0, |bits, at| bits << 8 | u32::from(group.get(at).copied().unwrap_or(0)));
        // One byte needs two characters, two need three, three need four.
        for at in 0..=group.len() {
            into.push(digit(bits >> (18 - 6 * at)));
        }
    }
}

fn digit(bits: u32) -> char {
    usize::try_from(bits & 63).ok().and_then(|at| ALPHABET.get(at)).map_or('A', |byte| char::from(*byte))
}

/// Appends the text of some bytes in the standard alphabet, padded.
#[cfg(feature = "sign")]
pub(crate) fn encode_standard(bytes: &[u8], into: &mut String) {
    let mut text = String::new();
    encode(bytes, &mut text);
    into.extend(text.chars().map(|digit| match digit {
        '-' => '+',
        '_' => '/',
        other => other,
    }));
    into.extend(core::iter::repeat_n('=', (3 - bytes.len() % 3) % 3));
}

/// The bytes of a text in the standard alphabet, padded or not.
#[cfg(feature = "sign")]
pub(crate) fn decode_standard(text: &str) -> Option<Vec<u8>> {
    let unpadded = text.strip_suffix("==").or(text.strip_suffix('=')).unwrap_or(text);
    let padded_right = text.len() == unpadded.len() || text.len().is_multiple_of(4);
    if !padded_right || unpadded.bytes().any(|digit| matches!(digit, b'-' | b'_')) {
        return None;
    }
    decode(&url_safe(unpadded))
}

/// The text with the standard alphabet's two characters of its own replaced.
#[cfg(feature = "sign")]
pub(crate) fn url_safe(text: &str) -> String {
    let digits = text.chars().map(|digit| match digit {
        '+' => '-',
        '/' => '_',
        other => other,
    });
    digits.collect()
}

/// The bytes of a text; `None` for padding, white space, another alphabet, or bits left over that are not zero.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 3);
    for group in text.as_bytes().chunks(4) {
        let bits = group.iter().try_fold(0, |bits, digit| Some(bits << 6 | value(*digit)?))?;
        let (bits, whole) = match group.len() {
            4 => (bits, 3),
            3 if bits & 3 == 0 => (bits << 6, 2),
            2 if bits & 15 == 0 => (bits << 12, 1),
            _ => return None,
        };
        let [_, group @ ..] = bits.to_be_bytes();
        bytes.extend(group.iter().take(whole));
    }
    Some(bytes)
}

fn value(digit: u8) -> Option<u32> {
    let value = match digit {
        b'A'..=b'Z' => digit - b'A',
        b'a'..=b'z' => digit - b'a' + 26,
        b'0'..=b'9' => digit - b'0' + 52,
        b'-' => 62,
        b'_' => 63,
        _ => return None,
    };
    Some(value.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ::base64::{
        Engine as _,
        engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD},
    };
    use proptest::prelude::*;

    fn encoded(bytes: &[u8]) -> String {
        let mut text = String::new();
        encode(bytes, &mut text);
        text
    }

    #[test]
    fn jws_1_rfc_4648_section_10_vectors() {
        let vectors = [("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE")];
        for (plain, text) in vectors {
            assert_eq!(encoded(plain.as_bytes()), text);
            assert_eq!(decode(text).as_deref(), Some(plain.as_bytes()));
        }
        assert_eq!(encoded(&[0xfb, 0xff]), "-_8", "the URL-safe alphabet");
    }

    #[test]
    fn jws_9_refuses_what_is_not_canonical() {
        for text in ["Zg==", "Zh", "Zm9=", "Zm9", "A", "AAAAA", "Z g", "Zg\n", "+/8", "Zé"] {
            assert_eq!(decode(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn jws_1_agrees_with_the_base64_crate(bytes: Vec<u8>, text in "[A-Za-z0-9_=+/-]{0,12}") {
            prop_assert_eq!(encoded(&bytes), URL_SAFE_NO_PAD.encode(&bytes));
            prop_assert_eq!(decode(&text), URL_SAFE_NO_PAD.decode(&text).ok());
        }

        #[test]
        fn bas_1_standard_agrees_with_the_base64_crate(bytes: Vec<u8>, text in "[A-Za-z0-9_=+/-]{0,12}") {
            let mut encoded = String::new();
            encode_standard(&bytes, &mut encoded);
            prop_assert_eq!(encoded, STANDARD.encode(&bytes));
            let either = STANDARD.decode(&text).or_else(|_| STANDARD_NO_PAD.decode(&text)).ok();
            prop_assert_eq!(decode_standard(&text), either);
        }
    }
}
