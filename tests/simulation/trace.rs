//! What happened in a life: always as a hash, and step by step when it is to be read.

use serde::Serialize;

/// Whose doing a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Who {
    /// The customer, or whoever else calls.
    Customer,
    /// The bank's gateway.
    Bank,
    /// The way between shell and gateway.
    Network,
    /// An alarm of the shell's.
    Alarm,
    /// The shell's clock.
    Clock,
    /// The shell itself: it dies, and starts again.
    Shell,
    /// A shard of the statistics.
    Statistics,
}

/// A command that was carried out.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Done {
    /// Its name.
    pub name: &'static str,
    /// What it is about.
    pub about: String,
}

/// How things stand after a step.
#[derive(Clone, Debug, Default, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct After {
    /// The consent's phase, as it is kept; `none` where nothing is.
    pub state: &'static str,
    /// Whether the shell runs, and has not died.
    pub runs: bool,
    /// The snapshot, where the step kept another.
    pub snapshot: Option<String>,
    /// Milliseconds until the alarm, by the machine's clock.
    #[cfg_attr(feature = "typescript", ts(type = "number | null"))]
    pub alarm: Option<i64>,
    /// Milliseconds that the machine's clock is ahead of the true time.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub ahead: i64,
    /// Requests that are under way.
    pub under_way: Vec<String>,
    /// How many callers wait.
    pub waiting: u32,
}

/// One step of a life.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub struct Step {
    /// Milliseconds since the life began.
    #[cfg_attr(feature = "typescript", ts(type = "number"))]
    pub at: u64,
    /// Whose doing it is.
    pub who: Who,
    /// What happened.
    pub what: String,
    /// What the machine had the shell do.
    pub commands: Vec<Done>,
    /// The faults that struck in it.
    pub faults: Vec<&'static str>,
    /// The rules that were looked at.
    pub rules: Vec<&'static str>,
    /// How things stood then.
    pub after: After,
}

/// The hash of all that happened, and its steps if they are wanted.
#[derive(Debug, Default)]
pub struct Trace {
    hash: u64,
    steps: Option<Vec<Step>>,
    since: u64,
    /// Nothing more happens in the last step.
    is_over: bool,
    snapshot: String,
}

impl Trace {
    /// A trace that can be read.
    pub fn readable() -> Self {
        Self { steps: Some(Vec::new()), ..Self::default() }
    }

    /// Two lives with the same hash did the same, to the byte.
    pub fn hash(&self) -> u64 {
        self.hash
    }

    /// The steps of a trace that can be read.
    pub fn steps(self) -> Vec<Step> {
        self.steps.unwrap_or_default()
    }

    /// Whether anybody will read it.
    pub fn is_read(&self) -> bool {
        self.steps.is_some()
    }

    /// Takes in a number.
    pub fn number(&mut self, number: u64) {
        self.hash = (self.hash.rotate_left(5) ^ number).wrapping_mul(0x517c_c1b7_2722_0a95);
    }

    /// Takes in a text.
    pub fn text(&mut self, text: &str) {
        let mut chunks = text.as_bytes().chunks_exact(8);
        for chunk in &mut chunks {
            self.number(chunk.try_into().map_or(0, u64::from_le_bytes));
        }
        for byte in chunks.remainder() {
            self.number(u64::from(*byte));
        }
        self.number(u64::try_from(text.len()).unwrap_or(0));
    }

    /// A step of a life that is told in lines alone.
    pub fn line(&mut self, at: u64, line: impl FnOnce() -> String) {
        if self.is_read() {
            self.begin(at, Who::Shell, line());
        }
    }

    /// A step begins, at a time in milliseconds since 1970.
    pub fn begin(&mut self, at: u64, who: Who, what: String) {
        let Some(steps) = &mut self.steps else { return };
        if steps.is_empty() {
            self.since = at;
        }
        let (commands, faults, rules) = (Vec::new(), Vec::new(), Vec::new());
        let at = at.saturating_sub(self.since);
        steps.push(Step { at, who, what, commands, faults, rules, after: After::default() });
        self.is_over = false;
    }

    /// A command is carried out.
    pub fn done(&mut self, done: impl FnOnce() -> Done) {
        if let Some(step) = self.last() {
            step.commands.push(done());
        }
    }

    /// A rule is looked at.
    pub fn looked_at(&mut self, rule: &'static str) {
        if let Some(step) = self.last()
            && !step.rules.contains(&rule)
        {
            step.rules.push(rule);
        }
    }

    /// The last step is over, if it was not before.
    pub fn end(&mut self, mut after: After, struck: &mut Vec<&'static str>) {
        if self.is_over {
            return;
        }
        self.is_over = true;
        if after.snapshot.as_ref() == Some(&self.snapshot) {
            after.snapshot = None;
        }
        if let Some(snapshot) = &after.snapshot {
            self.snapshot.clone_from(snapshot);
        }
        if let Some(step) = self.last() {
            step.faults.append(struck);
            step.after = after;
        }
    }

    fn last(&mut self) -> Option<&mut Step> {
        self.steps.as_mut()?.last_mut()
    }
}

impl Step {
    /// As lines of text, each with its time.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        let time = format!("{:>9}.{:03} s", self.at / 1000, self.at % 1000);
        let commands = self.commands.iter().map(|done| format!("    {} {}", done.name, done.about));
        std::iter::once(self.what.clone()).chain(commands).map(move |line| format!("{time}  {line}"))
    }
}
