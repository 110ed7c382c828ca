//! Messages among consents, order and host: lost, delayed, repeated, and overtaken by others.
//!
//! A call of an object reaches its newest start; a reply reaches the start that called, or nobody.

use super::{
    Fault, Life,
    counter::{OrderCause, Return},
    seat::{Cause, Wish},
    wire::Cargo,
};
use tell_connect::{
    consent::{Claim, ClaimId, Event, Notice, Receiver},
    host::order::{self, Digest, InquiryId, Standing},
};

/// A message among objects.
#[derive(Clone)]
pub enum Post {
    /// To the order, of a consent's start.
    Claim { seat: usize, started: u32, id: ClaimId, digest: Digest },
    /// Back to that.
    Claimed { seat: usize, started: u32, id: ClaimId, claim: Claim },
    /// To a consent, of an order's start.
    Inquiry { started: u32, id: InquiryId, seat: usize, lets_go: bool },
    /// Back to that.
    Standing { started: u32, id: InquiryId, standing: Standing },
    /// To order or host.
    Notice { seat: usize, started: u32, notice: Box<Notice> },
    /// Back from there.
    Noted { seat: usize, started: u32, id: u32, is_delivered: bool },
}

/// Milliseconds after which whoever calls an object is told that it cannot be asked.
const PATIENCE_MS: [u64; 2] = [9_000, 5_000];

impl Life<'_> {
    /// Sends a message, for whatever becomes of it on its way.
    pub fn send_post(&mut self, post: Post) {
        let mut delay = self.choices.of([5, 0, 40]);
        if self.faults.strikes(Fault::PostLost, &mut self.choices) {
            return;
        }
        if self.faults.strikes(Fault::PostSlow, &mut self.choices) {
            delay += self.choices.of([1_000, 4_000, 9_500, 12_000, 70_000]);
        }
        if self.faults.strikes(Fault::PostTwice, &mut self.choices) {
            let later = delay + self.choices.of([0, 500, 9_000, 65_000]);
            self.put(later, Cargo::Post(post.clone()));
        }
        self.put(delay, Cargo::Post(post));
    }

    pub fn send_claim(&mut self, seat: usize, id: ClaimId, digest: Digest) {
        let started = self.seat(seat).started;
        // A shell gives up by itself, or leaves that to the machine.
        if self.choices.once_in(2) {
            let delay = self.choices.of(PATIENCE_MS);
            self.put(delay, Cargo::Post(Post::Claimed { seat, started, id, claim: Claim::Failed }));
        }
        self.send_post(Post::Claim { seat, started, id, digest });
    }

    pub fn send_inquiry(&mut self, id: InquiryId, seat: usize, lets_go: bool) {
        let started = self.counter.started;
        let delay = self.choices.of(PATIENCE_MS);
        self.put(delay, Cargo::Post(Post::Standing { started, id, standing: Standing::Failed }));
        self.send_post(Post::Inquiry { started, id, seat, lets_go });
    }

    pub fn send_notice(&mut self, seat: usize, notice: Box<Notice>) {
        let started = self.seat(seat).started;
        self.send_post(Post::Notice { seat, started, notice });
    }

    pub fn post_arrives(&mut self, post: Post) {
        match post {
            Post::Claim { seat, started, id, digest } => {
                let back = Return::Claim { seat, started, id, digest };
                if let Some(caller) = self.order_caller(back) {
                    let by = name(seat);
                    self.order_happens(order::Event::Claimed { caller, by, digest }, OrderCause::Claimed);
                }
            }
            Post::Claimed { seat, started, id, claim } => {
                if started == self.seat(seat).started {
                    let is_granted = claim == Claim::Granted;
                    self.happen(seat, Event::Claimed { id, claim }, Cause::Claimed { is_granted });
                }
            }
            Post::Inquiry { started, id, seat, lets_go } => {
                if let Some(caller) = self.caller(seat, Wish::Inquiry { started, id }) {
                    self.happen(seat, Event::Inquired { caller, lets_go }, Cause::Asked);
                }
            }
            Post::Standing { started, id, standing } => {
                if started == self.counter.started {
                    let cause = OrderCause::Heard { id, standing: standing.clone() };
                    self.order_happens(order::Event::Heard { id, standing }, cause);
                }
            }
            Post::Notice { seat, started, notice } => self.notice_arrives(seat, started, *notice),
            Post::Noted { seat, started, id, is_delivered } => {
                if started == self.seat(seat).started {
                    self.happen(seat, Event::Noted { id, is_delivered }, Cause::Noted { id, is_delivered });
                }
            }
        }
    }

    fn notice_arrives(&mut self, seat: usize, started: u32, notice: Notice) {
        let id = notice.note.id;
        match notice.note.to {
            Receiver::Host => {
                let is_delivered = self.clock.time() >= self.host_dead_until;
                if is_delivered {
                    self.receive(seat, id);
                }
                self.send_post(Post::Noted { seat, started, id, is_delivered });
            }
            Receiver::Order => {
                let Some(view) = notice.payment else { return };
                if let Some(caller) = self.order_caller(Return::Told { seat, started, id }) {
                    let by = name(seat);
                    let cause = OrderCause::Told { seat, view: view.clone() };
                    self.order_happens(order::Event::Told { caller, by, view }, cause);
                }
            }
        }
    }

    /// A receiver has a note.
    pub fn receive(&mut self, seat: usize, id: u32) {
        for noted in self.seat(seat).notes.iter_mut().filter(|noted| noted.note.id == id) {
            noted.is_received = true;
        }
    }
}

/// The name of a consent's object.
pub fn name(seat: usize) -> String {
    format!("c{seat}")
}

/// The number of a consent's object.
pub fn number(name: &str) -> Option<usize> {
    name.strip_prefix('c')?.parse().ok()
}
