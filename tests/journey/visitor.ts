/** A person with a browser: what they do on the page and at the bank, and what their browser complains of. */

import assert from 'node:assert/strict';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';

/** Chromium tells of each failed resource in its console; these are answers that a test has asked for. */
export interface Expected {
  readonly path: string;
  readonly status: number;
}

// A browser without a consent or a payment is told so with 404.
const NOT_THERE: readonly Expected[] = [{ path: '/api/consent', status: 404 }, { path: '/api/payment', status: 404 }];

export class Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly #address: string;
  readonly #complaints: Array<{ readonly text: string; readonly url: string }> = [];

  private constructor(context: BrowserContext, page: Page, address: string) {
    this.context = context;
    this.page = page;
    this.#address = address;
    context.on('weberror', (error) => this.#complaints.push({ text: String(error.error()), url: '' }));
    context.on('console', (message) => {
      if (!['error', 'warning'].includes(message.type())) return;
      this.#complaints.push({ text: message.text(), url: message.location().url });
    });
  }

  static async arrive(browser: Browser, address: string, options: BrowserContextOptions): Promise<Visitor> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    return new Visitor(context, await context.newPage(), address);
  }

  /** Opens the page and waits until it knows what to show. */
  async open(): Promise<void> {
    await this.page.goto(this.#address);
    await this.settled();
  }

  /** From the page to the bank's own page. */
  async leaveForTheBank(): Promise<void> {
    await this.part('connect').click();
    await this.page.waitForURL(/\/v1\/authorise\//);
  }

  /** Presses a button of the bank's page, and comes back. */
  async decide(decision: 'Accept' | 'Decline'): Promise<void> {
    await this.page.getByRole('button', { name: decision }).click();
    await this.page.waitForURL(`${this.#address}/**`);
    await this.settled();
  }

  async connect(): Promise<void> {
    await this.open();
    await this.leaveForTheBank();
    await this.decide('Accept');
    await this.outcome('connected');
  }

  /**
   * Accepts at the bank without coming back: the bank's redirect, for whoever follows it. The browser stays where it is
   * because that is what an answer without content means.
   */
  async acceptAndStay(): Promise<string> {
    let callback = '';
    await this.page.route(/\/v1\/authorise\//, async (route) => {
      const answer = await route.fetch({ maxRedirects: 0 });
      callback = answer.headers()['location'] ?? '';
      await route.fulfill({ status: 204 });
    });
    const answered = this.page.waitForResponse(/\/v1\/authorise\//);
    await this.page.getByRole('button', { name: 'Accept' }).click();
    await answered;
    await this.page.unrouteAll({ behavior: 'wait' });
    assert.ok(callback.startsWith(`${this.#address}/api/callback?`), callback);
    return callback;
  }

  /** A part of the page by its test id. */
  part(testId: string): Locator {
    return this.page.getByTestId(testId);
  }

  /** Waits for the page to tell an outcome, and gives its words. */
  async outcome(code: string): Promise<string> {
    const told = this.page.locator(`[data-testid="outcome"][data-code="${code}"]`);
    await told.waitFor();
    return told.innerText();
  }

  /** Waits until nothing on the page is being asked for. */
  async settled(): Promise<void> {
    await this.page.locator('main').waitFor();
    await this.page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
  }

  /** Asks the worker from within the page. */
  async ask(path: string): Promise<{ status: number; body: unknown }> {
    return this.page.evaluate(async (target) => {
      const answer = await fetch(target);
      return { status: answer.status, body: await answer.json() as unknown };
    }, path);
  }

  async consentState(): Promise<string> {
    const { status, body } = await this.ask('/api/consent');
    return status === 200 ? (body as { state: string }).state : (body as { code: string }).code;
  }

  /** The kinds of steps the worker shows of this browser's journey. */
  async steps(): Promise<string[]> {
    const { body } = await this.ask('/api/journey');
    return (body as { steps: Array<{ call: string }> }).steps.map(({ call }) => call);
  }

  /** No error in the console, which is where Chromium tells of violations of the CSP too. */
  assertQuiet(...expected: readonly Expected[]): void {
    const isExpected = ({ text, url }: { text: string; url: string }): boolean =>
      [...NOT_THERE, ...expected].some(({ path, status }) =>
        url === this.#address + path && text.includes(`responded with a status of ${status}`));
    assert.deepEqual(this.#complaints.filter((complaint) => !isExpected(complaint)), []);
  }
}
