//! What the bank sent, read for a page or a worker. Convert, call, convert.
//!
//! Lists cross as JSON texts, which JavaScript reads fastest.
#![forbid(unsafe_code)]

use tell_connect::views::{self, Kept, kinds};
use tell_connect_boundary::Thrown;
use wasm_bindgen::prelude::*;

macro_rules! lists {
    ($($read:ident $name:literal $kind:ident)*) => {$(
        #[doc = concat!("`", $name, "(text)`: the rows as a JSON list (`ACC-5`).")]
        ///
        /// # Errors
        /// `json_invalid`, `list_missing`, `too_large`
        #[wasm_bindgen(js_name = $name)]
        pub fn $read(text: &str) -> Result<String, Thrown> {
            Ok(views::json(text, &kinds::$kind)?)
        }
    )*};
}

lists! {
    accounts "accounts" ACCOUNTS
    balances "balances" BALANCES
    transactions "transactions" TRANSACTIONS
    beneficiaries "beneficiaries" BENEFICIARIES
    direct_debits "directDebits" DIRECT_DEBITS
    standing_orders "standingOrders" STANDING_ORDERS
    scheduled_payments "scheduledPayments" SCHEDULED_PAYMENTS
    product "product" PRODUCT
}

/// The rows of the answer to a path, as a JSON list; `undefined` for a path that has no view.
///
/// # Errors
/// `json_invalid`, `list_missing`, `too_large`
#[wasm_bindgen(js_name = rowsOf)]
pub fn rows_of(path: &str, text: &str) -> Result<Option<String>, Thrown> {
    Ok(views::kind_of(path).map(|kind| views::json(text, kind)).transpose()?)
}

/// The link to the next page.
///
/// # Errors
/// `json_invalid`, `too_large`
#[wasm_bindgen(js_name = nextPage)]
pub fn next_page(text: &str) -> Result<Option<String>, Thrown> {
    Ok(views::next_page(text)?)
}

/// Whether two transactions, a JSON list of two views, are one.
///
/// # Errors
/// `invalid_argument`, `too_large`
#[wasm_bindgen(js_name = sameTransaction)]
pub fn same_transaction(two: &str) -> Result<bool, Thrown> {
    let rows = views::written(two)?;
    Ok(if let [a, b] = rows.as_slice() { views::same_transaction(a, b) } else { false })
}

/// What is kept of two lists, each the JSON text of views: a row of the later list by its place, one of the earlier by
/// its place counted on from the later list's end.
///
/// # Errors
/// `invalid_argument`, `too_large`
#[wasm_bindgen(js_name = mergeTransactions)]
pub fn merge_transactions(earlier: &str, later: &str) -> Result<Vec<usize>, Thrown> {
    let (earlier, later) = (views::written(earlier)?, views::written(later)?);
    let place = |kept| match kept {
        Kept::Later(at) => at,
        Kept::Earlier(at) => later.len() + at,
    };
    Ok(views::merge(&earlier, &later)?.into_iter().map(place).collect())
}
