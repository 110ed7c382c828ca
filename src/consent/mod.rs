//! The life of one consent, as a state machine without clock, IO or randomness.
//!
//! ```text
//! consent.handle(event, now) -> [command]
//! ```
//!
//! | room | subject |
//! |---|---|
//! | [`machine`], `news` | hands each event to its room, turns what the rooms say into commands |
//! | [`io`] | events in, commands out |
//! | [`phase`], [`grant`], [`snapshot`] | what is kept of a consent; its tokens; its text |
//! | `start` | the way to the bank and back |
//! | `tokens` | the one call of `/access-token`: exchange and refresh |
//! | `waiters` | who waits for them |
//! | `reads` | calls of the bank's resources |
//! | `payments`, `following`, [`paying`] | the one payment: submitted once; followed; what is kept of it |
//! | [`outbox`] | what others are to be told, until they were |
//! | [`budget`] | how often the bank may be asked without the PSU |
//! | [`sweep`] | what the host wants to know without the PSU |
//! | [`tally`], [`figures`], `sketch` | what is counted of its calls, until the statistics have it; by day and kind; times |
//! | `probe` | whether the bank honours the consent at all |
//! | [`deadlines`] | what ends because time passes, and the next wake-up with its reason |
//! | [`failure`], [`retry`] | why a caller gets nothing, and when a call is made again |
//!
//! A room owns its own small states, takes an event and returns news ([`machine`] says what becomes of it).

mod asleep;
pub mod budget;
mod day;
pub mod deadlines;
pub mod failure;
pub mod figures;
mod following;
pub mod grant;
pub(crate) mod http_date;
pub mod io;
pub mod machine;
mod news;
mod out;
pub mod outbox;
pub mod paying;
mod payments;
pub mod phase;
mod probe;
mod reads;
pub mod retry;
mod sketch;
pub mod snapshot;
mod start;
pub mod sweep;
pub mod tally;
mod tokens;
mod waiters;

pub use asleep::Asleep;
pub use budget::{Allowance, Budget, Spent};
pub use day::Day;
pub use deadlines::{Reason, Wake};
pub use failure::Failure;
pub use figures::Counts;
pub use grant::Grant;
pub use io::{
    AUTHORISE_ATTEMPTS, Answer, Caller, ClaimId, Command, Event, Known, Loss, Outcome, SendId, State, Terms, View,
};
pub use machine::Consent;
pub use outbox::{Note, Notice, Receiver, What};
pub use paying::{Paying, PaymentView, Submission};
pub use payments::Claim;
pub use phase::{CodeDigest, End, Phase, Record};
pub use sweep::{Plan, Sweep, Swept};
pub use tally::{Backlog, Batch, CountId};

/// Milliseconds after which an unanswered call of `/access-token` is lost. Long, since giving up may cost the consent.
pub const TOKEN_DEADLINE_MS: u64 = 15_000;
/// Milliseconds after which any other unanswered call is lost.
pub const CALL_DEADLINE_MS: u64 = 10_000;
/// Milliseconds that a caller waits through retries before it is told to come back.
pub const PATIENCE_MS: u64 = 15_000;

#[cfg(test)]
mod tests;
