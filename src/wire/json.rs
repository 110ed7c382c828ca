//! JSON as text: checked, and an object's members read as they were written.
//!
//! What is signed is text, so the core never re-serialises what it was given. `serde_json` reads and writes; here is
//! only what its own types would lose: numbers as written, the order of members, and one written twice.

use crate::Error;
use serde::{
    Deserialize, Deserializer,
    de::{IgnoredAny, MapAccess, Visitor},
};
use serde_json::value::RawValue;
use std::{borrow::Cow, fmt};

/// Accepts exactly the JSON texts of RFC 8259, however deeply nested.
///
/// # Errors
/// [`Error::Json`].
#[inline]
pub fn check(text: &str) -> Result<(), Error> {
    serde_json::from_str::<IgnoredAny>(text).map(drop).map_err(|_| Error::Json)
}

/// A text as a JSON string.
pub fn quoted(text: &str) -> String {
    // A text cannot fail to be written.
    serde_json::to_string(text).unwrap_or_default()
}

/// A whole number as JSON has it. What formats for `Display` would cost a page more.
pub fn number(number: u64) -> String {
    // A number cannot fail to be written.
    serde_json::to_string(&number).unwrap_or_default()
}

/// A value as the text holds it.
#[derive(Clone, Copy, Debug)]
pub struct Value<'a>(&'a RawValue);

impl<'a> Value<'a> {
    /// Reads a text that is one JSON value; `None` when it is anything else.
    pub fn parse(text: &'a str) -> Option<Self> {
        serde_json::from_str(text).ok().map(Self)
    }

    /// The value's JSON, as written.
    pub fn as_written(self) -> &'a str {
        self.0.get()
    }

    /// The string's characters; `None` for another kind of value or a lone surrogate escape.
    pub fn as_str(self) -> Option<Cow<'a, str>> {
        serde_json::from_str::<Text<'a>>(self.as_written()).ok().map(|text| text.0)
    }

    /// The number, when it is a whole one that fits.
    pub fn as_u64(self) -> Option<u64> {
        self.as_written().parse().ok()
    }

    /// The items of an array; `None` for another kind of value.
    pub fn items(self) -> Option<Vec<Value<'a>>> {
        let items: Vec<&RawValue> = serde_json::from_str(self.as_written()).ok()?;
        Some(items.into_iter().map(Value).collect())
    }
}

/// A string that borrows from the text where it has no escapes.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// The members of one JSON object, in the order written.
#[derive(Clone, Debug)]
pub struct Object<'a> {
    members: Vec<(Cow<'a, str>, Value<'a>)>,
}

impl<'a> Object<'a> {
    /// Reads a text that is one JSON object.
    ///
    /// # Errors
    /// [`Error::Json`] when it is anything else.
    pub fn parse(text: &'a str) -> Result<Self, Error> {
        serde_json::from_str(text).map_err(|_| Error::Json)
    }

    /// The first member of that name.
    pub fn get(&self, name: &str) -> Option<Value<'a>> {
        self.members.iter().find(|(found, _)| found == name).map(|(_, value)| *value)
    }

    /// The string member of that name.
    pub fn str(&self, name: &str) -> Option<Cow<'a, str>> {
        self.get(name)?.as_str()
    }

    /// Whether a name stands twice, which two readers could take differently.
    pub fn has_duplicates(&self) -> bool {
        self.members
            .iter()
            .enumerate()
            .any(|(at, (name, _))| self.members.iter().take(at).any(|(other, _)| other == name))
    }

    /// The members, in the order written.
    pub fn members(&self) -> impl Iterator<Item = (&str, Value<'a>)> {
        self.members.iter().map(|(name, value)| (name.as_ref(), *value))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Object<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Members;

        impl<'de> Visitor<'de> for Members {
            type Value = Vec<(Cow<'de, str>, Value<'de>)>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a JSON object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some((name, value)) = map.next_entry::<Text<'de>, &'de RawValue>()? {
                    members.push((name.0, Value(value)));
                }
                Ok(members)
            }
        }

        deserializer.deserialize_map(Members).map(|members| Self { members })
    }
}

#[cfg(test)]
mod tests;
