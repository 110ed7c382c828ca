//! What a host wants to know without the customer, within what the bank allows (`ACC-2`, `ACC-8`).
//!
//! Some times a day the consent wakes by itself, reads each path of its plan, page by page, and hands on what the bank
//! sent. How far a list was delivered is written down only after it was, to its end: what an outage or a crash keeps from
//! being delivered is asked for again, from there.

mod page;
mod plan;

use super::{
    Answer, Caller, Day, Failure, Outcome, Phase, Reason, Record, Wake,
    budget::WALK_MS,
    news::News,
    out::{Reader, Turn},
    reads::{Freshness, Read},
    retry,
};
use crate::{
    gateway::{Method, ResourceCall},
    profile::{Parameters, Unattended},
};
use plan::{ACCOUNTS, LONG_AGO, has_history};
pub use plan::{Mark, Plan, Sweep, Todo, Walk};
use std::rc::Rc;

/// Milliseconds after which a question or a delivery under way is looked after at the earliest, should a crash have
/// interrupted it, and at the latest. What follows within them is looked after at the same time: an alarm that is set
/// anew for each costs as much as what is kept of it.
const OVERDUE_MS: u64 = 2 * 60 * 1000;
const LATEST_OVERDUE_MS: u64 = 2 * OVERDUE_MS;
/// The waits after what a host did not take, in milliseconds.
const FIRST_HAND_MS: u64 = 3000;
const LONGEST_HAND_MS: u64 = 60 * 60 * 1000;
/// The waits after a failure of the bank's, in milliseconds.
const FIRST_WAIT_MS: u64 = 10 * 60 * 1000;
const LONGEST_WAIT_MS: u64 = 6 * 60 * 60 * 1000;
/// A round waits so many milliseconds for a request that may not go yet, and beyond that leaves it to the next round.
const PATIENCE_MS: u64 = 10 * 60 * 1000;
/// Pages of one walk at most.
const MOST_PAGES: u32 = 1000;

/// An answer of the bank's to be handed on, as it came.
#[derive(Clone, PartialEq, Eq)]
pub struct Swept {
    /// Its number within the consent: the same each time that it is handed on.
    pub number: u32,
    /// The path that was asked.
    pub path: String,
    /// Which page of it, from 1.
    pub page: u32,
    /// Whether there is none after it.
    pub is_last: bool,
    /// When it was asked for, in milliseconds since 1970.
    pub at: u64,
    /// The authorisation's UUID.
    pub uuid: String,
    /// The application, by name.
    pub application: String,
    /// The host's name for the customer.
    pub customer: Option<String>,
    /// Whether its typed view is wanted beside it.
    pub views: bool,
    /// What the bank sent.
    pub body: Rc<str>,
}

/// Without what the bank sent.
impl std::fmt::Debug for Swept {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Swept").field("number", &self.number).field("path", &self.path).finish_non_exhaustive()
    }
}

/// What is under way since the machine started.
#[derive(Debug, Default)]
pub(super) struct Sweeping {
    asked: Option<Asked>,
    held: Option<Held>,
    /// When what is under way is looked after.
    overdue_at: u64,
}

/// A question that was put.
#[derive(Debug)]
struct Asked {
    number: u32,
    path: String,
    /// Path and query.
    whole: String,
    at: u64,
    /// When the walk began that it begins, if it does.
    began_at: u64,
    /// When it is looked after.
    overdue_at: u64,
}

/// An answer that is being handed on.
#[derive(Debug)]
struct Held {
    swept: Swept,
    began_at: u64,
    next: Option<String>,
    latest: Option<Day>,
    failures: u8,
    /// When it is handed on again.
    due: u64,
}

/// What a sweep has to know of the application that it is of.
pub(super) struct Bank<'a> {
    /// Where its resources are.
    pub(super) base: &'a str,
    /// What its lists call their parameters.
    pub(super) parameters: &'a Parameters,
    /// The time in which it counts requests, in milliseconds.
    pub(super) window_ms: u64,
}

impl Sweeping {
    /// A host says what it wants to know. The same again changes nothing.
    pub(super) fn plan(&mut self, caller: Caller, plan: Plan, turn: &mut Turn<'_>) {
        if let Phase::Ended { end, .. } = turn.record.phase {
            return turn.out.answer(caller, Err(Failure::Ended(end)));
        }
        let before = turn.record.sweep.as_ref().map(|sweep| &sweep.plan);
        let is_known = before.map_or(plan.paths.is_empty(), |before| *before == plan);
        if !is_known {
            turn.record.sweep = Some(Sweep::begin(plan, turn.record.sweep.take(), turn.now));
            *self = Self::default();
            turn.out.note();
        }
        let planned = turn.record.sweep.as_ref().filter(|sweep| sweep.is_planned());
        turn.out.answer(caller, Ok(Outcome::Planned(planned.map(|sweep| sweep.next_at))));
    }

