import { Hono } from 'hono';
import { type Environment, allowOnly } from '../context.ts';
import { amountsPage } from '../pages/amounts.ts';
import { CONTROL_STYLE } from '../pages/control-style.ts';
import { indexPage } from '../pages/index.ts';
import { sendPage } from '../pages/send.ts';
import { STYLE } from '../pages/style.ts';

/** What a person sees who opens the gateway's address, and the style of all its pages. */
export const index = new Hono<Environment>();

index.get('/', (call) => sendPage(call, indexPage(call.var.bases)));
index.get('/amounts', (call) => sendPage(call, amountsPage()));
index.get('/sandbox.css', (call) => {
  return call.body(STYLE + CONTROL_STYLE, 200, { 'content-type': 'text/css; charset=utf-8' });
});

index.all('/', allowOnly('GET', 'ENV-1'));
