//! A worker's settings: read once, every fault found at once, no value ever shown (`CFG-1` … `CFG-4`).

use super::{
    audit::Audit,
    faults::Faults,
    options::{Bank, ClientOptions, Common, Names},
    session::{self, SessionKeys},
    statistics,
    vault_keys::{self, VaultKeys},
};
use crate::{
    Code, Error, Fault,
    gateway::{Application, Applications, Certificate, Secret, Shown},
    profile::{CertificateReading, Environment, Profile},
    wire::{
        App,
        json::{Object, Value, number},
    },
};
use std::{borrow::Cow, fmt, rc::Rc};

/// Every variable and secret that is read, for whoever documents them.
pub const NAMES: [&str; 23] = [
    WORKER.environment,
    WORKER.client_id,
    WORKER.client_secret,
    WORKER.app,
    WORKER.certificate,
    WORKER.aspsp,
    WORKER.resource_base_url,
    WORKER.auth_base_url,
    REDIRECT_URL,
    VAULT_KEY,
    APPLICATIONS,
    APP_NAME,
    BANK_NAME,
    JURISDICTION,
    AUDIT,
    SESSION_DAYS,
    PAYMENTS,
    ORDER_DAYS,
    EVENTS,
    RESULTS,
    STATISTICS,
    STATISTICS_TOKEN,
    PROFILE,
];

/// The longest setting that is read, in bytes: some applications with their certificates.
pub const MAX_TEXT: usize = 1024 * 1024;

pub(super) const WORKER: Names = Names {
    environment: "TELL_ENVIRONMENT",
    client_id: "TELL_CLIENT_ID",
    client_secret: "TELL_CLIENT_SECRET",
    app: "TELL_APP",
    certificate: "TELL_CERTIFICATE",
    aspsp: "TELL_ASPSP",
    resource_base_url: "TELL_RESOURCE_BASE_URL",
    auth_base_url: "TELL_AUTH_BASE_URL",
};
pub(super) const REDIRECT_URL: &str = "TELL_REDIRECT_URL";
pub(super) const VAULT_KEY: &str = "TELL_VAULT_KEY";
pub(super) const APPLICATIONS: &str = "TELL_APPLICATIONS";
/// What people see the application called; in a list, its `title`.
pub(super) const APP_NAME: &str = "TELL_APP_NAME";
/// The same of the bank; in a list, its `bank`.
pub(super) const BANK_NAME: &str = "TELL_BANK_NAME";
pub(super) const JURISDICTION: &str = "TELL_JURISDICTION";
pub(super) const AUDIT: &str = "TELL_AUDIT";
pub(super) const SESSION_DAYS: &str = "TELL_SESSION_DAYS";
pub(super) const PAYMENTS: &str = "TELL_PAYMENTS";
pub(super) const ORDER_DAYS: &str = "TELL_ORDER_DAYS";
/// A queue, and so no text: a shell tells `bound` of one that is there, or of a handler in its place.
pub(super) const EVENTS: &str = "TELL_EVENTS";
/// The shards of the statistics: as of the queue, that they are bound is told.
pub(super) const STATISTICS: &str = "STATISTICS";
pub(super) const STATISTICS_TOKEN: &str = "TELL_STATISTICS_TOKEN";

/// The same of what sweeps bring.
pub(super) const RESULTS: &str = "TELL_RESULTS";

/// The profile's JSON text, for a worker whose code gives none: whoever reads the settings hands it over.
pub const PROFILE: &str = "TELL_PROFILE";

/// Days for which an order is remembered after it was last heard of, unless the setting says otherwise (`PAY-5`).
const REMEMBERED_DAYS: u32 = 400;

/// Where the worker takes the bank's redirect.
const CALLBACK: &str = "/api/callback";

/// Who may start a payment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PaymentDoor {
    /// Browsers and backends.
    #[default]
    Both,
    /// Backends alone: they set the amount.
    Backend,
    /// Nobody.
    Closed,
}

