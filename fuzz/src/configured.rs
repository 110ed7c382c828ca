//! Settings that are right, for the targets that need some.

use std::{collections::BTreeMap, rc::Rc};
use tell_connect::{
    gateway::{Applications, Certificate, Signer},
    host::Settings,
    profile::{Environment, Profile},
    wire::App,
};

/// A worker's variables and secrets, but for the environment.
pub(crate) const RIGHT: [(&str, &str); 8] = [
    ("TELL_CLIENT_ID", "client"),
    ("TELL_CLIENT_SECRET", "secret"),
    ("TELL_APP", "app-1"),
    ("TELL_CERTIFICATE", "certificate"),
    ("TELL_ASPSP", "8ddb14f1-fecd-41fe-90b7-f8fbda9494ac"),
    ("TELL_RESOURCE_BASE_URL", "https://bank.example/v1"),
    ("TELL_REDIRECT_URL", "https://tpp.example/api/callback"),
    ("TELL_VAULT_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="),
];

/// The applications of right settings, in either environment.
pub(crate) fn applications(environment: Environment) -> Rc<Applications> {
    let settings: BTreeMap<&str, &str> = RIGHT.into_iter().chain([("TELL_ENVIRONMENT", environment.name())]).collect();
    let get = |name: &str| settings.get(name).map(|value| (*value).to_owned());
    let read = Settings::read(get, Ok(Profile::default()));
    read.expect("these settings are right").applications
}

/// A signer of the application `app-1`.
pub(crate) fn signer() -> Signer {
    let certificate = Certificate::new(KEY.to_vec());
    let app = App::new(String::from("app-1"));
    let parts = app.and_then(|app| Ok((app, certificate?)));
    parts.and_then(|(app, certificate)| Signer::new(app, certificate, &Profile::default())).expect("these are right")
}

/// What [`signer`] signs with.
pub(crate) const KEY: &[u8] = b"-----BEGIN X-----\nAAEC\n-----END X-----\n";