    /// Does the next thing that can be done.
    pub(super) fn go_on(&mut self, fresh: Freshness, bank: &Bank<'_>, turn: &mut Turn<'_>) -> Option<News> {
        let granted_at = turn.record.phase.grant()?.granted_at;
        let sweep = turn.record.sweep.as_mut().filter(|sweep| sweep.is_planned())?;
        if let Some(held) = self.held.as_mut().filter(|held| held.due <= turn.now) {
            held.due = overdue_at(&mut self.overdue_at, turn.now);
            turn.out.hand(held.swept.clone());
        }
        if let Some(asked) = self.asked.as_mut().filter(|asked| asked.overdue_at <= turn.now) {
            asked.overdue_at = overdue_at(&mut self.overdue_at, turn.now);
        }
        if self.held.is_some() || self.asked.is_some() {
            return None;
        }
        if sweep.next_at <= turn.now {
            sweep.begin_round(retry::spread(&turn.record.uuid, 0), fresh.unattended, turn.now);
            turn.out.note();
        }
        let todo = sweep.first(turn.now)?;
        let path = todo.path.clone();
        // Where each page counts, as many a day as may be asked lead to the end of a list, and anew from its beginning never.
        let goes_on = |walk: &&Walk| !fresh.unattended.pages_count_once || turn.now.abs_diff(walk.began_at) < WALK_MS;
        let walk = todo.walk.as_ref().filter(goes_on);
        let (is_page, whole) = match walk {
            Some(walk) => (true, walk.next.clone()),
            None => (false, first_page(sweep, &path, granted_at, (fresh.unattended, bank.parameters), turn.now)),
        };
        if !is_page {
            sweep.todo_mut(&path)?.walk = None;
        }
        sweep.asked = sweep.asked.wrapping_add(1);
        turn.out.note();
        let Ok(call) = ResourceCall::new(Method::Get, &whole, None, None) else {
            sweep.finish(&path, turn.now);
            return None;
        };
        let (number, at) = (sweep.asked, turn.now);
        let overdue_at = overdue_at(&mut self.overdue_at, at);
        self.asked = Some(Asked { number, path, whole, at, began_at: at, overdue_at });
        Some(News::SweepWants(Read::new(Reader::Sweep(number), call, turn.now).page(is_page)))
    }

    /// The bank answered the question, or did not.
    pub(super) fn heard(
        &mut self,
        number: u32,
        outcome: Result<Answer, Failure>,
        bank: &Bank<'_>,
        turn: &mut Turn<'_>,
    ) {
        let Some(asked) = self.asked.take_if(|asked| asked.number == number) else { return };
        let now = turn.now;
        let Some(sweep) = turn.record.sweep.as_mut() else { return };
        match outcome {
            Ok(answer) => return self.answered(asked, answer.body, bank, turn),
            Err(Failure::BudgetSpent { free_at, .. }) => {
                // After an outage a round that waited would do so each day from then on, path by path.
                let is_of_late = sweep.done_at.is_some_and(|at| now.abs_diff(at) < bank.window_ms);
                // What is of every account needs to know them.
                let is_needed = asked.path == ACCOUNTS
                    && sweep.accounts.is_empty()
                    && sweep.todo.iter().any(|todo| plan::is_of_every(&todo.path));
                let may_be_left = free_at > now + PATIENCE_MS && is_of_late && !is_needed;
                match sweep.todo_mut(&asked.path) {
                    // A walk that is under way goes on where it is.
                    Some(todo) if !may_be_left || todo.walk.is_some() => todo.not_before = free_at,
                    Some(_) | None => sweep.skip(&asked.path),
                }
            }
            // Its end is told by itself.
            Err(Failure::Ended(_) | Failure::NotFound | Failure::NotAuthorised) => return,
            Err(Failure::Refused(_) | Failure::PermissionMissing(_) | Failure::Input(_)) => {
                let is_page = sweep.todo_mut(&asked.path).and_then(|todo| todo.walk.take()).is_some();
                // Where it was a page that the bank no longer has, the list is walked through anew.
                if !is_page {
                    sweep.finish(&asked.path, now);
                }
            }
            Err(failure) => {
                let seed = &turn.record.uuid;
                if let Some(todo) = sweep.todo_mut(&asked.path) {
                    todo.failures = todo.failures.saturating_add(1);
                    let told = failure.retry_after().map_or(0, |seconds| u64::from(seconds) * 1000);
                    todo.not_before = now + wait_ms(FIRST_WAIT_MS, LONGEST_WAIT_MS, todo.failures, seed).max(told);
                }
            }
        }
        // What is of every account does not wait for the accounts where they are known.
        let waits = |todo: &Todo| todo.path == ACCOUNTS && todo.not_before > now;
        if asked.path == ACCOUNTS && !sweep.accounts.is_empty() && sweep.todo.iter().any(waits) {
            sweep.expand();
        }
        turn.out.note();
    }

