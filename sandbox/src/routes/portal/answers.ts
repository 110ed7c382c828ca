import type { Call } from '../../context.ts';
import type { Markup } from '../../pages/layout.ts';
import type { Filled } from '../../pages/portal/parts.ts';
import { type PageOptions, sendPage } from '../../pages/send.ts';

type Status = NonNullable<PageOptions['status']>;

/** A page whose forms lead to this gateway alone. */
export function send(call: Call, page: Markup, status: Status = 200): Promise<Response> {
  return sendPage(call, page, { status, formTarget: new URL(call.req.url) });
}

/** A form that went well leads to a page, so that loading it again repeats nothing. */
export function seeOther(call: Call, path: string): Response {
  return call.redirect(`/portal${path}`, 303);
}

/** Of a page with a form: whether it comes back because something is wrong. */
export function statusOf({ faults }: Filled): Status {
  return faults.length === 0 ? 200 : 400;
}