impl PaymentDoor {
    const WORDS: [(&str, Self); 3] = [("on", Self::Both), ("backend", Self::Backend), ("off", Self::Closed)];

    /// Why a browser may start none; `None` where it may.
    pub fn refusal(self) -> Option<Code> {
        match self {
            Self::Both => None,
            Self::Backend => Some(Code::PaymentsBackendOnly),
            Self::Closed => Some(Code::PaymentsOff),
        }
    }
}

/// All of a worker's settings.
#[derive(Clone)]
pub struct Settings {
    /// What a consent needs of them: at least one application.
    pub applications: Rc<Applications>,
    /// At least one; the first encrypts, all decrypt.
    pub vault_keys: VaultKeys,
    /// Where the consents have to be kept: `eu` or `us`. Anywhere, without one.
    pub jurisdiction: Option<&'static str>,
    /// Where the audit trail goes.
    pub audit: Audit,
    /// Who may start a payment.
    pub payments: PaymentDoor,
    /// How long an order is remembered, in milliseconds (`PAY-5`).
    pub order_kept_ms: u64,
    /// Whether the host takes what sweeps bring.
    pub takes_results: bool,
    /// With what the statistics may be read.
    pub statistics_token: Option<Secret>,
    /// What browsers' sessions are sealed with.
    pub sessions: SessionKeys,
    /// What is taken, but is probably not meant.
    pub warnings: Vec<Fault>,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings").field("environment", &self.environment()).finish_non_exhaustive()
    }
}

impl Settings {
    /// Reads a worker's settings through `get`.
    ///
    /// # Errors
    /// [`Error::Configuration`] with every fault.
    pub fn read(get: impl Fn(&str) -> Option<String>, profile: Result<Profile, Error>) -> Result<Self, Error> {
        let (read, faults) = Self::examined(get, profile);
        let (mut settings, warnings) = faults.or(read)?;
        settings.warnings = warnings;
        Ok(settings)
    }

