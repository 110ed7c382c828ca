//! The other environment's settings beside these: nothing of one is used with the other (`ENV-5`).

use super::{book::Book, checks::Check, place::Place};
use crate::{
    gateway::secret::STANDARD,
    host::settings::{STATISTICS_TOKEN, VAULT_KEY, WORKER},
};
use base64::Engine as _;
use zeroize::Zeroizing;

/// Compares both.
pub(super) fn check(own: &Place, other: &Place, book: &mut Book) {
    let problem =
        "Both files are of the same environment, or one does not say of which it is. Give the other environment's.";
    let is_other = own.environment.is_some() && other.environment.is_some() && own.environment != other.environment;
    book.fault_if(Check::OtherEnvironment, WORKER.environment, !is_other, problem);
    let texts = [
        (
            Check::OtherClientId,
            WORKER.client_id,
            "Both environments have this client id. Each has credentials of its own: the portal shows them.",
        ),
        (
            Check::OtherClientSecret,
            WORKER.client_secret,
            "Both environments have this client secret. Each has credentials of its own: the portal shows them.",
        ),
        (
            Check::OtherStatisticsToken,
            STATISTICS_TOKEN,
            "Both environments have this token. Make one of its own for each: `openssl rand -base64 32`.",
        ),
    ];
    for (check, name, problem) in texts {
        if let (Some(one), Some(two)) = (own.get(name), other.get(name)) {
            book.fault_if(check, name, one == two, problem);
        }
    }
    book.looked(Check::OtherCertificate);
    for certificate in own.certificates() {
        // A line end more or less makes no other certificate.
        let is_same = other.certificates().any(|its| body(&its.value) == body(&certificate.value));
        let problem = "Both environments have this certificate. Upload one of its own for production.";
        book.fault_if(Check::OtherCertificate, &certificate.name, is_same, problem);
    }
    let (ours, theirs) = (keys(own), keys(other));
    let problem =
        "Both environments have a vault key in common. Make one of its own for each: `openssl rand -base64 32`.";
    book.fault_if(Check::OtherVaultKey, VAULT_KEY, ours.iter().any(|key| theirs.contains(key)), problem);
    book.looked(Check::OtherBase);
    for base in own.bases() {
        let is_same =
            other.bases().iter().any(|its| its.value.trim_end_matches('/') == base.value.trim_end_matches('/'));
        let problem = "Both environments have this base URL. One of them is wrong.";
        book.fault_if(Check::OtherBase, &base.name, is_same, problem);
    }
}

fn body(certificate: &str) -> Zeroizing<String> {
    Zeroizing::new(certificate.replace("\\n", "").chars().filter(|c| !c.is_whitespace()).collect())
}

fn keys(place: &Place) -> Vec<Zeroizing<Vec<u8>>> {
    let keys = place.get(VAULT_KEY).unwrap_or_default().split(',');
    keys.filter_map(|key| STANDARD.decode(key.trim()).ok()).map(Zeroizing::new).filter(|key| key.len() == 32).collect()
}
