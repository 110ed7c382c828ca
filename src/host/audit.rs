//! The audit trail: one line for each step of a consent's life that matters, with nothing of the customer's in it.

use super::told::{Instruction, rfc_3339};
use crate::{
    Code,
    consent::{Command, End, Failure, Phase},
    gateway::Secret,
};
use serde::Serialize;

/// Where the lines go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Audit {
    /// Nowhere.
    Off,
    /// To the worker's log. The default: a trail that has to be switched on is missing when it is first needed.
    #[default]
    Console,
    /// To a queue.
    Queue,
}

impl Audit {
    /// The setting's words.
    pub const WORDS: [(&str, Self); 3] = [("off", Self::Off), ("console", Self::Console), ("queue", Self::Queue)];

    /// The setting's word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Console => "console",
            Self::Queue => "queue",
        }
    }
}

/// What happened to a consent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS), ts(rename = "AuditKind"))]
pub enum Kind {
    /// The code became tokens.
    Grant,
    /// The tokens were renewed.
    Renewal,
    /// It ended before anything was granted.
    Refusal,
    /// A redirect was of another authorisation (`RED-3`).
    Mismatch,
    /// It was erased.
    Erasure,
    /// It ended after it was granted.
    Revocation,
}

/// How far a consent was before an event.
#[derive(Debug)]
pub(super) enum Before {
    Nothing,
    Asked,
    Granted(Secret),
    Ended,
}

impl Before {
    pub(super) fn of(phase: Option<&Phase>) -> Self {
        match phase {
            None => Self::Nothing,
            Some(Phase::Requested | Phase::Authorised { .. }) => Self::Asked,
            Some(Phase::Active { grant } | Phase::Refreshing { grant, .. }) => {
                Self::Granted(grant.access_token.clone())
            }
            Some(Phase::Ended { .. }) => Self::Ended,
        }
    }

    /// The lines of an event at `now` that led to `after` by these commands.
    pub(super) fn lines(self, after: Option<&Phase>, commands: &[Command], now: u64) -> Vec<Instruction> {
        let is_mismatch =
            |command: &Command| matches!(command, Command::Answer { outcome: Err(Failure::RedirectMismatch), .. });
        let mismatch = !matches!(self, Self::Nothing) && commands.iter().any(is_mismatch);
        let erasure = commands.iter().any(|command| matches!(command, Command::Forget));
        [
            self.change(after),
            mismatch.then_some((Kind::Mismatch, Some(Code::RedirectMismatch))),
            erasure.then_some((Kind::Erasure, None)),
        ]
        .into_iter()
        .flatten()
        .map(|(kind, code)| Instruction::Audit { at: rfc_3339(now), kind, code })
        .collect()
    }

    fn change(self, after: Option<&Phase>) -> Option<(Kind, Option<Code>)> {
        let ended = |kind, end: &End| Some((kind, Some(end.code())));
        match (self, after?) {
            (Self::Nothing | Self::Asked, Phase::Active { .. }) => Some((Kind::Grant, None)),
            (Self::Granted(token), Phase::Active { grant }) => {
                (token != grant.access_token).then_some((Kind::Renewal, None))
            }
            (Self::Nothing | Self::Asked, Phase::Ended { end, .. }) => ended(Kind::Refusal, end),
            (Self::Granted(_), Phase::Ended { end, .. }) => ended(Kind::Revocation, end),
            (Self::Ended, _) | (_, Phase::Requested | Phase::Authorised { .. } | Phase::Refreshing { .. }) => None,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that fails stops there")]
mod tests {
    use super::*;
    use crate::{consent::Grant, gateway::answer::TokenAnswer};

    fn active(token: &str) -> Phase {
        let answer = format!(r#"{{"access_token":"{token}","token_type":"Bearer","expires_in":3600,"scope":"a"}}"#);
        Phase::Active { grant: Grant::new(TokenAnswer::read(200, &answer).unwrap(), &Secret::new(answer), 0) }
    }

    fn ended(end: End) -> Phase {
        Phase::Ended { end, at: 0 }
    }

    fn kinds(before: Option<&Phase>, after: Option<&Phase>, commands: &[Command]) -> Vec<(Kind, Option<Code>)> {
        let line = |line| {
            let Instruction::Audit { at, kind, code } = line else { return None };
            assert_eq!(at, "1970-01-01T00:00:00.007Z");
            Some((kind, code))
        };
        Before::of(before).lines(after, commands, 7).into_iter().filter_map(line).collect()
    }

    #[test]
    fn rev_1_an_end_is_a_refusal_before_the_grant_and_a_revocation_after_it() {
        for end in End::ALL {
            let code = Some(end.code());
            assert_eq!(kinds(Some(&Phase::Requested), Some(&ended(end)), &[]), [(Kind::Refusal, code)]);
            assert_eq!(kinds(Some(&active("t")), Some(&ended(end)), &[]), [(Kind::Revocation, code)]);
            assert_eq!(kinds(Some(&ended(end)), Some(&ended(end)), &[]), [], "told once");
        }
    }

    #[test]
    fn ref_1_a_grant_and_each_new_token_is_a_line_and_no_other_step_is() {
        assert_eq!(kinds(Some(&Phase::Requested), Some(&active("t")), &[]), [(Kind::Grant, None)]);
        assert_eq!(kinds(Some(&active("t")), Some(&active("u")), &[]), [(Kind::Renewal, None)]);
        assert_eq!(kinds(Some(&active("t")), Some(&active("t")), &[]), []);
        assert_eq!(kinds(None, Some(&Phase::Requested), &[]), []);
    }

    #[test]
    fn red_3_a_mismatch_and_rev_2_an_erasure_are_told_by_what_is_commanded() {
        let mismatch = [Command::Answer { caller: 1, outcome: Err(Failure::RedirectMismatch) }];
        let lines = [(Kind::Mismatch, Some(Code::RedirectMismatch))];
        assert_eq!(kinds(Some(&active("t")), Some(&active("t")), &mismatch), lines);
        assert_eq!(kinds(None, None, &mismatch), [], "of no consent there is nothing to tell");
        assert_eq!(kinds(Some(&active("t")), None, &[Command::Forget]), [(Kind::Erasure, None)]);
    }
}
