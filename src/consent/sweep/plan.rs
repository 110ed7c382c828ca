//! What a host wants to know without the customer, and how far that is: the part of the record that is a sweep's.

use super::super::Day;
use crate::{
    Error,
    gateway::{Method, ResourceCall},
    profile::Unattended,
};

/// Paths of one plan at most.
const MOST_PATHS: usize = 16;
/// The longest path, in bytes.
const LONGEST_PATH: usize = 256;
/// By so many milliseconds a day's rounds come later than those of the day before: a request that was a little late is
/// then no longer counted when the same round's next one is to go, which would have to wait for it, path by path.
const LATER_MS: u64 = 5 * 60 * 1000;
/// Stands in a path for each account at hand.
const EVERY: &str = "*";
/// Where the accounts are.
pub(super) const ACCOUNTS: &str = "/accounts";
/// When a walk began of which, by a clock that was set back since, nobody knows how long it has gone on.
pub(super) const LONG_AGO: u64 = 0;
const DAY_MS: u64 = 24 * 60 * 60 * 1000;
/// Milliseconds of a bank's history that are not asked for, lest it be older as the question comes.
const NOT_REFUSED_MS: u64 = 2 * 60 * 60 * 1000;
/// The resource that has a history.
const WITH_HISTORY: &str = "/transactions";

/// What a host asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Paths, of which one segment may stand for every account: `/accounts/*/transactions`. None of them: no sweeps.
    pub paths: Vec<String>,
    /// How often in the time in which requests are counted.
    pub times: u32,
    /// The first day that is wanted.
    pub since: Option<Day>,
    /// Whether the typed views are wanted beside the bank's texts.
    pub views: bool,
}

impl Plan {
    /// Checks a plan.
    ///
    /// # Errors
    /// [`Error::Path`] for a path that cannot be asked for; [`Error::Option`] with `paths` for too many or one twice,
    /// `times` for more than sweeps may, or none.
    pub fn new(
        paths: Vec<String>,
        times: Option<u32>,
        since: Option<Day>,
        readings: Unattended,
    ) -> Result<Self, Error> {
        let most = readings.of_sweeps();
        let times = times.unwrap_or(most);
        if times == 0 || times > most {
            return Err(Error::Option("times"));
        }
        let is_twice = paths.iter().enumerate().any(|(at, path)| paths.iter().take(at).any(|other| other == path));
        if paths.len() > MOST_PATHS || is_twice {
            return Err(Error::Option("paths"));
        }
        for path in &paths {
            let one = for_account(path, "1");
            if path.len() > LONGEST_PATH || one.contains(['*', '?']) {
                return Err(Error::Path(
                    "A path of a plan has no query, 256 bytes at most, and one * for the accounts.",
                ));
            }
            ResourceCall::new(Method::Get, &one, None, None)?;
        }
        Ok(Self { paths, times, since, views: false })
    }

    /// Whether it needs to know which accounts there are.
    fn needs_accounts(&self) -> bool {
        self.paths.iter().any(|path| is_of_every(path))
    }

    /// The paths of one round, in order: the accounts first, where they are needed.
    pub(super) fn round(&self) -> Vec<Todo> {
        let accounts = self.needs_accounts().then_some(ACCOUNTS);
        let others = self.paths.iter().map(String::as_str).filter(|path| accounts != Some(*path));
        accounts.into_iter().chain(others).map(|path| Todo::new(path.to_owned())).collect()
    }

    /// Milliseconds from one round to the next.
    fn gap_ms(&self, readings: Unattended) -> u64 {
        (readings.window_ms() + LATER_MS) / u64::from(self.times.max(1))
    }

    /// When the next round begins after `now`: at one of the day's `times`, of which each consent has its own by its
    /// digest, so that a million of them do not wake at once.
    pub(in crate::consent) fn next_round(&self, seed: u64, readings: Unattended, now: u64) -> u64 {
        let gap = self.gap_ms(readings);
        let offset = seed % gap;
        (now.saturating_sub(offset) / gap + 1) * gap + offset
    }
}

/// Whether a path is of every account.
pub(super) fn is_of_every(path: &str) -> bool {
    path.split('/').any(|segment| segment == EVERY)
}

/// The path of one account.
pub(super) fn for_account(path: &str, account: &str) -> String {
    let segments: Vec<&str> = path.split('/').map(|segment| if segment == EVERY { account } else { segment }).collect();
    segments.join("/")
}

/// Whether a list goes back in time, so that it need not be read whole each time.
pub(super) fn has_history(path: &str) -> bool {
    path.ends_with(WITH_HISTORY)
}

/// A plan that is carried out, and how far that is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sweep {
    /// What is wanted.
    pub plan: Plan,
    /// When the next round begins, in milliseconds since 1970.
    pub next_at: u64,
    /// What of the present one is still to be done.
    pub todo: Vec<Todo>,
    /// The accounts, as they were last told.
    pub accounts: Vec<String>,
    /// How far each list with a history was delivered.
    pub marks: Vec<Mark>,
    /// The number of the last question.
    pub asked: u32,
    /// When a round was last done, in milliseconds since 1970.
    pub done_at: Option<u64>,
}

