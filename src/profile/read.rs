//! Reads a profile. Not by `serde`, whose code for it would be a fiftieth of the server's wasm.

use super::Profile;
use crate::{
    Error,
    wire::json::{Object, Value},
};

impl Profile {
    /// Reads a profile's JSON text; the default one where there is none.
    ///
    /// # Errors
    /// [`Error::Profile`] for anything but an object of known readings.
    pub fn read(text: Option<&str>) -> Result<Self, Error> {
        let mut profile = Self::default();
        if let Some(text) = text {
            let object = Object::parse(text).ok().filter(|object| !object.has_duplicates()).ok_or(Error::Profile)?;
            for (name, value) in object.members() {
                profile.set(name, value).ok_or(Error::Profile)?;
            }
        }
        Ok(profile)
    }

    /// Takes one reading.
    fn set(&mut self, name: &str, value: Value<'_>) -> Option<()> {
        match name {
            "signQuery" => self.sign_query = flag(value)?,
            "emptyPayload" => self.empty_payload = word(value)?,
            "certificate" => self.certificate = word(value)?,
            "basic" => self.basic = word(value)?,
            "refreshSkewSeconds" => self.refresh_skew = number(value)?,
            "readsAtOnce" => self.reads_at_once = number(value)?,
            "locationHosts" => self.location_hosts = texts(value)?,
            "paymentAtAuthorise" if value.as_written() == "null" => self.payment_at_authorise = None,
            "paymentAtAuthorise" => self.payment_at_authorise = Some(word(value)?),
            "paymentWatchHours" => self.payment_watch_hours = number(value)?,
            "paymentPath" => self.payment_path = word(value)?,
            "resources" => self.resources = texts(value)?.try_into().ok()?,
            "unattendedLimit" => self.unattended.limit = between(1, value, 1000)?,
            "unattendedHours" => self.unattended.hours = between(1, value, 168)?,
            "endpoint" => self.unattended.endpoint = word(value)?,
            "pagesCountOnce" => self.unattended.pages_count_once = flag(value)?,
            "sweepReserve" => self.unattended.sweep_reserve = between(0, value, 1000)?,
            "sweepOverlapDays" => self.unattended.sweep_overlap_days = between(0, value, 90)?,
            "fullHistoryMinutes" => self.unattended.full_history_minutes = between(0, value, 1440)?,
            "historyDays" => self.unattended.history_days = between(1, value, 3660)?,
            "pageParameter" => self.parameters.page = word(value)?,
            "fromParameter" => self.parameters.from = word(value)?,
            _ => return None,
        }
        Some(())
    }
}

fn flag(value: Value<'_>) -> Option<bool> {
    value.as_written().parse().ok()
}

fn word<T: TryFrom<String>>(value: Value<'_>) -> Option<T> {
    value.as_str()?.into_owned().try_into().ok()
}

fn number<T: TryFrom<u32>>(value: Value<'_>) -> Option<T> {
    u32::try_from(value.as_u64()?).ok()?.try_into().ok()
}

fn between(least: u32, value: Value<'_>, most: u32) -> Option<u32> {
    value.as_u64()?.try_into().ok().filter(|number| (least..=most).contains(number))
}

fn texts(value: Value<'_>) -> Option<Vec<String>> {
    value.items()?.into_iter().map(|item| Some(item.as_str()?.into_owned())).collect()
}
