/** Lives in which anything happens at any time, repeatable by their seed. */

import type { Chance } from '../rig/chance.ts';
import { type Answer, DAY, HOUR, type Kind, Life, MINUTE, SECOND, grant, refusal, requestedAt } from './life.ts';

const STEPS = 80;
const ANOTHER_UUID = '00000000-0000-4000-8000-000000000000';

type Step = (life: Life, chance: Chance) => void;

/** What may happen; what stands here twice happens twice as often. */
const STEPS_OF_A_LIFE: readonly Step[] = [
  (life, chance) => life.start(chance.of(['aisp', 'aisp', 'pisp']), chance.of([true, false])),
  (life, chance) => life.start(chance.of(['aisp', 'aisp', 'pisp']), chance.of([true, false])),
  (life, chance) => life.deliver(chance.of([true, true, false])),
  (life) => life.comeBack('code'),
  (life) => life.comeBack('code'),
  (life, chance) => life.comeBack(chance.of(['code', 'another-code', undefined])),
  (life, chance) => life.comeBack('code', chance.of([undefined, ANOTHER_UUID])),
  (life) => life.want(),
  (life) => life.want(),
  (life) => life.want('/accounts/1/balance'),
  (life) => life.want('/accounts/1/balance'),
  (life, chance) => seldom(chance, () => chance.of([() => life.want('/accounts', false), () => life.plan()])()),
  (life) => life.pay(),
  (life) => life.pay(),
  (life) => life.look(),
  (life) => life.look(),
  answer,
  answer,
  answer,
  answer,
  answer,
  answer,
  answer,
  answer,
  lose,
  lose,
  wake,
  wake,
  (life, chance) => life.wait(chance.of([0, SECOND, 20 * SECOND, -MINUTE])),
  (life, chance) => seldom(chance, () => life.wait(chance.of([MINUTE, HOUR, -DAY]))),
  (life, chance) => seldom(chance, () => life.wait(chance.of([DAY, 7 * DAY, 90 * DAY]))),
  (life, chance) => seldom(chance, () => life.forget()),
  (life) => life.restart(),
];

const ANSWERS: Readonly<Record<Kind, readonly Answer[]>> = {
  authorise: [requestedAt, requestedAt, requestedAt, refusal(500), refusal(400), { status: 200, body: '<html>' }],
  token: [
    ...Array<Answer>(9).fill(grant()), grant({ expires_in: 1 }), grant({ expires_in: 1 }),
    grant({ refresh_token: undefined }), grant({ refresh_token: {} }), grant({ access_token: undefined }), { status: 200, body: '' },
    { status: 302, body: '' }, refusal(400, 'invalid_grant'), refusal(400), refusal(401), refusal(403, 'access_denied'),
    refusal(401, 'invalid_client'), refusal(500),
    { ...refusal(429), retryAfter: '2' }, { ...refusal(503), retryAfter: '600' },
  ],
  payment: [
    ...Array<Answer>(5).fill({ status: 201, body: JSON.stringify({ PaymentId: 'p-1', Status: 'ACSP' }) }),
    { status: 201, body: JSON.stringify({ PaymentId: 'p-1', Status: 'RJCT' }) }, { status: 200, body: '<html>' },
    refusal(400), refusal(401, 'invalid_token'), refusal(500),
  ],
  resource: [
    { status: 200, body: '{}' }, { status: 200, body: '<html>' }, refusal(403, 'insufficient_scope'), refusal(404),
    refusal(500), { ...refusal(429), retryAfter: '1' }, refusal(403), refusal(401),
    ...Array<Answer>(9).fill(refusal(401, 'invalid_token')),
  ],
};

/** A retry is soon due, the end of a consent is not: most lives would meet nothing but their end. */
function wake(life: Life, chance: Chance): void {
  if ((life.wakeAt ?? 0) < life.now + HOUR) life.wake();
  else seldom(chance, () => life.wake());
}

function seldom(chance: Chance, step: () => void): void {
  if (chance.below(5) === 0) step();
}

function answer(life: Life, chance: Chance): void {
  if (life.underWay.length === 0) return;
  const sent = chance.of(life.underWay);
  life.answer(sent.kind, chance.of(ANSWERS[sent.kind]), sent);
}

function lose(life: Life, chance: Chance): void {
  if (life.underWay.length === 0) return;
  const sent = chance.of(life.underWay);
  life.lose(sent.kind, chance.of(['timeout', 'unreachable', 'unreadable']), sent);
  // Given up, but its answer may still come.
  if (chance.below(2) === 0) life.underWay.push(sent);
}

/** A life of some steps, from nothing to its end: what it has been through is left. */
export function randomLife(chance: Chance): Life {
  // The machine's UUIDs are drawn by the same chance, so that the seed repeats all of the life.
  const { getRandomValues } = crypto;
  // A mock of the runner's would write down each of a million calls.
  crypto.getRandomValues = (bytes) => {
    const view = bytes as unknown as Uint8Array;
    view.forEach((_, at) => { view[at] = chance.below(256); });
    return bytes;
  };
  const life = new Life();
  try {
    for (let step = 0; step < STEPS; step += 1) chance.of(STEPS_OF_A_LIFE)(life, chance);
    return life;
  } finally {
    life.end();
    crypto.getRandomValues = getRandomValues;
  }
}
