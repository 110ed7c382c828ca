//! A value that is one of a few words, read from text.

/// Reads a type from the words that it is written with: `serde` takes the text and hands it on, in a tenth of the code
/// that it would write for an enum.
macro_rules! from_words {
    ($type:ty, $error:expr, { $($word:literal => $value:expr),+ $(,)? }) => {
        impl TryFrom<String> for $type {
            type Error = $crate::Error;

            fn try_from(word: String) -> Result<Self, Self::Error> {
                match word.as_str() {
                    $($word => Ok($value),)+
                    _ => Err($error),
                }
            }
        }
    };
}

/// The same of an enum that is written with those words as well.
macro_rules! words {
    ($type:ty, $error:expr, { $($word:literal => $variant:ident),+ $(,)? }) => {
        $crate::words::from_words!($type, $error, { $($word => Self::$variant),+ });

        impl $type {
            /// The word that it is written with.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $word,)+
                }
            }
        }
    };
}

pub(crate) use {from_words, words};
