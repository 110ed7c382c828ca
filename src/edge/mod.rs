//! Everything that may hold a secret, and the life of a consent. Compiled with feature `sign` alone.

pub mod consent;
pub mod error;
pub mod explain;
pub mod failure;
pub mod grant;
pub mod hs256;
pub mod journey;
pub mod retry;
pub mod secret;
pub mod settings;
pub mod snapshot;
pub mod tpp;
pub mod user_ip;

pub use consent::{Command, Consent, Event};
pub use error::{EdgeError, Fault};
pub use explain::explain;
pub use hs256::Signer;
pub use secret::{Certificate, Credentials, Secret};
pub use settings::Settings;
pub use tpp::{Call, Tpp};
