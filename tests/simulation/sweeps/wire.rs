//! The way between the object and the bank, and that to the host, on which messages are lost, delayed and repeated.

use super::{
    Fault, Life,
    bank::Outage,
    lists::{self, Answer},
};
use std::rc::Rc;
use tell_connect::consent::{self, Event, Loss, SendId, Swept};

/// Something under way.
pub struct Message {
    /// When it arrives.
    pub due: u64,
    /// The start of the object that it belongs to: nothing reaches one that died.
    pub started: u32,
    pub cargo: Cargo,
}

/// What is asked of the bank.
#[derive(Clone, Debug)]
pub enum Asked {
    Refresh { token: u32 },
    Resource { whole: String, access: u32, is_attended: bool, is_swept: bool },
}

pub enum Cargo {
    Request(SendId, Asked),
    Answer(SendId, Answer),
    Loss(SendId, Loss),
    /// To the host, and back.
    Hand(Rc<Swept>),
    Handed(u32, bool),
}

impl Life<'_> {
    pub fn put(&mut self, delay: u64, cargo: Cargo) {
        let due = self.clock.time() + delay;
        self.wire.push(Message { due, started: self.seat.started, cargo });
    }

    /// A request leaves.
    pub fn leave(&mut self, id: SendId, asked: Asked) {
        let mut delay = self.choices.of([40, 10, 300]);
        if self.faults.strikes(Fault::RequestLost, &mut self.choices) {
            self.is_inexact();
            return self.vanish(id, Loss::Unreachable, delay);
        }
        if self.faults.strikes(Fault::RequestSlow, &mut self.choices) {
            self.is_inexact();
            delay += self.choices.of([2_000, 9_000, 14_000, 20_000, 55_000]);
        }
        self.put(delay, Cargo::Request(id, asked));
    }

    /// Nothing comes back: the connection breaks, or the deadline passes.
    fn vanish(&mut self, id: SendId, loss: Loss, delay: u64) {
        if self.choices.once_in(2) {
            self.put(delay, Cargo::Loss(id, loss));
        }
    }

    pub fn arrive(&mut self, message: Message) {
        let is_alive = message.started == self.seat.started;
        match message.cargo {
            Cargo::Request(id, asked) => {
                let answer = self.ask(&asked);
                self.trace.line(self.clock.time(), || {
                    let said = answer.as_ref().map(|answer| (answer.status, &*answer.body));
                    format!("the bank gets #{id} {asked:?} and answers {said:?}")
                });
                match answer {
                    Some(answer) if is_alive => self.return_answer(id, answer),
                    None if is_alive => self.vanish(id, Loss::Unreadable, 40),
                    _ => {}
                }
            }
            Cargo::Answer(id, answer) if is_alive => self.answered(id, answer),
            Cargo::Loss(id, loss) if is_alive => self.lost(id, loss),
            Cargo::Hand(swept) => self.host_gets(&swept, message.started),
            Cargo::Handed(number, is_taken) if is_alive => self.happen(Event::Handed { number, is_taken }),
            Cargo::Answer(..) | Cargo::Loss(..) | Cargo::Handed(..) => {}
        }
    }

    /// The bank's answer, or what it has in its stead; `None` for nothing that can be read.
    fn ask(&mut self, asked: &Asked) -> Option<Answer> {
        let time = self.clock.time();
        if let Asked::Resource { whole, is_attended: false, is_swept, .. } = asked {
            self.bank_counts(whole, *is_swept);
        }
        let (choices, faults) = (&mut self.choices, &mut *self.faults);
        if let Some((until, outage)) = self.bank.outage
            && time < until
            && choices.below(20) > 0
        {
            return lists::of_outage(outage, choices);
        }
        let is_resource = matches!(asked, Asked::Resource { .. });
        if faults.strikes(Fault::Busy, choices) {
            return Some(lists::busy(choices));
        }
        if is_resource && faults.strikes(Fault::Refusal, choices) {
            return Some(lists::refused(choices));
        }
        let fails = faults.strikes(Fault::Failure, choices);
        if fails && choices.once_in(2) {
            return Some(lists::failed(choices));
        }
        let answer = self.bank_does(asked);
        if fails {
            return Some(lists::failed(&mut self.choices));
        }
        if is_resource && answer.status == 200 && self.faults.strikes(Fault::Garbage, &mut self.choices) {
            return Some(lists::garbage(&mut self.choices));
        }
        Some(answer)
    }

    fn bank_does(&mut self, asked: &Asked) -> Answer {
        let time = self.clock.time();
        match asked {
            Asked::Refresh { token } => match self.bank.refresh(*token, time) {
                Some(next) => lists::fixed(
                    200,
                    &format!(
                        "{{\"access_token\":\"A~{next}\",\"refresh_token\":\"R~{next}\",\"token_type\":\"Bearer\",\
                         \"expires_in\":3600}}"
                    ),
                ),
                None => lists::fixed(400, r#"{"error":"invalid_grant"}"#),
            },
            Asked::Resource { access, .. } if !self.bank.takes(*access, time) => lists::unauthorised(),
            Asked::Resource { whole, is_attended, is_swept, .. } => {
                self.bank.is_token_used = true;
                if time < self.bank.stubborn_until && whole.starts_with("/accounts/a1/") {
                    return lists::unauthorised();
                }
                let answer = self.bank.list(whole, time);
                if *is_swept && !is_attended && answer.number.is_some() && !whole.contains("page=") {
                    self.count_round(whole);
                }
                answer
            }
        }
    }

    fn return_answer(&mut self, id: SendId, answer: Answer) {
        let mut delay = self.choices.of([40, 10, 300]);
        if self.faults.strikes(Fault::CutOff, &mut self.choices) {
            return self.put(delay, Cargo::Loss(id, Loss::Unreadable));
        }
        if self.faults.strikes(Fault::AnswerLost, &mut self.choices) {
            return self.vanish(id, Loss::Unreachable, delay);
        }
        if self.faults.strikes(Fault::AnswerSlow, &mut self.choices) {
            delay += self.choices.of([2_000, 9_000, 15_000, 20_000, 100_000]);
        }
        if self.faults.strikes(Fault::AnswerTwice, &mut self.choices) {
            let later = delay + self.choices.of([0, 1_000, 16_000, 400_000]);
            self.put(later, Cargo::Answer(id, answer.clone()));
        }
        self.put(delay, Cargo::Answer(id, answer));
    }

    /// An answer reaches the object, which may have given it up, or have had it before.
    fn answered(&mut self, id: SendId, answer: Answer) {
        let time = self.clock.time();
        let Some(flight) = self.seat.flight(id) else { return };
        // A page that waits long for a token is counted here, and not by the bank.
        let is_slow = flight.whole.is_empty() && (time + 7_000 > flight.deadline || answer.status != 200);
        flight.is_open = false;
        flight.number = answer.number;
        if is_slow {
            self.is_inexact();
        }
        let Answer { status, body, retry_after_ms, .. } = answer;
        let answer = consent::Answer { status, retry_after_ms, body: body.as_ref().to_owned() };
        self.happen(Event::Answered { id, answer });
    }

    pub fn lost(&mut self, id: SendId, loss: Loss) {
        if let Some(flight) = self.seat.flight(id).filter(|flight| flight.is_open) {
            flight.is_open = false;
            if flight.whole.is_empty() {
                self.is_inexact();
            }
            self.happen(Event::Lost { id, loss });
        }
    }

    /// An outage of the bank's begins.
    pub fn outage_strikes(&mut self) {
        if self.faults.strikes(Fault::Outage, &mut self.choices) {
            let hours = self.choices.of([1, 5, 30, 80]);
            let outage = self.choices.of([Outage::Failed, Outage::Silent, Outage::Page, Outage::Busy, Outage::Cut]);
            self.bank.outage = Some((self.clock.time() + hours * super::bank::HOUR_MS, outage));
            self.trace.line(self.clock.time(), || format!("an outage of {hours} h begins: {outage:?}"));
        }
    }
}
