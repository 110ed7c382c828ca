// One payment from the command line, without a worker: each call is built and signed by Tpp, sent and kept here.
//
//   node --env-file=FILE pay.ts AMOUNT ORDER
//
// An order is paid at most once: before its payment leaves, a file says that it is about to.
import { once } from 'node:events';
import { mkdirSync, openSync, readFileSync, renameSync, writeFileSync, writeSync, fsyncSync, closeSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseRedirect } from 'tell-connect';
import { type SignedRequest, Tpp } from 'tell-connect/edge';

/** What the bank's answer says of a payment; its members are those of this bank. */
interface Told {
  PaymentId?: string;
  Status?: string;
}

/** What is kept of an order. */
interface Note {
  payment: string;
  state: 'about to submit' | 'submitted' | 'refused' | 'unknown';
  bank?: Told;
}

const FINAL = ['AcceptedSettlementCompleted', 'AcceptedCreditSettlementCompleted', 'Rejected', 'RJCT', 'BLCK'];
const DO_NOT = 'Do not pay again before you have looked at the bank account.';
const LOOKS = 20;
const GAP = 2000;

const [amount = '', order = ''] = process.argv.slice(2);
const folder = process.env['PAYMENTS'] ?? 'payments';
if (amount === '' || !/^[\w-]{1,64}$/.test(order)) {
  console.error('usage: node --env-file=FILE pay.ts AMOUNT ORDER, the order of letters, digits, - and _');
  process.exit(2);
}

const file = join(folder, `${order}.json`);
const say = (text: string): void => console.log(text);
const setting = (name: string): string => process.env[name] ?? '';

const payment = JSON.stringify({
  PaymentType: 'FasterPayment', BeneficiaryName: 'Kiln and Paper Ltd', SchemeName: 'SortCodeAccountNumber',
  BeneficiaryIdentification: '20000012345678', Amount: amount, Currency: 'GBP', Reference: order.slice(0, 18),
});

using tpp = new Tpp({
  environment: 'sandbox',
  clientId: setting('TELL_CLIENT_ID'),
  clientSecret: setting('TELL_CLIENT_SECRET'),
  app: setting('TELL_APP'),
  certificate: setting('TELL_CERTIFICATE'),
  aspsp: setting('TELL_ASPSP'),
  resourceBaseUrl: setting('TELL_RESOURCE_BASE_URL'),
  authBaseUrl: setting('TELL_AUTH_BASE_URL'),
});

const known = noteOf(file);
process.exitCode = known === undefined ? await pay() : tell(known);

async function pay(): Promise<number> {
  // What is wrong with the payment is thrown here, each fault with its member, before anybody is sent to the bank.
  tpp.payment({ accessToken: 'none-yet', payment });
  say('1. Asking the bank for an authorisation.');
  const { uuid, request } = tpp.authorise({ scope: 'pisp' });
  const asked = await send(request);
  const { intentId, location } = tpp.readAuthorise(asked.status, asked.body);

  const redirectUrl = new URL(setting('TELL_REDIRECT_URL'));
  say(`2. Open this and agree: ${location}`);
  const redirect = parseRedirect(await nextVisit(redirectUrl));
  // Whoever comes back has to be who was sent.
  if (redirect.uuid !== uuid || redirect.intentId !== intentId) throw new Error('This is another authorisation.');
  if (redirect.outcome === 'declined') {
    say('   Declined. Nothing was paid.');
    return 1;
  }

  say('3. Exchanging the code for a token.');
  const exchanged = await send(tpp.exchange(redirect.code));
  const { accessToken } = tpp.readToken(exchanged.status, exchanged.body, Math.floor(Date.now() / 1000));

  say(`4. Noting in ${file} that it is about to leave.`);
  noteFirst({ payment, state: 'about to submit' });
  say('5. Submitting the payment, once.');
  const answer = await send(tpp.payment({ accessToken, payment })).catch(() => undefined);
  const note = judged(answer);
  noteNext(note);
  const reference = note.bank?.PaymentId;
  if (note.state === 'submitted' && reference !== undefined) await follow(note, reference, accessToken);
  return tell(noteOf(file) ?? note);
}

