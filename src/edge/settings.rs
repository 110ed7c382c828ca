//! Configuration: read once, every fault found at once, no value ever shown (`CFG-1` … `CFG-4`).

use super::{
    Certificate, Credentials, EdgeError, Fault, Secret, Signer,
    tpp::{Tpp, base_url},
};
use crate::prelude::*;
use crate::{
    Error, base64,
    json::{self, Object, Value, decimal},
    jws::{App, Path},
    profile::{BasicReading, CertificateReading, EmptyPayload, Environment, PaymentPath, Profile, RefreshSkew},
    request::Aspsp,
    text::{joined, pieces, until},
};
use core::fmt;
use zeroize::Zeroizing;

/// What the settings are called where they were written, so that a fault names what its reader knows.
#[derive(Clone, Copy, Debug)]
pub struct Names {
    environment: &'static str,
    client_id: &'static str,
    client_secret: &'static str,
    app: &'static str,
    certificate: &'static str,
    aspsp: &'static str,
    resource_base_url: &'static str,
    auth_base_url: &'static str,
}

/// The package's names: `new Tpp({ … })`.
pub const PACKAGE: Names = Names {
    environment: "environment",
    client_id: "clientId",
    client_secret: "clientSecret",
    app: "app",
    certificate: "certificate",
    aspsp: "aspsp",
    resource_base_url: "resourceBaseUrl",
    auth_base_url: "authBaseUrl",
};

/// The worker's names: variables and secrets.
pub const WORKER: Names = Names {
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
const PROFILE: &str = "profile";
const MISSING: &str = "It is missing.";

/// Settings as they were written; `None` and an empty text are both missing.
#[derive(Default)]
pub struct Raw {
    /// `sandbox` or `production`.
    pub environment: Option<String>,
    /// The client id.
    pub client_id: Option<String>,
    /// The client secret.
    pub client_secret: Option<String>,
    /// The application's id.
    pub app: Option<String>,
    /// The certificate's bytes.
    pub certificate: Option<Vec<u8>>,
    /// The bank's UUID.
    pub aspsp: Option<String>,
    /// Where accounts and payments are.
    pub resource_base_url: Option<String>,
    /// Overrides the environment's own auth base.
    pub auth_base_url: Option<String>,
    /// The profile's JSON text.
    pub profile: Option<String>,
}

/// One application, ready to sign.
#[derive(Clone, Debug)]
pub struct Application {
    /// What callers pick it by.
    pub name: String,
    /// Where the bank sends its PSUs back to.
    pub redirect_url: String,
    /// Its requests.
    pub tpp: Tpp,
}

/// All of a worker's settings.
#[derive(Clone)]
pub struct Settings {
    /// The environment.
    pub environment: Environment,
    /// At least one.
    pub applications: Vec<Application>,
    /// At least one; the first encrypts, all decrypt.
    pub vault_keys: Vec<Zeroizing<Vec<u8>>>,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings").field("environment", &self.environment).finish_non_exhaustive()
    }
}

