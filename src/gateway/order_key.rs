//! The key of an order, which is paid once (`PAY-5`).

use crate::Error;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};

/// Longest key, in characters.
const LONGEST: usize = 255;

/// A shop's own name for an order: 1 to 255 visible ASCII characters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderKey(String);

impl OrderKey {
    /// Takes a key.
    ///
    /// # Errors
    /// [`Error::Order`].
    pub fn parse(text: &str) -> Result<Self, Error> {
        let is_key = (1..=LONGEST).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        if is_key { Ok(Self(text.to_owned())) } else { Err(Error::Order) }
    }

    /// The key.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name of the order's object: a digest, so that what is stored or logged tells nothing of it.
    pub fn name(&self) -> String {
        URL_SAFE_NO_PAD.encode(Sha256::digest(["tell-connect order 1:", &self.0].concat()))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that fails stops there")]
mod tests {
    use super::*;

    #[test]
    fn pay_5_a_key_is_1_to_255_visible_ascii() {
        for bad in ["", " ", "a b", "a\n", "é", "\u{7f}", &"k".repeat(256)] {
            assert_eq!(OrderKey::parse(bad), Err(Error::Order), "{bad:?}");
        }
        for good in ["1", "order-2026/11#7", &"k".repeat(255)] {
            assert_eq!(OrderKey::parse(good).unwrap().as_str(), good);
        }
    }

    #[test]
    fn pay_5_each_key_has_an_object_of_its_own() {
        let name = |key| OrderKey::parse(key).unwrap().name();
        assert_eq!(name("1"), name("1"));
        assert_ne!(name("1"), name("2"));
        assert!(!name("order-7").contains("order-7"));
    }
}
