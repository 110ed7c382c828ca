// Bugs to plant in what a browser's call does. `find` stands in its file exactly once.

const visit = 'src/host/visit.rs';
const knock = 'src/host/knock.rs';
const start = 'src/consent/start.rs';

/** @type {{ name: string, file: string, find: string, replace: string }[]} */
export const ofVisits = [
  {
    name: 'spend a code for a prefetch',
    file: knock,
    find: '["prefetch", "prerender", "preview"]',
    replace: '["preview"]',
  },
  {
    name: 'spend a code for a preview',
    file: knock,
    find: '["prefetch", "prerender", "preview"]',
    replace: '["prefetch", "prerender"]',
  },
  {
    name: 'spend a code for an image',
    file: knock,
    find: 'is_some_and(|destination| destination != "document")',
    replace: 'is_some_and(|destination| destination == "iframe")',
  },
  {
    name: 'forget the former consent when the new one is asked for',
    file: visit,
    find: 'Heard::Requested { uuid } => self.changed(scope).ask(id, uuid, now),',
    replace: `Heard::Requested { uuid } => {
                self.changed(scope).ask(id, uuid, now);
                return self.connected(scope, &id, told(heard, false));
            }`,
  },
  {
    name: 'forget the former consent when the new one is declined',
    file: visit,
    find: `                self.changed(scope).returned(id);
                to_page("declined")`,
    replace: `                self.connected(scope, id, to_page("declined"))`,
  },
  {
    name: 'forget the former consent when the exchange of the code fails',
    file: visit,
    find: `                if took {
                    self.changed(scope).returned(id);
                }
                to_page_with(code)`,
    replace: `                if took {
                    return self.connected(scope, id, to_page_with(code));
                }
                to_page_with(code)`,
  },
  {
    name: 'leave the former consent about',
    file: visit,
    find: 'Some(former) => self.ask(&former, Asking::Replaced, State::Replacing { then }),',
    replace: 'Some(_) => then,',
  },
  {
    name: 'give the consent to whoever knows its uuid',
    file: visit,
    find: 'Heard::Connected { took: false } => to_page("connected"),',
    replace: 'Heard::Connected { took: false } => self.connected(scope, id, to_page("connected")),',
  },
  {
    name: 'take any code for the one that was taken',
    file: start,
    find: 'code.is_some() && code == record.code_digest',
    replace: 'code.is_some()',
  },
];
