//! What the worker checks at its start: the same reading, with what it finds told by check.

use super::{
    book::{Book, Verdict},
    checks::Check,
    place::Place,
};
use crate::{
    host::settings::{
        APP_NAME, APPLICATIONS, AUDIT, BANK_NAME, JURISDICTION, ORDER_DAYS, PAYMENTS, PROFILE, REDIRECT_URL,
        SESSION_DAYS, STATISTICS_TOKEN, Settings, VAULT_KEY, WORKER,
    },
    profile::Profile,
};

/// Which check a setting is of. Bindings are no text: what is written for one is looked at elsewhere.
pub(super) const SETTINGS: [(&str, Check); 20] = [
    (WORKER.environment, Check::Environment),
    (WORKER.client_id, Check::ClientId),
    (WORKER.client_secret, Check::ClientSecret),
    (WORKER.app, Check::App),
    (WORKER.certificate, Check::Certificate),
    (WORKER.aspsp, Check::Aspsp),
    (WORKER.resource_base_url, Check::ResourceBaseUrl),
    (WORKER.auth_base_url, Check::AuthBaseUrl),
    (REDIRECT_URL, Check::RedirectUrl),
    (VAULT_KEY, Check::VaultKey),
    (APPLICATIONS, Check::Applications),
    (APP_NAME, Check::Names),
    (BANK_NAME, Check::Names),
    (PAYMENTS, Check::Payments),
    (ORDER_DAYS, Check::OrderDays),
    (SESSION_DAYS, Check::SessionDays),
    (JURISDICTION, Check::Jurisdiction),
    (AUDIT, Check::Audit),
    (STATISTICS_TOKEN, Check::StatisticsToken),
    (PROFILE, Check::Profile),
];

/// The members of an application in a list.
const MEMBERS: [(&str, Check); 7] = [
    (".app", Check::App),
    (".certificate", Check::Certificate),
    (".redirectUrl", Check::RedirectUrl),
    (".aspsp", Check::Aspsp),
    (".resourceBaseUrl", Check::ResourceBaseUrl),
    (".title", Check::Names),
    (".bank", Check::Names),
];

/// Reads the settings as the worker does.
pub(super) fn check(place: &Place, book: &mut Book) {
    for (_, check) in SETTINGS {
        book.looked(check);
    }
    let profile = Profile::read(place.get(PROFILE));
    let (_, found) = Settings::examined(|name| place.get(name).map(str::to_owned), profile);
    let (faults, warnings) = found.found();
    for (verdict, list) in [(Verdict::Fault, faults), (Verdict::Warning, warnings)] {
        for fault in list {
            // Code may give a profile as well, so the worker calls it by another name.
            let setting = if fault.setting == "profile" { PROFILE } else { &fault.setting };
            book.found(check_of(setting), verdict, Some(setting), fault.problem.to_owned());
        }
    }
}

fn check_of(setting: &str) -> Check {
    let of_member = MEMBERS.iter().find(|(member, _)| setting.ends_with(member));
    let of_setting = SETTINGS.iter().find(|(name, _)| setting == *name);
    of_setting.or(of_member).map_or(Check::Applications, |(_, check)| *check)
}
