//! The link to the next page of a list.

use super::list::{answer, object};
use crate::Error;

/// Longest link that is told, in bytes.
const MAX_LINK: usize = 16 * 1024;

/// The answer's `Links.Next`, an absolute URL or a path as the bank wrote it; `None` on the last page, and for what is
/// neither. It is the bank's word: a token is sent to the bank's own host alone, wherever a link leads.
///
/// # Errors
/// [`Error::TooLarge`], [`Error::Json`].
pub fn next_page(text: &str) -> Result<Option<String>, Error> {
    let next = object(answer(text)?)
        .and_then(|answer| object(answer.get("Links")?)?.str("Next").map(|next| next.into_owned()));
    Ok(next.filter(|next| is_link(next)))
}

fn is_link(next: &str) -> bool {
    let is_path = next.starts_with('/') && !next.starts_with("//");
    let is_url = ["https://", "http://"].iter().any(|scheme| next.starts_with(scheme) && next.len() > scheme.len());
    // Browsers read a backslash as a slash.
    let is_plain = next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    (is_path || is_url) && is_plain && next.len() <= MAX_LINK
}
