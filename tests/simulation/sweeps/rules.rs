//! What must hold in the life of a consent that is swept, by the names under which a violation is reported.

pub const NO_FIFTH: &str = "ACC-2: the bank never gets a fifth request of an endpoint without the customer in 24 hours";
pub const RESERVE: &str = "ACC-8: sweeps alone leave some of the requests of each endpoint to the host";
pub const COUNTED_FIRST: &str = "ACC-8: that a request counts is durable before it leaves";
pub const HONEST_REFUSAL: &str = "ACC-2: a request is refused for its number when that many were sent, and no sooner";
pub const TOLD: &str = "ACC-2: what is told as left of an endpoint is what the bank has counted";
pub const DELIVERED: &str = "ACC-8: every transaction that the bank gives is delivered while the consent lives";
pub const HISTORY: &str = "ACC-8: the full history is delivered where it is asked for in the first minutes";
pub const AS_IT_CAME: &str =
    "ACC-4: what is delivered is byte for byte what the bank sent, under the path that was asked";
pub const ONE_NUMBER: &str = "ACC-8: one number, one content";
pub const PAGES: &str = "ACC-8: a result says which page it is, and whether it is the last";
pub const ENDED: &str = "REV-1: nothing is asked after a consent ended, and no wake-up for a sweep is asked for";
pub const PLANNED: &str = "ACC-8: what is asked is what the plan says";
pub const PLAN_KEPT: &str = "ACC-8: a plan is durable when the host is told that it is";
pub const NO_LOOP: &str = "nothing wakes in a loop";
pub const ROUNDS: &str = "ACC-8: every round comes where nothing fails";
pub const OWN_CALLER: &str = "each caller gets the answer to what it asked";
pub const NO_END: &str = "REV-1: a consent that the bank honours does not end";
