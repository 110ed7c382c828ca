//! What all applications of a configuration share, and the package's options for one of them.

use super::{faults::Faults, members::Members};
use crate::{
    Error,
    gateway::{Certificate, Client, Credentials, Secret, Signer, base_url::BaseUrl},
    profile::{Environment, Profile},
    wire::{App, request::Aspsp},
};

/// What the settings are called where they were written, so that a fault names what its reader knows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Names {
    pub(super) environment: &'static str,
    pub(super) client_id: &'static str,
    pub(super) client_secret: &'static str,
    pub(super) app: &'static str,
    pub(super) certificate: &'static str,
    pub(super) aspsp: &'static str,
    pub(super) resource_base_url: &'static str,
    pub(super) auth_base_url: &'static str,
}

/// The package's names: `new Tpp({ … })`.
const PACKAGE: Names = Names {
    environment: "environment",
    client_id: "clientId",
    client_secret: "clientSecret",
    app: "app",
    certificate: "certificate",
    aspsp: "aspsp",
    resource_base_url: "resourceBaseUrl",
    auth_base_url: "authBaseUrl",
};

/// Options of one application towards one bank, as they were written: `None` and an empty text are both missing.
#[derive(Default)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename_all = "camelCase"))]
pub struct ClientOptions {
    /// `sandbox` or `production`.
    #[cfg_attr(feature = "typescript", ts(as = "Environment"))]
    pub environment: Option<String>,
    /// From the portal.
    #[cfg_attr(feature = "typescript", ts(as = "String"))]
    pub client_id: Option<String>,
    /// From the portal.
    #[cfg_attr(feature = "typescript", ts(as = "String"))]
    pub client_secret: Option<String>,
    /// The application's id, as the portal shows it.
    #[cfg_attr(feature = "typescript", ts(as = "String"))]
    pub app: Option<String>,
    /// The bank's UUID; Pockit's is `8ddb14f1-fecd-41fe-90b7-f8fbda9494ac`.
    #[cfg_attr(feature = "typescript", ts(as = "String"))]
    pub aspsp: Option<String>,
    /// Where accounts and payments are, host and version included; https. The guide gives none.
    #[cfg_attr(feature = "typescript", ts(as = "String"))]
    pub resource_base_url: Option<String>,
    /// In place of the environment's own.
    #[cfg_attr(feature = "typescript", ts(optional))]
    pub auth_base_url: Option<String>,
}

impl ClientOptions {
    /// Takes them as the package hands them over.
    ///
    /// # Errors
    /// [`Error::Argument`] for anything but texts.
    pub fn read(mut members: Members) -> Result<Self, Error> {
        let mut text = |name| members.text(name).map_err(|_| Error::Argument("The options must be texts."));
        Ok(Self {
            environment: text(PACKAGE.environment)?,
            client_id: text(PACKAGE.client_id)?,
            client_secret: text(PACKAGE.client_secret)?,
            app: text(PACKAGE.app)?,
            aspsp: text(PACKAGE.aspsp)?,
            resource_base_url: text(PACKAGE.resource_base_url)?,
            auth_base_url: text(PACKAGE.auth_base_url)?,
        })
    }

    /// The client of these options.
    ///
    /// # Errors
    /// [`Error::Configuration`] with every fault.
    pub fn client(mut self, certificate: Option<Vec<u8>>, profile: Result<Profile, Error>) -> Result<Client, Error> {
        let mut faults = Faults::default();
        let profile = faults.profile(profile);
        let reading = profile.as_ref().map(|profile| profile.certificate).unwrap_or_default();
        let app = faults.app(PACKAGE.app, self.app.take());
        let certificate = faults.certificate(PACKAGE.certificate, certificate, reading);
        let environment = faults.environment(PACKAGE.environment, self.environment.take());
        let common = Common::read(self, environment, profile, (&PACKAGE, true), &mut faults);
        let client = match (common, app, certificate) {
            (Some(common), Some(app), Some(certificate)) => {
                faults.checked(PACKAGE.certificate, common.client(app, certificate, None))
            }
            _ => None,
        };
        faults.or(client).map(|(client, _)| client)
    }
}

/// What all applications of a configuration share.
pub(super) struct Common {
    environment: Environment,
    credentials: Credentials,
    bank: Option<Bank>,
    auth_base: BaseUrl,
    profile: Profile,
}

/// A bank behind the gateway, and where its resources are.
#[derive(Clone)]
pub(super) struct Bank {
    aspsp: Aspsp,
    resource_base: BaseUrl,
}

impl Bank {
    /// Reads both, of which none may be missing.
    pub(super) fn read(
        (aspsp_name, aspsp): (&str, Option<String>),
        (url_name, url): (&str, Option<String>),
        environment: Option<Environment>,
        faults: &mut Faults,
    ) -> Option<Self> {
        let aspsp = faults.needed(aspsp_name, aspsp);
        let aspsp = aspsp
            .and_then(|aspsp| faults.some(aspsp_name, Aspsp::parse(&aspsp).ok(), "It must be a UUID with hyphens."));
        let url = faults.needed(url_name, url);
        let resource_base = url.and_then(|url| faults.url(url_name, &url, environment));
        Some(Self { aspsp: aspsp?, resource_base: resource_base? })
    }
}

impl Common {
    pub(super) fn read(
        options: ClientOptions,
        environment: Option<Environment>,
        profile: Option<Profile>,
        (names, needs_bank): (&Names, bool),
        faults: &mut Faults,
    ) -> Option<Self> {
        let client_id = faults.needed(names.client_id, options.client_id).map(Secret::new);
        let client_secret = faults.needed(names.client_secret, options.client_secret).map(Secret::new);
        let id_fault = client_id.as_ref().and_then(|id| Credentials::client_id_fault(id.expose()));
        let secret_fault = client_secret.as_ref().and_then(|secret| Credentials::client_secret_fault(secret.expose()));
        faults.push(names.client_id, id_fault);
        faults.push(names.client_secret, secret_fault);
        let is_named = options.aspsp.is_some() || options.resource_base_url.is_some();
        let bank = if needs_bank || is_named {
            let aspsp = (names.aspsp, options.aspsp);
            let url = (names.resource_base_url, options.resource_base_url);
            Bank::read(aspsp, url, environment, faults).map(Some)
        } else {
            Some(None)
        };
        let auth_base = match options.auth_base_url.filter(|url| !url.is_empty()) {
            Some(url) => faults.url(names.auth_base_url, &url, environment),
            None => environment.and_then(|environment| BaseUrl::of_environment(environment).ok()),
        };
        Some(Self {
            environment: environment?,
            credentials: Credentials::new(client_id?, client_secret?).ok()?,
            bank: bank?,
            auth_base: auth_base?,
            profile: profile?,
        })
    }

    /// The client of one application, towards a bank of its own or the one of all.
    pub(super) fn client(&self, app: App, certificate: Certificate, bank: Option<Bank>) -> Result<Client, Error> {
        let signer = Signer::new(app, certificate, &self.profile)?;
        let Bank { aspsp, resource_base } = bank.or_else(|| self.bank.clone()).ok_or(Error::Option(PACKAGE.aspsp))?;
        let bases = (self.auth_base.clone(), resource_base);
        Client::new(self.environment, aspsp, bases, &self.credentials, signer, self.profile.clone())
    }
}
