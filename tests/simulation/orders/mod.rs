//! Lives of orders: one order, the consents that are to pay it, the bank, and the network between all of them.
//!
//! | file | subject |
//! |---|---|
//! | `faults.rs` | what goes wrong |
//! | `bank.rs`, `words.rs` | the payments that the bank made, and how it puts that |
//! | `wire.rs`, `post.rs` | messages to the bank; messages among consents, order and host |
//! | `seat.rs`, `turn.rs` | a consent's object, which carries out commands, dies, starts again |
//! | `counter.rs`, `claims.rs` | the order's object, and what must hold of it |
//! | `people.rs` | who pays, clicks twice, comes back elsewhere |
//! | `life.rs`, `rest.rs` | one life, and what must be so once nothing fails any more |
//! | `rules.rs`, `checks.rs`, `told.rs`, `snapshots.rs` | what must hold after every step |

mod bank;
mod checks;
mod claims;
mod counter;
mod faults;
mod life;
mod people;
mod post;
mod rest;
mod rules;
mod seat;
mod snapshots;
mod told;
mod turn;
mod wire;
mod words;

pub use faults::Fault;
pub use life::Life;
