/** The viewer's script: adds calls as they come, and copies a line. Everything it does has a way without it. */
export const VIEWER_SCRIPT = `'use strict';
const MOST = 200;
const TELL_MILLISECONDS = 3000;

function watch(log) {
  const summary = document.getElementById('summary');
  const pause = document.getElementById('pause');
  const search = new URLSearchParams(log.dataset.search);
  if (search.has('before') || !summary || !pause?.parentElement) return;
  let last = log.dataset.last ?? '0';
  let source = open();
  let counted = { all: 0, bad: 0 };
  let telling = false;
  pause.parentElement.hidden = false;

  pause.addEventListener('click', () => {
    const paused = pause.getAttribute('aria-pressed') !== 'true';
    pause.setAttribute('aria-pressed', String(paused));
    source.close();
    if (!paused) source = open();
    summary.textContent = paused ? 'Paused.' : 'New calls are shown as they come.';
  });

  function open() {
    search.set('after', last);
    const events = new EventSource('/__sandbox/events?' + search);
    events.addEventListener('call', (event) => {
      const entry = JSON.parse(event.data);
      last = event.lastEventId;
      const bad = entry.refusal !== null || entry.status === 0 || entry.status >= 500;
      log.prepend(itemOf(entry, bad));
      while (log.children.length > MOST) log.lastElementChild?.remove();
      counted.all += 1;
      if (bad) counted.bad += 1;
      if (!telling) setTimeout(tell, TELL_MILLISECONDS);
      telling = true;
    });
    return events;
  }

  const tell = () => {
    const { all, bad } = counted;
    const calls = all === 1 ? '1 new call' : all + ' new calls';
    summary.textContent = calls + (bad === 0 ? '.' : ', ' + bad + ' refused or failed.');
    counted = { all: 0, bad: 0 };
    telling = false;
  };
}

function itemOf(entry, bad) {
  const iso = new Date(entry.at).toISOString();
  const time = element('time', '', iso.slice(11, 19));
  time.setAttribute('datetime', iso);
  const link = element('a', '', '');
  link.setAttribute('href', '/viewer/' + entry.id);
  link.append(element('code', '', entry.method + ' ' + entry.target));
  const words = [
    entry.verdict, entry.milliseconds.toFixed(1) + ' ms', entry.app,
    entry.intentId && 'consent ' + entry.intentId.slice(0, 8),
  ].filter(Boolean).join(' \\u00b7 ');
  const item = element('li', bad ? 'bad' : '', '');
  const status = entry.status === 0 ? 'cut' : String(entry.status);
  item.append(time, link, element('span', 'status', status), element('span', 'words', words));
  return item;
}

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function copying(copy, text) {
  const copied = document.getElementById('copied');
  if (!copy.parentElement || !copied) return;
  copy.parentElement.hidden = false;
  copy.addEventListener('click', async () => {
    try {
      await navigator.clipboard.writeText(text);
      copied.textContent = 'Copied.';
    } catch {
      copied.textContent = 'The browser does not let the page copy; select the text.';
    }
  });
}

const log = document.getElementById('log');
if (log) watch(log);
const copy = document.getElementById('copy');
if (copy) copying(copy, document.getElementById('curl')?.textContent ?? '');
`;
