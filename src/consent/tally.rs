//! What is counted of a consent's calls, until a shard of the statistics has it (`STA-2`).
//!
//! A batch leaves at once where none is under way; what is counted meanwhile leaves with the next. One that its shard
//! does not take is kept in the record, and what comes after it too, until it is: under the same id each time, by which
//! the shard counts it once. So a process that is killed loses what two batches can hold back.

use super::{
    Answer, Counts, Loss, Reason, Record, SendId, Wake,
    figures::{Fate, Kind, scope_of},
    out::Out,
    retry,
};
use crate::{gateway::Call, wire::json::number};
use sha2::{Digest as _, Sha256};

/// The most days that wait in a record.
const MOST_DAYS: usize = 4;
/// A crash while a batch was under way that is kept is noticed this long after it left, in milliseconds.
const OVERDUE_MS: u64 = 60 * 1000;
/// So often a batch is handed on at once that there is no record to keep in.
const AT_ONCE: u8 = 3;

/// A batch under way. Chosen by the machine, unique since its start.
pub type CountId = u32;

/// What a batch is told by from all others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchId {
    /// The authorisation, by its digest.
    pub consent: u64,
    /// When the batch was made, in milliseconds since 1970.
    pub at: u64,
    /// Which of the machine's.
    pub serial: u64,
}

impl BatchId {
    /// As text.
    pub fn write(self) -> String {
        [self.consent, self.at, self.serial].map(number).join(".")
    }

    /// Reads that.
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('.').map(|part| part.parse().ok());
        let id = Self { consent: parts.next()??, at: parts.next()??, serial: parts.next()?? };
        parts.next().is_none().then_some(id)
    }
}

/// What a shard is to count, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Its id.
    pub id: BatchId,
    /// What was counted.
    pub counts: Counts,
}

/// What a record holds because its shard did not take it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Backlog {
    /// A batch that the shard may have taken.
    pub batch: Option<Batch>,
    /// What was counted since.
    pub more: Counts,
}

impl Backlog {
    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.batch.is_none() && self.more.is_empty()
    }
}

/// The calls under way, and what is counted of those that are not.
#[derive(Debug, Default)]
pub(super) struct Tally {
    is_on: bool,
    open: Vec<Open>,
    fresh: Counts,
    /// The last batch, until it was taken or is kept.
    batch: Option<Batch>,
    under_way: Option<CountId>,
    consent: Option<u64>,
    batches: u64,
    /// How often a batch was not taken since the last that was.
    failures: u8,
    due: Option<u64>,
    /// The record changed since it was last handed over to be kept.
    is_changed: bool,
}

#[derive(Debug)]
struct Open {
    id: SendId,
    kind: Kind,
    at: u64,
    /// The machine reads what comes.
    is_read: bool,
}

impl Tally {
    /// Counts, if it is on.
    pub(super) fn new(is_on: bool) -> Self {
        Self { is_on, ..Self::default() }
    }

    /// The gateway answered.
    pub(super) fn answered(&mut self, id: SendId, answer: &Answer, now: u64) {
        self.count(id, |is_read| Fate::of_answer(answer, is_read), now);
    }

    /// No answer came.
    pub(super) fn lost(&mut self, id: SendId, loss: Loss, now: u64) {
        self.count(id, |_| Fate::of_loss(loss), now);
    }

    fn count(&mut self, id: SendId, fate: impl FnOnce(bool) -> Fate, now: u64) {
        let Some(at) = self.open.iter().position(|open| open.id == id) else { return };
        let open = self.open.swap_remove(at);
        // A clock that was set back gives no time less than none.
        self.fresh.note(open.kind, open.at, now.saturating_sub(open.at), fate(open.is_read));
    }

    /// The shard took a batch, or did not.
    pub(super) fn counted(&mut self, id: CountId, is_taken: bool, record: Option<&mut Record>, now: u64) {
        if self.under_way != Some(id) {
            return;
        }
        self.under_way = None;
        let Some(batch) = self.batch.take() else { return };
        let kept = record.map(|record| &mut record.tally.batch);
        if is_taken {
            (self.failures, self.due) = (0, None);
            let is_kept = kept.and_then(|kept| kept.take_if(|kept| kept.id == batch.id));
            self.is_changed |= is_kept.is_some();
            return;
        }
        self.failures = self.failures.saturating_add(1);
        let seed = number(batch.id.consent);
        let wait = (8 * retry::backoff_ms(self.failures, &seed)).min(retry::LONGEST_WAIT_MS);
        match kept {
            Some(kept) => {
                self.due = Some(now + wait);
                self.is_changed |= kept.replace(batch).is_none();
            }
            None => {
                self.due = (self.failures >= AT_ONCE).then_some(now + wait);
                self.batch = Some(batch);
            }
        }
    }

