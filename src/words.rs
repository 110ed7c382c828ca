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

pub(crate) use from_words;
