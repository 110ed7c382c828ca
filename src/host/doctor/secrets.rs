//! Client id, secret, vault key, tokens: each set, each of its own, each what it should be.

use super::{
    book::{Book, Verdict},
    checks::Check,
    place::{Place, Setting},
};
use crate::{
    gateway::secret::STANDARD,
    host::settings::{PAYMENTS, STATISTICS_TOKEN, VAULT_KEY, WORKER},
};
use base64::Engine as _;
use zeroize::Zeroizing;

/// What examples have in place of a value.
const EXAMPLES: [&str; 12] = [
    "my-client",
    "my-secret",
    "my-app",
    "changeme",
    "change-me",
    "change_me",
    "placeholder",
    "replace-me",
    "your-",
    "your_",
    "todo",
    "xxxx",
];
/// Of 32 random bytes, some thirty are different; fewer than this are as good as never.
const DIFFERENT_BYTES: usize = 16;
const DIFFERENT_LETTERS: usize = 8;
/// Three keys are two rotations in 91 days.
const KEYS: usize = 3;

/// Looks at each.
pub(super) fn check(place: &Place, book: &mut Book) {
    credentials(place, book);
    distinct(place, book);
    vault_key(place, book);
    production(place, book);
    book.looked(Check::BankKnown);
    for aspsp in
        place.setting(WORKER.aspsp).iter().chain(place.applications.iter().filter_map(|own| own.aspsp.as_ref()))
    {
        let is_empty = aspsp.value.len() == 36 && aspsp.value.bytes().all(|byte| matches!(byte, b'0' | b'-'));
        book.fault_if(
            Check::BankKnown,
            &aspsp.name,
            is_empty,
            "It is all zeros, which is no bank's. The bank's guide has its UUID.",
        );
    }
}

fn credentials(place: &Place, book: &mut Book) {
    let id = place.setting(WORKER.client_id);
    let secret = place.setting(WORKER.client_secret);
    if let (Some(id), Some(secret)) = (&id, &secret) {
        let problem = "It is the client id once more. The portal shows the secret once, when it is made.";
        book.fault_if(Check::CredentialsDistinct, &secret.name, id.value == secret.value, problem);
    }
    let apps = place.applications.iter().filter_map(|application| application.app.clone());
    for Setting { name, value } in id.into_iter().chain(secret).chain(apps) {
        // What holds control characters has a fault already.
        let has_space = value.trim() != value && !value.chars().any(char::is_control);
        let is_quoted =
            value.len() > 1 && ['"', '\''].iter().any(|quote| value.starts_with(*quote) && value.ends_with(*quote));
        let problem = "White space or quotes stand around it, and would be sent as a part of it. Remove them.";
        book.fault_if(Check::CredentialsSpace, &name, has_space || is_quoted, problem);
        let plain = value.to_ascii_lowercase();
        let is_example =
            (plain.starts_with('<') && plain.ends_with('>')) || EXAMPLES.iter().any(|text| plain.contains(text));
        let problem = "It is an example's, not the portal's. Put in what the portal shows.";
        book.judge(Check::Placeholders, &name, is_example.then(|| (place.graver(), problem)));
    }
}

fn distinct(place: &Place, book: &mut Book) {
    let names = [WORKER.client_secret, VAULT_KEY, STATISTICS_TOKEN];
    let set: Vec<Setting> = names.iter().filter_map(|name| place.setting(name)).collect();
    for (at, one) in set.iter().enumerate() {
        for other in set.iter().skip(at + 1) {
            let is_same = parts(one).any(|part| parts(other).any(|its| its == part));
            let problem =
                ["It is the same text as ", &one.name, ". Make one of its own: `openssl rand -base64 32`."].concat();
            book.fault_if(Check::SecretsDistinct, &other.name, is_same, &problem);
        }
    }
}

/// The texts of a setting: several keys are separated by commas.
fn parts(setting: &Setting) -> impl Iterator<Item = &str> {
    setting.value.split(',').map(str::trim)
}

fn vault_key(place: &Place, book: &mut Book) {
    let Some(keys) = place.setting(VAULT_KEY) else { return };
    let of_bytes: Vec<Zeroizing<Vec<u8>>> = parts(&keys)
        .filter_map(|key| STANDARD.decode(key).ok())
        .map(Zeroizing::new)
        .filter(|key| key.len() == 32)
        .collect();
    // One byte over and over has a fault already.
    let is_pattern =
        |key: &[u8]| (2..DIFFERENT_BYTES).contains(&different(key)) || key.iter().all(u8::is_ascii_graphic);
    let problem = "A key has a pattern, or is a text that somebody typed. Make one by `openssl rand -base64 32`.";
    let found = of_bytes.iter().any(|key| is_pattern(key)).then(|| (place.graver(), problem));
    book.judge(Check::VaultKeyRandom, VAULT_KEY, found);
    let problem =
        "More than two former keys are listed. One that is older than 91 days opens nothing any more: remove it.";
    book.warning_if(Check::VaultKeyCount, VAULT_KEY, of_bytes.len() > KEYS, problem);
}

fn different(bytes: &[u8]) -> usize {
    let mut sorted = Zeroizing::new(bytes.to_vec());
    sorted.sort_unstable();
    sorted.dedup();
    sorted.len()
}

fn production(place: &Place, book: &mut Book) {
    if let Some(token) = place.setting(STATISTICS_TOKEN) {
        let problem =
            "It has few different characters, so it can be guessed. `openssl rand -base64 32` makes a good one.";
        // One that is shorter has a fault already.
        let is_weak = token.value.len() >= 16 && different(token.value.as_bytes()) < DIFFERENT_LETTERS;
        book.judge(Check::StatisticsTokenRandom, STATISTICS_TOKEN, is_weak.then(|| (place.graver(), problem)));
    }
    if !place.is_production() {
        return;
    }
    let problem = "Without it nobody may see the statistics in production. Set one: `openssl rand -base64 32`.";
    book.warning_if(Check::StatisticsTokenSet, STATISTICS_TOKEN, place.get(STATISTICS_TOKEN).is_none(), problem);
    let problem = "Left out, every browser may start a payment of any amount. Say `on` if that is meant, `backend` or \
                   `off` otherwise.";
    book.warning_if(Check::PaymentsDoor, PAYMENTS, place.get(PAYMENTS).is_none(), problem);
    book.looked(Check::SandboxSca);
    let asks = |name: &&String| name.to_ascii_uppercase().replace('_', "").contains("SANDBOXSCA");
    for name in place.values.keys().filter(asks).filter(|name| place.get(name).is_some_and(|value| value != "false")) {
        let problem = "sandbox_sca is the sandbox's: production never sends it, and nothing reads this. Remove it.";
        book.found(Check::SandboxSca, Verdict::Fault, Some(name), problem.to_owned());
    }
}
