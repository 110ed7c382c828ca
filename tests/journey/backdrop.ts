/** The page as it is built, behind it an API and a bank that say what a test wants them to. */

import { readFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import type { Browser, BrowserContextOptions, Request, Route } from 'playwright-core';
import { AXE } from './accessible.ts';
import { Visitor } from './visitor.ts';

const DIST = resolve(import.meta.dirname, '../../www/dist');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

export const ADDRESS = 'http://page.localhost';
export const BANK = 'http://bank.localhost/authorise/1';

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  /** In place of the body, to the letter. */
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What is answered to a call, `POST /api/payment` say, with a query or without; without an answer the connection is lost. */
export type Script = Record<string, (body: unknown) => Reply | undefined | Promise<Reply>>;

export const problem = (status: number, code: string, more: object = {}): Reply =>
  ({ status, body: { status, code, title: code, ...more } });

/** The worker's answer where there is no consent or no payment, to a page that asks with `none=ok`. */
export const NONE: Reply = { status: 200, body: { state: 'none', environment: 'sandbox' } };

export class Backdrop {
  readonly visitor: Visitor;
  /** Each call of the API, oldest first. */
  readonly calls: string[] = [];
  readonly #script: Script;

  private constructor(visitor: Visitor, script: Script) {
    this.visitor = visitor;
    this.#script = script;
  }

  static async open(browser: Browser, script: Script, options: BrowserContextOptions = {}): Promise<Backdrop> {
    const visitor = await Visitor.arrive(browser, ADDRESS, options);
    const backdrop = new Backdrop(visitor, {
      'GET /api/consent': () => NONE,
      'GET /api/payment': () => NONE,
      'GET /api/journey': () => ({ status: 200, body: { steps: [] } }),
      ...script,
    });
    await visitor.context.addInitScript({ path: AXE });
    await visitor.context.route('**/*', (route) => backdrop.#answer(route));
    return backdrop;
  }

  count(call: string): number {
    return this.calls.filter((made) => made === call).length;
  }

  /** From now on a call is answered otherwise. */
  answer(call: string, reply: Script[string]): void {
    this.#script[call] = reply;
  }

  async #answer(route: Route): Promise<void> {
    const request = route.request();
    const { origin, pathname, search } = new URL(request.url());
    if (origin !== ADDRESS) {
      return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Bank</title><h1>The bank</h1>' });
    }
    if (!pathname.startsWith('/api/')) return route.fulfill(fileAt(pathname));
    return this.#api(route, request, { pathname, search });
  }

  async #api(route: Route, request: Request, { pathname, search }: { pathname: string; search: string }): Promise<void> {
    const call = `${request.method()} ${pathname}`;
    this.calls.push(call);
    const answer = this.#script[call + search] ?? this.#script[call];
    const reply = await answer?.(request.postData() === null ? undefined : request.postDataJSON());
    if (reply === undefined) return route.abort('connectionreset');
    const { status, body, text, headers = {} } = reply;
    const written = text ?? (body === undefined ? undefined : JSON.stringify(body));
    await route.fulfill({ status, headers, contentType: 'application/json', ...(written === undefined ? {} : { body: written }) });
  }
}

function fileAt(pathname: string): { status?: number; headers?: Record<string, string>; body?: Buffer } {
  const name = pathname === '/' ? 'index.html' : pathname.slice(1);
  const policy = /Content-Security-Policy: (.*)/.exec(readFileSync(join(DIST, '_headers'), 'utf8'))?.[1] ?? '';
  try {
    const headers = { 'content-type': TYPES[extname(name)] ?? 'text/plain', 'content-security-policy': policy };
    return { headers, body: readFileSync(join(DIST, name)) };
  } catch {
    const body = readFileSync(join(DIST, '404.html'));
    return { status: 404, headers: { 'content-type': TYPES['.html'] ?? '', 'content-security-policy': policy }, body };
  }
}
