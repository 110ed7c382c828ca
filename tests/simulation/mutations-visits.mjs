// Bugs to plant where a browser's call concerns more than one consent. `find` stands in its file exactly once.

const visit = 'src/host/visit.rs';

/** @type {{ name: string, file: string, find: string, replace: string }[]} */
export const ofVisits = [
  {
    name: 'spend a code for a prefetch',
    file: visit,
    find: 'looks_ahead: knock.looks_ahead()',
    replace: 'looks_ahead: knock.looks_ahead() && url.is_empty()',
  },
  {
    name: 'tell a browser the failure that came last',
    file: visit,
    find: 'let worst = if worst == Code::RedirectMismatch { problem.code } else { worst };',
    replace: 'let worst = if worst == problem.code { worst } else { problem.code };',
  },
  {
    name: 'forget the former consent although no new one came',
    file: visit,
    find: '(Told::Failed { problem, retry_after }, _) => Step::Problem { problem, retry_after },',
    replace: `(Told::Failed { problem, retry_after }, Some(scope)) if sessions.has(scope) => {
                self.0 = State::Forgetting { then: Box::new(Step::Problem { problem, retry_after }) };
                Step::Ask { of: scope.into(), wish: Wish::Forget }
            }
            (Told::Failed { problem, retry_after }, _) => Step::Problem { problem, retry_after },`,
  },
  {
    name: 'leave the former consent about',
    file: visit,
    find: 'if !sessions.has(scope) {',
    replace: 'if sessions.has(scope) || !sessions.has(scope) {',
  },
];