    /// The settings, if they can be read, and whatever was found on the way: for the start, and for the doctor.
    pub(super) fn examined(
        get: impl Fn(&str) -> Option<String>,
        profile: Result<Profile, Error>,
    ) -> (Option<Self>, Faults) {
        let get = |name: &str| get(name).filter(|value| !value.is_empty());
        let mut faults = Faults::default();
        let profile = faults.profile(profile);
        let reading = profile.as_ref().map(|profile| profile.certificate).unwrap_or_default();
        let environment = faults.environment(WORKER.environment, get(WORKER.environment));
        let options = ClientOptions {
            client_id: get(WORKER.client_id),
            client_secret: get(WORKER.client_secret),
            aspsp: get(WORKER.aspsp),
            resource_base_url: get(WORKER.resource_base_url),
            auth_base_url: get(WORKER.auth_base_url),
            environment: None,
            app: None,
        };
        let context = Context { environment, reading };
        let listed = get(APPLICATIONS);
        // Where each application of a list names a bank of its own, none is needed for all.
        let needs_bank = listed.as_deref().is_none_or(|list| !all_name_banks(list));
        let common = Common::read(options, environment, profile, (&WORKER, needs_bank), &mut faults);
        let named: Vec<Named> = match listed {
            Some(list) => context.listed(&list, &mut faults),
            None => {
                let single = Listed {
                    name: Some(String::from("default")),
                    app: get(WORKER.app),
                    certificate: get(WORKER.certificate),
                    redirect_url: get(REDIRECT_URL),
                    shown: Shown { application: get(APP_NAME), bank: get(BANK_NAME) },
                    ..Listed::default()
                };
                let names = MEMBERS.map(|member| match member {
                    "app" => WORKER.app.to_owned(),
                    "certificate" => WORKER.certificate.to_owned(),
                    "title" => APP_NAME.to_owned(),
                    "bank" => BANK_NAME.to_owned(),
                    _ => REDIRECT_URL.to_owned(),
                });
                context.application(single, names, &mut faults).into_iter().collect()
            }
        };
        let vault_keys = vault_keys::read(VAULT_KEY, get(VAULT_KEY), environment, &mut faults);
        let places = [("eu", "eu"), ("us", "us")];
        let jurisdiction =
            faults.word(JURISDICTION, get(JURISDICTION).as_deref(), &places, "It must be \"eu\", \"us\" or left out.");
        let audit =
            faults.word(AUDIT, get(AUDIT).as_deref(), &Audit::WORDS, "It must be \"off\", \"console\" or \"queue\".");
        let payments = faults.word(
            PAYMENTS,
            get(PAYMENTS).as_deref(),
            &PaymentDoor::WORDS,
            "It must be \"on\", \"backend\" or \"off\".",
        );
        let statistics_token = statistics::door::read(STATISTICS_TOKEN, get(STATISTICS_TOKEN), &mut faults);
        let mut days = |name, absent, (least, most), problem| match get(name).map(|days| days.parse::<u32>()) {
            None => absent,
            Some(Ok(days)) if (least..=most).contains(&days) => days,
            Some(_) => {
                faults.push(name, Some(problem));
                absent
            }
        };
        let session_days =
            days(SESSION_DAYS, session::IDLE_DAYS, (1, 90), "It must be a whole number of days, 1 to 90.");
        let order_days =
            days(ORDER_DAYS, REMEMBERED_DAYS, (366, 3660), "It must be a whole number of days, 366 to 3660.");
        let list = common.map(|common| {
            let application = |named: Named| {
                let client =
                    faults.checked(WORKER.certificate, common.client(named.app, named.certificate, named.bank))?;
                Some(Application { name: named.name, shown: named.shown, redirect_url: named.redirect_url, client })
            };
            named.into_iter().filter_map(application).collect()
        });
        let (Some(environment), Some(list), Some(vault_keys)) = (environment, list, vault_keys) else {
            return (None, faults);
        };
        let (host_listens, counts) = (get(EVENTS).is_some(), get(STATISTICS).is_some());
        let read = Self {
            applications: Rc::new(Applications { environment, host_listens, counts, list }),
            sessions: SessionKeys::of(&vault_keys, environment, session_days),
            vault_keys,
            jurisdiction,
            audit: audit.unwrap_or_default(),
            payments: payments.unwrap_or_default(),
            statistics_token,
            order_kept_ms: u64::from(order_days) * 24 * 60 * 60 * 1000,
            takes_results: get(RESULTS).is_some(),
            warnings: Vec::new(),
        };
        (Some(read), faults)
    }

    /// What people see an application and its bank called: the one of that name, or the one that is taken where none is
    /// named.
    pub fn shown(&self, name: Option<&str>) -> Shown {
        self.applications.get(name).map(|application| application.shown.clone()).unwrap_or_default()
    }

    /// The environment.
    pub fn environment(&self) -> Environment {
        self.applications.environment
    }
}

/// One application as `TELL_APPLICATIONS` lists it (`CFG-1`). Anything but a text counts as missing.
#[derive(Default)]
pub(super) struct Listed {
    pub(super) name: Option<String>,
    pub(super) app: Option<String>,
    pub(super) certificate: Option<String>,
    pub(super) redirect_url: Option<String>,
    pub(super) aspsp: Option<String>,
    pub(super) resource_base_url: Option<String>,
    shown: Shown,
}

/// What an application in a list has.
const MEMBERS: [&str; 7] = ["app", "certificate", "redirectUrl", "aspsp", "resourceBaseUrl", "title", "bank"];

/// The longest name that people see, in bytes.
const MAX_SHOWN: usize = 64;

/// Whether each application of a list names its bank.
fn all_name_banks(list: &str) -> bool {
    let items = Value::parse(list).and_then(Value::items).unwrap_or_default();
    !items.is_empty() && items.into_iter().all(|item| Listed::read(item).aspsp.is_some())
}

