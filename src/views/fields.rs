//! A row's fields, by a kind's table: one reader and one writer for all views.

use super::{
    list::{object, rows},
    money::Money,
    row::Row,
};
use crate::{
    Error,
    wire::json::{Value, quoted},
};

/// One kind of view: where its rows are, and what each has.
#[derive(Debug)]
pub struct Kind {
    /// The list's own names: tell.money's plural, OBIE's singular.
    pub(super) lists: [&'static str; 2],
    /// Members that only a row has: an object with one of them is the row itself.
    pub(super) row: &'static [&'static str],
    pub(super) members: &'static [Member],
}

/// A member of a view, by the names under which banks send it. The first is the view's own.
#[derive(Debug)]
pub(super) enum Member {
    Text(&'static [&'static str]),
    Money(&'static [&'static str]),
}

impl Member {
    /// `AccountId` of the bank's is `accountId` of the view.
    pub(super) fn name(&self) -> String {
        let (Self::Text(names) | Self::Money(names)) = self;
        let mut letters = names.first().copied().unwrap_or_default().chars();
        letters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(letters).collect()
    }
}

/// What was read of a member.
#[derive(Debug)]
pub(super) enum Field {
    Text(String),
    Money(Money),
}

impl Field {
    pub(super) fn text(self) -> Option<String> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub(super) fn money(self) -> Option<Money> {
        if let Self::Money(money) = self { Some(money) } else { None }
    }
}

/// A row, read: a value for each member of its kind.
#[derive(Debug)]
pub(super) struct Fields {
    pub(super) values: Vec<Option<Field>>,
    pub(super) rest: String,
}

/// The rows of an answer.
///
/// # Errors
/// [`Error::TooLarge`], [`Error::Json`], [`Error::List`].
pub(super) fn read<'a>(text: &'a str, kind: &'static Kind) -> Result<impl Iterator<Item = Fields> + 'a, Error> {
    Ok(rows(text, kind)?.into_iter().map(|written| {
        let mut row = Row::new(written);
        let value = |member: &Member| match member {
            Member::Text(names) => row.text(names).map(Field::Text),
            Member::Money(names) => row.money(names).map(Field::Money),
        };
        let values = kind.members.iter().map(value).collect();
        Fields { values, rest: row.rest() }
    }))
}

/// The rows of an answer as a JSON list of views.
///
/// # Errors
/// [`Error::TooLarge`], [`Error::Json`]; [`Error::List`] for an answer of something else.
pub fn json(text: &str, kind: &'static Kind) -> Result<String, Error> {
    let names: Vec<String> = kind.members.iter().map(|member| quoted(&member.name())).collect();
    let mut list = String::from("[");
    for row in read(text, kind)? {
        list.push_str(if list.len() == 1 { "{" } else { ",{" });
        for (name, value) in names.iter().zip(row.values) {
            let Some(value) = value else { continue };
            list.push_str(name);
            list.push(':');
            match value {
                Field::Text(text) => list.push_str(&quoted(&text)),
                Field::Money(money) => money.write(&mut list),
            }
            list.push(',');
        }
        list.push_str("\"rest\":");
        list.push_str(&quoted(&row.rest));
        list.push('}');
    }
    list.push(']');
    Ok(list)
}

/// The fields of a view that was written as JSON, without its rest.
pub(super) fn of_view(written: Value<'_>, kind: &Kind) -> Option<Fields> {
    let view = object(written)?;
    let value = |member: &Member| {
        let name = member.name();
        match member {
            Member::Text(_) => view.str(&name).map(|text| Field::Text(text.into_owned())),
            Member::Money(_) => {
                let money = object(view.get(&name)?)?;
                let currency = money.str("currency").map(|code| code.into_owned());
                Some(Field::Money(Money { value: money.str("value")?.into_owned(), currency }))
            }
        }
    };
    Some(Fields { values: kind.members.iter().map(value).collect(), rest: String::new() })
}
