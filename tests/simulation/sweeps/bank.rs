//! The bank's own truth: accounts, what it has booked, tokens, the links that it gave, and when it fails.

use super::counts::Counts;
use crate::choices::Choices;
use std::rc::Rc;
use tell_connect::profile::Unattended;

pub const MINUTE_MS: u64 = 60 * 1000;
pub const HOUR_MS: u64 = 60 * MINUTE_MS;
pub const DAY_MS: u64 = 24 * HOUR_MS;

/// Something that was booked, or is planned.
pub struct Booking {
    pub account: u32,
    /// When it was booked, as its list says.
    pub dated: u64,
    /// Since when the list has it.
    pub seen_at: u64,
    /// It lies ahead, and is not booked.
    pub is_planned: bool,
    pub is_delivered: bool,
}

/// A link to a further page.
pub struct Link {
    pub account: u32,
    pub given_at: u64,
    pub from: Option<u64>,
    /// The full history is given through it.
    pub is_full: bool,
    /// How many came before, and the last of them.
    pub after: (usize, (u64, usize)),
    /// Which page it is.
    pub page: u32,
    pub is_dead: bool,
}

/// A body that the bank sent.
pub struct Sent {
    pub path: String,
    pub page: u32,
    pub is_last: bool,
    pub body: Rc<str>,
    pub bookings: Vec<usize>,
    pub link: Option<usize>,
}

/// How the bank does what the guide leaves open.
pub struct Manners {
    pub size: usize,
    /// Lists are wrapped as OBIE banks do it.
    pub is_obie: bool,
    /// Links go by how many came before, not by the last one of them.
    pub by_count: bool,
    /// How a link is written.
    pub link: u32,
    /// The 90 days are counted in whole days.
    pub by_day: bool,
    /// A refresh token is taken again until its successor is used.
    pub is_lenient: bool,
    pub link_lives: u64,
    pub late_days: u64,
}

/// How the bank fails for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outage {
    Failed,
    Silent,
    Page,
    Busy,
    Cut,
}

pub struct Bank {
    pub manners: Manners,
    /// When each account was opened, by its number.
    pub accounts: Vec<u64>,
    pub bookings: Vec<Booking>,
    pub links: Vec<Link>,
    pub sent: Vec<Sent>,
    pub counts: Counts,
    pub granted_at: u64,
    pub outage: Option<(u64, Outage)>,
    /// Until when it does not take any token for what is of the first account.
    pub stubborn_until: u64,
    pub is_revoked: bool,
    /// The newest tokens, when the access token ends, whether it was used.
    pub token: u32,
    pub token_ends_at: u64,
    pub is_token_used: bool,
    /// A refresh token was refused, for it was spent.
    pub has_refused: bool,
}

impl Bank {
    pub fn draw(choices: &mut Choices, readings: Unattended, now: u64) -> Self {
        let is_counted = !readings.pages_count_once;
        let manners = Manners {
            size: if is_counted { 5 } else { choices.of([4, 2, 1, 9]) },
            is_obie: choices.once_in(3),
            by_count: choices.once_in(3),
            link: choices.below(4),
            by_day: choices.once_in(2),
            is_lenient: !choices.once_in(4),
            link_lives: if is_counted { 40 * DAY_MS } else { choices.of([DAY_MS, HOUR_MS, 40 * DAY_MS]) },
            late_days: u64::from(readings.sweep_overlap_days).saturating_sub(1),
        };
        let mut bank = Self {
            manners,
            accounts: vec![0],
            bookings: Vec::new(),
            links: Vec::new(),
            sent: Vec::new(),
            counts: Counts::new(readings),
            granted_at: now,
            outage: None,
            stubborn_until: 0,
            is_revoked: false,
            token: 1,
            token_ends_at: now + HOUR_MS,
            is_token_used: false,
            has_refused: false,
        };
        if choices.once_in(3) {
            bank.accounts.push(0);
        }
        bank
    }

    /// Books what was before the consent, and what will be in so many days.
    pub fn book(&mut self, days: u64, plans: bool, choices: &mut Choices) {
        let now = self.granted_at;
        if choices.once_in(4) {
            self.accounts.push(now + u64::from(choices.below(3)) * DAY_MS + HOUR_MS);
        }
        let count = u32::try_from(self.accounts.len()).unwrap_or(1);
        for _ in 0..choices.of([4, 0, 9, 14]) {
            let days = choices.of([1, 3, 20, 60, 87, 89, 95, 200, 500]);
            let dated = now - days * DAY_MS + u64::from(choices.below(1440)) * MINUTE_MS;
            self.add(choices.below(count), dated.min(now), 0);
        }
        let most = u32::try_from(days * 24 * 60).unwrap_or(u32::MAX);
        for _ in 0..choices.of([4, 1, 2, 8, 16]) {
            let seen_at = now + u64::from(choices.below(most)) * MINUTE_MS;
            let late = match choices.below(3) {
                0 => 0,
                1 => self.manners.late_days * DAY_MS,
                _ => u64::from(choices.below(u32::try_from(self.manners.late_days).unwrap_or(0) + 1)) * DAY_MS,
            };
            self.add(choices.below(count), seen_at - late, seen_at);
        }
        if plans {
            let ahead = choices.of([2, 3, 30]);
            self.bookings.push(Booking {
                account: 0,
                dated: now + (days + ahead) * DAY_MS,
                seen_at: 0,
                is_planned: true,
                is_delivered: false,
            });
        }
    }

    fn add(&mut self, account: u32, dated: u64, seen_at: u64) {
        // As lists have it: to the second.
        let dated = dated / 1000 * 1000;
        self.bookings.push(Booking { account, dated, seen_at, is_planned: false, is_delivered: false });
    }

    /// Whether an access token opens anything.
    pub fn takes(&self, access: u32, now: u64) -> bool {
        !self.is_revoked && access == self.token && now < self.token_ends_at
    }

    /// The tokens that a refresh token is exchanged for.
    pub fn refresh(&mut self, token: u32, now: u64) -> Option<u32> {
        let is_repeated = self.manners.is_lenient && token + 1 == self.token && !self.is_token_used;
        if self.is_revoked || token != self.token && !is_repeated {
            self.has_refused |= !self.is_revoked;
            return None;
        }
        self.token = token + 1;
        (self.token_ends_at, self.is_token_used) = (now + HOUR_MS, false);
        Some(self.token)
    }
}
