//! What must hold of any input, one target a subject. `make fuzz` looks for an input that breaks it, by coverage; a
//! native test holds the inputs in `corpus/` to the same.
//!
//! A target panics where its rule is broken, and names the rule.
#![forbid(unsafe_code)]

mod answers;
mod configured;
mod consent;
mod doctor;
mod json;
mod jws;
mod path;
mod redirect;
mod settings;
mod snapshot;
mod views;

/// A name, and what is done with an input.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: [Target; 10] = [
    ("answers", |input| text(input, answers::check)),
    ("consent", consent::check),
    ("doctor", |input| text(input, doctor::check)),
    ("json", json::check),
    ("jws", |input| text(input, jws::check)),
    ("path", |input| text(input, path::check)),
    ("redirect", |input| text(input, redirect::check)),
    ("settings", |input| text(input, settings::check)),
    ("snapshot", |input| text(input, snapshot::check)),
    ("views", |input| text(input, views::check)),
];

/// What is no text never comes so far: JavaScript's strings cross as UTF-8.
fn text(input: &[u8], check: fn(&str)) {
    if let Ok(text) = std::str::from_utf8(input) {
        check(text);
    }
}

/// Splits an input into its parts, which empty lines separate; a part that is not there is `None`.
fn parts<const N: usize>(text: &str) -> [Option<&str>; N] {
    let mut parts = text.splitn(N, "\n\n");
    [(); N].map(|()| parts.next())
}
