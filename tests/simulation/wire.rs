//! The way between shell and gateway, on which messages are lost, delayed, repeated and cut off.

use crate::{
    answers::{self, Answer, Meaning},
    faults::Fault,
    gateway::Asked,
    life::Life,
    shell::{Cause, Flight},
    trace::Who,
};
use tell_connect::consent::{self, Batch, Event, Loss, SendId};

/// Something under way.
pub struct Message {
    /// When it arrives.
    pub due: u64,
    /// The start of the shell that it belongs to: nothing reaches a shell that died.
    pub started: u32,
    pub id: SendId,
    pub cargo: Cargo,
}

/// What is under way.
pub enum Cargo {
    Request(Asked),
    Answer(Answer),
    Loss(Loss),
    /// For a shard of the statistics, which may say that it has it.
    Count {
        batch: Batch,
        is_answered: bool,
    },
    /// Whether it has it.
    Counted(bool),
}

impl Life<'_> {
    /// A request leaves.
    pub fn leave(&mut self, id: SendId, asked: Asked) {
        let mut delay = self.choices.of([40, 10, 300]);
        if self.faults.strikes(Fault::RequestLost, &mut self.choices) {
            return self.vanish(id, Loss::Unreachable, delay);
        }
        if self.faults.strikes(Fault::RequestSlow, &mut self.choices) {
            delay += self.choices.of([2_000, 9_000, 14_000, 20_000, 100_000]);
        }
        self.put(id, delay, Cargo::Request(asked));
    }

    /// Nothing comes back: the connection breaks, or the deadline passes.
    fn vanish(&mut self, id: SendId, loss: Loss, delay: u64) {
        if self.choices.once_in(2) {
            self.put(id, delay, Cargo::Loss(loss));
        }
    }

    pub fn put(&mut self, id: SendId, delay: u64, cargo: Cargo) {
        let due = self.clock.time() + delay;
        self.wire.push(Message { due, started: self.shell.started, id, cargo });
    }

    pub fn arrive(&mut self, message: Message) {
        let Message { started, id, cargo, .. } = message;
        let is_alive = started == self.shell.started;
        match cargo {
            Cargo::Request(asked) => {
                let answer = self.ask(&asked);
                self.tell(Who::Bank, || {
                    format!("the gateway gets #{id} {asked:?} and answers {} {:?}", answer.status, answer.meaning)
                });
                if is_alive {
                    self.return_answer(id, answer);
                }
            }
            Cargo::Answer(answer) if is_alive => self.answered(id, answer),
            Cargo::Loss(loss) if is_alive => self.lost(id, loss),
            Cargo::Count { batch, is_answered } => {
                self.count(&batch, started);
                if is_alive && is_answered {
                    self.put(id, 5, Cargo::Counted(true));
                }
            }
            Cargo::Counted(is_taken) if is_alive => self.counted(id, is_taken),
            Cargo::Answer(_) | Cargo::Loss(_) | Cargo::Counted(_) => {}
        }
    }

    /// The gateway's answer, or what happens in its stead.
    fn ask(&mut self, asked: &Asked) -> Answer {
        let (choices, faults) = (&mut self.choices, &mut *self.faults);
        let is_resource = matches!(asked, Asked::Resource { .. });
        if faults.strikes(Fault::Busy, choices) {
            return answers::busy(choices);
        }
        if faults.strikes(Fault::Refusal, choices) {
            let refuse = if is_resource { answers::resource_refused } else { answers::client_refused };
            return refuse(choices);
        }
        let fails = faults.strikes(Fault::Failure, choices);
        let is_token_call = matches!(asked, Asked::Exchange { .. } | Asked::Refresh { .. });
        if fails && is_token_call && choices.once_in(4) {
            return answers::missing(choices);
        }
        if fails && choices.once_in(2) {
            return answers::failed(choices);
        }
        let answer = self.gateway.answer(asked, self.clock.time(), choices);
        if fails {
            answers::failed(choices)
        } else if !is_resource && (200..300).contains(&answer.status) && faults.strikes(Fault::Garbage, choices) {
            answers::garbage(&answer, choices)
        } else if is_resource && answer.status == 200 && faults.strikes(Fault::Garbage, choices) {
            answers::page()
        } else {
            answer
        }
    }

    fn return_answer(&mut self, id: SendId, answer: Answer) {
        let mut delay = self.choices.of([40, 10, 300]);
        if self.faults.strikes(Fault::CutOff, &mut self.choices) {
            return self.put(id, delay, Cargo::Loss(Loss::Unreadable));
        }
        if self.faults.strikes(Fault::AnswerLost, &mut self.choices) {
            return self.vanish(id, Loss::Unreachable, delay);
        }
        if self.faults.strikes(Fault::AnswerSlow, &mut self.choices) {
            delay += self.choices.of([2_000, 9_000, 15_000, 20_000, 100_000]);
        }
        if self.faults.strikes(Fault::AnswerTwice, &mut self.choices) {
            let later = delay + self.choices.of([0, 1_000, 16_000, 400_000]);
            self.put(id, later, Cargo::Answer(answer.clone()));
        }
        self.put(id, delay, Cargo::Answer(answer));
    }

    /// An answer reaches the shell, which may have given it up, or have had it before.
    fn answered(&mut self, id: SendId, answer: Answer) {
        let Some(flight) = self.shell.close(id) else { return };
        let Answer { status, body, meaning } = answer;
        let retry_after_ms = if let Meaning::Busy(wait) = meaning { wait } else { None };
        let is_kept = flight.is_token_call() && (200..300).contains(&status);
        let kept = is_kept.then(|| body.clone());
        let event = Event::Answered { id, answer: consent::Answer { status, retry_after_ms, body } };
        self.happen(event, Cause::Answered { flight, status, meaning, body: kept });
    }

    fn lost(&mut self, id: SendId, loss: Loss) {
        if let Some(flight @ Flight { open: true, .. }) = self.shell.close(id) {
            self.happen(Event::Lost { id, loss }, Cause::Lost { flight });
        }
    }

    pub fn deadline_passed(&mut self, flight: usize) {
        if let Some(id) = self.shell.flights.get(flight).map(|flight| flight.id) {
            self.lost(id, Loss::Timeout);
        }
    }
}
