//! The applications of one third-party provider (`CFG-1`).

use super::Client;
use crate::profile::Environment;
use serde::Serialize;

/// The names that people see.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "ShownNames", optional_fields))]
pub struct Shown {
    /// The application's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application: Option<String>,
    /// The bank's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bank: Option<String>,
}

/// One application, ready to sign.
#[derive(Clone, Debug)]
pub struct Application {
    /// What callers pick it by.
    pub name: String,
    /// What people see it called, and its bank.
    pub shown: Shown,
    /// Where the bank sends its PSUs back to.
    pub redirect_url: String,
    /// Its requests.
    pub client: Client,
}

/// All that are configured, in one environment: at least one.
#[derive(Clone, Debug)]
pub struct Applications {
    /// The environment of all of them (`ENV-5`).
    pub environment: Environment,
    /// Whether the host is told what happens to its consents.
    pub host_listens: bool,
    /// Whether there are statistics, and so something that counts.
    pub counts: bool,
    /// In the order configured.
    pub list: Vec<Application>,
}

impl Applications {
    /// The application of that name; the first when none is named.
    pub fn get(&self, name: Option<&str>) -> Option<&Application> {
        match name {
            Some(name) => self.list.iter().find(|application| application.name == name),
            None => self.list.first(),
        }
    }
}