    /// Notes what leaves, and hands on what was counted. Whether the record changed.
    pub(super) fn go_on(&mut self, mut record: Option<&mut Record>, out: &mut Out, now: u64) -> bool {
        if !self.is_on {
            return false;
        }
        for (id, call) in out.sends() {
            self.open.push(Open {
                id,
                kind: Kind::of(call, scope_of(record.as_deref())),
                at: now,
                is_read: !matches!(call, Call::Resource(..) | Call::Own(..)),
            });
            if let (None, Call::Authorise { uuid, .. }) = (&self.consent, call) {
                self.consent = Some(digest(uuid.as_str()));
            }
        }
        if let (None, Some(record)) = (&self.consent, &record) {
            self.consent = Some(digest(&record.uuid));
        }
        if let (Some(record), Some(batch)) = (&mut record, &self.batch)
            && record.tally.batch.is_none()
            && self.failures > 0
        {
            // It was not taken before there was a record.
            record.tally.batch = Some(batch.clone());
            self.due = self.due.or(Some(now + OVERDUE_MS));
            self.is_changed = true;
        }
        let backlog = record.map(|record| &mut record.tally).filter(|backlog| !backlog.is_empty());
        // One that is kept has a time; by then it is handed on again, even where nothing was heard of it.
        let is_free = self.due.map_or(self.under_way.is_none(), |due| due <= now);
        match backlog {
            Some(backlog) => {
                if !self.fresh.is_empty() {
                    backlog.more.merge(&std::mem::take(&mut self.fresh));
                    backlog.more.bound(MOST_DAYS);
                    self.is_changed = true;
                }
                if is_free {
                    self.is_changed |= backlog.batch.is_none();
                    let batch = backlog.batch.get_or_insert_with(|| self.pack(&mut backlog.more, now));
                    self.hand_on(batch.clone(), out);
                    self.due = Some(now + OVERDUE_MS);
                }
            }
            None if is_free => {
                if let Some(batch) = self.batch.take() {
                    self.hand_on(batch, out);
                } else if !self.fresh.is_empty() {
                    let mut fresh = std::mem::take(&mut self.fresh);
                    let batch = self.pack(&mut fresh, now);
                    self.hand_on(batch, out);
                }
            }
            None => {}
        }
        std::mem::take(&mut self.is_changed)
    }

    fn pack(&mut self, counts: &mut Counts, now: u64) -> Batch {
        self.batches = self.batches.wrapping_add(1);
        let id = BatchId { consent: self.consent.unwrap_or_default(), at: now, serial: self.batches };
        Batch { id, counts: std::mem::take(counts) }
    }

    fn hand_on(&mut self, batch: Batch, out: &mut Out) {
        // None after one from before a crash has its id, however little time has passed.
        self.batches = self.batches.max(batch.id.serial);
        self.under_way = Some(out.count(batch.clone()));
        self.due = None;
        self.batch = Some(batch);
    }

    /// The clock was set back: nothing waits until it has come up again.
    pub(super) fn clock_went_back(&mut self, now: u64) {
        self.due = self.due.map(|due| retry::after_going_back(due, retry::LONGEST_WAIT_MS, now));
    }

    /// When what is kept is handed on again. Without a record whatever happens next does that.
    pub(super) fn deadline(&self, record: Option<&Record>) -> Option<Wake> {
        let is_kept = record.is_some_and(|record| !record.tally.is_empty());
        self.due.filter(|_| is_kept).map(|at| Wake { at, reason: Reason::Delivery })
    }
}

/// What stands for an authorisation in a batch's id. Its UUID cannot be told from it.
fn digest(uuid: &str) -> u64 {
    let digest: [u8; 32] = Sha256::digest(uuid.to_ascii_lowercase()).into();
    digest.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}