/** What an answer means. Only the bank's own "no" is one: whatever else is lost or broken leaves it unknown (PAY-2). */
function judged(answer: Answer | undefined): Note {
  const bank = answer && told(answer.body);
  if (answer === undefined || bank === undefined) return { payment, state: 'unknown' };
  if (answer.status === 201) return { payment, state: 'submitted', bank };
  // A time-out, a conflict and a replay may be of the first sending; and whoever names a payment has made one.
  const isNo = answer.status >= 400 && answer.status < 500 && ![408, 409, 425].includes(answer.status);
  return { payment, state: isNo && bank.PaymentId === undefined ? 'refused' : 'unknown' };
}

/** Asks how far it is until that is final. */
async function follow(note: Note, reference: string, accessToken: string): Promise<void> {
  say(`6. Following it as ${reference}.`);
  for (let look = 0, status = note.bank?.Status; look < LOOKS; look += 1) {
    say(`   The bank says: ${status}`);
    if (FINAL.includes(status ?? '')) return;
    await sleep(GAP);
    const path = `/payments/${encodeURIComponent(reference)}`;
    const answer = await send(tpp.resource({ method: 'GET', path, accessToken })).catch(() => undefined);
    const bank = answer?.status === 200 ? told(answer.body) : undefined;
    status = bank?.Status ?? status;
    if (bank !== undefined) noteNext({ ...note, bank });
  }
}

/** Says how an order stands, and what its process ends with. */
function tell({ payment: noted, state, bank }: Note): number {
  if (noted !== payment) {
    say(`${order} is of another payment. Nothing was sent.`);
    return 1;
  }
  switch (state) {
    case 'submitted':
      say(`${order} was submitted, and is not sent again. The bank says: ${bank?.Status ?? 'nothing'}`);
      return 0;
    case 'refused':
      say(`${order} was refused by the bank. Nothing was paid; remove ${file} to try again.`);
      return 1;
    case 'about to submit':
    case 'unknown':
      say(`${order} may have been paid: the answer was lost. ${DO_NOT}`);
      return 3;
  }
}

interface Answer {
  status: number;
  body: string;
}

async function send(request: SignedRequest): Promise<Answer> {
  const answer = await fetch(request.url, { ...request, redirect: 'manual', signal: AbortSignal.timeout(30_000) });
  return { status: answer.status, body: await answer.text() };
}

/** Its JSON object, if it is one. */
function told(body: string): Told | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Waits for the bank to send the browser back; the address that it was sent to. */
async function nextVisit({ port, hostname, pathname, origin }: URL): Promise<string> {
  let url = '';
  const server = createServer((request, response) => {
    const isBack = request.method === 'GET' && request.url?.split('?')[0] === pathname;
    response.writeHead(isBack ? 200 : 404, { 'Content-Type': 'text/plain', Connection: 'close' });
    response.end(isBack ? 'Thank you. Go on in the terminal.\n' : '');
    if (!isBack) return;
    url = origin + request.url;
    server.close();
  });
  server.listen(Number(port), hostname);
  await once(server, 'close');
  return url;
}

function noteOf(from: string): Note | undefined {
  try {
    return JSON.parse(readFileSync(from, 'utf8')) as Note;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    // A note that was cut off is a note: the payment may have left.
    return { payment, state: 'unknown' };
  }
}

/** Durable once this is done. `wx` fails where there is a note: of two that run at once, one goes on. */
function noteFirst(note: Note): void {
  mkdirSync(folder, { recursive: true });
  const open = openSync(file, 'wx', 0o600);
  writeSync(open, JSON.stringify(note));
  fsyncSync(open);
  closeSync(open);
}

/** Whole, or not at all. */
function noteNext(note: Note): void {
  writeFileSync(`${file}.next`, JSON.stringify(note), { mode: 0o600 });
  renameSync(`${file}.next`, file);
}
