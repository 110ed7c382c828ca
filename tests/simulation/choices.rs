//! Where every decision of a life comes from: a seed, or the list of decisions of an earlier life.
//!
//! Decision 0 is the tamest everywhere: no fault, no further visit. A list that ends early is thus a life that calms
//! down, which is what lets [`crate::shrink`] cut decisions out.

/// The decisions of one life, in the order in which they are taken.
#[derive(Debug)]
pub struct Choices {
    source: Source,
}

#[derive(Debug)]
enum Source {
    Seed(u64),
    Recording(u64, Vec<u32>),
    List(Vec<u32>, usize),
}

impl Choices {
    /// Decisions that follow from a seed.
    pub fn of_seed(seed: u64) -> Self {
        Self { source: Source::Seed(seed) }
    }

    /// The same decisions, and a list of them.
    pub fn recorded(seed: u64) -> Self {
        Self { source: Source::Recording(seed, Vec::new()) }
    }

    /// Decisions as listed, then 0 for ever.
    pub fn of_list(list: Vec<u32>) -> Self {
        Self { source: Source::List(list, 0) }
    }

    /// The list so far of decisions that are recorded.
    pub fn into_list(self) -> Vec<u32> {
        match self.source {
            Source::Recording(_, list) | Source::List(list, _) => list,
            Source::Seed(_) => Vec::new(),
        }
    }

    /// One of `0..bound`.
    pub fn below(&mut self, bound: u32) -> u32 {
        match &mut self.source {
            Source::Seed(state) => scaled(random(state), bound),
            Source::Recording(state, list) => {
                let choice = scaled(random(state), bound);
                list.push(choice);
                choice
            }
            Source::List(list, at) => {
                let choice = list.get(*at).copied().unwrap_or(0);
                *at += 1;
                choice.min(bound.saturating_sub(1))
            }
        }
    }

    /// True once in so many times.
    pub fn once_in(&mut self, times: u32) -> bool {
        self.below(times) == times - 1
    }

    /// One of some values; the first is the tamest.
    pub fn of<T: Copy, const N: usize>(&mut self, values: [T; N]) -> T {
        let choice = self.below(u32::try_from(N).unwrap_or(u32::MAX));
        let chosen = usize::try_from(choice).ok().and_then(|choice| values.get(choice));
        *chosen.unwrap_or_else(|| unreachable!("a choice is below its bound"))
    }
}

/// `SplitMix64` (Steele, Lea and Flood 2014): neighbouring seeds give unrelated lives.
fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mixed = (*state ^ (*state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

/// The seed of the life after so many others of a run. The first has the run's own, so that any life can be a run.
pub fn seed_of_life(seed: u64, life: u64) -> u64 {
    // Another odd number than the generator's own, lest a life repeat its neighbour's decisions one step later.
    seed.wrapping_add(life.wrapping_mul(0xd134_2543_de82_ef95))
}

fn scaled(random: u64, bound: u32) -> u32 {
    u32::try_from(((random >> 32) * u64::from(bound)) >> 32).unwrap_or(0)
}
