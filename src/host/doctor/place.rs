//! One environment's settings, as they were written.

use super::env_file;
use super::{
    book::{Book, Verdict},
    checks::Check,
};
use crate::{
    host::settings::{APPLICATIONS, Listed, PROFILE, REDIRECT_URL, Settings, WORKER},
    profile::{Environment, Profile},
    wire::json::{Value, number},
};
use serde::Deserialize;
use std::collections::BTreeMap;

/// Names and what is written for them.
pub(super) type Values = BTreeMap<String, String>;

/// Where settings come from.
#[derive(Deserialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "DoctorSource", optional_fields))]
pub struct Source {
    /// An env file's text; nothing, where its bytes are no UTF-8.
    pub text: Option<String>,
    /// The file's mode, as POSIX has it.
    pub mode: Option<u32>,
    /// In place of a file: variables.
    pub variables: Option<BTreeMap<String, String>>,
}

/// A setting's name and its value.
#[derive(Clone, Debug)]
pub(super) struct Setting {
    pub(super) name: String,
    pub(super) value: String,
}

/// An application, as far as it is written.
pub(super) struct Given {
    pub(super) app: Option<Setting>,
    pub(super) certificate: Option<Setting>,
    pub(super) redirect_url: Option<Setting>,
    pub(super) aspsp: Option<Setting>,
    pub(super) resource_base_url: Option<Setting>,
}

/// One environment's settings.
pub(super) struct Place {
    pub(super) values: Values,
    pub(super) environment: Option<Environment>,
    pub(super) applications: Vec<Given>,
}

impl Place {
    /// Reads where settings come from.
    pub(super) fn read(source: Source, book: &mut Book) -> Self {
        let values = match (source.variables, source.text) {
            (Some(variables), _) => variables,
            (None, Some(text)) => {
                if let Some(mode) = source.mode {
                    let problem = "Others on this machine can read the file, secrets included: `chmod 600` it.";
                    book.looked(Check::FileMode);
                    if mode & 0o077 != 0 {
                        book.found(Check::FileMode, Verdict::Warning, None, problem.to_owned());
                    }
                }
                env_file::read(&text, book)
            }
            (None, None) => {
                let problem = "The file is no text in UTF-8, so nothing of it can be read. Save it as UTF-8.";
                book.found(Check::FileText, Verdict::Fault, None, problem.to_owned());
                Values::new()
            }
        };
        let environment = values.get(WORKER.environment).and_then(|name| Environment::parse(name).ok());
        let applications = applications(&values);
        Self { values, environment, applications }
    }

    /// What is written for a name; nothing counts as missing.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.values.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The same as a setting.
    pub(super) fn setting(&self, name: &str) -> Option<Setting> {
        self.get(name).map(|value| Setting { name: name.to_owned(), value: value.to_owned() })
    }

    /// The profile that is configured; the default one where it cannot be read.
    pub(super) fn profile(&self) -> Profile {
        Profile::read(self.get(PROFILE)).unwrap_or_default()
    }

    /// The settings under a profile, if they are right.
    pub(super) fn settings(&self, profile: Profile) -> Option<Settings> {
        Settings::read(|name| self.get(name).map(str::to_owned), Ok(profile)).ok()
    }

    /// Whether it is of production. What cannot be told is looked at as if it were not.
    pub(super) fn is_production(&self) -> bool {
        self.environment == Some(Environment::Production)
    }

    /// A fault in production, a warning in sandbox.
    pub(super) fn graver(&self) -> Verdict {
        if self.is_production() { Verdict::Fault } else { Verdict::Warning }
    }

    /// Each application's certificate.
    pub(super) fn certificates(&self) -> impl Iterator<Item = &Setting> {
        self.applications.iter().filter_map(|application| application.certificate.as_ref())
    }

    /// The auth base, if one is set, and each resource base.
    pub(super) fn bases(&self) -> Vec<Setting> {
        let common = [self.setting(WORKER.auth_base_url), self.setting(WORKER.resource_base_url)];
        let own = self.applications.iter().map(|application| application.resource_base_url.clone());
        common.into_iter().chain(own).flatten().collect()
    }
}

fn applications(values: &Values) -> Vec<Given> {
    let of = |name: &str, value: Option<String>| {
        let value = value.filter(|value| !value.is_empty())?;
        Some(Setting { name: name.to_owned(), value })
    };
    let get = |name: &str| of(name, values.get(name).cloned());
    let Some(list) = values.get(APPLICATIONS).filter(|list| !list.is_empty()) else {
        let (app, certificate, redirect_url) = (get(WORKER.app), get(WORKER.certificate), get(REDIRECT_URL));
        return vec![Given { app, certificate, redirect_url, aspsp: None, resource_base_url: None }];
    };
    let items = Value::parse(list).and_then(Value::items).unwrap_or_default();
    let given = |(at, item): (u64, Value<'_>)| {
        let listed = Listed::read(item);
        let of = |member: &str, value| of(&[APPLICATIONS, "[", &number(at), "].", member].concat(), value);
        Given {
            app: of("app", listed.app),
            certificate: of("certificate", listed.certificate),
            redirect_url: of("redirectUrl", listed.redirect_url),
            aspsp: of("aspsp", listed.aspsp),
            resource_base_url: of("resourceBaseUrl", listed.resource_base_url),
        }
    };
    (0..).zip(items).map(given).collect()
}
