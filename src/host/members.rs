//! A plain object of JavaScript's, by its members as they came. One reader of those for all that crosses: what each kind
//! of object has to have is asked for by name, and costs no reader of its own.

use super::given::Given;
use crate::Error;
use serde::{
    Deserialize, Deserializer,
    de::{self, IgnoredAny, MapAccess, SeqAccess},
};
use std::fmt;

/// The members, each to be taken once.
#[derive(Debug, Default)]
pub struct Members(Vec<(String, Member)>);

/// A member's value.
#[derive(Debug)]
enum Member {
    Absent,
    Text(String),
    Number(f64),
    Flag(bool),
    Object(Members),
    Other,
}

impl Members {
    fn take(&mut self, name: &str) -> Member {
        match self.0.iter().position(|(found, _)| found == name) {
            Some(at) => self.0.swap_remove(at).1,
            None => Member::Absent,
        }
    }

    /// A text, or what stands in its place.
    pub fn given(&mut self, name: &str) -> Given {
        match self.take(name) {
            Member::Absent => Given::Absent,
            Member::Text(text) => Given::Text(text),
            Member::Number(_) | Member::Flag(_) | Member::Object(_) | Member::Other => Given::Other,
        }
    }

    /// A text, if there is one.
    ///
    /// # Errors
    /// [`Error::Option`] for anything but a text.
    pub fn text(&mut self, name: &'static str) -> Result<Option<String>, Error> {
        self.given(name).optional(name)
    }

    /// A number; none for anything else.
    pub fn number(&mut self, name: &str) -> Option<f64> {
        if let Member::Number(number) = self.take(name) { Some(number) } else { None }
    }

    /// A flag; none for anything else.
    pub fn flag(&mut self, name: &str) -> Option<bool> {
        if let Member::Flag(flag) = self.take(name) { Some(flag) } else { None }
    }

    /// An object, if there is one.
    ///
    /// # Errors
    /// [`Error::Option`] for anything but an object.
    pub fn object(&mut self, name: &'static str) -> Result<Option<Self>, Error> {
        match self.take(name) {
            Member::Absent => Ok(None),
            Member::Object(members) => Ok(Some(members)),
            Member::Text(_) | Member::Number(_) | Member::Flag(_) | Member::Other => Err(Error::Option(name)),
        }
    }
}

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let member = Member::deserialize(deserializer)?;
        if let Member::Object(members) = member { Ok(members) } else { Err(de::Error::custom("no object")) }
    }
}

impl<'de> Deserialize<'de> for Member {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;

        impl<'de> de::Visitor<'de> for Any {
            type Value = Member;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("anything")
            }

            fn visit_str<E>(self, text: &str) -> Result<Member, E> {
                Ok(Member::Text(text.to_owned()))
            }

            fn visit_string<E>(self, text: String) -> Result<Member, E> {
                Ok(Member::Text(text))
            }

            fn visit_unit<E>(self) -> Result<Member, E> {
                Ok(Member::Absent)
            }

            fn visit_bool<E>(self, flag: bool) -> Result<Member, E> {
                Ok(Member::Flag(flag))
            }

            fn visit_f64<E>(self, number: f64) -> Result<Member, E> {
                Ok(Member::Number(number))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Member, E> {
                Ok(Member::Number(wide(number)))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Member, E> {
                Ok(i64::try_from(number).map_or(Member::Other, |number| Member::Number(wide(number))))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Member, A::Error> {
                while items.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Member::Other)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Member, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Member::Object(Members(members)))
            }
        }

        deserializer.deserialize_any(Any)
    }
}

/// A number as JavaScript has it.
#[allow(clippy::as_conversions, clippy::cast_precision_loss, reason = "it was a number of JavaScript's before")]
fn wide(number: i64) -> f64 {
    number as f64
}
