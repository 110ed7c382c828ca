// Bugs to plant where the bank is asked without the customer. `find` stands in its file exactly once; `also` are further
// changes that the same bug takes. They are to be caught by the lives of sweeps.

const budget = 'src/consent/budget.rs';
const machine = 'src/consent/machine.rs';
const page = 'src/consent/sweep/page.rs';
const plan = 'src/consent/sweep/plan.rs';
const probe = 'src/consent/probe.rs';
const reads = 'src/consent/reads.rs';
const sweep = 'src/consent/sweep.rs';
const unattended = 'src/profile/unattended.rs';

/** @type {{ name: string, file: string, find: string, replace: string, also?: { file: string, find: string, replace: string }[] }[]} */
export const ofSweeps = [
  // What counts, and for how long.
  {
    name: 'count a request as its answer comes',
    file: reads,
    find: 'record.budget.spend(&self.call, limit, readings, *now).map_err(|at| Failure::spent(at, *now))?;',
    replace: 'record.budget.clone().spend(&self.call, limit, readings, *now).map_err(|at| Failure::spent(at, *now))?;',
    also: [
      {
        file: reads,
        find: 'let (read, serial) = self.take(id)?;\n',
        replace: `let (read, serial) = self.take(id)?;
        if read.is_counted(turn.record.scope) {
            let _ = turn.record.budget.spend(&read.call, fresh.unattended.limit, fresh.unattended, turn.now);
            turn.out.note();
        }
`,
      },
    ],
  },
  {
    name: 'count without keeping it',
    file: reads,
    find: 'self.is_page = false;\n            out.note();',
    replace: 'self.is_page = false;',
  },
  {
    name: 'count by the days of a calendar',
    file: budget,
    find: 'self.prune(|at| now < at + window);',
    replace: 'self.prune(|at| now < at + window && now / 86_400_000 == at / 86_400_000);',
  },
  {
    name: 'count for 23 hours',
    file: unattended,
    find: 'u64::from(self.hours) * 60 * 60 * 1000 + ON_THE_WAY_MS',
    replace: '(u64::from(self.hours) - 1) * 60 * 60 * 1000 + ON_THE_WAY_MS',
  },
  {
    name: 'count for 24 hours, though the bank counts a request when it comes',
    file: unattended,
    find: 'u64::from(self.hours) * 60 * 60 * 1000 + ON_THE_WAY_MS',
    replace: 'u64::from(self.hours) * 60 * 60 * 1000',
  },
  {
    name: 'have a clock that is set back free a request',
    file: budget,
    find: 'self.behind_since.map_or(now, |since| self.clock + now.saturating_sub(since))',
    replace: 'now',
  },
  {
    name: 'do not keep that the clock is behind',
    file: machine,
    find: `                sweep.end_walks();
            }
            self.out.note();`,
    replace: `                sweep.end_walks();
            }`,
  },
  {
    name: 'count a further page like the first',
    file: reads,
    find: 'let continues = is_page && readings.pages_count_once',
    replace: 'let continues = false && is_page && readings.pages_count_once',
  },
  {
    name: 'count no page of a walk that is over',
    file: reads,
    find: ' && record.budget.has_walk(&self.call, readings, *now);',
    replace: ';',
    also: [
      {
        file: sweep,
        find: '!fresh.unattended.pages_count_once || turn.now.abs_diff(walk.began_at) < WALK_MS',
        replace: '!fresh.unattended.pages_count_once || turn.now.abs_diff(walk.began_at) < 24 * WALK_MS',
      },
    ],
  },
  {
    name: 'do not count the question whether the consent holds',
    file: probe,
    find: 'if turn.record.budget.spend(&call, readings.limit, readings, turn.now).is_err() {',
    replace: 'if turn.record.budget.clone().spend(&call, readings.limit, readings, turn.now).is_err() {',
  },
  {
    name: 'do not count a request that is made again with a new token',
    file: reads,
    find: 'if self.is_counted(record.scope) && !continues {',
    replace: 'if self.is_counted(record.scope) && !continues && self.attempts == 0 {',
  },
  {
    name: 'have sweeps take what is left to the host',
    file: reads,
    find: '{ readings.of_sweeps() } else { readings.limit }',
    replace: '{ readings.limit } else { readings.limit }',
  },
  {
    name: 'count by path where the bank counts by template',
    file: budget,
    find: `let window = readings.window_ms();
        self.prune`,
    replace: `let window = readings.window_ms();
        let readings = Unattended { endpoint: crate::profile::EndpointReading::Path, ..readings };
        self.prune`,
  },
  {
    name: 'tell one more as left than there is',
    file: budget,
    find: 'left: readings.limit.saturating_sub(count)',
    replace: 'left: (readings.limit + 1).saturating_sub(count)',
  },
  // How far a list was delivered.
  {
    name: 'move the watermark before the delivery',
    file: sweep,
    find: 'let is_wanted = sweep.plan.paths.contains',
    replace: `if next.is_none() {
            sweep.delivered(&asked.path, latest);
        }
        let is_wanted = sweep.plan.paths.contains`,
  },
  {
    name: 'move the watermark at the first page',
    file: sweep,
    find: 'if let Some(todo) = sweep.todo_mut(&swept.path) {\n                    let began_at',
    replace: 'sweep.delivered(&swept.path, latest);\n                if let Some(todo) = sweep.todo_mut(&swept.path) {\n                    let began_at',
  },
  {
    name: 'move the watermark to what is planned and not booked',
    file: page,
    find: 'days.filter(|day| *day <= today.after(1)).max()',
    replace: 'days.filter(|day| *day <= today.after(999)).max()',
  },
  {
    name: 'ask for no day again',
    file: plan,
    find: 'mark.latest.before(readings.sweep_overlap_days)',
    replace: 'mark.latest',
  },
  {
    name: 'take the first page for the whole list',
    file: sweep,
    find: '.filter(|_| page < MOST_PAGES);',
    replace: '.filter(|_| page < 1);',
  },
  {
    name: 'begin a list anew where each page counts',
    file: sweep,
    find: '!fresh.unattended.pages_count_once || ',
    replace: '',
  },
  {
    name: 'ask for more days than the bank gives',
    file: plan,
    find: 'DAY_MS) + NOT_REFUSED_MS;',
    replace: 'DAY_MS);',
  },
  {
    name: 'do not ask for the full history while the bank gives it',
    file: plan,
    find: 'if now < full_until {',
    replace: 'if now + 300_000 < full_until {',
  },
  {
    name: 'keep the watermark where more is wanted than before',
    file: plan,
    find: 'if sweep.plan.since >= before.plan.since {',
    replace: 'if sweep.plan.since >= before.plan.since || sweep.plan.since.is_none() {',
  },
  {
    name: 'read the accounts once',
    file: plan,
    find: `for todo in self.plan.round() {
            self.add(todo);
        }`,
    replace: `let is_known = !self.accounts.is_empty();
        for todo in self.plan.round() {
            if todo.path != ACCOUNTS || !is_known {
                self.add(todo);
            }
        }
        if is_known {
            self.expand();
        }`,
  },
  // What is handed on.
  {
    name: 'give up what the host does not take',
    file: sweep,
    find: `        if is_taken {
            return Self::delivered(held, turn);`,
    replace: `        if is_taken || held.failures > 2 {
            return Self::delivered(held, turn);`,
  },
  {
    name: 'use a number again after a crash',
    file: sweep,
    find: 'sweep.asked = sweep.asked.wrapping_add(1);\n        turn.out.note();',
    replace: 'sweep.asked = sweep.asked.wrapping_add(1);',
  },
  {
    name: 'use a number again under another plan',
    file: plan,
    find: 'sweep.asked = before.asked.wrapping_add(1);',
    replace: 'sweep.asked = 1;',
  },
  {
    name: 'take what a former plan asked for the answer to this one',
    file: sweep,
    find: 'self.asked.take_if(|asked| asked.number == number)',
    replace: 'self.asked.take_if(|_| number > 0)',
  },
  {
    name: 'hand on a number as it is best written',
    file: sweep,
    find: 'body: body.into(),',
    replace: 'body: body.replace("10.10", "10.1").into(),',
  },
  // When it is asked.
  {
    name: 'ask what a former plan wanted',
    file: reads,
    find: 'if matches!(read.reader, Reader::Sweep(number) if asked != Some(number)) {',
    replace: 'if matches!(read.reader, Reader::Sweep(number) if asked != Some(number) && number == 0) {',
  },
  {
    name: 'wake an ended consent for a sweep',
    file: machine,
    find: 'turn.record.sweep = None;',
    replace: '',
    also: [{ file: sweep, find: 'record.phase.grant()?;\n        let sweep = record.sweep.as_ref()', replace: 'let sweep = record.sweep.as_ref()' }],
  },
  {
    name: 'ask again at once what failed',
    file: sweep,
    find: 'todo.not_before = now + wait_ms(FIRST_WAIT_MS, LONGEST_WAIT_MS, todo.failures, seed).max(told);',
    replace: 'todo.not_before = now + wait_ms(FIRST_WAIT_MS, LONGEST_WAIT_MS, todo.failures, seed).max(told).min(1000);',
  },
  {
    name: 'hand on again and again',
    file: sweep,
    find: 'held.due = overdue_at(&mut self.overdue_at, turn.now);',
    replace: 'held.due = turn.now;',
  },
  {
    name: 'miss a round while another is due',
    file: plan,
    find: '(now.saturating_sub(offset) / gap + 1) * gap + offset',
    replace: '(now.saturating_sub(offset) / gap + 2) * gap + offset',
  },
  {
    name: 'tell that a plan is made before it is kept',
    file: sweep,
    find: `            *self = Self::default();
            turn.out.note();`,
    replace: '            *self = Self::default();',
  },
  {
    name: 'leave a walk where a page of it may not be asked for yet',
    file: sweep,
    find: 'if !may_be_left || todo.walk.is_some() =>',
    replace: 'if !may_be_left =>',
  },
];
