/** docs/consent.md and worker/STORAGE.md against the machine that they describe. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import type { ConsentState } from 'tell-connect/machine';
import { Chance } from '../rig/chance.ts';
import { edgesOf, quotedIn, statesOf, tableUnder } from './diagram.ts';
import { CODE_LIFETIME, DAY, HOUR, Life, MINUTE, grant, refusal, requestedAt } from './life.ts';
import { randomLife } from './random.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const sorted = (items: Iterable<string>): string[] => [...new Set(items)].sort();

const document = read('docs/consent.md');
const drawn = edgesOf(document);

/** Every state that callers are told: a new one in Rust does not compile here before it is in this list. */
const STATES = {
  requested: true, authorised: true, active: true, spent: true, declined: true, code_expired: true, revoked: true,
  reauthorise: true, expired: true,
} satisfies Record<ConsentState, true>;

/** A way from nothing over each edge; the edge is the last one taken. */
const WAYS: Readonly<Record<string, (life: Life) => void>> = {
  '[*] --> requested': request,

  'requested --> authorised': comeBack,
  'requested --> declined': decline,
  'requested --> expired': (life) => { request(life); expire(life, DAY); },
  'requested --> [*]': (life) => { request(life); life.forget(); },

  'authorised --> active': connect,
  'authorised --> reauthorise': (life) => { comeBack(life); life.answer('token', refusal(400, 'invalid_grant')); },
  'authorised --> code_expired': tooLate,
  'authorised --> [*]': (life) => { comeBack(life); life.forget(); },

  'active --> refreshing': refresh,
  'active --> revoked': refuseTwice,
  'active --> reauthorise': (life) => { connect(life, { refresh_token: undefined }); life.wait(HOUR); life.want(); refuse(life); },
  'active --> expired': (life) => { connect(life); expire(life, 90 * DAY); },
  'active --> [*]': (life) => { connect(life); life.forget(); },

  'refreshing --> active': (life) => { refresh(life); life.answer('token', grant()); },
  'refreshing --> revoked': (life) => { refresh(life); life.answer('token', refusal(400, 'invalid_grant')); },
  'refreshing --> reauthorise': loseThenRefuse,
  'refreshing --> expired': (life) => { refresh(life); life.lose('token'); expire(life, 90 * DAY); },
  'refreshing --> [*]': (life) => { refresh(life); life.forget(); },

  'declined --> [*]': (life) => { decline(life); life.wait(7 * DAY); },
  'code_expired --> [*]': (life) => { tooLate(life); life.wait(7 * DAY); },
  'revoked --> [*]': (life) => { refuseTwice(life); life.wait(7 * DAY); },
  'reauthorise --> [*]': (life) => { loseThenRefuse(life); life.forget(); },
  'expired --> [*]': (life) => { request(life); expire(life, DAY); life.wait(7 * DAY); },
};

function request(life: Life): void {
  life.start();
  life.answer('authorise', requestedAt);
}

function comeBack(life: Life): void {
  request(life);
  life.comeBack('code');
}

function decline(life: Life): void {
  request(life);
  life.comeBack(undefined);
}

function connect(life: Life, more: object = {}): void {
  comeBack(life);
  life.answer('token', grant(more));
}

function refresh(life: Life): void {
  connect(life);
  life.wait(HOUR);
  life.want();
}

/** Time is over when a second reading of the clock says so too. */
function expire(life: Life, milliseconds: number): void {
  life.wait(milliseconds);
  life.wait(MINUTE);
}

function tooLate(life: Life): void {
  comeBack(life);
  life.lose('token');
  life.wait(CODE_LIFETIME);
}

function refuseTwice(life: Life): void {
  connect(life);
  life.want();
  refuse(life);
  life.answer('token', grant());
  refuse(life);
}

function refuse(life: Life): void {
  life.answer('resource', refusal(401, 'invalid_token'));
}

function loseThenRefuse(life: Life): void {
  refresh(life);
  life.lose('token');
  life.wake();
  life.answer('token', refusal(400, 'invalid_grant'));
}

test('the diagram and the table of states have the states of the code', () => {
  // Callers are told of no refresh, and of a spent payment in place of an active consent.
  const coded = [...Object.keys(STATES).filter((state) => state !== 'spent'), 'refreshing'];
  assert.deepEqual(sorted(statesOf(drawn)), sorted(coded));
  const listed = tableUnder(document, 'States').map(([state = '']) => state);
  assert.deepEqual(sorted(listed), sorted(coded.map((state) => `\`${state}\``)));
});

test('no edge is drawn twice, and each has a way to it here', () => {
  assert.equal(new Set(drawn).size, drawn.length);
  assert.deepEqual(sorted(drawn), sorted(Object.keys(WAYS)));
});

for (const [edge, way] of Object.entries(WAYS)) {
  test(`the machine takes ${edge}`, () => {
    const life = new Life();
    way(life);
    assert.equal(life.edges.at(-1), edge, life.trace.join('\n'));
  });
}

describe('in thousands of random lives', () => {
  const taken = new Set<string>();
  const kept = new Set<string>();
  before(() => {
    for (let seed = 1; seed <= 15_000; seed += 1) {
      const { edges, members, trace } = randomLife(new Chance(seed));
      const strange = edges.filter((edge) => !drawn.includes(edge));
      assert.deepEqual(strange, [], `seed ${seed} takes an edge that is not drawn:\n${trace.join('\n')}`);
      edges.forEach((edge) => taken.add(edge));
      members.forEach((member) => kept.add(member));
    }
  });

  test('every edge of the diagram is taken, and no other', () => {
    assert.deepEqual(sorted(drawn), sorted(taken));
  });

  test('the members kept in each phase are those that STORAGE.md lists', () => {
    const listed = tableUnder(read('worker/STORAGE.md'), 'The snapshot').flatMap(([member = '', phases = '']) => {
      const [name = ''] = quotedIn(member);
      const inPhases = phases === 'all' ? statesOf(drawn) : quotedIn(phases);
      return inPhases.map((phase) => `${phase}.${name}`);
    });
    assert.deepEqual(sorted(listed), sorted(kept));
  });
});
