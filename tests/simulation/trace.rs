//! What happened in a life: always as a hash, and as text when it is to be read.

use std::fmt::Write as _;

/// The hash of all that happened, and its lines if they are wanted.
#[derive(Default)]
pub struct Trace {
    hash: u64,
    lines: Option<Vec<String>>,
    since: u64,
}

impl Trace {
    /// A trace with text.
    pub fn readable() -> Self {
        Self { lines: Some(Vec::new()), ..Self::default() }
    }

    /// Two lives with the same hash did the same, to the byte.
    pub fn hash(&self) -> u64 {
        self.hash
    }

    /// The lines of a trace with text.
    pub fn lines(self) -> Vec<String> {
        self.lines.unwrap_or_default()
    }

    /// Takes in a number.
    pub fn number(&mut self, number: u64) {
        self.hash = (self.hash.rotate_left(5) ^ number).wrapping_mul(0x517c_c1b7_2722_0a95);
    }

    /// Takes in a text.
    pub fn text(&mut self, text: &str) {
        let mut chunks = text.as_bytes().chunks_exact(8);
        for chunk in &mut chunks {
            self.number(chunk.try_into().map_or(0, u64::from_le_bytes));
        }
        for byte in chunks.remainder() {
            self.number(u64::from(*byte));
        }
        self.number(u64::try_from(text.len()).unwrap_or(0));
    }

    /// Adds a line, at a time (milliseconds since 1970) shown since the first one's.
    pub fn line(&mut self, at: u64, line: impl FnOnce() -> String) {
        let Some(lines) = &mut self.lines else { return };
        if lines.is_empty() {
            self.since = at;
        }
        let since = at.saturating_sub(self.since);
        let mut text = String::new();
        // Writing to a String cannot fail.
        let _ = write!(text, "{:>9}.{:03} s  {}", since / 1000, since % 1000, line());
        lines.push(text);
    }
}
