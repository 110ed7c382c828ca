//! The readings that a call which is taken leaves open: a call without a body (`JWS-7`) and a query (`JWS-3`).
//!
//! A made-up token is refused however it is signed. Where that refusal is another than that of a wrong signature, reads
//! tell both readings. Elsewhere a query behind the call that is taken tells one.

use super::said::{About, Said};
use crate::profile::EmptyPayload;
use std::collections::VecDeque;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
    /// A read with a made-up token, under a reading of no body.
    Read(EmptyPayload),
    /// The same with a signature that is certainly wrong.
    WrongSignature,
    /// The same with a query that is signed or not.
    ReadQuery(bool),
    /// The call that is taken, with a query that is signed or not.
    TakenQuery(bool),
}

/// What is known so far.
#[derive(Debug)]
pub(super) struct Rest {
    sign_query_first: bool,
    /// How the call that is taken is answered.
    taken: Said,
    planned: VecDeque<Question>,
    reads: Vec<(EmptyPayload, Said)>,
    /// What a call without a body is signed as, where that is known.
    pub(super) empty_payload: Option<EmptyPayload>,
    /// Whether a query is signed, where that is known.
    pub(super) sign_query: Option<bool>,
}

impl Rest {
    /// Tries the configured readings first.
    pub(super) fn new(sign_query_first: bool, empty_payload_first: EmptyPayload, taken: Said) -> Self {
        Self {
            sign_query_first,
            taken,
            planned: VecDeque::from([Question::Read(empty_payload_first)]),
            reads: Vec::new(),
            empty_payload: None,
            sign_query: None,
        }
    }

    /// What is asked next.
    pub(super) fn next(&mut self) -> Option<Question> {
        self.planned.pop_front()
    }

    /// What came of it.
    pub(super) fn told(&mut self, question: Question, said: Said) {
        match question {
            Question::Read(reading) => self.told_of_read(reading, said),
            Question::WrongSignature => {
                let mut others = self.reads.iter().filter(|(_, other)| *other != said);
                if let (Some((reading, _)), None) = (others.next(), others.next()) {
                    self.empty_payload = Some(*reading);
                }
                self.plan_query();
            }
            Question::ReadQuery(signed) => {
                let mut reads = self.reads.iter();
                let is_right = reads.any(|(reading, right)| Some(*reading) == self.empty_payload && *right == said);
                self.told_of_query(signed, is_right);
            }
            Question::TakenQuery(signed) => self.told_of_query(signed, said == self.taken),
        }
    }

    fn told_of_read(&mut self, reading: EmptyPayload, said: Said) {
        let other = match reading {
            EmptyPayload::Object => EmptyPayload::Empty,
            EmptyPayload::Empty => EmptyPayload::Object,
        };
        self.reads.push((reading, said));
        match self.reads.as_slice() {
            [_] => return self.planned.push_back(Question::Read(other)),
            [(former, one), (_, two)] if one != two => match (is_of_signature(one), is_of_signature(two)) {
                (true, false) => self.empty_payload = Some(reading),
                (false, true) => self.empty_payload = Some(*former),
                (true, true) | (false, false) => return self.planned.push_back(Question::WrongSignature),
            },
            // The token is looked at first, or all is refused alike.
            _ => {}
        }
        self.plan_query();
    }

    fn plan_query(&mut self) {
        self.planned.push_back(self.query(self.sign_query_first));
    }

    fn query(&self, signed: bool) -> Question {
        if self.empty_payload.is_some() { Question::ReadQuery(signed) } else { Question::TakenQuery(signed) }
    }

    fn told_of_query(&mut self, signed: bool, is_right: bool) {
        if is_right {
            self.sign_query = Some(signed);
        } else if signed == self.sign_query_first {
            self.planned.push_back(self.query(!signed));
        }
    }
}

fn is_of_signature(said: &Said) -> bool {
    matches!(said, Said::Refused(refused) if refused.about == Some(About::Signature))
}