impl Listed {
    pub(super) fn read(item: Value<'_>) -> Self {
        let Ok(item) = Object::parse(item.as_written()) else { return Self::default() };
        let text = |name| item.str(name).map(Cow::into_owned);
        Self {
            name: text("name"),
            app: text("app"),
            certificate: text("certificate"),
            redirect_url: text("redirectUrl"),
            aspsp: text("aspsp"),
            resource_base_url: text("resourceBaseUrl"),
            shown: Shown { application: text("title"), bank: text("bank") },
        }
    }
}

/// An application whose parts are checked.
struct Named {
    name: String,
    app: App,
    certificate: Certificate,
    redirect_url: String,
    shown: Shown,
    /// Its own, where it names one.
    bank: Option<Bank>,
}

/// What an application's settings are checked against.
struct Context {
    environment: Option<Environment>,
    reading: CertificateReading,
}

impl Context {
    fn application(&self, listed: Listed, names: [String; 7], faults: &mut Faults) -> Option<Named> {
        let [app_name, certificate_name, redirect_name, aspsp_name, url_name, title_name, bank_name] = names;
        let names_bank = listed.aspsp.is_some() || listed.resource_base_url.is_some();
        let bank = names_bank.then(|| {
            let (aspsp, url) = ((&*aspsp_name, listed.aspsp), (&*url_name, listed.resource_base_url));
            Bank::read(aspsp, url, self.environment, faults)
        });
        let app = faults.app(&app_name, listed.app);
        let certificate = listed.certificate.filter(|text| !text.is_empty()).map(String::into_bytes);
        let certificate = faults.certificate(&certificate_name, certificate, self.reading);
        let redirect_url = faults.needed(&redirect_name, listed.redirect_url).and_then(|url| {
            let is_plain = url.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#');
            if !is_plain {
                faults.push(&redirect_name, Some("It must have no fragment and no white space."));
                return None;
            }
            // It may have a query of its own (RED-1).
            let without_query = url.split('?').next().unwrap_or_default();
            faults.url(&redirect_name, without_query, self.environment)?;
            if !without_query.ends_with(CALLBACK) {
                faults.warn(&redirect_name, "The worker takes the bank's redirect at /api/callback alone; a host takes its own and hands it to callback().");
            }
            Some(url)
        });
        for (name, shown) in [(title_name, &listed.shown.application), (bank_name, &listed.shown.bank)] {
            let is_long = |text: &String| text.len() > MAX_SHOWN || text.contains(char::is_control);
            if shown.as_ref().is_some_and(is_long) {
                faults.push(&name, Some("It must be one line of at most 64 bytes."));
            }
        }
        // One that names a bank that cannot be read has a fault already.
        let (name, bank) = (listed.name?, bank.map_or(Some(None), |bank| bank.map(Some))?);
        let (app, certificate, redirect_url) = (app?, certificate?, redirect_url?);
        Some(Named { name, app, certificate, redirect_url, shown: listed.shown, bank })
    }

    fn listed(&self, list: &str, faults: &mut Faults) -> Vec<Named> {
        let items = Value::parse(list).and_then(Value::items).unwrap_or_default();
        if items.is_empty() {
            let problem = "It must be a JSON list of at least one {name, app, certificate, redirectUrl}.";
            faults.push(APPLICATIONS, Some(problem));
        }
        let mut found: Vec<Named> = Vec::new();
        for (at, item) in (0..).zip(items) {
            let setting = |member: &str| [APPLICATIONS, "[", &number(at), "].", member].concat();
            let mut item = Listed::read(item);
            item.name = faults.needed(&setting("name"), item.name);
            if found.iter().any(|other| item.name.as_ref() == Some(&other.name)) {
                faults.push(&setting("name"), Some("Another application has this name."));
            }
            let names = MEMBERS.map(setting);
            found.extend(self.application(item, names, faults));
        }
        found
    }
}

#[cfg(test)]
pub(crate) mod tests;
