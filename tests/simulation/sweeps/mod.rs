//! Lives of sweeps: one consent of some days, a host with a plan, a bank that books, and whatever fails between them.
//!
//! | file | subject |
//! |---|---|
//! | `faults.rs` | what goes wrong |
//! | `profiles.rs` | the readings of a bank, and the plans of a host |
//! | `bank.rs`, `lists.rs`, `counts.rs` | the bank's own truth, how it puts it, and what it counts by its own clock |
//! | `wire.rs` | messages to the bank and to the host |
//! | `seat.rs`, `turn.rs` | the consent's object, which carries out commands, dies, starts again |
//! | `host.rs` | what the host plans, reads and takes, and the customer |
//! | `time.rs` | the object's clock where it is wrong, and what that excuses |
//! | `life.rs`, `rest.rs` | one life, and what must be so after some days in which nothing fails |
//! | `rules.rs`, `checks.rs` | what must hold after every step |

mod bank;
mod checks;
mod counts;
mod faults;
mod host;
mod life;
mod lists;
mod profiles;
mod rest;
mod rules;
mod seat;
mod time;
mod turn;
mod wire;

pub use faults::Fault;
pub use life::Life;
pub use profiles::PROFILES;
