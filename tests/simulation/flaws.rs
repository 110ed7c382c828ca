//! Ways to break the shell. The machine stays as it is; what carries its commands out does not, and a rule is to notice.

use serde::Serialize;

/// What the shell does wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Requests leave before the snapshot that comes before them is durable.
    SendBeforeKeep,
    /// Callers are answered before the snapshot that comes before their answer is durable.
    AnswerBeforeKeep,
    /// After a crash the snapshot before the last one is loaded.
    OlderSnapshot,
    /// A refresh is sent twice at once.
    TwoRefreshes,
    /// An alarm does not outlive a crash.
    AlarmLost,
    /// A request whose answer does not come is waited for without end.
    NoDeadline,
    /// What is to be erased stays.
    NoErasure,
    /// Calls that were handed on are taken for counted, whatever became of them.
    CountedUnheard,
}

/// A flaw, as it is told.
#[derive(Clone, Copy, Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct FlawTold {
    /// Its name in a link.
    pub id: &'static str,
    /// What the shell does.
    pub does: &'static str,
    /// What comes of it.
    pub so: &'static str,
    /// Which it is.
    #[serde(skip)]
    pub flaw: Flaw,
}

/// Every flaw.
pub const FLAWS: &[FlawTold] = &[
    FlawTold {
        id: "send-before-keep",
        does: "sends before it keeps",
        so: "A crash right after that forgets a refresh token that may be spent.",
        flaw: Flaw::SendBeforeKeep,
    },
    FlawTold {
        id: "answer-before-keep",
        does: "answers before it keeps",
        so: "A caller is told what a crash can still undo.",
        flaw: Flaw::AnswerBeforeKeep,
    },
    FlawTold {
        id: "older-snapshot",
        does: "loads the snapshot before the last",
        so: "What was kept last, a new refresh token perhaps, is not known any more.",
        flaw: Flaw::OlderSnapshot,
    },
    FlawTold {
        id: "two-refreshes",
        does: "refreshes twice at once",
        so: "The second spends what the first has replaced, and a strict bank ends the consent.",
        flaw: Flaw::TwoRefreshes,
    },
    FlawTold {
        id: "alarm-lost",
        does: "loses its alarm in a crash",
        so: "Nobody comes to end what is over, or to ask again.",
        flaw: Flaw::AlarmLost,
    },
    FlawTold {
        id: "no-deadline",
        does: "gives no request up",
        so: "An answer that never comes is waited for without end.",
        flaw: Flaw::NoDeadline,
    },
    FlawTold {
        id: "no-erasure",
        does: "erases nothing",
        so: "The tokens of a consent that was forgotten stay on the disk.",
        flaw: Flaw::NoErasure,
    },
    FlawTold {
        id: "counted-unheard",
        does: "takes for counted what it handed on",
        so: "Calls are missing from the statistics.",
        flaw: Flaw::CountedUnheard,
    },
];

impl Flaw {
    /// The flaw of that name.
    pub fn of(id: &str) -> Option<Self> {
        FLAWS.iter().find(|told| told.id == id).map(|told| told.flaw)
    }

    /// Its name in a link.
    pub fn id(self) -> &'static str {
        FLAWS.iter().find(|told| told.flaw == self).map_or("", |told| told.id)
    }
}
