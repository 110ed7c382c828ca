//! All else that a shell around consents drives: its settings, what it is told and told to do, a browser's visits.

pub mod asked;
pub mod audit;
pub mod backend;
pub mod call_log;
pub mod customer;
pub mod doctor;
mod faults;
pub mod given;
pub mod input;
pub mod knock;
pub mod members;
pub mod notice;
pub mod options;
pub mod order;
pub mod results;
pub mod seat;
pub mod session;
pub mod settings;
pub mod statistics;
pub mod told;
pub mod unreadable;
pub mod vault_keys;
pub mod visit;

pub use knock::Knock;
pub use options::ClientOptions;
pub use seat::Seat;
pub use session::SessionKeys;
pub use settings::Settings;
pub use visit::Visit;
