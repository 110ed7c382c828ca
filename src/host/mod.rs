//! All else that a shell around consents drives: its settings, what it is told and told to do, a browser's visits.

pub mod call_log;
pub mod faults;
pub mod messages;
pub mod options;
pub mod seat;
pub mod settings;
pub mod visit;

pub use options::ClientOptions;
pub use seat::Seat;
pub use settings::Settings;
pub use visit::Visit;
