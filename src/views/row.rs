//! One row: its members are taken by name, and what no view holds to the letter stays (`ACC-4`).

use super::{
    list::object,
    money::{Direction, Money, amount},
};
use crate::wire::json::{Object, Value, quoted};
use std::borrow::Cow;

/// A row that is being read.
pub(super) struct Row<'a> {
    written: Value<'a>,
    /// `None` for a row that is no object.
    object: Option<Object<'a>>,
    /// The members that the view holds to the letter, by their place.
    held: Vec<usize>,
}

impl<'a> Row<'a> {
    pub(super) fn new(written: Value<'a>) -> Self {
        Self { written, object: object(written), held: Vec::new() }
    }

    /// The first of these that is a text or a number. The first name is the view's own: a text under it is held to the
    /// letter, whatever else is only read. `A/B` is member `B` of the object `A`, or of the first in the list `A`.
    pub(super) fn text(&mut self, paths: &[&str]) -> Option<String> {
        let object = self.object.as_ref()?;
        if let Some(own) = paths.first()
            && let Some((at, (_, value))) = object.members().enumerate().find(|(_, (name, _))| name == own)
            && let Some(text) = value.as_str()
        {
            self.held.push(at);
            return Some(text.into_owned());
        }
        paths.iter().find_map(|path| scalar(at(object, path)?)).map(Cow::into_owned)
    }

    /// The first of these that is an amount, with its currency, which stands in it (OBIE) or beside it.
    pub(super) fn money(&self, names: &[&str]) -> Option<Money> {
        let object = self.object.as_ref()?;
        let direction = Direction::of(["CreditDebitIndicator", "CreditDebit"].iter().find_map(|name| object.get(name)));
        names.iter().find_map(|name| {
            let value = object.get(name)?;
            let inner = self::object(value);
            let written = match &inner {
                Some(inner) => inner.get("Amount")?,
                None => value,
            };
            let value = amount(&scalar(written)?, direction)?;
            let currency = inner.as_ref().and_then(|inner| inner.str("Currency")).or_else(|| object.str("Currency"));
            Some(Money { value, currency: currency.map(Cow::into_owned) })
        })
    }

    /// The members that the view does not hold to the letter, as they were written, as JSON text.
    pub(super) fn rest(&self) -> String {
        let Some(object) = &self.object else { return self.written.as_written().to_owned() };
        let mut rest = String::from("{");
        for (_, (name, value)) in object.members().enumerate().filter(|(at, _)| !self.held.contains(at)) {
            if rest.len() > 1 {
                rest.push(',');
            }
            rest.push_str(&quoted(name));
            rest.push(':');
            rest.push_str(value.as_written());
        }
        rest.push('}');
        rest
    }
}

fn at<'a>(object: &Object<'a>, path: &str) -> Option<Value<'a>> {
    let Some((outer, inner)) = path.split_once('/') else { return object.get(path) };
    let value = object.get(outer)?;
    let value = value.items().and_then(|items| items.first().copied()).unwrap_or(value);
    self::object(value)?.get(inner)
}

/// A text, or a number as it is written.
fn scalar(value: Value<'_>) -> Option<Cow<'_, str>> {
    let written = value.as_written();
    let is_number = written.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    if is_number { Some(Cow::Borrowed(written)) } else { value.as_str() }
}
