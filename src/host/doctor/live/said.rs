//! What an answer to a made-up code says: that the call was taken, or whether credentials or signature were refused.

use crate::{Refusal, host::doctor::reach::Answer};

/// What was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::host::doctor) enum About {
    /// Client id and secret.
    Basic,
    /// The signature.
    Signature,
}

/// A refusal of the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::host::doctor) struct Refused {
    /// Of what, where it says so.
    pub(in crate::host::doctor) about: Option<About>,
    /// What two like answers have in common.
    pub(in crate::host::doctor) print: String,
}

/// What an answer says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::host::doctor) enum Said {
    /// The caller is known: what was wrong is the code alone. What two like answers have in common.
    Taken(String),
    /// The caller is refused.
    Refused(Refused),
    /// There were too many calls.
    Wait,
    /// There was no answer, or a failure.
    Failed,
}

impl Said {
    /// Reads an answer.
    pub(in crate::host::doctor) fn read(answer: &Answer) -> Self {
        let Some(status) = answer.status else { return Self::Failed };
        let refusal = Refusal::read(status, &answer.body);
        let parts = [&refusal.error, &refusal.error_description, &refusal.text];
        let words = parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(" ").to_ascii_lowercase();
        let print = print(status, &words);
        match status {
            200..300 => Self::Taken(print),
            429 => Self::Wait,
            400..500 if words.contains("invalid_grant") => Self::Taken(print),
            401 | 403 => Self::Refused(Refused { about: about(&words, true), print }),
            400..500 => match about(&words, false) {
                Some(about) => Self::Refused(Refused { about: Some(about), print }),
                None => Self::Taken(print),
            },
            _ => Self::Failed,
        }
    }
}

/// What a refusal's words are about. Elsewhere than in a 401, a client may be spoken of that is known.
fn about(words: &str, is_of_caller: bool) -> Option<About> {
    let has = |parts: &[&str]| parts.iter().any(|part| words.contains(part));
    if has(&["signature", "jws", "jwt", "signed"]) {
        Some(About::Signature)
    } else if has(&["invalid_client"]) || (is_of_caller && has(&["client", "credential", "basic"])) {
        Some(About::Basic)
    } else {
        None
    }
}

/// Status and words, but for those with digits: an id or a time is another in each answer.
fn print(status: u16, words: &str) -> String {
    let is_plain = |word: &&str| !word.bytes().any(|byte| byte.is_ascii_digit());
    let plain = words.split(|c: char| !c.is_alphanumeric() && c != '_').filter(is_plain).collect::<Vec<_>>().join(" ");
    format!("{status} {plain}")
}
