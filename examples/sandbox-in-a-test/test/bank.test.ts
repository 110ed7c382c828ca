import { type Sandbox, startSandbox } from 'tell-connect-sandbox';
import * as faults from 'tell-connect-sandbox/faults';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Bank } from '../src/bank.ts';

let gateway: Sandbox;
let bank: Bank;
beforeEach(async () => {
  gateway = await startSandbox({ strict: true });
  const setting = (name: string): string => gateway.env[`TELL_${name}`] ?? '';
  bank = new Bank({
    environment: 'sandbox',
    clientId: setting('CLIENT_ID'),
    clientSecret: setting('CLIENT_SECRET'),
    app: setting('APP'),
    certificate: setting('CERTIFICATE'),
    aspsp: setting('ASPSP'),
    authBaseUrl: setting('AUTH_BASE_URL'),
    resourceBaseUrl: setting('RESOURCE_BASE_URL'),
  });
});
afterEach(async () => {
  // Whatever was tested, no call has broken a rule of the bank's.
  expect(gateway.violations).toEqual([]);
  await gateway.stop();
});

/** From nothing to an access token. */
async function connected(): Promise<string> {
  const { location, uuid } = await bank.begin();
  const token = await bank.finish(await gateway.accept(location), uuid);
  return token ?? expect.unreachable('the customer accepted');
}

test('reads the accounts of a customer who accepts', async () => {
  expect(await bank.accounts(await connected())).toHaveLength(3);
});

test('gets no token of a customer who declines', async () => {
  const { location, uuid } = await bank.begin();
  expect(await bank.finish(await gateway.decline(location), uuid)).toBeUndefined();
});

test('reads once more when an answer is lost', async () => {
  const token = await connected();
  gateway.faults.next('resource', faults.lostAnswer());
  expect(await bank.accounts(token)).toHaveLength(3);
  expect(gateway.count('resource')).toBe(2);
});

test('fails when the token is an hour old', async () => {
  const token = await connected();
  gateway.clock.advance(3601);
  await expect(bank.accounts(token)).rejects.toThrow('The bank answered 401.');
});
