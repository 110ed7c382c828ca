//! A text of a caller's, or what stands in its place: what is wrong with it is told to that caller.

use crate::Error;
use serde::{
    Deserialize, Deserializer,
    de::{self, IgnoredAny, MapAccess, SeqAccess},
};
use std::fmt;

/// What a caller gave where a text belongs: what is wrong with it is told to that caller.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Given {
    /// Nothing, or `null`.
    #[default]
    Absent,
    /// A text.
    Text(String),
    /// Anything else.
    Other,
}

impl Given {
    /// The text, if one was given.
    ///
    /// # Errors
    /// [`Error::Option`] for anything but a text.
    pub fn optional(self, name: &'static str) -> Result<Option<String>, Error> {
        match self {
            Self::Absent => Ok(None),
            Self::Text(text) => Ok(Some(text)),
            Self::Other => Err(Error::Option(name)),
        }
    }

    /// The text, which has to be there.
    ///
    /// # Errors
    /// [`Error::Option`] for none and for anything else.
    pub fn required(self, name: &'static str) -> Result<String, Error> {
        self.optional(name)?.ok_or(Error::Option(name))
    }
}

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;

        impl<'de> de::Visitor<'de> for Any {
            type Value = Given;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("anything")
            }

            fn visit_str<E>(self, text: &str) -> Result<Given, E> {
                Ok(Given::Text(text.to_owned()))
            }

            fn visit_string<E>(self, text: String) -> Result<Given, E> {
                Ok(Given::Text(text))
            }

            fn visit_unit<E>(self) -> Result<Given, E> {
                Ok(Given::Absent)
            }

            fn visit_bool<E>(self, _: bool) -> Result<Given, E> {
                Ok(Given::Other)
            }

            fn visit_i64<E>(self, _: i64) -> Result<Given, E> {
                Ok(Given::Other)
            }

            fn visit_u64<E>(self, _: u64) -> Result<Given, E> {
                Ok(Given::Other)
            }

            fn visit_f64<E>(self, _: f64) -> Result<Given, E> {
                Ok(Given::Other)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Given, A::Error> {
                while items.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Given::Other)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Given, A::Error> {
                while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Given::Other)
            }
        }

        deserializer.deserialize_any(Any)
    }
}
