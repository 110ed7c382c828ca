//! What can go wrong in the life of a consent that is swept.

use crate::faults::Kind;

/// A kind of fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The consent's object dies between two commands.
    Crash,
    /// It is evicted from memory; what is durable stays.
    Eviction,
    /// A request never reaches the bank.
    RequestLost,
    /// A request takes long on its way, perhaps longer than its deadline.
    RequestSlow,
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
    /// The bank refuses a resource for no good reason.
    Refusal,
    /// The bank takes an access token no more.
    TokenDies,
    /// The bank fails for hours or days.
    Outage,
    /// The bank forgets its pages' links.
    LinksDie,
    /// The PSU revokes the consent at the bank.
    Revocation,
    /// The object's clock jumps forward.
    ClockForward,
    /// The object's clock jumps back, and is put right before it has come up to where it was.
    ClockBack,
    /// An alarm goes off late.
    AlarmLate,
    /// An alarm goes off twice.
    AlarmTwice,
    /// The host takes nothing for hours or days.
    HostDead,
    /// What is handed on never reaches the host.
    HandLost,
    /// What is handed on takes long.
    HandSlow,
    /// The host takes it, and its answer is lost.
    TakenLost,
    /// The host reads by itself.
    HostReads,
    /// The customer reads.
    CustomerReads,
    /// The host plans anew.
    Replan,
}

impl Kind for Fault {
    const ALL: &'static [(Self, &'static str)] = &[
        (Self::Crash, "crashes"),
        (Self::Eviction, "evictions"),
        (Self::RequestLost, "requests lost"),
        (Self::RequestSlow, "requests slow"),
        (Self::AnswerLost, "answers lost"),
        (Self::AnswerSlow, "answers slow"),
        (Self::AnswerTwice, "answers twice"),
        (Self::CutOff, "cut off"),
        (Self::Failure, "5xx"),
        (Self::Busy, "429"),
        (Self::Garbage, "garbage"),
        (Self::Refusal, "refusals"),
        (Self::TokenDies, "tokens dead"),
        (Self::Outage, "outages"),
        (Self::LinksDie, "links dead"),
        (Self::Revocation, "revocations"),
        (Self::ClockForward, "clock forward"),
        (Self::ClockBack, "clock back"),
        (Self::AlarmLate, "alarms late"),
        (Self::AlarmTwice, "alarms twice"),
        (Self::HostDead, "hosts dead"),
        (Self::HandLost, "results lost"),
        (Self::HandSlow, "results slow"),
        (Self::TakenLost, "receipts lost"),
        (Self::HostReads, "host reads"),
        (Self::CustomerReads, "customer reads"),
        (Self::Replan, "plans"),
    ];

    fn number(self) -> usize {
        #[expect(clippy::as_conversions, reason = "a fault's number is where it stands in the list")]
        let number = self as usize;
        number
    }
}
