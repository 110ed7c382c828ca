//! Where in an answer the rows are, in both shapes of `ACC-5`.

use super::{MAX_ROWS, MAX_VIEWED, fields::Kind};
use crate::{
    Error,
    wire::json::{Object, Value},
};

/// Text that is one JSON value.
///
/// # Errors
/// [`Error::TooLarge`], [`Error::Json`].
pub(super) fn answer(text: &str) -> Result<Value<'_>, Error> {
    if text.len() > MAX_VIEWED {
        return Err(Error::TooLarge("The text must be at most 16 MiB."));
    }
    Value::parse(text).ok_or(Error::Json)
}

/// The rows of an answer: flat or under `Data`, a list or one alone.
///
/// # Errors
/// [`Error::TooLarge`], [`Error::Json`], [`Error::List`].
pub(super) fn rows<'a>(text: &'a str, kind: &Kind) -> Result<Vec<Value<'a>>, Error> {
    let answer = answer(text)?;
    let data = object(answer).and_then(|object| object.get("Data"));
    // A `Data` of nothing, beside a flat list, is no wrapping.
    let rows = data.and_then(|data| rows_in(data, kind)).or_else(|| rows_in(answer, kind));
    let rows = rows.ok_or(Error::List)?;
    if rows.len() > MAX_ROWS {
        return Err(Error::TooLarge("A list must have at most 100,000 rows."));
    }
    Ok(rows)
}

fn rows_in<'a>(value: Value<'a>, kind: &Kind) -> Option<Vec<Value<'a>>> {
    if let Some(items) = value.items() {
        return Some(items);
    }
    let object = object(value)?;
    if kind.row.iter().any(|name| object.get(name).is_some()) {
        return Some(vec![value]);
    }
    kind.lists.iter().find_map(|name| {
        let list = object.get(name)?;
        list.items().or_else(|| self::object(list).map(|_| vec![list]))
    })
}

/// The object that a value is.
pub(super) fn object(value: Value<'_>) -> Option<Object<'_>> {
    Object::parse(value.as_written()).ok()
}
