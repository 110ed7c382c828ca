//! What the PSU granted, and the tokens that stand for it.

use crate::{
    gateway::{Secret, answer::TokenAnswer},
    profile::RefreshSkew,
};

/// How long a consent lives, in milliseconds: 90 days.
pub const CONSENT_LIFETIME_MS: u64 = 90 * 24 * 60 * 60 * 1000;

/// The tokens of a consent that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Opens the bank's resources until `access_ends_at`.
    pub access_token: Secret,
    /// When the access token ends, in milliseconds since 1970.
    pub access_ends_at: u64,
    /// Renews it; spent by each use (`REF-1`).
    pub refresh_token: Option<Secret>,
    /// The permissions granted.
    pub permissions: Vec<String>,
    /// When the PSU granted it, in milliseconds since 1970.
    pub granted_at: u64,
}

impl Grant {
    /// The grant of an exchanged code.
    pub fn new(answer: TokenAnswer, now: u64) -> Self {
        Self {
            access_token: answer.access_token,
            access_ends_at: now + life_ms(answer.expires_in),
            refresh_token: answer.refresh_token,
            permissions: answer.scope,
            granted_at: now,
        }
    }

    /// The grant after a refresh: an answer without a refresh token, or without permissions, keeps the old ones.
    #[must_use]
    pub fn renewed(&self, answer: TokenAnswer, now: u64) -> Self {
        Self {
            access_token: answer.access_token,
            access_ends_at: now + life_ms(answer.expires_in),
            refresh_token: answer.refresh_token.or_else(|| self.refresh_token.clone()),
            permissions: if answer.scope.is_empty() { self.permissions.clone() } else { answer.scope },
            granted_at: self.granted_at,
        }
    }

    /// Whether the access token can still be sent (`REF-2`).
    pub fn is_fresh(&self, skew: RefreshSkew, now: u64) -> bool {
        now + life_ms(skew.seconds()) < self.access_ends_at
    }

    /// When the consent ends.
    pub fn ends_at(&self) -> u64 {
        self.granted_at.saturating_add(CONSENT_LIFETIME_MS)
    }
}

fn life_ms(seconds: u32) -> u64 {
    u64::from(seconds) * 1000
}