    /// Hands on what the bank sent, and writes down how far that is once it was.
    fn answered(&mut self, asked: Asked, body: String, bank: &Bank<'_>, turn: &mut Turn<'_>) {
        let Turn { record, out, now } = turn;
        let Some(sweep) = record.sweep.as_mut() else { return };
        let Some(todo) = sweep.todo.iter().find(|todo| todo.path == asked.path) else { return };
        let page = todo.walk.as_ref().map_or(1, |walk| walk.pages + 1);
        let latest = todo.walk.as_ref().and_then(|walk| walk.latest);
        let latest = latest.max(has_history(&asked.path).then(|| page::latest(&body, Day::of(*now))).flatten());
        let next = page::next(&body, &asked.whole, bank.base).filter(|_| page < MOST_PAGES);
        if asked.path == ACCOUNTS {
            if page == 1 {
                sweep.accounts.clear();
            }
            sweep.accounts.extend(page::accounts(&body));
        }
        let is_wanted = sweep.plan.paths.contains(&asked.path) || asked.path != ACCOUNTS;
        let swept = Swept {
            number: asked.number,
            path: asked.path,
            page,
            is_last: next.is_none(),
            at: asked.at,
            uuid: record.uuid.clone(),
            application: record.application.clone(),
            customer: record.customer.clone(),
            views: sweep.plan.views,
            body: body.into(),
        };
        let due = overdue_at(&mut self.overdue_at, *now);
        let held = Held { swept, began_at: asked.began_at, next, latest, failures: 0, due };
        if is_wanted {
            out.hand(held.swept.clone());
            self.held = Some(held);
        } else {
            Self::delivered(held, turn);
        }
    }

    /// The host has it, or does not.
    pub(super) fn handed(&mut self, number: u32, is_taken: bool, turn: &mut Turn<'_>) {
        let Some(mut held) = self.held.take_if(|held| held.swept.number == number) else { return };
        if is_taken {
            return Self::delivered(held, turn);
        }
        held.failures = held.failures.saturating_add(1);
        held.due = turn.now + wait_ms(FIRST_HAND_MS, LONGEST_HAND_MS, held.failures, &turn.record.uuid);
        self.held = Some(held);
    }

    fn delivered(Held { swept, began_at, next, latest, .. }: Held, turn: &mut Turn<'_>) {
        let Some(sweep) = turn.record.sweep.as_mut() else { return };
        match next {
            Some(next) => {
                if let Some(todo) = sweep.todo_mut(&swept.path) {
                    let began_at = todo.walk.as_ref().map_or(began_at, |walk| walk.began_at);
                    todo.failures = 0;
                    todo.walk = Some(Walk { began_at, pages: swept.page, next, latest });
                }
            }
            None => {
                sweep.delivered(&swept.path, latest);
                sweep.finish(&swept.path, turn.now);
            }
        }
        turn.out.note();
    }

    /// The clock was set back: nothing waits until it has come up again.
    pub(super) fn clock_went_back(&mut self, readings: Unattended, turn: &mut Turn<'_>) {
        let now = turn.now;
        if let Some(held) = &mut self.held {
            held.due = retry::after_going_back(held.due, LONGEST_HAND_MS + LONGEST_HAND_MS / 2, now);
            held.began_at = LONG_AGO;
        }
        self.overdue_at = self.overdue_at.min(now + LATEST_OVERDUE_MS);
        if let Some(asked) = &mut self.asked {
            asked.overdue_at = asked.overdue_at.min(now + LATEST_OVERDUE_MS);
            asked.began_at = LONG_AGO;
        }
        if let Some(sweep) = &mut turn.record.sweep {
            sweep.next_at = sweep.next_at.min(now + readings.window_ms());
            for todo in &mut sweep.todo {
                todo.not_before = todo.not_before.min(now + readings.window_ms());
            }
        }
    }

    /// When there is something to do.
    pub(super) fn deadline(&self, record: &Record) -> Option<Wake> {
        record.phase.grant()?;
        let sweep = record.sweep.as_ref().filter(|sweep| sweep.is_planned())?;
        let at = match (&self.held, &self.asked) {
            (Some(held), _) => held.due,
            (None, Some(asked)) => asked.overdue_at,
            (None, None) => {
                let todo = sweep.todo.iter().filter(|todo| !plan::is_of_every(&todo.path)).map(|todo| todo.not_before);
                todo.min().unwrap_or(sweep.next_at).min(sweep.next_at)
            }
        };
        Some(Wake { at, reason: Reason::Sweep })
    }
}

/// When what begins now is looked after: with what began before, where that leaves it enough time.
fn overdue_at(last: &mut u64, now: u64) -> u64 {
    if *last < now + OVERDUE_MS {
        *last = now + LATEST_OVERDUE_MS;
    }
    *last
}

/// Path and query of a list's first page.
fn first_page(
    sweep: &Sweep,
    path: &str,
    granted_at: u64,
    (readings, parameters): (Unattended, &Parameters),
    now: u64,
) -> String {
    let from = if has_history(path) { sweep.from(path, granted_at, readings, now) } else { None };
    match from {
        Some(from) => [path, "?", parameters.from.as_str(), "=", &Day::hour(from)].concat(),
        None => path.to_owned(),
    }
}

/// The wait after so many failures: it doubles each time, up to the longest, and spreads over half as much again.
fn wait_ms(first: u64, longest: u64, failures: u8, seed: &str) -> u64 {
    let base = (first << failures.saturating_sub(1).min(12)).min(longest);
    base + retry::spread(seed, failures) % (base / 2)
}
