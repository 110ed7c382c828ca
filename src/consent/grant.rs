//! What the PSU granted, and the tokens that stand for it.

use super::End;
use crate::{
    gateway::{Secret, answer::TokenAnswer},
    profile::RefreshSkew,
};

/// How long a consent lives, in milliseconds: 90 days.
pub const CONSENT_LIFETIME_MS: u64 = 90 * 24 * 60 * 60 * 1000;
/// How long an access token counts as just renewed, or just vouched for, in milliseconds: a minute. A 401 on an older one
/// may have any reason that a new token heals, and so leads to a refresh and not to the end.
pub const FRESH_MS: u64 = 60 * 1000;

/// The tokens of a consent that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Opens the bank's resources until `access_ends_at`.
    pub access_token: Secret,
    /// When the access token ends, in milliseconds since 1970.
    pub access_ends_at: u64,
    /// Renews it; spent by each use (`REF-1`).
    pub refresh_token: Option<Secret>,
    /// The gateway's last answer, as it came, where its refresh token cannot be used (`TOK-5`).
    pub unusable: Option<Secret>,
    /// The permissions granted.
    pub permissions: Vec<String>,
    /// When the PSU granted it, in milliseconds since 1970.
    pub granted_at: u64,
    /// When this access token came, in milliseconds since 1970, if it replaces one that the bank refused (`REF-2`).
    pub renewed_at: Option<u64>,
    /// When the bank last took this access token for the accounts, having refused it for a resource, in milliseconds
    /// since 1970 (`REV-1`). While that holds, no such refusal leads to a refresh.
    pub vouched_at: Option<u64>,
}

impl Grant {
    /// The grant of an exchanged code, whose answer came as `written`.
    pub fn new(answer: TokenAnswer, written: &Secret, now: u64) -> Self {
        Self {
            unusable: answer.is_incomplete.then(|| written.clone()),
            access_token: answer.access_token,
            access_ends_at: now + life_ms(answer.expires_in),
            refresh_token: answer.refresh_token,
            permissions: answer.scope,
            granted_at: now,
            renewed_at: None,
            vouched_at: None,
        }
    }

    /// The grant after a refresh: an answer without a refresh token, or without permissions, keeps the old ones.
    #[must_use]
    pub fn renewed(&self, answer: TokenAnswer, written: &Secret, now: u64) -> Self {
        let before = self.unusable.clone().filter(|_| answer.refresh_token.is_none());
        Self {
            unusable: if answer.is_incomplete { Some(written.clone()) } else { before },
            access_token: answer.access_token,
            access_ends_at: now + life_ms(answer.expires_in),
            refresh_token: answer.refresh_token.or_else(|| self.refresh_token.clone()),
            permissions: if answer.scope.is_empty() { self.permissions.clone() } else { answer.scope },
            granted_at: self.granted_at,
            renewed_at: None,
            vouched_at: None,
        }
    }

    /// Whether a refresh token is there, though perhaps in words that nobody here understands (`TOK-5`).
    pub(super) fn can_renew(&self) -> bool {
        self.refresh_token.is_some() || self.unusable.is_some()
    }

    /// Whether the access token can still be sent (`REF-2`).
    pub fn is_fresh(&self, skew: RefreshSkew, now: u64) -> bool {
        now + life_ms(skew.seconds()) < self.access_ends_at
    }

    /// How the consent ends if the bank refuses the access token altogether (`REV-1`); `None` where that does not end
    /// it: a new token may be had, this one is over, it cannot be renewed and should still be good, or a
    /// refresh token is there and cannot be used.
    pub(super) fn end_by_refusal(&self, now: u64) -> Option<End> {
        let is_over = now >= self.access_ends_at;
        let is_doubted = self.vouched_at.is_none() && is_fresh_at(self.renewed_at, now);
        match self.refresh_token {
            Some(_) => (is_doubted && !is_over).then_some(End::Revoked),
            None => (is_over && self.unusable.is_none()).then_some(End::Reauthorise),
        }
    }

    /// Whether the bank took the access token for the accounts just now.
    pub(super) fn is_just_vouched(&self, now: u64) -> bool {
        is_fresh_at(self.vouched_at, now)
    }

    /// When the consent ends.
    pub fn ends_at(&self) -> u64 {
        self.granted_at.saturating_add(CONSENT_LIFETIME_MS)
    }
}

fn is_fresh_at(at: Option<u64>, now: u64) -> bool {
    at.is_some_and(|at| now.abs_diff(at) < FRESH_MS)
}

fn life_ms(seconds: u32) -> u64 {
    u64::from(seconds) * 1000
}
