//! What can go wrong in the life of an order.

use crate::faults::Kind;

/// A kind of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A consent's object dies, between two commands or at rest.
    Crash,
    /// The order's object does.
    OrderCrash,
    /// A request never reaches the bank.
    RequestLost,
    /// A request takes long on its way, perhaps longer than its deadline.
    RequestSlow,
    /// A proxy sends a request twice.
    RequestTwice,
    /// An answer never comes back.
    AnswerLost,
    /// An answer takes long on its way, perhaps longer than its deadline.
    AnswerSlow,
    /// An answer comes twice.
    AnswerTwice,
    /// An answer is cut off.
    CutOff,
    /// The bank fails, before or after it did what was asked.
    Failure,
    /// The bank asks to be left alone.
    Busy,
    /// An answer that nobody can read.
    Garbage,
    /// The bank refuses, for whatever reason.
    Refusal,
    /// A message among consents, order and host is lost.
    PostLost,
    /// A message among them takes long.
    PostSlow,
    /// A message among them comes twice.
    PostTwice,
    /// The host takes no notices for a while.
    HostDead,
    /// The machines' clock jumps forward.
    ClockForward,
    /// The machines' clock jumps back.
    ClockBack,
    /// The PSU revokes a consent at the bank.
    Revocation,
    /// An alarm goes off late.
    AlarmLate,
    /// An alarm goes off twice.
    AlarmTwice,
    /// Somebody clicks twice, or thirty do.
    Crowd,
    /// Another payment or another order is asked for.
    Another,
    /// A consent is deleted.
    Deletion,
    /// A consent is replaced by one that is connected after it.
    Replaced,
}

impl Kind for Fault {
    const ALL: &'static [(Self, &'static str)] = &[
        (Self::Crash, "crashes"),
        (Self::OrderCrash, "crashes of the order"),
        (Self::RequestLost, "requests lost"),
        (Self::RequestSlow, "requests slow"),
        (Self::RequestTwice, "requests twice"),
        (Self::AnswerLost, "answers lost"),
        (Self::AnswerSlow, "answers slow"),
        (Self::AnswerTwice, "answers twice"),
        (Self::CutOff, "cut off"),
        (Self::Failure, "5xx"),
        (Self::Busy, "429"),
        (Self::Garbage, "garbage"),
        (Self::Refusal, "refusals"),
        (Self::PostLost, "messages lost"),
        (Self::PostSlow, "messages slow"),
        (Self::PostTwice, "messages twice"),
        (Self::HostDead, "hosts dead"),
        (Self::ClockForward, "clock forward"),
        (Self::ClockBack, "clock back"),
        (Self::Revocation, "revocations"),
        (Self::AlarmLate, "alarms late"),
        (Self::AlarmTwice, "alarms twice"),
        (Self::Crowd, "crowds"),
        (Self::Another, "other payments"),
        (Self::Deletion, "deletions"),
        (Self::Replaced, "replaced"),
    ];

    fn number(self) -> usize {
        #[expect(clippy::as_conversions, reason = "a fault's number is where it stands in the list")]
        let number = self as usize;
        number
    }
}
