/** A payment as a browser asks for it. */

import assert from 'node:assert/strict';
import { type Client, type Headers, outcome, type Reply } from './client.ts';
import type { World } from './world.ts';

export const PAYMENT = {
  PaymentType: 'FasterPayment',
  BeneficiaryName: 'Hazel Court Lettings',
  SchemeName: 'SortCodeAccountNumber',
  BeneficiaryIdentification: '20000012345678',
  Amount: '12.50',
  Currency: 'GBP',
  Reference: 'FLAT 7',
};

export type Payment = typeof PAYMENT;

export const payment = (amount: string): Payment => ({ ...PAYMENT, Amount: amount });

export interface Told {
  readonly state: string;
  readonly bankStatus?: string;
  readonly reference?: string;
  readonly payment?: unknown;
}

/** From nothing to a consent that can pay: the customer agreed at the bank. */
export async function agreed(world: World, asked: object = {}, client = world.worker.client()): Promise<Client> {
  const reply = await client.post('/api/authorise', { scope: 'pisp', ...asked });
  assert.equal(reply.status, 201, reply.text);
  const { location } = reply.json<{ location: string }>();
  assert.equal(outcome(client, await client.navigate(await world.gateway.accept(location))), 'connected');
  return client;
}

export function pay(client: Client, body: unknown, headers: Headers = {}): Promise<Reply> {
  return client.post('/api/payment', body, headers);
}

export async function status(client: Client): Promise<Told> {
  const reply = await client.get('/api/payment');
  assert.equal(reply.status, 200, reply.text);
  return reply.json<Told>();
}
