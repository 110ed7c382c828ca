//! A stored consent that cannot be read: how long it is kept, since time erases it all the same (`REV-2`).

use crate::consent::{deadlines::ENDED_KEPT_MS, grant::CONSENT_LIFETIME_MS};

/// Milliseconds after the first failed reading at which it is erased: by then any consent is over, and its week too.
pub const KEPT_MS: u64 = CONSENT_LIFETIME_MS + ENDED_KEPT_MS;

/// Milliseconds until it is read again, if nobody asks before.
pub const AGAIN_MS: u64 = 24 * 60 * 60 * 1000;