impl Settings {
    /// Reads a worker's settings through `get`.
    ///
    /// # Errors
    /// [`EdgeError::Configuration`] with every fault.
    pub fn read(get: impl Fn(&str) -> Option<String>, profile: Option<String>) -> Result<Self, EdgeError> {
        let get = |name: &str| get(name).filter(|value| !value.is_empty());
        let mut faults = Faults(Vec::new());
        let mut raw = Raw {
            environment: get(WORKER.environment),
            client_id: get(WORKER.client_id),
            client_secret: get(WORKER.client_secret),
            aspsp: get(WORKER.aspsp),
            resource_base_url: get(WORKER.resource_base_url),
            auth_base_url: get(WORKER.auth_base_url),
            profile,
            app: None,
            certificate: None,
        };
        let profile = faults.profile(raw.profile.take());
        let reading = profile.as_ref().map(|profile| profile.certificate).unwrap_or_default();
        let common = Common::read(raw, profile, &WORKER, &mut faults);
        let environment = common.as_ref().map(|common| common.environment);
        let applications = match get(APPLICATIONS) {
            Some(list) => listed(&list, environment, reading, &mut faults),
            None => {
                let names = [WORKER.app, WORKER.certificate, REDIRECT_URL].map(str::to_owned);
                let values = [get(WORKER.app), get(WORKER.certificate), get(REDIRECT_URL)];
                single(String::from("default"), values, names, (environment, reading), &mut faults)
                    .into_iter()
                    .collect()
            }
        };
        let vault_keys = faults.needed(VAULT_KEY, get(VAULT_KEY)).and_then(|keys| {
            let keys: Option<Vec<_>> = pieces(&Zeroizing::new(keys), b',').map(vault_key).collect();
            faults.some(VAULT_KEY, keys, "Each key must be 32 random bytes in base64; several are separated by commas.")
        });
        match (common, vault_keys) {
            (Some(common), Some(vault_keys)) if faults.0.is_empty() => {
                let environment = common.environment;
                let applications = applications
                    .into_iter()
                    .filter_map(|(name, app, certificate, redirect_url)| {
                        let tpp = common.tpp(app, certificate, WORKER.certificate, &mut faults)?;
                        Some(Application { name, redirect_url, tpp })
                    })
                    .collect();
                faults.or(Self { environment, applications, vault_keys })
            }
            _ => Err(EdgeError::Configuration(faults.0)),
        }
    }

    /// The application of that name; the first when none is named.
    pub fn application(&self, name: Option<&str>) -> Option<&Application> {
        match name {
            Some(name) => self.applications.iter().find(|application| application.name == name),
            None => self.applications.first(),
        }
    }
}

/// One application's [`Tpp`] from the package's options.
///
/// # Errors
/// [`EdgeError::Configuration`] with every fault.
pub fn tpp(mut raw: Raw) -> Result<Tpp, EdgeError> {
    let mut faults = Faults(Vec::new());
    let profile = faults.profile(raw.profile.take());
    let reading = profile.as_ref().map(|profile| profile.certificate).unwrap_or_default();
    let app = faults.app(PACKAGE.app, raw.app.take());
    let certificate = faults.certificate(PACKAGE.certificate, raw.certificate.take(), reading);
    let common = Common::read(raw, profile, &PACKAGE, &mut faults);
    let tpp = match (common, app, certificate) {
        (Some(common), Some(app), Some(certificate)) => common.tpp(app, certificate, PACKAGE.certificate, &mut faults),
        _ => None,
    };
    match tpp {
        Some(tpp) => faults.or(tpp),
        None => Err(EdgeError::Configuration(faults.0)),
    }
}

/// Reads a profile's JSON text.
///
/// # Errors
/// [`EdgeError::Profile`] for an unknown member or value: a misspelt reading must not pass for the default one.
pub fn profile(text: &str) -> Result<Profile, EdgeError> {
    let object = Object::parse(text).map_err(|_| EdgeError::Profile)?;
    let mut profile = Profile::default();
    for (name, value) in object.members() {
        let text = value.as_str();
        let read = match name {
            "signQuery" => value.as_bool().map(|sign| profile.sign_query = sign),
            "emptyPayload" => {
                let payloads = [(EmptyPayload::Object, "object"), (EmptyPayload::Empty, "empty")];
                named(text.as_deref(), &payloads).map(|payload| profile.empty_payload = payload)
            }
            "certificate" => {
                named(text.as_deref(), &CertificateReading::ALL).map(|reading| profile.certificate = reading)
            }
            "basic" => {
                let readings = [(BasicReading::AsIs, "as-is"), (BasicReading::FormEncoded, "form-encoded")];
                named(text.as_deref(), &readings).map(|reading| profile.basic = reading)
            }
            "refreshSkewSeconds" => value
                .as_u64()
                .and_then(|seconds| u32::try_from(seconds).ok())
                .filter(|seconds| *seconds <= 1800)
                .map(|seconds| profile.refresh_skew = RefreshSkew(seconds)),
            "locationHosts" => json::strings(value).map(|hosts| profile.location_hosts = hosts),
            "paymentPath" => text
                .filter(|path| Path::parse(path).is_ok())
                .map(|path| profile.payment_path = PaymentPath(path.into_owned())),
            _ => None,
        };
        read.ok_or(EdgeError::Profile)?;
    }
    Ok(profile)
}

