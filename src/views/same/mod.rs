//! Whether a pending row and a booked one are one transaction, though the bank gave it another id, time and text.
//!
//! A wrong match hides a transaction, a missed one shows it twice until the pending row is gone: in doubt, it is another.
//! Nothing matches where amount, currency or direction differ.

mod words;

use super::{
    day::{Moment, working_days},
    kinds::Transaction,
    money::Decimal,
};
use words::Words;

/// How far apart in seconds two times of one purchase are written.
const CLOCKS_APART: i64 = 5 * 60;
/// By so many whole hours a bank that forgets offsets moves a time.
const HOURS_APART: i64 = 2;
/// The most days from a purchase until it is booked, where a date or a reference ties both.
const SETTLED_DAYS: i64 = 6;

/// Whether a pending and a booked row are one transaction.
///
/// Two rows that nothing tells apart are taken for one: [`merge`](super::merge()) has both lists, and can tell more.
pub fn same_transaction(a: &Transaction, b: &Transaction) -> bool {
    let (Some(a), Some(b)) = (Facts::of(a), Facts::of(b)) else { return false };
    a.has_id_of(&b) || Facts::in_order(&a, &b).is_some_and(|(pending, booked)| pending.is_booked_as(booked))
}

/// What is compared of a row.
#[derive(Debug)]
pub(super) struct Facts<'a> {
    sum: Sum<'a>,
    id: Option<&'a str>,
    reference: Option<&'a str>,
    pub(super) state: State,
    pub(super) when: Option<Moment>,
    words: Vec<Words>,
}

/// Money of an account: what has to be equal, whatever else is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Sum<'a> {
    amount: Decimal,
    currency: Option<String>,
    account: Option<&'a str>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum State {
    Pending,
    Booked,
    Other,
}

impl<'a> Facts<'a> {
    /// `None` for a row without an amount, which is no other's.
    pub(super) fn of(row: &'a Transaction) -> Option<Self> {
        let money = row.amount.as_ref()?;
        let names = [&row.merchant_name, &row.creditor_name, &row.debtor_name, &row.transaction_information];
        Some(Self {
            sum: Sum {
                amount: Decimal::parse(&money.value)?,
                currency: money.currency.as_ref().map(|code| code.to_ascii_uppercase()),
                account: row.account_id.as_deref(),
            },
            id: row.transaction_id.as_deref().filter(|id| !id.is_empty()),
            reference: row.transaction_reference.as_deref().filter(|text| !text.is_empty()),
            state: State::of(row.status.as_deref().unwrap_or_default()),
            when: row.booking_date_time.as_deref().and_then(Moment::parse),
            words: names.into_iter().flatten().filter_map(|text| Words::read(text)).collect(),
        })
    }

