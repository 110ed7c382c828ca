/** The example of a payment without a worker: run against the sandbox, and read as a person would. */

import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { ASPSP, type Sandbox, startSandbox } from 'tell-connect-sandbox/node';
import { freePort } from '../rig/port.ts';
import { until } from '../rig/until.ts';

const EXAMPLE = resolve(import.meta.dirname, '../../examples/edge-payment/pay.ts');
const CERTIFICATE = '-----BEGIN CERTIFICATE-----\nVGhpc0lzTm9SZWFsQ2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n';
const LATE = 30_000;

const folder = mkdtempSync(join(tmpdir(), 'tell-edge-'));
let bank: Sandbox;
let settings: Record<string, string>;
before(async () => {
  const redirectUrl = `http://localhost:${await freePort()}/api/callback`;
  const application = { app: 'app-1', certificate: CERTIFICATE, redirectUrl };
  const client = { clientId: 'client', clientSecret: 'secret' };
  const bases = { auth: '/v1', resource: '/bank/v3' };
  bank = await startSandbox({ ...client, applications: [application], strict: true, bases });
  settings = {
    TELL_CLIENT_ID: client.clientId, TELL_CLIENT_SECRET: client.clientSecret, TELL_APP: application.app,
    TELL_CERTIFICATE: CERTIFICATE, TELL_ASPSP: ASPSP, TELL_REDIRECT_URL: redirectUrl,
    TELL_AUTH_BASE_URL: bank.authBase, TELL_RESOURCE_BASE_URL: bank.resourceBase, PAYMENTS: folder,
  };
});
after(async () => {
  await bank?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** One run of the program. */
class Run {
  said = '';
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown[]>;

  constructor(...args: string[]) {
    const env = { ...process.env, ...settings };
    this.#child = spawn(process.execPath, [EXAMPLE, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#ended = once(this.#child, 'close');
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (chunk: Buffer) => { this.said += chunk.toString(); });
    }
  }

  says(words: RegExp): Promise<void> {
    return until(() => words.test(this.said), LATE, `${words} of ${this.said}`);
  }

  /** Goes to the bank and back, as the program asks. */
  async agree(decision: 'accept' | 'decline' = 'accept'): Promise<void> {
    await this.says(/agree: http\S+\s/);
    const [, location = ''] = /agree: (http\S+)/.exec(this.said) ?? [];
    // It listens from the moment at which it says so, or just after.
    const back = await bank[decision](location);
    await until(() => fetch(back).then(({ ok }) => ok, () => false), LATE, 'the way back');
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  /** What it ended with. */
  async ended(): Promise<unknown> {
    const [code] = await this.#ended;
    return code;
  }
}

const made = (): number => bank.payments.length;

test('PAY-3: it pays step by step, follows the payment to its end, and a second run pays nothing', async () => {
  const run = new Run('10.00', 'order-1');
  await run.agree();
  await run.says(/The bank says: AcceptedSettlementInProcess/);
  bank.clock.advance(11);
  assert.equal(await run.ended(), 0, run.said);
  for (const step of [1, 2, 3, 4, 5, 6]) assert.match(run.said, new RegExp(`^${step}\\. `, 'm'));
  assert.match(run.said, /order-1 was submitted, and is not sent again\. .* AcceptedSettlementCompleted\n$/);
  assert.equal(made(), 1);

  const sent = bank.requests.length;
  const again = new Run('10.00', 'order-1');
  assert.equal(await again.ended(), 0);
  assert.match(again.said, /^order-1 was submitted, and is not sent again/);
  const other = new Run('11.00', 'order-1');
  assert.equal(await other.ended(), 1);
  assert.match(other.said, /of another payment/);
  assert.equal(bank.requests.length, sent);
});

test('PAY-2: an answer that is lost is told as such, and a second run sends nothing', async () => {
  for (const amount of ['1.07', '1.09', '1.10']) {
    const [before, order] = [made(), `order-${amount.replace('.', '-')}`];
    const run = new Run(amount, order);
    await run.agree();
    for (const told of [run, new Run(amount, order)]) {
      assert.equal(await told.ended(), 3, told.said);
      assert.match(told.said, /may have been paid.*Do not pay again before you have looked/);
    }
    assert.equal(made(), before + 1);
  }
});

test('PAY-2: killed at the moment at which the payment leaves, it never sends it again', async () => {
  const before = made();
  const run = new Run('12.00', 'order-killed');
  await run.agree();
  await until(() => made() > before, LATE, 'the payment');
  run.kill();
  await run.ended();
  // However far it had come after that.
  const file = join(folder, 'order-killed.json');
  const note = JSON.parse(readFileSync(file, 'utf8')) as { payment: string };
  for (const [kept, code] of [[JSON.stringify({ ...note, state: 'about to submit' }), 3], ['{"payme', 3]] as const) {
    writeFileSync(file, kept);
    const again = new Run('12.00', 'order-killed');
    assert.equal(await again.ended(), code, again.said);
    assert.match(again.said, /Do not pay again/);
  }
  assert.equal(made(), before + 1);
});

test('PAY-1, PAY-3: what the bank or the customer refuses, and what is wrong, is told and not paid', async () => {
  const before = made();
  const refused = new Run('1.06', 'order-refused');
  await refused.agree();
  assert.equal(await refused.ended(), 1, refused.said);
  assert.match(refused.said, /was refused by the bank/);
  const declined = new Run('10.00', 'order-declined');
  await declined.agree('decline');
  assert.equal(await declined.ended(), 1, declined.said);
  const sent = bank.requests.length;
  const wrong = new Run('10.999', 'order-wrong');
  assert.notEqual(await wrong.ended(), 0);
  assert.match(wrong.said, /payment_invalid/);
  assert.equal(await new Run('10.00', '../order').ended(), 2);
  assert.equal(bank.requests.length, sent);
  assert.equal(made(), before);
});

test('JWS-3: none of that broke a rule of the bank\'s', () => {
  assert.deepEqual(bank.violations.map(({ rule, message }) => `${rule}: ${message}`), []);
});
