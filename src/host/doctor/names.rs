//! The names of settings: unknown ones, ones that another replaces, ones that are no texts, texts that are too long.

use super::{
    book::{Book, Verdict},
    checks::Check,
    place::Place,
};
use crate::host::settings::{
    APP_NAME, APPLICATIONS, BANK_NAME, EVENTS, NAMES, REDIRECT_URL, RESULTS, STATISTICS, WORKER,
};

/// Bindings that the shell takes, of which the core knows nothing.
const OTHERS: [&str; 3] = ["TELL_AUDIT_QUEUE", "TELL_LIMIT_AUTHORISE", "TELL_LIMIT_READ"];
/// Settings that are bound.
const BOUND: [&str; 6] = [EVENTS, RESULTS, STATISTICS, "TELL_AUDIT_QUEUE", "TELL_LIMIT_AUTHORISE", "TELL_LIMIT_READ"];
/// What Cloudflare takes for a variable or secret, in bytes.
const LARGEST: usize = 5 * 1024;
/// Further from each other than so many letters, two names are two things.
const ALIKE: usize = 4;

/// Looks at each name.
pub(super) fn check(place: &Place, book: &mut Book) {
    for check in [Check::UnknownNames, Check::Bindings, Check::Unused, Check::SettingSize] {
        book.looked(check);
    }
    for name in place.values.keys() {
        if name.to_ascii_uppercase().starts_with("TELL") && !is_known(name) {
            book.found(Check::UnknownNames, Verdict::Warning, Some(name), unknown(name));
        }
        if BOUND.contains(&name.as_str()) && place.get(name).is_some() {
            let problem = "It is a binding, and no text: bind it in wrangler.jsonc, and remove the line.";
            book.found(Check::Bindings, Verdict::Warning, Some(name), problem.to_owned());
        }
        if place.get(name).is_some_and(|value| value.len() > LARGEST) && is_known(name) {
            let problem = "It is larger than 5 KB, which is the most that Cloudflare takes for a variable or secret.";
            book.found(Check::SettingSize, place.graver(), Some(name), problem.to_owned());
        }
    }
    if place.get(APPLICATIONS).is_some() {
        for name in [WORKER.app, WORKER.certificate, REDIRECT_URL, APP_NAME, BANK_NAME] {
            let problem = "It is not read while TELL_APPLICATIONS is set. Remove one of the two.";
            book.warning_if(Check::Unused, name, place.get(name).is_some(), problem);
        }
    }
}

fn is_known(name: &str) -> bool {
    NAMES.contains(&name) || OTHERS.contains(&name)
}

fn unknown(name: &str) -> String {
    let nearest = NAMES.iter().chain(&OTHERS).map(|known| (distance(&name.to_ascii_uppercase(), known), known)).min();
    match nearest {
        Some((steps, known)) if steps <= ALIKE => format!("Nothing reads this name. Is {known} meant?"),
        Some(_) | None => String::from("Nothing reads this name. Remove it, or correct it."),
    }
}

/// How many letters have to be added, removed or changed to make one of the other (Levenshtein).
pub(super) fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, letter) in one.bytes().enumerate() {
        let mut diagonal = at;
        let mut left = at + 1;
        for (place, known) in row.iter_mut().skip(1).zip(other.bytes()) {
            let changed = diagonal + usize::from(letter != known);
            diagonal = *place;
            left = changed.min(diagonal + 1).min(left + 1);
            *place = left;
        }
        if let Some(first) = row.first_mut() {
            *first = at + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}
