//! What can go wrong, how often it does in one life, and how often it did in all.

use crate::{
    choices::Choices,
    levels::{Level, Levels},
};
use serde::Serialize;

/// The kinds of fault that one kind of life knows.
pub trait Kind: Copy + 'static {
    /// Every kind, by its number, with its name in a report.
    const ALL: &'static [(Self, &'static str)];

    /// Where it stands in the list.
    fn number(self) -> usize;
}

/// More kinds than any life knows.
pub const MOST_KINDS: usize = 32;

/// A kind of fault, as it is told.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "FaultTold"))]
pub struct Described {
    /// Its name in a link.
    pub id: String,
    /// Its name in a report.
    pub name: &'static str,
}

/// A fault's name in a link.
pub fn id(name: &str) -> String {
    name.replace(' ', "-")
}

/// A kind of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The shell dies between two commands.
    Crash,
    /// A request never reaches the gateway.
    RequestLost,
    /// A request takes long on its way.
    RequestSlow,
    /// An answer never comes back.
    AnswerLost,
    /// An answer takes long on its way, perhaps longer than its deadline.
    AnswerSlow,
    /// An answer comes twice.
    AnswerTwice,
    /// An answer is cut off.
    CutOff,
    /// The gateway fails, before or after it did what was asked.
    Failure,
    /// The gateway asks to be left alone.
    Busy,
    /// An answer that nobody can read.
    Garbage,
    /// The gateway refuses credentials, or for no good reason.
    Refusal,
    /// The machine's clock jumps forward.
    ClockForward,
    /// The machine's clock jumps back.
    ClockBack,
    /// The PSU revokes the consent at the bank.
    Revocation,
    /// An alarm goes off late.
    AlarmLate,
    /// An alarm goes off twice.
    AlarmTwice,
    /// Somebody else's redirect.
    Foreign,
    /// A redirect comes again.
    Repeated,
    /// Many callers at once.
    Crowd,
    /// The consent is deleted.
    Deletion,
    /// A batch never reaches its shard, or what the shard says of it is lost.
    CountLost,
    /// A batch takes long on its way.
    CountSlow,
    /// A batch comes twice.
    CountTwice,
}

impl Kind for Fault {
    const ALL: &'static [(Self, &'static str)] = &[
        (Self::Crash, "crashes"),
        (Self::RequestLost, "requests lost"),
        (Self::RequestSlow, "requests slow"),
        (Self::AnswerLost, "answers lost"),
        (Self::AnswerSlow, "answers slow"),
        (Self::AnswerTwice, "answers twice"),
        (Self::CutOff, "cut off"),
        (Self::Failure, "5xx"),
        (Self::Busy, "429"),
        (Self::Garbage, "garbage"),
        (Self::Refusal, "refusals"),
        (Self::ClockForward, "clock forward"),
        (Self::ClockBack, "clock back"),
        (Self::Revocation, "revocations"),
        (Self::AlarmLate, "alarms late"),
        (Self::AlarmTwice, "alarms twice"),
        (Self::Foreign, "redirects foreign"),
        (Self::Repeated, "redirects repeated"),
        (Self::Crowd, "crowds"),
        (Self::Deletion, "deletions"),
        (Self::CountLost, "counts lost"),
        (Self::CountSlow, "counts slow"),
        (Self::CountTwice, "counts twice"),
    ];

    fn number(self) -> usize {
        #[expect(clippy::as_conversions, reason = "a fault's number is where it stands in the list")]
        let number = self as usize;
        number
    }
}

/// The faults of a run.
pub struct Faults<K = Fault> {
    /// How often each kind struck.
    counts: [u64; MOST_KINDS],
    /// The kinds that this life knows, a bit each.
    known: u32,
    /// Each strikes once in so many times.
    once_in: u32,
    /// How often somebody wants them to.
    levels: Levels<K>,
    /// What struck last, by name, where a trace is to tell of it.
    pub struck: Option<Vec<&'static str>>,
}

impl<K: Kind> Default for Faults<K> {
    fn default() -> Self {
        Self { counts: [0; MOST_KINDS], known: 0, once_in: 0, levels: Levels::default(), struck: None }
    }
}

impl<K: Kind> Faults<K> {
    /// From now on each strikes as often as somebody wants.
    pub fn set(&mut self, levels: Levels<K>) {
        self.levels = levels;
    }

    /// Draws the kinds of fault that a life knows. Lives with few kinds reach what lives with all of them hide.
    pub fn plan(&mut self, choices: &mut Choices) {
        let all = 1 << K::ALL.len();
        self.known = choices.below(all);
        if choices.once_in(2) {
            self.known &= choices.below(all);
        }
        self.known = self.known & !self.levels.mask(Level::Off) | self.levels.mask(Level::Often);
        self.once_in = choices.of([12, 5, 3]);
    }

    /// No fault strikes any more.
    pub fn cease(&mut self) {
        self.known = 0;
    }

    /// Whether this life knows a kind of fault.
    pub fn knows(&self, fault: K) -> bool {
        self.known & (1 << fault.number()) != 0
    }

    /// Whether a fault strikes now.
    pub fn strikes(&mut self, fault: K, choices: &mut Choices) -> bool {
        self.strikes_once_in(1, fault, choices)
    }

    /// Whether a fault strikes now that has so many times the occasions of others.
    pub fn strikes_once_in(&mut self, times: u32, fault: K, choices: &mut Choices) -> bool {
        let number = fault.number();
        let strikes = self.knows(fault) && choices.once_in(self.levels.of(number).once_in(self.once_in * times));
        if strikes && let Some(count) = self.counts.get_mut(number) {
            *count += 1;
            if let (Some(struck), Some((_, name))) = (&mut self.struck, K::ALL.get(number)) {
                struck.push(name);
            }
        }
        strikes
    }

    /// How often each kind struck, by name.
    pub fn counts(&self) -> impl Iterator<Item = (&'static str, u64)> {
        K::ALL.iter().map(|(_, name)| *name).zip(self.counts)
    }
}
