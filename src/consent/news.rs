//! What rooms tell one another, by way of the machine.

use super::{End, reads::Read};
use crate::gateway::ResourceCall;

/// What a room tells that is another room's concern.
pub(super) enum News {
    /// A call needs a token that is not at hand.
    TokenWanted(Read),
    /// The bank refused the newest token to a call, which needs another one.
    TokenRefused(Read),
    /// There are new tokens, which these waited for.
    TokensCame(TokensCame),
    /// The payment, which was asked for then, needs a token that is not at hand.
    PaymentWantsToken(u64),
    /// The bank is to be asked how far the payment is.
    StatusWanted(ResourceCall),
    /// A sweep has a question.
    SweepWants(Read),
    /// The consent is over.
    Over(End),
}

/// Who waited for tokens.
#[derive(Default)]
pub(super) struct TokensCame {
    /// These calls.
    pub(super) reads: Vec<Read>,
    /// The payment.
    pub(super) pays: bool,
}
