import type { CallLog } from 'tell-connect/machine';
import { el } from '../dom.ts';
import { RULES, newTab } from './reason.ts';

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** Where the sandbox's own pages are; undefined for a gateway that has none, as the bank's own. */
export function sandboxOf(gateway: string | undefined): string | undefined {
  if (gateway === undefined || !URL.canParse(gateway)) return undefined;
  const { hostname, origin } = new URL(gateway);
  return LOOPBACK.test(hostname) ? origin : undefined;
}

/** What the gateway calls the authorisation, by the last answer that names it. */
export function intentOf(steps: CallLog['steps']): string | undefined {
  for (const { call, response } of steps.toReversed()) {
    if (call !== 'authorise' || response?.body === undefined) continue;
    const intent = (JSON.parse(response.body) as Record<string, unknown>)['intent-id'];
    if (typeof intent === 'string') return intent;
  }
  return undefined;
}

/** The ways on from the console: what to read, and where to turn the sandbox's clock and set its faults. */
export function linkList({ gateway, steps }: CallLog): HTMLElement {
  const link = (words: string, href: string): HTMLElement =>
    el('li', {}, el('a', { href, ...newTab }, words));
  const origin = sandboxOf(gateway);
  const intent = intentOf(steps);
  const query = (name: string): string => (intent === undefined ? '' : `?${name}=${encodeURIComponent(intent)}`);
  const sandbox = origin === undefined ? [] : [
    link('Turn the bank’s clock', `${origin}/control#clock`),
    link('Set a fault', `${origin}/control${query('consent')}#rule`),
    link('The bank’s side of it', `${origin}/viewer${query('intent')}`),
    link('Portal', `${origin}/portal`),
  ];
  return el('ul', { class: 'console-links' }, ...sandbox, link('Rules', RULES),
    link('This console', '/docs/console.html'), link('Read me', '/docs/readme.html'));
}
