//! The applications of one third-party provider (`CFG-1`).

use super::Client;
use crate::profile::Environment;

/// One application, ready to sign.
#[derive(Clone, Debug)]
pub struct Application {
    /// What callers pick it by.
    pub name: String,
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