/// The value of that name.
fn named<T: Copy>(name: Option<&str>, values: &[(T, &str)]) -> Option<T> {
    values.iter().find(|(_, known)| name == Some(known)).map(|(value, _)| *value)
}

/// What all applications of a configuration share.
struct Common {
    environment: Environment,
    credentials: Credentials,
    client_secret: Secret,
    aspsp: Aspsp,
    bases: (String, String),
    profile: Profile,
}

impl Common {
    fn read(raw: Raw, profile: Option<Profile>, names: &Names, faults: &mut Faults) -> Option<Self> {
        let environment = faults.needed(names.environment, raw.environment).and_then(|name| {
            faults.take(names.environment, Environment::parse(&name), "It must be \"sandbox\" or \"production\".")
        });
        let client_id = faults.needed(names.client_id, raw.client_id);
        let client_secret = faults.needed(names.client_secret, raw.client_secret).map(Secret::new);
        faults.push(names.client_id, client_id.as_deref().and_then(Credentials::client_id_fault));
        faults.push(
            names.client_secret,
            client_secret.as_ref().and_then(|secret| Credentials::client_secret_fault(secret.expose())),
        );
        let aspsp = faults
            .needed(names.aspsp, raw.aspsp)
            .and_then(|aspsp| faults.take(names.aspsp, Aspsp::parse(&aspsp), "It must be a UUID with hyphens."));
        let known = environment.unwrap_or(Environment::Production);
        let resource_base = faults
            .needed(names.resource_base_url, raw.resource_base_url)
            .and_then(|url| faults.url(names.resource_base_url, &url, known));
        let auth_base = match raw.auth_base_url.filter(|url| !url.is_empty()) {
            Some(url) => faults.url(names.auth_base_url, &url, known),
            None => environment.map(|environment| environment.auth_base().to_owned()),
        };
        let client_secret = client_secret?;
        Some(Self {
            environment: environment?,
            credentials: Credentials::new(Secret::new(client_id?), client_secret.clone()).ok()?,
            client_secret,
            aspsp: aspsp?,
            bases: (auth_base?, resource_base?),
            profile: profile?,
        })
    }

    fn tpp(&self, app: App, certificate: Certificate, setting: &str, faults: &mut Faults) -> Option<Tpp> {
        let signer = faults.checked(setting, Signer::new(app, certificate, &self.profile))?;
        Some(Tpp::new(
            self.environment,
            self.aspsp.clone(),
            self.bases.clone(),
            &self.credentials,
            self.client_secret.clone(),
            signer,
            self.profile.clone(),
        ))
    }
}

type Checked = (String, App, Certificate, String);

fn single(
    name: String,
    [app, certificate, redirect_url]: [Option<String>; 3],
    names: [String; 3],
    (environment, reading): (Option<Environment>, CertificateReading),
    faults: &mut Faults,
) -> Option<Checked> {
    let [app_name, certificate_name, redirect_name] = names;
    let app = faults.app(&app_name, app);
    let certificate = faults.certificate(&certificate_name, certificate.map(String::into_bytes), reading);
    let redirect_url = faults.needed(&redirect_name, redirect_url).and_then(|url| {
        let plain = url.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'#');
        faults.push(&redirect_name, (!plain).then_some("It must have no fragment and no white space."));
        let without_query = until(&url, b"?#");
        faults.url(&redirect_name, without_query, environment.unwrap_or(Environment::Production)).map(|_| url)
    });
    Some((name, app?, certificate?, redirect_url?))
}

