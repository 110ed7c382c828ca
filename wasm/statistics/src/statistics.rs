//! The statistics: what a shard's rows are once a batch is counted, and what all shards tell.

use js_sys::Array;
use std::cell::RefCell;
use tell_connect::{
    Error,
    host::statistics::{self, answer, range::Range},
};
use tell_connect_boundary::{Thrown, whole};
use wasm_bindgen::prelude::*;

fn texts<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Array {
    texts.into_iter().map(|text| JsValue::from_str(text.as_ref())).collect()
}

/// A batch that came to a shard.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Intake(statistics::Intake);

#[wasm_bindgen]
impl Intake {
    /// Reads a batch, as the command `count` has it.
    ///
    /// # Errors
    /// `invalid_argument`
    #[wasm_bindgen(constructor)]
    pub fn new(batch: &str, counts: &str) -> Result<Intake, Thrown> {
        Ok(Self(statistics::Intake::read(batch, counts)?))
    }

    /// The rows that it touches.
    pub fn keys(&self) -> Array {
        texts(self.0.keys())
    }

    /// Names and texts, one after the other, of the rows that are to be kept at once; none, if it was counted before.
    ///
    /// # Errors
    /// `snapshot_damaged`, `iat_invalid`
    pub fn take(&self, rows: &Array, now: f64) -> Result<Array, Thrown> {
        let now = whole(now).ok_or(Error::IssuedAt)?;
        let rows = rows.iter().map(|row| row.as_string()).collect();
        Ok(texts(self.0.take(rows, now)?.into_iter().flat_map(|(key, text)| [key, text])))
    }
}

/// What all shards together tell.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Report {
    rows: Array,
    report: RefCell<answer::Report>,
}

#[wasm_bindgen]
impl Report {
    /// Of the days from one to another.
    ///
    /// # Errors
    /// `invalid_argument`, `iat_invalid`
    #[wasm_bindgen(constructor)]
    pub fn new(from: Option<String>, to: Option<String>, now: f64) -> Result<Report, Thrown> {
        let range = Range::read(from.as_deref(), to.as_deref(), whole(now).ok_or(Error::IssuedAt)?)?;
        let rows = texts(statistics::rows_of(&range).into_iter().flatten());
        Ok(Self { rows, report: RefCell::new(answer::Report::new(range)) })
    }

    /// The rows that it is made of: from and up to, without it, of days and of quarters.
    pub fn rows(&self) -> Array {
        self.rows.clone()
    }

    /// A shard's row of a day, or of a quarter.
    ///
    /// # Errors
    /// `snapshot_damaged`, `interrupted`
    pub fn add(&self, row: &str, is_quarter: bool) -> Result<(), Thrown> {
        let mut report = self.report.try_borrow_mut().map_err(|_| Error::Interrupted)?;
        Ok(report.add(row, is_quarter)?)
    }

    /// As JSON, or as CSV.
    ///
    /// # Errors
    /// `interrupted`
    pub fn text(&self, is_csv: bool) -> Result<String, Thrown> {
        let report = self.report.try_borrow().map_err(|_| Error::Interrupted)?;
        Ok(if is_csv { report.csv() } else { report.json() })
    }

    /// The names of all shards.
    pub fn shards() -> Array {
        texts(statistics::shards())
    }

    /// The rows of a shard that have had their time, as `rows` has them; of ids, days and quarters.
    ///
    /// # Errors
    /// `iat_invalid`
    pub fn over(now: f64) -> Result<Array, Thrown> {
        Ok(texts(statistics::over(whole(now).ok_or(Error::IssuedAt)?).into_iter().flatten()))
    }
}
