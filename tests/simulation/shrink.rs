//! Makes a broken life short: decisions are cut out or tamed as long as the same rule breaks.

use crate::{choices::Choices, runner::Runner};

/// How much may be tried.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// Lives.
    pub tries: u32,
    /// Steps in them.
    pub steps: u64,
}

impl Default for Patience {
    fn default() -> Self {
        Self { tries: 200_000, steps: 10_000_000 }
    }
}

/// Decisions of a visit or two.
const LONGEST_RUN: usize = 40;

/// The shortest list of decisions found that breaks the rule.
pub fn shrink(runner: &mut Runner, mut list: Vec<u32>, rule: &'static str, patience: Patience) -> Vec<u32> {
    let (mut tries, mut steps) = (0, 0);
    let mut breaks = |list: &[u32]| {
        tries += 1;
        if tries >= patience.tries || steps >= patience.steps {
            return false;
        }
        let lived = runner.live(Choices::of_list(list.to_vec()));
        steps += u64::from(lived.steps);
        lived.broken == Some(rule)
    };
    loop {
        let before = list.clone();
        let length = list.len();
        for size in (0..8).map(|half| length >> half).chain((1..=LONGEST_RUN).rev()) {
            cut(&mut list, size, &mut breaks);
        }
        tame(&mut list, &mut breaks);
        if list == before {
            return list;
        }
    }
}

/// Cuts out runs of so many decisions, wherever they begin.
fn cut(list: &mut Vec<u32>, size: usize, breaks: &mut impl FnMut(&[u32]) -> bool) {
    let mut at = list.len().saturating_sub(size);
    while size > 0 && at + size <= list.len() {
        let mut without = list.clone();
        without.drain(at..at + size);
        if breaks(&without) {
            *list = without;
        }
        let Some(earlier) = at.checked_sub(1) else { break };
        at = earlier.min(list.len().saturating_sub(size));
    }
}

/// Makes single decisions tamer: as low as can be, or with one bit less, for a set of faults is a decision too.
fn tame(list: &mut [u32], breaks: &mut impl FnMut(&[u32]) -> bool) {
    const LOWEST: u32 = 12;
    for at in 0..list.len() {
        for step in 0..LOWEST + u32::BITS {
            let Some(choice) = list.get_mut(at) else { break };
            let before = *choice;
            let tamer = if step < LOWEST { step } else { before & !(1 << (step - LOWEST)) };
            if tamer >= before {
                continue;
            }
            *choice = tamer;
            if !breaks(list)
                && let Some(choice) = list.get_mut(at)
            {
                *choice = before;
            }
        }
    }
}
