/** Somebody who pays on the page: what they write and press, and what the API may say of it. */

import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { ADDRESS, BANK, Backdrop, type Reply, type Script } from './backdrop.ts';
import type { Visitor } from './visitor.ts';

export const PAYMENT = {
  PaymentType: 'FasterPayment', BeneficiaryName: 'Ada Example', SchemeName: 'SortCodeAccountNumber',
  BeneficiaryIdentification: '04000412345678', Amount: '1250.00', Currency: 'GBP', Reference: 'Invoice 17',
};
export const REFERENCE = 'a2c4e6f8-1b3d-4f5a-8c7e-9d0b1a2c3e4f';
export const PAY = 'POST /api/payment';
export const ASK = 'GET /api/payment';
export const AUTHORISE = 'POST /api/authorise';

export const said = (state: string, more: object = {}) => (): Reply =>
  ({ status: 200, body: { state, reference: REFERENCE, payment: PAYMENT, ...more } });
export const toBank = (): Reply => ({ status: 201, body: { uuid: 'x', location: BANK, expiresAt: '' } });

export async function write(page: Page, amount = '1,250'): Promise<void> {
  await page.getByLabel('Name of the payee').fill('Ada Example');
  await page.getByLabel('Sort code', { exact: true }).fill('04-00-04');
  await page.getByLabel('Account number', { exact: true }).fill('1234 5678');
  await page.getByLabel('Amount in pounds').fill(amount);
  await page.getByLabel('Reference').fill('Invoice 17');
}

/** From the form to the check. */
export async function check(visitor: Visitor): Promise<void> {
  await visitor.part('payment-review').click();
  await visitor.part('payment-check').waitFor();
}

/** From the check to the bank's own page. */
export async function goToBank(visitor: Visitor, bank: string | RegExp = BANK): Promise<void> {
  await visitor.part('payment-continue').click();
  await visitor.page.waitForURL(bank);
}

/** What the page shows of a payment in one of these states. */
export function status({ page }: Visitor, ...states: string[]): Locator {
  return page.locator(states.map((state) => `[data-testid="payment-status"][data-state="${state}"]`).join());
}

/** The view of payments before an API of the test's: its form, where the API knows of no payment. */
export async function atPayments(
  browser: Browser, script: Script = {}, options: BrowserContextOptions = {},
): Promise<Backdrop> {
  const backdrop = await Backdrop.open(browser, { [AUTHORISE]: toBank, ...script }, options);
  await arrive(backdrop.visitor, '#pay');
  return backdrop;
}

/** Comes to the page from somewhere else, as from the bank. */
export async function arrive(visitor: Visitor, hash: string): Promise<void> {
  await visitor.page.goto(BANK);
  await visitor.page.goto(`${ADDRESS}/${hash}`);
  await visitor.settled();
}
