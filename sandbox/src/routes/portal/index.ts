import { Hono } from 'hono';
import type { Environment } from '../../context.ts';
import { refusedPage } from '../../pages/portal/refused.ts';
import type { PageOptions } from '../../pages/send.ts';
import { Refusal } from '../../refusal.ts';
import { send } from './answers.ts';
import { applications } from './applications.ts';
import { consents } from './consents.ts';
import { developers } from './developers.ts';

/** The guide's developer portal, as pages that need no script. */
export const portal = new Hono<Environment>();

for (const routes of [developers, applications, consents]) portal.route('/', routes);

portal.onError((error, call) => {
  if (!(error instanceof Refusal)) throw error;
  call.env.observer?.refused(error);
  return send(call, refusedPage(error), error.status as NonNullable<PageOptions['status']>);
});
