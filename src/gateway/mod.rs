//! The gateway, from the side of a third-party provider: what is signed and sent, and what comes back.

pub mod answer;
pub mod application;
pub mod base_url;
pub mod call;
pub mod client;
mod currency;
pub mod explain;
pub mod order_key;
pub mod payment;
pub mod payment_answer;
pub mod permission;
pub mod secret;
pub mod signer;
pub mod user_ip;
pub(crate) mod web_url;

pub use application::{Application, Applications, Shown};
pub use call::{Call, Method, Request, ResourceCall};
pub use client::Client;
pub use explain::explain;
pub use order_key::OrderKey;
pub use payment::Payment;
pub use payment_answer::{PaymentAnswer, PaymentState};
pub use secret::{Certificate, Credentials, Secret};
pub use signer::Signer;
pub use user_ip::UserIp;
