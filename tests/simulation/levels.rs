//! How often somebody wants each kind of fault to strike. As tested, a life's own choices alone decide.

use crate::faults::{Kind, MOST_KINDS, id};
use std::{fmt::Write as _, marker::PhantomData};

/// How often a kind of fault strikes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Level {
    /// Never.
    Off,
    /// A quarter as often as tested.
    Seldom,
    /// In lives that choose it, as often as they choose.
    #[default]
    Tested,
    /// In every life, twice as often.
    Often,
}

impl Level {
    /// Each level with its name in a link, from never to often.
    pub const ALL: [(Self, &'static str); 4] =
        [(Self::Off, "off"), (Self::Seldom, "seldom"), (Self::Tested, "tested"), (Self::Often, "often")];

    fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(_, known)| *known == name).map(|(level, _)| level)
    }

    /// Its name in a link.
    pub fn name(self) -> &'static str {
        Self::ALL.into_iter().find(|(level, _)| *level == self).map_or("", |(_, name)| name)
    }

    /// How many times rarer or more often than a life has it: one strike in so many occasions.
    pub fn once_in(self, drawn: u32) -> u32 {
        match self {
            Self::Off | Self::Tested => drawn,
            Self::Seldom => drawn * 4,
            Self::Often => (drawn / 2).max(2),
        }
    }
}

/// A level for each kind of fault.
pub struct Levels<K> {
    levels: [Level; MOST_KINDS],
    kinds: PhantomData<K>,
}

impl<K> Clone for Levels<K> {
    fn clone(&self) -> Self {
        Self { levels: self.levels, kinds: PhantomData }
    }
}

impl<K> Default for Levels<K> {
    fn default() -> Self {
        Self { levels: [Level::Tested; MOST_KINDS], kinds: PhantomData }
    }
}

impl<K: Kind> Levels<K> {
    /// Reads `often,crashes:off`: a level for all, then those of some, by name.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split(',');
        let mut levels = [Level::of(parts.next()?)?; MOST_KINDS];
        for part in parts {
            let (name, level) = part.split_once(':')?;
            let at = K::ALL.iter().position(|(_, known)| id(known) == name)?;
            *levels.get_mut(at)? = Level::of(level)?;
        }
        Some(Self { levels, kinds: PhantomData })
    }

    /// As it is read: nothing where all is as tested, and of all ways to say it the shortest.
    pub fn write(&self) -> String {
        let all = || K::ALL.iter().zip(self.levels);
        let others = |base| all().filter(move |(_, level)| *level != base);
        let bases = [Level::Tested, Level::Off, Level::Seldom, Level::Often];
        let base = bases.into_iter().min_by_key(|base| others(*base).count()).unwrap_or_default();
        let mut text = String::from(base.name());
        for ((_, name), level) in others(base) {
            // Writing to a String cannot fail.
            let _ = write!(text, ",{}:{}", id(name), level.name());
        }
        if text == Level::Tested.name() { String::new() } else { text }
    }

    /// The level of the kind of that number.
    pub fn of(&self, number: usize) -> Level {
        self.levels.get(number).copied().unwrap_or_default()
    }

    /// The kinds with that level, a bit each.
    pub fn mask(&self, level: Level) -> u32 {
        let bits = self.levels.iter().take(K::ALL.len()).enumerate();
        bits.filter(|(_, other)| **other == level).fold(0, |mask, (number, _)| mask | 1 << number)
    }
}