    pub(super) fn sum(&self) -> &Sum<'a> {
        &self.sum
    }

    /// The same id, and the same money.
    pub(super) fn has_id_of(&self, other: &Self) -> bool {
        self.id.is_some() && self.id == other.id && self.sum.equals(&other.sum)
    }

    /// The pending one and the booked one of two.
    pub(super) fn in_order<'b>(a: &'b Self, b: &'b Self) -> Option<(&'b Self, &'b Self)> {
        match (a.state, b.state) {
            (State::Pending, State::Booked) => Some((a, b)),
            (State::Booked, State::Pending) => Some((b, a)),
            (State::Pending | State::Booked | State::Other, _) => None,
        }
    }

    /// Whether both say the same of one moment: a row that was read again, its id made anew.
    pub(super) fn is_said_again_by(&self, other: &Self) -> bool {
        let ids = self.id.is_none() || other.id.is_none() || self.state == State::Pending;
        let said = self.state == other.state && self.when.is_some() && self.when == other.when;
        ids && said && self.sum.equals(&other.sum) && self.words == other.words
    }

    /// Whether this pending row is that booked one, by these two alone.
    pub(super) fn is_booked_as(&self, booked: &Self) -> bool {
        let (Some(made), Some(at)) = (self.when, booked.when) else { return false };
        if !self.sum.equals(&booked.sum) || self.is_dated_apart(booked) {
            return false;
        }
        let is_tied = self.is_tied_to(booked);
        if self.words.is_empty() || booked.words.is_empty() {
            let is_moment = made.second.is_some() && made.instant() == at.instant();
            return is_moment || (is_tied && settles(made, at));
        }
        self.is_named_as(booked) && (is_booked_soon(made, at) || (is_tied && settles(made, at)))
    }

    /// Whether this pending row, which the bank no longer has, can be that booked one, which it had not before.
    pub(super) fn can_become(&self, booked: &Self) -> bool {
        let (Some(made), Some(at)) = (self.when, booked.when) else { return false };
        let is_named = self.is_named_as(booked) || self.is_tied_to(booked);
        self.sum.equals(&booked.sum) && !self.is_dated_apart(booked) && is_named && settles(made, at)
    }

    fn is_named_as(&self, other: &Self) -> bool {
        self.words.iter().any(|mine| other.words.iter().any(|its| mine.is_like(its)))
    }

    /// Whether a reference, or the date of the purchase in the booked text, says that it is this one.
    fn is_tied_to(&self, booked: &Self) -> bool {
        let is_dated = booked.words.iter().any(|words| words.date.is_some_and(|date| self.is_of(date)));
        is_dated || (self.reference.is_some() && self.reference == booked.reference)
    }

    /// Whether the booked text has the date of another day's purchase.
    fn is_dated_apart(&self, booked: &Self) -> bool {
        booked.words.iter().any(|words| words.date.is_some_and(|date| !self.is_of(date)))
    }

    fn is_of(&self, date: (i64, i64)) -> bool {
        self.when.is_some_and(|when| when.days().into_iter().any(|day| super::day::date_of(day) == date))
    }
}

impl Sum<'_> {
    pub(super) fn amount(&self) -> &Decimal {
        &self.amount
    }

    /// An account that only one of two names is no difference; a currency is.
    fn equals(&self, other: &Self) -> bool {
        let accounts = self.account.zip(other.account).is_none_or(|(mine, its)| mine == its);
        self.amount == other.amount && self.currency == other.currency && accounts
    }
}

impl State {
    fn of(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "pending" | "pdng" | "authorised" | "hold" => Self::Pending,
            "booked" | "book" | "posted" | "settled" => Self::Booked,
            _ => Self::Other,
        }
    }
}

/// Whether the days from a purchase to its booking are so few that a tie or a vanished row is believed.
fn settles(made: Moment, at: Moment) -> bool {
    let days = |made: i64, at: i64| (0..=SETTLED_DAYS).contains(&(at - made));
    days(made.day, at.day) || days(made.utc_day(), at.utc_day())
}

/// Whether a booking is of this purchase by its time: the purchase's own time, or the bank's next run.
fn is_booked_soon(made: Moment, at: Moment) -> bool {
    if let (Some(made), Some(at)) = (made.instant(), at.instant()) {
        let apart = (at - made).abs();
        let off = apart.rem_euclid(3600).min(3600 - apart.rem_euclid(3600));
        if apart <= CLOCKS_APART || (off <= 60 && apart <= HOURS_APART * 3600 + 60) {
            return true;
        }
    }
    if made.second.is_some() && !is_of_a_run(at) {
        return false;
    }
    let soon = |made: i64, at: i64| made <= at && working_days(made, at) <= 1;
    soon(made.day, at.day) || soon(made.utc_day(), at.utc_day())
}

/// Whether a booking's time is of the bank's books: no time, one in the night, a round one. Any other is a purchase's.
fn is_of_a_run(at: Moment) -> bool {
    at.second.is_none_or(|second| second < 6 * 3600 || second % 900 == 0 || second >= 86_340)
}

#[cfg(test)]
mod tests;
