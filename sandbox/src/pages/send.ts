import type { Call } from '../context.ts';
import type { Markup } from './layout.ts';

export interface PageOptions {
  status?: 200 | 201 | 400 | 404 | 409 | 413 | 415;
  /** Where the answer to a form on this page may redirect to. */
  formTarget?: URL;
  /** Whether a script of the gateway's own runs on it, which asks the gateway alone. */
  hasScript?: boolean;
}

export async function sendPage(call: Call, page: Markup, options: PageOptions = {}): Promise<Response> {
  const { status = 200, formTarget, hasScript = false } = options;
  return call.html(await page, status, {
    'content-security-policy': policy(formTarget, hasScript),
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
  });
}

/** Chromium holds `form-action` against the redirect after a form too, so the application's origin must be in it. */
function policy(formTarget: URL | undefined, hasScript: boolean): string {
  // A policy cannot name an IPv6 address, only its scheme.
  const target = formTarget?.hostname.startsWith('[') ? formTarget.protocol : formTarget?.origin;
  return [
    "default-src 'none'",
    "style-src 'self'",
    ...(hasScript ? ["script-src 'self'", "connect-src 'self'"] : []),
    'img-src data:',
    `form-action ${target === undefined ? "'none'" : `'self' ${target}`}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
