//! When a call may be tried again (`ERR-3`): backoff with jitter, and the gateway's own `Retry-After`.

use super::http_date;

/// Longest wait that a gateway's `Retry-After` can impose, in milliseconds.
pub const LONGEST_WAIT_MS: u64 = 5 * 60 * 1000;
/// Shortest wait that it can ask for, in milliseconds: one that says 0 would have us call without pause.
pub const SHORTEST_WAIT_MS: u64 = 1000;
const FIRST_WAIT_MS: u64 = 400;

/// Milliseconds before the next attempt: doubling, and spread over half as much again so that a crowd disperses.
///
/// `seed` stands for randomness, which the core has none of: it differs between consents and between attempts.
pub fn backoff_ms(attempts: u8, seed: &str) -> u64 {
    let base = FIRST_WAIT_MS << attempts.saturating_sub(1).min(6);
    base + spread(seed, attempts) % (base / 2)
}

/// FNV-1a.
pub(super) fn spread(seed: &str, attempts: u8) -> u64 {
    let mix = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    mix(seed.bytes().fold(0xcbf2_9ce4_8422_2325, mix), attempts)
}

/// Milliseconds to wait by a `Retry-After` header (RFC 9110 section 10.2.3): seconds or a date, bounded.
pub fn retry_after_ms(header: &str, now: u64) -> Option<u64> {
    let header = header.trim_ascii();
    let wait = if !header.is_empty() && header.bytes().all(|byte| byte.is_ascii_digit()) {
        header.parse::<u64>().unwrap_or(u64::MAX).saturating_mul(1000)
    } else {
        http_date::read(header)?.saturating_sub(now)
    };
    Some(bounded(wait))
}

/// A wait that is neither none nor absurd.
pub fn bounded(wait_ms: u64) -> u64 {
    wait_ms.clamp(SHORTEST_WAIT_MS, LONGEST_WAIT_MS)
}

/// When what was due at `at` is due by a clock that was set back to `now`: at once, where it lies further ahead than it
/// was ever put off.
pub(super) fn after_going_back(at: u64, longest: u64, now: u64) -> u64 {
    if at > now + longest { now } else { at }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn err_3_backoff_doubles_and_spreads() {
        for attempts in 1..=6 {
            let base = 400 << (attempts - 1);
            let waits: Vec<u64> = (0..50).map(|seed| backoff_ms(attempts, &format!("consent-{seed}"))).collect();
            assert!(waits.iter().all(|wait| (base..base + base / 2).contains(wait)), "{waits:?}");
            assert!(waits.iter().any(|wait| wait != waits.first().unwrap_or(&0)), "no jitter: {waits:?}");
        }
    }

    #[test]
    fn err_3_retry_after_is_seconds_or_a_date_and_bounded() {
        let at = 784_111_777_000; // Sun, 06 Nov 1994 08:49:37 GMT, the RFC's own example
        assert_eq!(retry_after_ms("7", at), Some(7000));
        assert_eq!(retry_after_ms("Sun, 06 Nov 1994 08:49:37 GMT", at - 9000), Some(9000));
        assert_eq!(retry_after_ms("Sun, 06 Nov 1994 08:49:37 GMT", at + 9000), Some(1000), "it is past");
        assert_eq!(retry_after_ms("Thu, 29 Feb 2024 00:00:00 GMT", 1_709_164_799_000), Some(1000));
        assert_eq!(retry_after_ms("0", at), Some(1000), "not at once");
        for absurd in ["9999999999", "99999999999999999999", "Fri, 31 Dec 9999 23:59:59 GMT"] {
            assert_eq!(retry_after_ms(absurd, at), Some(300_000), "{absurd}");
        }
        for nonsense in [
            "",
            "soon",
            "-1",
            "+1",
            "1.5",
            "1e3",
            "NaN",
            "Infinity",
            "Sun, 32 Nov 1994 08:49:37 GMT",
            "Sun, 00 Jan 0000 00:00:00 GMT",
        ] {
            assert_eq!(retry_after_ms(nonsense, at), None, "{nonsense}");
        }
    }
}
