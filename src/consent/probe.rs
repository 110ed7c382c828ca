//! Whether the bank honours a consent at all, asked once it has refused an access token that was just renewed (`REV-1`).
//!
//! One question at a time, `GET /accounts` with the same token. Whoever is refused meanwhile waits for its answer.

use super::{
    Answer, CALL_DEADLINE_MS, Failure, Grant, Phase, SendId,
    failure::is_own_refusal,
    news::News,
    out::{Out, Reader, Turn, without_text},
    reads::Freshness,
};
use crate::{
    Refusal,
    gateway::{Call, Method, ResourceCall, UserIp, answer::is_success},
    wire::json,
};
use std::rc::Rc;

/// What every consent of account information can read, if it holds.
pub(super) const PATH: &str = "/accounts";

/// The question, if it is under way, and who waits for its answer.
#[derive(Debug, Default)]
pub(super) struct Probe {
    sent: Option<Sent>,
    refused: Vec<(Reader, Rc<Refusal>)>,
}

#[derive(Debug)]
struct Sent {
    id: SendId,
    /// Which access token it shows.
    serial: u32,
}

impl Probe {
    /// Whether a request is this room's.
    pub(super) fn is_of(&self, id: SendId) -> bool {
        self.sent.as_ref().is_some_and(|sent| sent.id == id)
    }

    /// Whether the question is under way.
    pub(super) fn is_under_way(&self) -> bool {
        self.sent.is_some()
    }

    /// A caller was refused. If the consent holds, they are told so.
    pub(super) fn refused(&mut self, reader: Reader, refusal: &Refusal) {
        self.refused.push((reader, without_text(refusal)));
    }

    /// Asks, unless that is under way, and with the PSU present if they are. Without them the question is one of the few
    /// that there are (`ACC-2`); where none is left nothing is known.
    pub(super) fn ask(&mut self, user_ip: Option<UserIp>, fresh: Freshness, turn: &mut Turn<'_>) {
        let Phase::Active { grant } = &turn.record.phase else { return };
        let (None, Ok(call)) = (&self.sent, ResourceCall::new(Method::Get, PATH, user_ip, None)) else { return };
        if call.user_ip().is_none() {
            let readings = fresh.unattended;
            if turn.record.budget.spend(&call, readings.limit, readings, turn.now).is_err() {
                return self.tell(turn.out);
            }
            turn.out.note();
        }
        let call = Call::Resource(call, grant.access_token.clone());
        self.sent = Some(Sent { id: turn.out.send(call, CALL_DEADLINE_MS), serial: fresh.serial });
    }

    /// The bank answered. `serial` is that of the newest access token.
    pub(super) fn answered(&mut self, answer: &Answer, serial: u32, turn: &mut Turn<'_>) -> Option<News> {
        let is_newest = self.sent.take().is_some_and(|sent| sent.serial == serial);
        if let (Phase::Active { grant }, true) = (&turn.record.phase, is_newest) {
            let is_own = is_own_refusal(&answer.body);
            let end = grant.end_by_refusal(turn.now).filter(|_| answer.status == 401 && is_own);
            if end.is_some() {
                // Whoever waits is told by the end.
                return end.map(News::Over);
            }
            let vouched_at = match answer.status {
                401 => None,
                // The bank knows the token: it refuses the resource alone.
                403 | 404 if is_own => Some(turn.now),
                // Of an answer that was checked as it came there is no body here.
                status if is_success(status) && (answer.body.is_empty() || json::check(&answer.body).is_ok()) => {
                    Some(turn.now)
                }
                _ => grant.vouched_at,
            };
            if vouched_at != grant.vouched_at {
                turn.enter(Phase::Active { grant: Grant { vouched_at, ..grant.clone() } });
            }
        }
        self.tell(turn.out);
        None
    }

    /// No answer came, which says nothing of the consent.
    pub(super) fn lost(&mut self, out: &mut Out) {
        self.sent = None;
        self.tell(out);
    }

    /// All who wait are told what the bank told them.
    fn tell(&mut self, out: &mut Out) {
        for (reader, refusal) in std::mem::take(&mut self.refused) {
            out.read(reader, Err(Failure::Refused(refusal)));
        }
    }

    /// The consent is over: all who wait are told.
    pub(super) fn dismiss(&mut self, failure: &Failure, out: &mut Out) {
        for (reader, _) in std::mem::take(self).refused {
            out.read(reader, Err(failure.clone()));
        }
    }
}
