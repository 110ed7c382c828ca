//! Two lists of transactions, an earlier and a later, in which each is shown once.

use super::{
    kinds::Transaction,
    same::{Facts, State},
};
use crate::Error;

/// Most rows of each list that is merged.
pub const MAX_MERGED: usize = 10_000;

/// A row that is kept, by its list and its place there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Of the earlier list.
    Earlier(usize),
    /// Of the later list.
    Later(usize),
}

/// What is to be shown of both: the later list in its order, then whatever only the earlier one has. Rows are matched one
/// to one: two equal coffees stay two. Of a match the later row is kept, unless it is the pending one.
///
/// An earlier row that the bank no longer has, and that became no other, stays: a list can be of fewer days.
///
/// # Errors
/// [`Error::TooLarge`] for more than 10,000 rows in a list.
pub fn merge(earlier: &[Transaction], later: &[Transaction]) -> Result<Vec<Kept>, Error> {
    if earlier.len() > MAX_MERGED || later.len() > MAX_MERGED {
        return Err(Error::TooLarge("A list to merge must have at most 10,000 rows."));
    }
    let mut pairs = Pairs::new(earlier, later);
    // The surest first: what is itself is no candidate for anything else.
    pairs.take(|_| true, |a, b| a.has_id_of(b));
    pairs.take(|_| true, |a, b| a.is_said_again_by(b));
    pairs.take(|_| true, |a, b| Facts::in_order(a, b).is_some_and(|(pending, booked)| pending.is_booked_as(booked)));
    pairs.take(|a| a.state == State::Pending, |a, b| b.state == State::Booked && a.can_become(b));
    Ok(pairs.kept(earlier.len(), later.len()))
}

/// A row of a list: its place, what is compared of it, and what it was matched with.
struct Side<'a> {
    at: usize,
    facts: Facts<'a>,
    /// The place of the other in its list, and whether it is pending.
    other: Option<(usize, bool)>,
}

impl Side<'_> {
    fn is_pending(&self) -> bool {
        self.facts.state == State::Pending
    }
}

struct Pairs<'a> {
    earlier: Vec<Side<'a>>,
    later: Vec<Side<'a>>,
}

impl<'a> Pairs<'a> {
    fn new(earlier: &'a [Transaction], later: &'a [Transaction]) -> Self {
        Self { earlier: sides(earlier), later: sides(later) }
    }

    /// Matches whatever is free on both sides, earliest with earliest. Both are sorted by amount, so that a row meets
    /// those of its own alone.
    fn take(&mut self, who: impl Fn(&Facts<'_>) -> bool, is_one: impl Fn(&Facts<'_>, &Facts<'_>) -> bool) {
        let mut from = 0;
        for row in &mut self.earlier {
            let amount = row.facts.sum().amount();
            let before = self.later.iter().skip(from).take_while(|other| other.facts.sum().amount() < amount).count();
            from += before;
            if row.other.is_some() || !who(&row.facts) {
                continue;
            }
            let mut equal = self.later.iter_mut().skip(from).take_while(|other| other.facts.sum().amount() == amount);
            if let Some(other) = equal.find(|other| other.other.is_none() && is_one(&row.facts, &other.facts)) {
                row.other = Some((other.at, other.is_pending()));
                other.other = Some((row.at, row.facts.state == State::Pending));
            }
        }
    }

    fn kept(&self, earlier: usize, later: usize) -> Vec<Kept> {
        let mut shown: Vec<Kept> = (0..later).map(Kept::Later).collect();
        let mut gone = vec![false; earlier];
        for row in &self.earlier {
            let Some((at, is_pending)) = row.other else { continue };
            if let Some(gone) = gone.get_mut(row.at) {
                *gone = true;
            }
            // A list that is older than it seems: what is booked stays booked.
            if is_pending
                && !row.is_pending()
                && let Some(kept) = shown.get_mut(at)
            {
                *kept = Kept::Earlier(row.at);
            }
        }
        shown.extend(gone.iter().enumerate().filter(|(_, gone)| !**gone).map(|(at, _)| Kept::Earlier(at)));
        shown
    }
}

fn sides(rows: &[Transaction]) -> Vec<Side<'_>> {
    let facts = |(at, row)| Some(Side { at, facts: Facts::of(row)?, other: None });
    let mut sides: Vec<Side<'_>> = rows.iter().enumerate().filter_map(facts).collect();
    sides.sort_unstable_by(|a, b| {
        let times = |side: &Side<'_>| side.facts.when.map(|when| (when.day, when.second));
        a.facts.sum().amount().cmp(b.facts.sum().amount()).then_with(|| (times(a), a.at).cmp(&(times(b), b.at)))
    });
    sides
}

#[cfg(test)]
mod tests;
