//! What the bank sent, read: typed views beside the answers, which are passed on as they came (`ACC-4`).
//!
//! Everything here is pure: a text in, values out. No clock, no secret; a page may have all of it.
//!
//! | room | subject |
//! |---|---|
//! | [`kinds`] | the eight views, each from both shapes of `ACC-5` |
//! | `fields` | the reader and the writer of them all |
//! | `list` | where in an answer the rows are · `row` one row, and what of it the view does not hold |
//! | [`money`] | amounts as decimal text with a sign, never a float |
//! | [`page`] | the link to the next page |
//! | [`same`] | whether a pending row and a booked one are one transaction · [`mod@merge`] two lists, each shown once |

use crate::{Error, wire::json::Value};

mod day;
mod fields;
pub mod kinds;
mod list;
pub mod merge;
pub mod money;
pub mod page;
mod row;
pub mod same;

pub use fields::{Kind, json};
pub use kinds::{
    Account, Balance, Beneficiary, DirectDebit, Product, ScheduledPayment, StandingOrder, Transaction, accounts,
    balances, beneficiaries, direct_debits, product, scheduled_payments, standing_orders, transactions,
};
pub use merge::{Kept, merge};
pub use money::Money;
pub use page::next_page;
pub use same::same_transaction;

/// Transactions as [`json`] has written them: a list, or one alone.
///
/// # Errors
/// [`Error::TooLarge`], [`Error::Argument`].
pub fn written(text: &str) -> Result<Vec<Transaction>, Error> {
    if text.len() > MAX_VIEWED {
        return Err(Error::TooLarge("Transactions must be at most 16 MiB as JSON."));
    }
    let views = Value::parse(text).map(|value| value.items().unwrap_or_else(|| vec![value])).unwrap_or_default();
    let views = views.into_iter().map(|view| fields::of_view(view, &kinds::TRANSACTIONS).map(Transaction::from));
    views.collect::<Option<_>>().ok_or(Error::Argument("A transaction must be one that transactions() gave."))
}

/// What the answer to a path is a list of (`ACC-3`); `None` for a path that has no view.
pub fn kind_of(path: &str) -> Option<&'static Kind> {
    let path = path.split('?').next().unwrap_or_default();
    let mut parts = path.split('/').skip(1);
    let (accounts, _, resource) = (parts.next(), parts.next(), parts.next());
    if accounts != Some("accounts") || parts.next().is_some() {
        return None;
    }
    match resource {
        None => Some(&kinds::ACCOUNTS),
        Some("balance") => Some(&kinds::BALANCES),
        Some("transactions") => Some(&kinds::TRANSACTIONS),
        Some("beneficiaries") => Some(&kinds::BENEFICIARIES),
        Some("direct-debits") => Some(&kinds::DIRECT_DEBITS),
        Some("standing-orders") => Some(&kinds::STANDING_ORDERS),
        Some("scheduled-payments") => Some(&kinds::SCHEDULED_PAYMENTS),
        Some("product") => Some(&kinds::PRODUCT),
        Some(_) => None,
    }
}

/// Longest text that is read, in bytes.
pub const MAX_VIEWED: usize = 16 * 1024 * 1024;

/// Most rows of one list. A page of a bank's has some hundred.
pub const MAX_ROWS: usize = 100_000;

#[cfg(test)]
mod tests;
