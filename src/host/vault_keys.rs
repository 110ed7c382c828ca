//! The vault's keys: 32 bytes each, and none that somebody else could know.

use super::faults::Faults;
use crate::{gateway::secret::STANDARD, profile::Environment};
use base64::Engine as _;
use zeroize::Zeroizing;

/// At least one; the first encrypts, all decrypt.
pub type VaultKeys = Vec<Zeroizing<Vec<u8>>>;

/// The key of the example in `docs/reference/settings.md`: public, so it protects nothing.
pub const EXAMPLE: &str = "CAuvEwiVZ+7jKPBmzY4kBpQ1Z0IQ8cUCC+/vxqXkA0M=";

/// Reads the keys. One that protects nothing is a fault in production, and a warning in sandbox.
pub(super) fn read(
    setting: &str,
    keys: Option<String>,
    environment: Option<Environment>,
    faults: &mut Faults,
) -> Option<VaultKeys> {
    let keys = Zeroizing::new(faults.needed(setting, keys)?);
    let keys: Option<VaultKeys> = keys.split(',').map(key).collect();
    let problem = "Each key must be 32 random bytes in base64; several are separated by commas.";
    let keys = faults.some(setting, keys, problem)?;
    for problem in weaknesses(&keys) {
        match environment {
            Some(Environment::Production) => faults.push(setting, Some(problem)),
            Some(Environment::Sandbox) => faults.warn(setting, problem),
            None => {}
        }
    }
    Some(keys)
}

fn weaknesses(keys: &[Zeroizing<Vec<u8>>]) -> Vec<&'static str> {
    let example = key(EXAMPLE);
    let is_one_byte = |key: &Zeroizing<Vec<u8>>| key.iter().all(|byte| Some(byte) == key.first());
    let is_twice = keys.iter().enumerate().any(|(at, key)| keys.iter().take(at).any(|other| other == key));
    [
        (keys.iter().any(|key| Some(key) == example.as_ref()), "It is the example's key, which everybody knows."),
        (keys.iter().any(is_one_byte), "A key is one byte over and over: it must be 32 random bytes."),
        (is_twice, "A key is listed twice."),
    ]
    .into_iter()
    .filter_map(|(is_so, problem)| is_so.then_some(problem))
    .collect()
}

fn key(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let bytes = Zeroizing::new(STANDARD.decode(text.trim_ascii()).ok()?);
    Some(bytes).filter(|bytes| bytes.len() == 32)
}
