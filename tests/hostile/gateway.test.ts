/**
 * A hostile gateway: each mode of it against each endpoint, each with a consent of its own. What comes out is a problem
 * with a code or the answer, nothing that is secret or the bank's alone, and the consent lives on once the gateway is
 * well.
 * `MODES=all` plays all; else each fourth of the quick ones is. `MODES=text` plays those with that text in their names.
 */

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { RESOURCES } from '../rig/answers.ts';
import { World } from '../rig/world.ts';
import type { Row } from './expected.ts';
import { ENDPOINTS, type Endpoint, HostileGateway } from './gateway.ts';
import { BODIES } from './modes/bodies.ts';
import { STATUSES } from './modes/statuses.ts';
import { TOKENS } from './modes/tokens.ts';
import { TRANSPORT } from './modes/transport.ts';
import { play } from './scenes.ts';
import { Turns } from './turns.ts';

const MODES = process.env['MODES'] ?? '';
const ALL = [...TRANSPORT, ...STATUSES, ...BODIES, ...TOKENS];
const ROWS = chosen();
const LEAST_MODES = 77;
/** Scenes at a time: those that wait for a deadline cost nothing meanwhile. */
const AT_A_TIME = { quick: 64, slow: 160, flood: 6, alone: 1 };
const PLACES = Object.values(AT_A_TIME).reduce((sum, places) => sum + places);
const APPS = Array.from({ length: PLACES }, (_, at) => `app-${at}`);
const CERTIFICATE = 'a certificate that all of them share\n';
const BASES = { auth: '/v1', resource: '/bank/v3' };

let gateway: HostileGateway;
let world: World;
const free = [...APPS];
const turns = {
  quick: new Turns(AT_A_TIME.quick), slow: new Turns(AT_A_TIME.slow), flood: new Turns(AT_A_TIME.flood),
  alone: new Turns(AT_A_TIME.alone),
};

before(async () => {
  gateway = await HostileGateway.open();
  world = await World.createWith((port) => {
    const redirectUrl = `http://localhost:${port}/api/callback`;
    const applications = APPS.map((app) => ({ name: app, app, certificate: CERTIFICATE, redirectUrl }));
    return {
      gateway: { applications, bases: BASES, resources: RESOURCES },
      settings: {
        TELL_APPLICATIONS: JSON.stringify(applications),
        TELL_AUTH_BASE_URL: gateway.url + BASES.auth,
        TELL_RESOURCE_BASE_URL: gateway.url + BASES.resource,
      },
    };
  });
  gateway.standBefore(world.gateway.url);
});
after(async () => {
  await world.end();
  gateway.close();
});

async function scene(row: Row, endpoint: Endpoint): Promise<void> {
  await turns[row.kind ?? 'quick'].take(async () => {
    const app = free.shift();
    assert.ok(app !== undefined, 'each scene has an application to itself');
    try {
      await play({ world, gateway, app }, row, endpoint);
    } finally {
      free.push(app);
    }
  });
}

/** `MODES=all`, a text, or a sample that no change of a clock or a seed changes. */
function chosen(): readonly Row[] {
  if (MODES === 'all') return ALL;
  if (MODES !== '') return ALL.filter(({ name }) => name.includes(MODES));
  return ALL.filter(({ kind }, at) => kind !== undefined || at % 4 === 0);
}

function suite(rows: readonly Row[]): void {
  for (const row of rows) {
    for (const endpoint of ENDPOINTS) test(`ERR-2, REV-1: ${endpoint}: ${row.name}`, () => scene(row, endpoint));
  }
}

describe('ERR-2, REV-1: a hostile gateway', { concurrency: ROWS.length * ENDPOINTS.length || 1 }, () => {
  // Those that wait begin first, so that the others are played meanwhile.
  suite(ROWS.filter(({ kind }) => kind === 'slow' || kind === 'flood'));
  suite(ROWS.filter(({ kind }) => kind === undefined));
});

describe('ERR-2, REV-1: a hostile gateway, one scene after the other', () => {
  suite(ROWS.filter(({ kind }) => kind === 'alone'));
});

test('ERR-2: there are modes enough, and each has a name of its own', { skip: !['', 'all'].includes(MODES) }, () => {
  assert.equal(new Set(ALL.map(({ name }) => name)).size, ALL.length);
  assert.ok(ROWS.length >= LEAST_MODES);
});

test('ERR-2: credentials have reached no other host', () => {
  assert.equal(gateway.strayed, 0);
});

test('ERR-2: the log holds no secret, and nothing that the gateway said', () => {
  const log = world.worker.log();
  const secrets = world.gateway.secrets().filter((secret) => log.includes(secret));
  assert.equal(secrets.length, 0);
});
