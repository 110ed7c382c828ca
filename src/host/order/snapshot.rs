//! An order's record as text: versioned JSON, encrypted by the shell before it is stored.

use super::Record;
use crate::{
    Error,
    consent::PaymentView,
    gateway::PaymentState,
    wire::json::{Object, Value, number, quoted},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

/// The version that is written.
const VERSION: u64 = 1;
/// Largest one that is read, in bytes.
pub const MAX_SNAPSHOT: usize = 16 * 1024;

impl Record {
    /// The text.
    pub fn write(&self) -> String {
        let text = |name: &str, value: &str| [",\"", name, "\":", &quoted(value)].concat();
        let optional = |name: &str, value: Option<&str>| value.map_or_else(String::new, |value| text(name, value));
        let view = &self.view;
        let over_at = self.over_at.map_or_else(String::new, |at| [",\"over_at\":", &number(at)].concat());
        [
            "{\"v\":",
            &number(VERSION),
            &text("digest", &URL_SAFE_NO_PAD.encode(self.digest)),
            &text("holder", &self.holder),
            &text("state", view.state.name()),
            &optional("bank_status", view.bank_status.as_deref()),
            &optional("reference", view.reference.as_deref()),
            ",\"at\":",
            &number(self.at),
            &over_at,
            "}",
        ]
        .concat()
    }

    /// Reads it.
    ///
    /// # Errors
    /// [`Error::SnapshotVersion`] for one that a newer program wrote, [`Error::SnapshotDamaged`] for any other that
    /// cannot be read. Neither is a reason to delete it: nobody pays an order that cannot be read.
    pub fn read(text: &str) -> Result<Self, Error> {
        let object = Object::parse(text).map_err(|_| Error::SnapshotDamaged)?;
        match object.get("v").and_then(Value::as_u64) {
            Some(VERSION) if !object.has_duplicates() => record(&object).ok_or(Error::SnapshotDamaged),
            Some(VERSION) | None => Err(Error::SnapshotDamaged),
            Some(_) => Err(Error::SnapshotVersion),
        }
    }
}

fn record(object: &Object<'_>) -> Option<Record> {
    let text = |name| object.str(name).map(|text| text.into_owned());
    let optional = |name| if object.get(name).is_some() { text(name).map(Some) } else { Some(None) };
    let over_at = match object.get("over_at") {
        Some(at) => Some(at.as_u64()?),
        None => None,
    };
    Some(Record {
        digest: URL_SAFE_NO_PAD.decode(text("digest")?).ok()?.try_into().ok()?,
        holder: text("holder")?,
        view: PaymentView {
            state: PaymentState::try_from(text("state")?).ok()?,
            bank_status: optional("bank_status")?,
            reference: optional("reference")?,
            payment: None,
        },
        at: object.get("at")?.as_u64()?,
        over_at,
    })
}