/// `TELL_APPLICATIONS`: a JSON list of `{name, app, certificate, redirectUrl}` (`CFG-1`).
fn listed(
    list: &str,
    environment: Option<Environment>,
    reading: CertificateReading,
    faults: &mut Faults,
) -> Vec<Checked> {
    let items = json::items(list).unwrap_or_default();
    if items.is_empty() {
        faults
            .push(APPLICATIONS, Some("It must be a JSON list of at least one {name, app, certificate, redirectUrl}."));
    }
    let mut found: Vec<Checked> = Vec::new();
    for (at, item) in (0..).zip(items) {
        let object = match item {
            Value::Nested(text) => Object::parse(text).ok(),
            Value::String(_) | Value::Number(_) | Value::Bool(_) | Value::Null => None,
        };
        let setting = |member: &str| joined(&[APPLICATIONS, "[", &decimal(at), "].", member]);
        let text = |member| object.as_ref()?.str(member).map(Into::into).filter(|value: &String| !value.is_empty());
        let name = faults.needed(&setting("name"), text("name")).unwrap_or_default();
        if !name.is_empty() && found.iter().any(|(other, ..)| *other == name) {
            faults.push(&setting("name"), Some("Another application has this name."));
        }
        let names = ["app", "certificate", "redirectUrl"];
        found.extend(single(name, names.map(text), names.map(setting), (environment, reading), faults));
    }
    found
}

fn vault_key(text: &str) -> Option<Zeroizing<Vec<u8>>> {
    let bytes = Zeroizing::new(base64::decode_standard(text.trim_ascii())?);
    Some(bytes).filter(|bytes| bytes.len() == 32)
}

/// Collects faults, so that one run shows them all.
struct Faults(Vec<Fault>);

impl Faults {
    fn push(&mut self, setting: &str, problem: Option<&'static str>) {
        self.0.extend(problem.map(|problem| Fault { setting: setting.to_owned(), problem }));
    }

    fn some<T>(&mut self, setting: &str, value: Option<T>, problem: &'static str) -> Option<T> {
        self.push(setting, value.is_none().then_some(problem));
        value
    }

    fn take<T, E>(&mut self, setting: &str, value: Result<T, E>, problem: &'static str) -> Option<T> {
        self.some(setting, value.ok(), problem)
    }

    fn checked<T>(&mut self, setting: &str, value: Result<T, impl Into<Error>>) -> Option<T> {
        value.map_err(|error| self.push(setting, Some(error.into().message()))).ok()
    }

    fn needed(&mut self, setting: &str, value: Option<String>) -> Option<String> {
        self.some(setting, value.filter(|value| !value.is_empty()), MISSING)
    }

    fn app(&mut self, setting: &str, app: Option<String>) -> Option<App> {
        let app = self.needed(setting, app)?;
        self.checked(setting, App::new(app))
    }

    fn certificate(
        &mut self,
        setting: &str,
        bytes: Option<Vec<u8>>,
        reading: CertificateReading,
    ) -> Option<Certificate> {
        let bytes = self.some(setting, bytes, MISSING)?;
        let certificate = self.checked(setting, Certificate::new(bytes))?;
        let has_key = certificate.key(reading).is_some();
        self.some(
            setting,
            has_key.then_some(certificate),
            "It is not PEM, so the profile's reading of it gives no key.",
        )
    }

    fn profile(&mut self, text: Option<String>) -> Option<Profile> {
        match text {
            Some(text) => self.take(PROFILE, profile(&text), EdgeError::Profile.message()),
            None => Some(Profile::default()),
        }
    }

    fn url(&mut self, setting: &str, url: &str, environment: Environment) -> Option<String> {
        let base = self.checked(setting, base_url(url, environment))?;
        let other = match environment {
            Environment::Sandbox => Environment::Production,
            Environment::Production => Environment::Sandbox,
        };
        let mixed = base.starts_with(other.auth_base().strip_suffix("/v1").unwrap_or_default());
        self.push(setting, mixed.then_some("It belongs to the other environment (ENV-5)."));
        Some(base)
    }

    fn or<T>(self, value: T) -> Result<T, EdgeError> {
        if self.0.is_empty() { Ok(value) } else { Err(EdgeError::Configuration(self.0)) }
    }
}

#[cfg(test)]
mod tests;
