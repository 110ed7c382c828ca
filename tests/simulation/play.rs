//! What the page's simulator asks: lives after each other until one breaks a rule, and one life step by step.

use crate::{
    choices::{Choices, seed_of_life},
    faults::Described,
    flaws::{FLAWS, FlawTold},
    levels::Level,
    link::Link,
    rules,
    runner::{Runner, Subject},
    shrink::{Patience, shrink},
    trace::{Step, Trace},
};
use serde::Serialize;

/// More lives than a page asks for at once.
const MOST_LIVES: u32 = 100_000;
/// Somebody looks at a page and waits.
const PATIENCE: Patience = Patience { tries: 60_000, steps: 3_000_000 };

/// What there is to choose from.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Offer {
    /// The kinds of fault.
    pub faults: Vec<Described>,
    /// How often each can strike, from never to often, by its name in a link.
    pub levels: [&'static str; 4],
    /// The ways in which the shell can be broken.
    pub flaws: Vec<FlawTold>,
    /// The rules that are looked at.
    pub rules: Vec<&'static str>,
}

/// What a link says.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct LinkTold {
    /// The link, as short as can be.
    pub link: String,
    /// The seed. It may be greater than what a number of JavaScript's can hold.
    pub seed: String,
    /// The level of each kind of fault.
    pub levels: Vec<&'static str>,
    /// How the shell is broken; empty where it is sound.
    pub flaw: &'static str,
}

/// A life that broke a rule.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Violation {
    /// The rule.
    pub rule: &'static str,
    /// The life, as a link.
    pub link: LinkTold,
    /// What `make` is told to live it again.
    pub command: String,
}

/// Some lives, lived.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Batch {
    /// How many.
    pub lives: u32,
    /// Steps in them.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub steps: u64,
    /// How often each kind of fault struck since the run began.
    #[cfg_attr(feature = "typescript", ts(type = "number[]"))]
    pub met: Vec<u64>,
    /// The last of them, if it broke a rule.
    pub violation: Option<Violation>,
    /// The sum of all that happened, in digits: two machines that lived the same say the same.
    pub hash: String,
}

/// One life, step by step.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct LifeTold {
    /// The rule that it broke, if it did.
    pub rule: Option<&'static str>,
    /// How many decisions were taken in it, and in the life that it was made from.
    pub decisions: [u32; 2],
    /// Its steps.
    pub steps: Vec<Step>,
}

/// A run of lives.
#[allow(missing_debug_implementations, reason = "a runner has none")]
pub struct Play {
    runner: Runner,
    link: Link,
    lives: u64,
    hash: u64,
}

impl Play {
    /// What there is to choose from.
    pub fn offer() -> Offer {
        Offer {
            faults: Runner::faults(),
            levels: Level::ALL.map(|(_, name)| name),
            flaws: FLAWS.to_vec(),
            rules: rules::ALL.to_vec(),
        }
    }

    /// What a link says; nothing for one that nobody here can follow.
    pub fn read(fragment: &str) -> Option<LinkTold> {
        Link::read(fragment).map(|link| told(&link))
    }

    /// A run that begins where a link says.
    pub fn new(fragment: &str) -> Option<Self> {
        let link = Link::read(fragment)?;
        let mut runner = Runner::new(Subject::Consents);
        runner.follow(&link);
        Some(Self { runner, link, lives: 0, hash: 0 })
    }

    /// Lives so many lives, or until one breaks a rule.
    pub fn live(&mut self, lives: u32) -> Batch {
        let mut batch = Batch { lives: 0, steps: 0, met: Vec::new(), violation: None, hash: String::new() };
        while batch.lives < lives.min(MOST_LIVES) && batch.violation.is_none() {
            let seed = seed_of_life(self.link.seed, self.lives);
            let lived = self.runner.live(Choices::of_seed(seed));
            self.lives += 1;
            batch.lives += 1;
            batch.steps += u64::from(lived.steps);
            self.hash = self.hash.rotate_left(1) ^ lived.hash;
            batch.violation = lived.broken.map(|rule| self.violation(seed, rule));
        }
        batch.met = self.runner.counts().into_iter().map(|(_, count)| count).collect();
        batch.hash = self.hash.to_string();
        batch
    }

    /// The seed of the life that comes next, as a link.
    pub fn next(&self) -> LinkTold {
        told(&Link { seed: seed_of_life(self.link.seed, self.lives), ..self.link.clone() })
    }

    /// The first life of the run, step by step.
    pub fn life(&mut self) -> LifeTold {
        let whole = self.runner.live(Choices::recorded(self.link.seed)).list;
        self.tell(whole.clone(), whole.len())
    }

    /// The shortest life found that breaks the same rule; the life itself, if it breaks none.
    pub fn shortest(&mut self) -> LifeTold {
        let lived = self.runner.live(Choices::recorded(self.link.seed));
        let whole = lived.list.len();
        let list = match lived.broken {
            Some(rule) => shrink(&mut self.runner, lived.list, rule, PATIENCE),
            None => lived.list,
        };
        self.tell(list, whole)
    }

    fn tell(&mut self, list: Vec<u32>, whole: usize) -> LifeTold {
        let number = |length| u32::try_from(length).unwrap_or(u32::MAX);
        let decisions = [number(list.len()), number(whole)];
        let mut trace = Trace::readable();
        let rule = self.runner.trace(Choices::of_list(list), &mut trace).broken;
        LifeTold { rule, decisions, steps: trace.steps() }
    }

    fn violation(&self, seed: u64, rule: &'static str) -> Violation {
        let link = Link { seed, ..self.link.clone() };
        Violation { rule, command: link.command(), link: told(&link) }
    }
}

fn told(link: &Link) -> LinkTold {
    let levels = (0..Runner::faults().len()).map(|number| link.levels.of(number).name()).collect();
    LinkTold { link: link.write(), seed: link.seed.to_string(), levels, flaw: link.flaw.map_or("", |flaw| flaw.id()) }
}