/// One list that is still to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Todo {
    /// Its path.
    pub path: String,
    /// Not before, in milliseconds since 1970.
    pub not_before: u64,
    /// How often it failed.
    pub failures: u8,
    /// The walk through it, once its first page was delivered.
    pub walk: Option<Walk>,
}

impl Todo {
    /// Nothing of it was done.
    pub(super) fn new(path: String) -> Self {
        Self { path, not_before: 0, failures: 0, walk: None }
    }
}

/// How far a walk through a list's pages is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// When it began, in milliseconds since 1970.
    pub began_at: u64,
    /// Pages that were delivered.
    pub pages: u32,
    /// Path and query of the next one.
    pub next: String,
    /// The latest day on which something was booked in those.
    pub latest: Option<Day>,
}

/// How far a list was delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its path.
    pub path: String,
    /// The latest day on which something was booked in it.
    pub latest: Day,
}

impl Sweep {
    /// A plan of which nothing was done: its first round begins at once. What was delivered under the one before stays,
    /// unless more is wanted now than was then.
    pub(super) fn begin(plan: Plan, before: Option<Self>, now: u64) -> Self {
        let mut sweep = Self { plan, next_at: now, ..Self::default() };
        if let Some(before) = before {
            if sweep.plan.since >= before.plan.since {
                sweep.marks = before.marks;
            }
            sweep.accounts = before.accounts;
            // No question's of before.
            sweep.asked = before.asked.wrapping_add(1);
        }
        sweep
    }

    /// Whether anything is wanted. What was delivered is known even where nothing is: no number is used again.
    pub(super) fn is_planned(&self) -> bool {
        !self.plan.paths.is_empty()
    }

    /// The clock was set back, and may have come up again since.
    pub(in crate::consent) fn end_walks(&mut self) {
        for walk in self.todo.iter_mut().filter_map(|todo| todo.walk.as_mut()) {
            walk.began_at = LONG_AGO;
        }
    }

    /// Begins a round; what is left of the last one comes first.
    pub(super) fn begin_round(&mut self, seed: u64, readings: Unattended, now: u64) {
        let is_first = self.done_at.is_none() && self.todo.is_empty();
        // Sooner after the first, which began at any time, one of the day's rounds would be too many each day.
        let after = if is_first { now + self.plan.gap_ms(readings) - 1 } else { now };
        self.next_at = self.plan.next_round(seed, readings, after);
        for todo in self.plan.round() {
            self.add(todo);
        }
    }

    /// Puts the accounts in place of whatever stands for them, in what is still to be done.
    pub(super) fn expand(&mut self) {
        let accounts = self.accounts.clone();
        for todo in std::mem::take(&mut self.todo) {
            if !is_of_every(&todo.path) {
                self.add(todo);
                continue;
            }
            for account in &accounts {
                self.add(Todo::new(for_account(&todo.path, account)));
            }
        }
    }

    fn add(&mut self, todo: Todo) {
        if !self.todo.iter().any(|other| other.path == todo.path) {
            self.todo.push(todo);
        }
    }

    /// What can be done now.
    pub(super) fn first(&self, now: u64) -> Option<&Todo> {
        self.todo.iter().find(|todo| todo.not_before <= now && !is_of_every(&todo.path))
    }

    /// What is still to be done at a path.
    pub(super) fn todo_mut(&mut self, path: &str) -> Option<&mut Todo> {
        self.todo.iter_mut().find(|todo| todo.path == path)
    }

    /// A path is done, or is not to be asked again in this round.
    pub(super) fn finish(&mut self, path: &str, now: u64) {
        self.skip(path);
        if self.todo.is_empty() {
            self.done_at = Some(now);
        }
    }

    /// A path is left to the next round.
    pub(super) fn skip(&mut self, path: &str) {
        self.todo.retain(|todo| todo.path != path);
        if path == ACCOUNTS {
            self.expand();
        }
    }

    /// From when on to ask a list that has a history, in milliseconds since 1970; `None` for all that there is.
    pub(super) fn from(&self, path: &str, granted_at: u64, readings: Unattended, now: u64) -> Option<u64> {
        let mark = self.marks.iter().find(|mark| mark.path == path);
        let wanted = mark.map(|mark| mark.latest.before(readings.sweep_overlap_days)).or(self.plan.since);
        let wanted = wanted.map(Day::begins_at);
        let full_until = granted_at + u64::from(readings.full_history_minutes) * 60 * 1000;
        if now < full_until {
            return wanted;
        }
        // Beyond what it gives by then, to the second, a bank refuses to answer at all.
        let earliest = now.saturating_sub(u64::from(readings.history_days) * DAY_MS) + NOT_REFUSED_MS;
        Some(wanted.map_or(earliest, |wanted| wanted.max(earliest)))
    }

    /// A list was delivered to its end.
    pub(super) fn delivered(&mut self, path: &str, latest: Option<Day>) {
        let Some(latest) = latest else { return };
        match self.marks.iter_mut().find(|mark| mark.path == path) {
            Some(mark) => mark.latest = latest.max(mark.latest),
            None => self.marks.push(Mark { path: path.to_owned(), latest }),
        }
    }
}
