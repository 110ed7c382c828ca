//! A worker's settings: read once, every fault found at once, no value ever shown (`CFG-1` … `CFG-4`).

use super::{
    audit::Audit,
    faults::Faults,
    options::{ClientOptions, Common, Names},
    session::{self, SessionKeys},
    vault_keys::{self, VaultKeys},
};
use crate::{
    Error, Fault,
    gateway::{Application, Applications, Certificate},
    profile::{CertificateReading, Environment, Profile},
    wire::{
        App,
        json::{Object, Value},
    },
};
use std::{borrow::Cow, fmt, rc::Rc};

/// Every variable and secret that is read, for whoever documents them.
pub const NAMES: [&str; 14] = [
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
    JURISDICTION,
    AUDIT,
    SESSION_DAYS,
];

/// The longest setting that is read, in bytes: some applications with their certificates.
pub const MAX_TEXT: usize = 1024 * 1024;

const WORKER: Names = Names {
    environment: "TELL_ENVIRONMENT",
    client_id: "TELL_CLIENT_ID",
    client_secret: "TELL_CLIENT_SECRET",
    app: "TELL_APP",
    certificate: "TELL_CERTIFICATE",
    aspsp: "TELL_ASPSP",
    resource_base_url: "TELL_RESOURCE_BASE_URL",
    auth_base_url: "TELL_AUTH_BASE_URL",
};
const REDIRECT_URL: &str = "TELL_REDIRECT_URL";
const VAULT_KEY: &str = "TELL_VAULT_KEY";
const APPLICATIONS: &str = "TELL_APPLICATIONS";
const JURISDICTION: &str = "TELL_JURISDICTION";
const AUDIT: &str = "TELL_AUDIT";
const SESSION_DAYS: &str = "TELL_SESSION_DAYS";

/// Where the worker takes the bank's redirect.
const CALLBACK: &str = "/api/callback";

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
        let common = Common::read(options, environment, profile, &WORKER, &mut faults);
        let context = Context { environment, reading };
        let named: Vec<Named> = match get(APPLICATIONS) {
            Some(list) => context.listed(&list, &mut faults),
            None => {
                let single = Listed {
                    name: Some(String::from("default")),
                    app: get(WORKER.app),
                    certificate: get(WORKER.certificate),
                    redirect_url: get(REDIRECT_URL),
                };
                let names = [WORKER.app, WORKER.certificate, REDIRECT_URL].map(str::to_owned);
                context.application(single, names, &mut faults).into_iter().collect()
            }
        };
        let vault_keys = vault_keys::read(VAULT_KEY, get(VAULT_KEY), environment, &mut faults);
        let places = [("eu", "eu"), ("us", "us")];
        let jurisdiction =
            faults.word(JURISDICTION, get(JURISDICTION).as_deref(), &places, "It must be \"eu\", \"us\" or left out.");
        let audit =
            faults.word(AUDIT, get(AUDIT).as_deref(), &Audit::WORDS, "It must be \"off\", \"console\" or \"queue\".");
        let session_days = match get(SESSION_DAYS).map(|days| days.parse()) {
            None => session::IDLE_DAYS,
            Some(Ok(days @ 1..=90)) => days,
            Some(_) => {
                faults.push(SESSION_DAYS, Some("It must be a whole number of days, 1 to 90."));
                session::IDLE_DAYS
            }
        };
        let list = common.map(|common| {
            let application = |named: Named| {
                let client = faults.checked(WORKER.certificate, common.client(named.app, named.certificate))?;
                Some(Application { name: named.name, redirect_url: named.redirect_url, client })
            };
            named.into_iter().filter_map(application).collect()
        });
        let read = match (environment, list, vault_keys) {
            (Some(environment), Some(list), Some(vault_keys)) => {
                Some((Rc::new(Applications { environment, list }), vault_keys))
            }
            _ => None,
        };
        let ((applications, vault_keys), warnings) = faults.or(read)?;
        let sessions = SessionKeys::of(&vault_keys, applications.environment, session_days);
        Ok(Self { applications, vault_keys, jurisdiction, audit: audit.unwrap_or_default(), sessions, warnings })
    }

    /// The environment.
    pub fn environment(&self) -> Environment {
        self.applications.environment
    }
}

/// One application as `TELL_APPLICATIONS` lists it (`CFG-1`). Anything but a text counts as missing.
#[derive(Default)]
struct Listed {
    name: Option<String>,
    app: Option<String>,
    certificate: Option<String>,
    redirect_url: Option<String>,
}

impl Listed {
    fn read(item: Value<'_>) -> Self {
        let Ok(item) = Object::parse(item.as_written()) else { return Self::default() };
        let text = |name| item.str(name).map(Cow::into_owned);
        Self {
            name: text("name"),
            app: text("app"),
            certificate: text("certificate"),
            redirect_url: text("redirectUrl"),
        }
    }
}

/// An application whose parts are checked.
struct Named {
    name: String,
    app: App,
    certificate: Certificate,
    redirect_url: String,
}

/// What an application's settings are checked against.
struct Context {
    environment: Option<Environment>,
    reading: CertificateReading,
}

impl Context {
    fn application(&self, listed: Listed, names: [String; 3], faults: &mut Faults) -> Option<Named> {
        let [app_name, certificate_name, redirect_name] = names;
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
                faults.warn(&redirect_name, "The worker takes the bank's redirect at /api/callback alone.");
            }
            Some(url)
        });
        Some(Named { name: listed.name?, app: app?, certificate: certificate?, redirect_url: redirect_url? })
    }

    fn listed(&self, list: &str, faults: &mut Faults) -> Vec<Named> {
        let items = Value::parse(list).and_then(Value::items).unwrap_or_default();
        if items.is_empty() {
            let problem = "It must be a JSON list of at least one {name, app, certificate, redirectUrl}.";
            faults.push(APPLICATIONS, Some(problem));
        }
        let mut found: Vec<Named> = Vec::new();
        for (at, item) in items.into_iter().enumerate() {
            let setting = |member: &str| format!("{APPLICATIONS}[{at}].{member}");
            let mut item = Listed::read(item);
            item.name = faults.needed(&setting("name"), item.name);
            if found.iter().any(|other| item.name.as_ref() == Some(&other.name)) {
                faults.push(&setting("name"), Some("Another application has this name."));
            }
            let names = ["app", "certificate", "redirectUrl"].map(setting);
            found.extend(self.application(item, names, faults));
        }
        found
    }
}

#[cfg(test)]
pub(crate) mod tests;
