/** What each row's project runs: a page's program and a server's, and what they tell where all is well. */

/** It does not wait at the top: not every format of a bundle can. */
export const PAGE = `
import { newUuid, ready } from 'tell-connect';
import { accounts, ready as viewsReady } from 'tell-connect/views';
globalThis.told = (async () => {
  const told = { before: '' };
  try { newUuid(); } catch ({ code }) { told.before = code; }
  await ready();
  await viewsReady();
  return { ...told, uuid: newUuid().length, rows: accounts('[{}]').length };
})();
`;

export const PAGE_TELLS = { before: 'not_ready', uuid: 36, rows: 1 };

/** As a function, for the frameworks that call one. */
export const TELL = `
import * as core from 'tell-connect';
import * as edge from 'tell-connect/edge';
import * as machine from 'tell-connect/machine';
import * as views from 'tell-connect/views';
export async function tell() {
  await core.ready();
  await views.ready();
  const signer = new edge.Signer({ app: 'a', certificate: 'c' });
  const token = signer.sign({ path: '/accounts', payload: '{}' });
  return {
    uuid: core.newUuid().length, path: core.inspectJws(token).header.path, rows: views.accounts('[{}]').length,
    machine: new machine.JsonCheck().isWhole,
    classes: new Set([core, edge, machine, views].map(({ TellConnectError }) => TellConnectError)).size,
  };
}
`;

export const SERVER = `${TELL}
tell().then((told) => console.log(JSON.stringify(told)));
`;

export const SERVER_TELLS = { uuid: 36, path: '/accounts', rows: 1, machine: true, classes: 1 };

/** The same in CommonJS. */
export const REQUIRING = SERVER
  .replace(/import \* as (\w+) from (.*);/g, 'const $1 = require($2);').replace('export async', 'async');

export const INDEX = '<!doctype html>\n<title>row</title>\n<script type="module" src="./page.js"></script>\n';
