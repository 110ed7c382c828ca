//! Cutting text at ASCII.
//!
//! What `str` offers for this finds any `char` or pattern in any text, and costs the wasm builds kilobytes for it.

#[cfg(feature = "sign")]
use crate::prelude::String;

/// The parts before and after the first such character, which must be ASCII.
pub(crate) fn cut(text: &str, at: u8) -> Option<(&str, &str)> {
    let position = text.bytes().position(|byte| byte == at)?;
    Some((text.get(..position)?, text.get(position + 1..)?))
}

/// The parts between such characters.
pub(crate) fn pieces(text: &str, at: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    core::iter::from_fn(move || {
        let text = rest?;
        let (piece, after) = cut(text, at).map_or((text, None), |(piece, after)| (piece, Some(after)));
        rest = after;
        Some(piece)
    })
}

/// The part before the first of some characters, or all.
#[cfg(feature = "sign")]
#[allow(clippy::manual_contains, reason = "contains() links a search by machine words, for a list of three bytes")]
pub(crate) fn until<'a>(text: &'a str, ends: &[u8]) -> &'a str {
    let end = text.bytes().position(|byte| ends.iter().any(|end| *end == byte)).unwrap_or(text.len());
    text.get(..end).unwrap_or(text)
}

/// The parts before and after the first such text, which must not be empty.
#[cfg(feature = "sign")]
pub(crate) fn cut_at<'a>(text: &'a str, needle: &str) -> Option<(&'a str, &'a str)> {
    let position = (0..text.len()).find(|at| {
        let rest = text.as_bytes().get(*at..);
        rest.is_some_and(|rest| rest.starts_with(needle.as_bytes()))
    })?;
    Some((text.get(..position)?, text.get(position + needle.len()..)?))
}

/// Some texts as one.
#[cfg(feature = "sign")]
pub(crate) fn joined(texts: &[&str]) -> String {
    let mut out = String::with_capacity(texts.iter().map(|text| text.len()).sum());
    for text in texts {
        out.push_str(text);
    }
    out
}

/// Some texts as one, a comma between them.
#[cfg(feature = "sign")]
pub(crate) fn listed(texts: &[String]) -> String {
    let mut out = String::new();
    for text in texts {
        if !out.is_empty() {
            out.push(',');
        }
        out.push_str(text);
    }
    out
}

/// The text with another in each place of a needle, which must not be empty.
#[cfg(feature = "sign")]
pub(crate) fn replaced(text: &str, needle: &str, with: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = cut_at(rest, needle) {
        out.push_str(before);
        out.push_str(with);
        rest = after;
    }
    out.push_str(rest);
    out
}
