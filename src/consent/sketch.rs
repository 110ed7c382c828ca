//! Times by their order of size: what can be added up in any order, and still says where the slowest in a hundred are.
//!
//! Below 32 each number of milliseconds has a bucket of its own; above, each doubling has sixteen of one width. So a
//! percentile is wrong by one part in 32 at most, and the buckets are the same for everybody.

/// Buckets to a doubling, as a power of two.
const BITS: u32 = 4;
const PER_DOUBLING: u64 = 1 << BITS;
/// The bucket of a time.
pub(super) fn bucket(ms: u64) -> u64 {
    let shift = ms.checked_ilog2().unwrap_or(0).saturating_sub(BITS);
    u64::from(shift) * PER_DOUBLING + (ms >> shift)
}

/// The middle of what falls into a bucket. None is above the greatest there is.
pub(super) fn middle(bucket: u64) -> u64 {
    let shift = (bucket / PER_DOUBLING).saturating_sub(1).min(59);
    let least = (bucket - shift * PER_DOUBLING).min(2 * PER_DOUBLING - 1) << shift;
    least + (((1 << shift) - 1) >> 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sta_1_each_bucket_begins_where_the_one_before_ends() {
        for ms in (0..70_000).chain([u64::MAX - 1, u64::MAX]) {
            let (own, next) = (bucket(ms), bucket(ms.saturating_add(1)));
            assert!(next == own || next == own + 1, "{ms}");
            assert_eq!(bucket(middle(own)), own, "{ms}");
        }
        assert!(middle(u64::MAX) >= middle(bucket(u64::MAX)), "what is none is not taken for little");
    }

    proptest! {
        #[test]
        fn sta_1_a_time_is_told_by_its_bucket_wrong_by_one_part_in_32_at_most(
            ms in prop_oneof![0..100_u64, 0..20_000_u64, any::<u64>()],
        ) {
            prop_assert!(middle(bucket(ms)).abs_diff(ms) <= ms / 32);
        }
    }
}
