//! Virtual time: the true one, which the gateway and the wire have, and the machine's, which may be anything.

/// The clock. Milliseconds since 1970.
pub struct Clock {
    time: u64,
    ahead: u64,
    behind: u64,
    /// The true time at which a jump forward is undone, and by how much.
    pub detour: Option<(u64, u64)>,
}

impl Default for Clock {
    fn default() -> Self {
        Self { time: 1_800_000_000_000, ahead: 0, behind: 0, detour: None }
    }
}

impl Clock {
    /// A clock at so many minutes into its day.
    pub fn starting(minutes: u32) -> Self {
        Self { time: 1_800_057_600_000 + u64::from(minutes) * 60_000, ..Self::default() }
    }

    /// The true time.
    pub fn time(&self) -> u64 {
        self.time
    }

    /// The time that the machine is told.
    pub fn machine(&self) -> u64 {
        self.time + self.ahead - self.behind
    }

    /// When, as things stand, the machine's clock shows that time. Now, if it has shown it already.
    pub fn time_of(&self, machine: u64) -> u64 {
        (machine.saturating_add(self.behind)).saturating_sub(self.ahead).max(self.time)
    }

    /// Whether the machine's clock ever jumped back.
    pub fn went_back(&self) -> bool {
        self.behind > 0
    }

    /// Time passes.
    pub fn reach(&mut self, time: u64) {
        self.time = self.time.max(time);
    }

    /// The machine's clock jumps forward.
    pub fn jump_forward(&mut self, by: u64) {
        self.ahead += by;
    }

    /// The machine's clock jumps back.
    pub fn jump_back(&mut self, by: u64) {
        self.behind += by;
    }
}
