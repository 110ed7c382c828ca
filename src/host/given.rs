//! A text of a caller's, or what stands in its place: what is wrong with it is told to that caller.

use crate::Error;

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
