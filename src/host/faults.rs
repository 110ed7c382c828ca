//! Collects what is wrong with a configuration, so that one run shows all of it (`CFG-4`).

use crate::{
    Error, Fault,
    gateway::{Certificate, base_url::BaseUrl},
    profile::{CertificateReading, Environment, Profile},
    wire::App,
};

const MISSING: &str = "It is missing.";

/// The faults so far, and what is no fault but looks like one.
#[derive(Debug, Default)]
pub(super) struct Faults {
    faults: Vec<Fault>,
    warnings: Vec<Fault>,
}

impl Faults {
    pub(super) fn push(&mut self, setting: &str, problem: Option<&'static str>) {
        self.faults.extend(problem.map(|problem| Fault { setting: setting.to_owned(), problem }));
    }

    pub(super) fn warn(&mut self, setting: &str, problem: &'static str) {
        self.warnings.push(Fault { setting: setting.to_owned(), problem });
    }

    pub(super) fn some<T>(&mut self, setting: &str, value: Option<T>, problem: &'static str) -> Option<T> {
        self.push(setting, value.is_none().then_some(problem));
        value
    }

    pub(super) fn checked<T>(&mut self, setting: &str, value: Result<T, Error>) -> Option<T> {
        value.map_err(|error| self.push(setting, Some(error.message()))).ok()
    }

    pub(super) fn needed(&mut self, setting: &str, value: Option<String>) -> Option<String> {
        self.some(setting, value.filter(|value| !value.is_empty()), MISSING)
    }

    pub(super) fn environment(&mut self, setting: &str, name: Option<String>) -> Option<Environment> {
        let name = self.needed(setting, name)?;
        self.some(setting, Environment::parse(&name).ok(), "It must be \"sandbox\" or \"production\".")
    }

    pub(super) fn app(&mut self, setting: &str, app: Option<String>) -> Option<App> {
        let app = self.needed(setting, app)?;
        self.checked(setting, App::new(app))
    }

    pub(super) fn certificate(
        &mut self,
        setting: &str,
        bytes: Option<Vec<u8>>,
        reading: CertificateReading,
    ) -> Option<Certificate> {
        let bytes = self.some(setting, bytes, MISSING)?;
        let certificate = self.checked(setting, Certificate::new(bytes))?;
        if certificate.key(reading).is_none() {
            self.push(setting, Some("It is not PEM, so the profile's reading of it gives no key."));
            return None;
        }
        if !certificate.looks_like_one() {
            self.warn(setting, "It is neither PEM nor DER. The key is its text all the same; was it cut or changed?");
        }
        Some(certificate)
    }

    pub(super) fn profile(&mut self, profile: Result<Profile, Error>) -> Option<Profile> {
        self.checked("profile", profile)
    }

    pub(super) fn url(&mut self, setting: &str, url: &str, environment: Option<Environment>) -> Option<BaseUrl> {
        self.checked(setting, BaseUrl::parse(url, environment))
    }

    /// One of a few words, where the setting is there.
    pub(super) fn word<T: Copy>(
        &mut self,
        setting: &str,
        value: Option<&str>,
        words: &[(&str, T)],
        problem: &'static str,
    ) -> Option<T> {
        let value = value?;
        let found = words.iter().find(|(word, _)| *word == value).map(|(_, meant)| *meant);
        self.some(setting, found, problem)
    }

    /// Both, for whoever shows all of it.
    pub(super) fn found(self) -> (Vec<Fault>, Vec<Fault>) {
        (self.faults, self.warnings)
    }

    /// The value and the warnings, unless there are faults.
    pub(super) fn or<T>(self, value: Option<T>) -> Result<(T, Vec<Fault>), Error> {
        match value {
            Some(value) if self.faults.is_empty() => Ok((value, self.warnings)),
            Some(_) | None => Err(Error::Configuration(self.faults)),
        }
    }
}
