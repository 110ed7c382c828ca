//! The way between consents and the bank, on which messages are lost, delayed, repeated and cut off.

use super::{
    Fault, Life,
    bank::Asked,
    post::Post,
    seat::{Cause, Kind},
    words::{self, Answer},
};
use tell_connect::consent::{self, Event, Loss, SendId};

/// Something under way.
pub struct Message {
    /// When it arrives.
    pub due: u64,
    pub cargo: Cargo,
}

/// What is under way: to the bank, back to the start of an object that sent it, or among objects.
pub enum Cargo {
    Request { seat: usize, started: u32, id: SendId, asked: Asked, is_copy: bool },
    Answer { seat: usize, started: u32, id: SendId, answer: Answer },
    Loss { seat: usize, started: u32, id: SendId, loss: Loss },
    Post(Post),
}

impl Life<'_> {
    pub fn put(&mut self, delay: u64, cargo: Cargo) {
        let due = self.clock.time() + delay;
        self.wire.push(Message { due, cargo });
    }

    /// A request leaves.
    pub fn leave(&mut self, seat: usize, id: SendId, asked: Asked) {
        let started = self.seat(seat).started;
        let mut delay = self.choices.of([40, 10, 300]);
        if self.faults.strikes(Fault::RequestLost, &mut self.choices) {
            return self.vanish(seat, id, Loss::Unreachable, delay);
        }
        if self.faults.strikes(Fault::RequestSlow, &mut self.choices) {
            delay += self.choices.of([2_000, 9_000, 14_000, 20_000, 100_000]);
        }
        if self.faults.strikes(Fault::RequestTwice, &mut self.choices) {
            let later = delay + self.choices.of([0, 200, 30_000]);
            self.put(later, Cargo::Request { seat, started, id, asked: asked.clone(), is_copy: true });
        }
        self.put(delay, Cargo::Request { seat, started, id, asked, is_copy: false });
    }

    /// Nothing comes back: the connection breaks, or the deadline passes.
    fn vanish(&mut self, seat: usize, id: SendId, loss: Loss, delay: u64) {
        if self.choices.once_in(2) {
            let started = self.seat(seat).started;
            self.put(delay, Cargo::Loss { seat, started, id, loss });
        }
    }

    pub fn arrive(&mut self, message: Message) {
        match message.cargo {
            Cargo::Request { seat, started, id, asked, is_copy } => {
                // A copy of a payment is told of as one too many, or is dropped with the payment that was refused.
                let answer = match (&asked, is_copy) {
                    (Asked::Pay { .. }, true) => self.bank.conflict(seat, &mut self.choices),
                    _ => Some(self.ask(seat, &asked)),
                };
                let Some(answer) = answer else { return };
                self.trace.line(self.clock.time(), || {
                    format!("the bank gets {asked:?} of c{seat} #{id} and answers {} {}", answer.status, answer.body)
                });
                if started == self.seat(seat).started {
                    self.return_answer(seat, id, answer);
                }
            }
            Cargo::Answer { seat, started, id, answer } if started == self.seat(seat).started => {
                self.answered(seat, id, answer);
            }
            Cargo::Loss { seat, started, id, loss } if started == self.seat(seat).started => self.lost(seat, id, loss),
            Cargo::Answer { .. } | Cargo::Loss { .. } => {}
            Cargo::Post(post) => self.post_arrives(post),
        }
    }

    /// The bank's answer, or what happens in its stead.
    fn ask(&mut self, seat: usize, asked: &Asked) -> Answer {
        let (choices, faults) = (&mut self.choices, &mut *self.faults);
        let is_payment = matches!(asked, Asked::Pay { .. });
        if faults.strikes(Fault::Busy, choices) {
            return words::busy(is_payment, choices);
        }
        if faults.strikes(Fault::Refusal, choices) {
            return words::turned_away(is_payment, choices);
        }
        let fails = faults.strikes(Fault::Failure, choices);
        if fails && choices.once_in(2) {
            return words::failed(None, choices);
        }
        let made = self.bank.payments.len();
        let answer = self.bank.answer(seat, asked, self.clock.time(), choices);
        let number = self.bank.payments.len().checked_sub(1).filter(|number| *number >= made);
        if fails {
            let answer = words::failed(number, &mut self.choices);
            self.payment_made(number, seat);
            return answer;
        }
        let answer = match faults.strikes(Fault::Garbage, choices) {
            true => words::garbage(choices),
            false => answer,
        };
        self.payment_made(number, seat);
        answer
    }

    fn return_answer(&mut self, seat: usize, id: SendId, answer: Answer) {
        let started = self.seat(seat).started;
        let mut delay = self.choices.of([40, 10, 300]);
        if self.faults.strikes(Fault::CutOff, &mut self.choices) {
            return self.put(delay, Cargo::Loss { seat, started, id, loss: Loss::Unreadable });
        }
        if self.faults.strikes(Fault::AnswerLost, &mut self.choices) {
            return self.vanish(seat, id, Loss::Unreachable, delay);
        }
        if self.faults.strikes(Fault::AnswerSlow, &mut self.choices) {
            delay += self.choices.of([2_000, 9_000, 11_000, 20_000, 100_000]);
        }
        if self.faults.strikes(Fault::AnswerTwice, &mut self.choices) {
            let later = delay + self.choices.of([0, 1_000, 16_000, 400_000]);
            self.put(later, Cargo::Answer { seat, started, id, answer: answer.clone() });
        }
        self.put(delay, Cargo::Answer { seat, started, id, answer });
    }

    /// An answer reaches the object, which may have given it up, or have had it before.
    fn answered(&mut self, seat: usize, id: SendId, answer: Answer) {
        let Some(flight) = self.seat(seat).flight(id) else { return };
        let before = *flight;
        (flight.is_open, flight.is_answered) = (false, true);
        let Answer { status, body, retry_after_ms, said } = answer;
        let event = Event::Answered { id, answer: consent::Answer { status, retry_after_ms, body } };
        self.happen(seat, event, Cause::Answered { flight: before, said });
    }

    fn lost(&mut self, seat: usize, id: SendId, loss: Loss) {
        let Some(flight) = self.seat(seat).flight(id).filter(|flight| flight.is_open) else { return };
        flight.is_open = false;
        let flight = *flight;
        self.happen(seat, Event::Lost { id, loss }, Cause::Lost { flight });
    }

    pub fn deadline_passed(&mut self, seat: usize, id: SendId) {
        self.lost(seat, id, Loss::Timeout);
    }
}

/// What kind of request it is.
pub fn kind_of(asked: &Asked) -> Kind {
    match asked {
        Asked::Tokens => Kind::Tokens,
        Asked::Pay { .. } => Kind::Pay,
        Asked::Status { .. } => Kind::Status,
    }
}
