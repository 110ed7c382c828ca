//! A life as a link to the page's simulator: `#seed=7&faults=often,crashes:off&break=send-before-keep`. The words after
//! `faults=` and `break=` are those of `FAULTS` and `BREAK` for `make simulate`.

use crate::{faults::Fault, flaws::Flaw, levels::Levels};

/// A run of lives of consents: where it begins, what fails how often, and how the shell is broken.
#[derive(Clone, Default)]
pub struct Link {
    /// The seed of its first life.
    pub seed: u64,
    /// What fails.
    pub levels: Levels<Fault>,
    /// How the shell is broken, if it is.
    pub flaw: Option<Flaw>,
}

impl Link {
    /// Reads the fragment of an address. `None` for one that says something else, or what nobody here knows.
    pub fn read(fragment: &str) -> Option<Self> {
        let mut link = Self::default();
        let mut seed = None;
        for part in fragment.trim_start_matches('#').split('&') {
            match part.split_once('=')? {
                ("seed", text) => seed = Some(text.parse().ok()?),
                ("faults", text) => link.levels = Levels::parse(text)?,
                ("break", text) => link.flaw = Some(Flaw::of(text)?),
                _ => return None,
            }
        }
        Some(Self { seed: seed?, ..link })
    }

    /// The fragment of an address.
    pub fn write(&self) -> String {
        let mut text = format!("#seed={}", self.seed);
        let faults = self.levels.write();
        for (name, word) in [("faults", faults.as_str()), ("break", self.flaw.map_or("", Flaw::id))] {
            if !word.is_empty() {
                text.extend(["&", name, "=", word]);
            }
        }
        text
    }

    /// What lives the first of these lives again, natively.
    pub fn command(&self) -> String {
        let faults = self.levels.write();
        let mut text = String::from("make simulate");
        for (name, word) in [("FAULTS", faults.as_str()), ("BREAK", self.flaw.map_or("", Flaw::id))] {
            if !word.is_empty() {
                text.extend([" ", name, "=", word]);
            }
        }
        format!("{text} SEED={} LIVES=1", self.seed)
    }
}
