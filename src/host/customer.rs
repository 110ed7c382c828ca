//! A customer's consents, as a host names the customer: a list in an object of their own. No index over all exists.

use crate::{
    Error,
    profile::Scope,
    wire::json::{Object, Value, number, quoted},
};

/// The version that is written.
const VERSION: u64 = 1;
/// The most consents of one customer; the oldest go first.
const MOST: usize = 100;
/// Largest snapshot that is read, in bytes.
pub const MAX_SNAPSHOT: usize = 64 * 1024;

/// A consent of a customer's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The handle by which backends call it.
    pub consent: String,
    /// What was asked for.
    pub scope: Scope,
    /// The application, by name; empty for the first.
    pub application: String,
}

/// A customer's consents, the oldest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Customer {
    entries: Vec<Entry>,
}

impl Customer {
    /// From what was kept.
    ///
    /// # Errors
    /// [`Error::SnapshotVersion`] for what a newer program wrote, [`Error::SnapshotDamaged`] for what cannot be read.
    pub fn load(text: Option<&str>) -> Result<Self, Error> {
        let Some(text) = text else { return Ok(Self::default()) };
        let object = Object::parse(text).map_err(|_| Error::SnapshotDamaged)?;
        match object.get("v").and_then(Value::as_u64) {
            Some(VERSION) => {}
            Some(_) => return Err(Error::SnapshotVersion),
            None => return Err(Error::SnapshotDamaged),
        }
        let items = object.get("consents").and_then(Value::items).ok_or(Error::SnapshotDamaged)?;
        let entry = |item: Value<'_>| {
            let object = Object::parse(item.as_written()).ok()?;
            Some(Entry {
                consent: object.str("consent")?.into_owned(),
                scope: Scope::parse(&object.str("scope")?).ok()?,
                application: object.str("application")?.into_owned(),
            })
        };
        let entries = items.into_iter().map(entry).collect::<Option<_>>().ok_or(Error::SnapshotDamaged)?;
        Ok(Self { entries })
    }

    /// As text.
    pub fn write(&self) -> String {
        let entry = |entry: &Entry| {
            let Entry { consent, scope, application } = entry;
            let (consent, application) = (quoted(consent), quoted(application));
            ["{\"consent\":", &consent, ",\"scope\":\"", scope.name(), "\",\"application\":", &application, "}"]
                .concat()
        };
        let entries: Vec<String> = self.entries.iter().map(entry).collect();
        ["{\"v\":", &number(VERSION), ",\"consents\":[", &entries.join(","), "]}"].concat()
    }

    /// The consents, the oldest first.
    pub fn consents(&self) -> &[Entry] {
        &self.entries
    }

    /// One more was asked for. Whatever is there stays (`CON-1`), up to a number: then the oldest payment leaves the
    /// list, which ends sooner than account access.
    pub fn add(&mut self, entry: Entry) {
        if self.entries.len() == MOST {
            let oldest = self.entries.iter().position(|entry| entry.scope == Scope::Pisp);
            self.entries.remove(oldest.unwrap_or_default());
        }
        self.entries.push(entry);
    }

    /// Those that one replaces once it is connected: of the same kind, and asked for before it (`CON-1`). Payments
    /// replace nothing. They are listed until they are removed, so that a crash on the way leaves none behind.
    pub fn former(&self, consent: &str) -> Vec<&Entry> {
        let Some(at) = self.entries.iter().position(|entry| entry.consent == consent) else { return Vec::new() };
        let Some(new) = self.entries.get(at).filter(|new| new.scope == Scope::Aisp) else { return Vec::new() };
        let is_same = |entry: &&Entry| entry.scope == new.scope && entry.application == new.application;
        self.entries.iter().take(at).filter(is_same).collect()
    }

    /// One is gone. Whether that is news.
    pub fn remove(&mut self, consent: &str) -> bool {
        let before = self.entries.len();
        self.entries.retain(|entry| entry.consent != consent);
        self.entries.len() < before
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(consent: &str, scope: Scope, application: &str) -> Entry {
        Entry { consent: consent.to_owned(), scope, application: application.to_owned() }
    }

    fn names<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Vec<&'a str> {
        entries.into_iter().map(|entry| &*entry.consent).collect()
    }

    #[test]
    fn con_1_a_consent_replaces_its_customers_earlier_ones_of_the_same_kind_once_it_is_connected() {
        let mut customer = Customer::default();
        for (consent, scope, application) in [
            ("a", Scope::Aisp, ""),
            ("p", Scope::Pisp, ""),
            ("b", Scope::Aisp, "other"),
            ("c", Scope::Aisp, ""),
            ("d", Scope::Aisp, ""),
        ] {
            customer.add(entry(consent, scope, application));
        }
        assert_eq!(names(customer.consents()), ["a", "p", "b", "c", "d"]);
        assert_eq!(names(customer.former("p")), [""; 0], "a payment replaces nothing");
        assert_eq!(names(customer.former("c")), ["a"], "what was asked for later stays");
        assert_eq!(names(customer.former("d")), ["a", "c"], "what was not removed is told again");
        assert_eq!(names(customer.former("gone")), [""; 0]);
        assert!(customer.remove("b") && !customer.remove("b"));
        assert_eq!(Customer::load(Some(&customer.write())), Ok(customer));
    }

    #[test]
    fn con_1_the_list_is_bounded_and_what_cannot_be_read_is_left() {
        let mut customer = Customer::default();
        (0..150).for_each(|n| customer.add(entry(&n.to_string(), Scope::Aisp, "\"£\n")));
        assert_eq!((customer.consents().len(), names(customer.consents()).first()), (100, Some(&"50")));
        assert_eq!(Customer::load(Some(&customer.write())), Ok(customer.clone()));
        (0..150).for_each(|n| customer.add(entry(&format!("p{n}"), Scope::Pisp, "")));
        let kept = names(customer.consents());
        assert_eq!((kept.len(), kept.first(), kept.last()), (100, Some(&"51"), Some(&"p149")), "account access stays");
        assert_eq!(Customer::load(Some("{\"v\":2}")), Err(Error::SnapshotVersion));
        for damaged in ["", "{}", "{\"v\":1}", "{\"v\":1,\"consents\":[{}]}"] {
            assert_eq!(Customer::load(Some(damaged)), Err(Error::SnapshotDamaged), "{damaged}");
        }
    }
}
