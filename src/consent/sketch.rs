//! Times by their order of size: what can be added up in any order, and still says where the slowest in a hundred are.
//!
//! Below 32 each number of milliseconds has a bucket of its own; above, each doubling has sixteen of one width. So a
//! percentile is wrong by one part in 32 at most, and the buckets are the same for everybody.

/// Buckets to a doubling, as a power of two.
const BITS: u32 = 4;
const PER_DOUBLING: u64 = 1 << BITS;
/// One more than the last bucket there is.
const BUCKETS: u64 = (64 - 4 + 1) * PER_DOUBLING;

/// How many calls took how long, by bucket.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch(Vec<(u64, u64)>);

impl Sketch {
    /// Another call that took so many milliseconds.
    pub(super) fn note(&mut self, ms: u64) {
        self.add(bucket(ms), 1);
    }

    /// All that another holds.
    pub(super) fn merge(&mut self, other: &Self) {
        for (bucket, count) in &other.0 {
            self.add(*bucket, *count);
        }
    }

    fn add(&mut self, bucket: u64, count: u64) {
        let at = self.0.iter().position(|(found, _)| *found >= bucket).unwrap_or(self.0.len());
        match self.0.get_mut(at) {
            Some((found, before)) if *found == bucket => *before = before.saturating_add(count),
            Some(_) | None => self.0.insert(at, (bucket, count)),
        }
    }

    /// How many calls it holds.
    pub fn count(&self) -> u64 {
        self.0.iter().fold(0, |sum, (_, count)| sum.saturating_add(*count))
    }

    /// The milliseconds in which so many of a hundred calls were done; `None` where there was none.
    pub fn percentile(&self, percent: u64) -> Option<u64> {
        let rank = self.count().saturating_mul(percent).div_ceil(100).max(1);
        let mut passed = 0_u64;
        self.0.iter().find_map(|(bucket, count)| {
            passed = passed.saturating_add(*count);
            (passed >= rank).then(|| middle(*bucket))
        })
    }

    /// Bucket and count, one after the other.
    pub fn numbers(&self) -> impl Iterator<Item = u64> {
        self.0.iter().flat_map(|(bucket, count)| [*bucket, *count])
    }

    /// Reads those.
    pub fn read(numbers: impl Iterator<Item = u64>) -> Option<Self> {
        let (mut read, mut numbers) = (Self::default(), numbers);
        while let Some(bucket) = numbers.next() {
            read.add(Some(bucket).filter(|bucket| *bucket < BUCKETS)?, numbers.next()?);
        }
        Some(read)
    }
}

fn bucket(ms: u64) -> u64 {
    let shift = ms.checked_ilog2().unwrap_or(0).saturating_sub(BITS);
    u64::from(shift) * PER_DOUBLING + (ms >> shift)
}

/// The middle of what falls into a bucket.
fn middle(bucket: u64) -> u64 {
    let shift = (bucket / PER_DOUBLING).saturating_sub(1);
    let least = (bucket - shift * PER_DOUBLING) << shift;
    least + (((1 << shift) - 1) >> 1)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that fails stops there")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(times: &[u64]) -> Sketch {
        let mut sketch = Sketch::default();
        times.iter().for_each(|ms| sketch.note(*ms));
        sketch
    }

    #[test]
    fn sta_1_each_bucket_begins_where_the_one_before_ends() {
        for ms in (0..70_000).chain([u64::MAX - 1, u64::MAX]) {
            let (own, next) = (bucket(ms), bucket(ms.saturating_add(1)));
            assert!(own < BUCKETS && (next == own || next == own + 1), "{ms}");
            assert_eq!(bucket(middle(own)), own, "{ms}");
        }
    }

    proptest! {
        #[test]
        fn sta_1_a_percentile_is_wrong_by_one_part_in_32_at_most(
            mut times in prop::collection::vec(prop_oneof![0..100_u64, 0..20_000_u64, any::<u64>()], 1..200),
            percent in 1..=100_u64,
        ) {
            let told = of(&times).percentile(percent).unwrap();
            times.sort_unstable();
            let at = (times.len() * usize::try_from(percent).unwrap()).div_ceil(100) - 1;
            let exact = times[at];
            prop_assert!(told.abs_diff(exact) <= exact / 32, "{told} in place of {exact}");
        }

        #[test]
        fn sta_1_sketches_are_read_as_they_are_written(times in prop::collection::vec(any::<u64>(), 0..50)) {
            let sketch = of(&times);
            prop_assert_eq!(Sketch::read(sketch.numbers()), Some(sketch));
        }
    }
}
