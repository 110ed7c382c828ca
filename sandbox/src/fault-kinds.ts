import * as faults from './faults.ts';
import type { Fault } from './faults.ts';

/** The members of a fault beside its `kind`, each of its reading. */
export type Given = Readonly<Record<string, number | string>>;

export interface Member {
  /** What it has to be, as the end of a sentence. */
  is: string;
  takes: (value: unknown) => value is number | string;
  /** Stands where none is given; without it the member is needed, unless it is optional. */
  otherwise?: number | string;
  isOptional?: true;
}

export interface Kind {
  /** What befalls a call, for people. */
  sentence: string;
  members: Readonly<Record<string, Member>>;
  /** How often, where the rule does not say. */
  times?: number;
  make(given: Given): Fault;
}

const SLOWEST_MILLISECONDS = 600_000;
const LONGEST_BODY = 8192;

const statusCode: Member = whole(200, 599);
const milliseconds: Member = whole(1, SLOWEST_MILLISECONDS);
const retryAfter: Member = {
  is: 'seconds or a date, as `Retry-After` has them',
  takes: (value): value is number | string =>
    isWhole(value, 0, 86_400) || (typeof value === 'string' && /^[\x20-\x7e]{1,64}$/.test(value)),
};

/** The one table of what can befall a call: for rules, for the settings, for the control room. */
export const KINDS: Readonly<Record<string, Kind>> = {
  status: {
    sentence: 'A status in place of processing.',
    members: { status: statusCode, retryAfter: optional(retryAfter), body: optional(text(LONGEST_BODY)) },
    make: ({ status, retryAfter, body }) =>
      faults.status(Number(status), retryAfter?.toString(), body?.toString()),
  },
  'retry-after': {
    sentence: 'The bank is busy: 429, or another status, and when to come again. Not processed.',
    members: { status: { ...statusCode, otherwise: 429 }, retryAfter: { ...retryAfter, otherwise: 30 } },
    make: ({ status, retryAfter }) => faults.status(Number(status), String(retryAfter)),
  },
  delay: {
    sentence: 'Processed at once, answered late.',
    members: { milliseconds },
    make: (given) => faults.delay(Number(given['milliseconds'])),
  },
  drip: {
    sentence: 'Processed, and answered a byte at a time, with so long between two.',
    members: { milliseconds },
    make: (given) => faults.drip(Number(given['milliseconds'])),
  },
  'drop-before': plain('The connection is closed, and nothing is processed.', faults.lostRequest),
  'drop-after': plain('Processed, and the connection is closed before the answer.', faults.lostAnswer),
  'cut-body': plain('Processed, and the answer breaks off in the middle.', faults.truncated),
  garbage: plain('A body that says it is JSON and is none. Not processed.', faults.garbage),
  html: plain('A proxy’s page with status 200. Not processed.', faults.html),
  empty: plain('Processed, and answered without a body.', faults.empty),
  'wrong-type': {
    sentence: 'Processed, and the right body comes under another media type.',
    members: { type: { ...text(100, /^[\w.+-]+\/[\w.+-]+$/, 'a media type'), otherwise: 'text/html' } },
    make: ({ type }) => faults.wrongType(String(type)),
  },
  'wrong-shape': {
    sentence: 'Processed, and the answer is an array, a number, a string or null where an object belongs.',
    members: { as: { ...word('array', 'number', 'string', 'null'), otherwise: 'array' } },
    make: ({ as }) => faults.wrongShape(as as 'array'),
  },
  'unknown-members': plain('Processed, and members come that no guide names.', faults.unknownMembers),
  'no-refresh-token': plain('A refresh is answered without a new refresh token; the old one stays.',
    faults.withoutRefreshToken),
  duplicate: plain('The network brings the request twice: both are processed, the second is answered.',
    faults.duplicate),
  '401-once': { ...plain('The access token is refused, once. Not processed.', faults.tokenRefused), times: 1 },
  '403-limit': plain('A limit of the bank’s: 403, which ends nothing. Not processed.', faults.limitRefused),
  invalid_grant: plain('The code or refresh token is refused. Not processed.', faults.invalidGrant),
  'revoked-in-flight': {
    sentence: 'The person takes the consent back while the call is under way.',
    members: { when: { ...word('after', 'before'), otherwise: 'after' } },
    times: 1,
    make: ({ when }) => faults.revokedInFlight(when as 'after'),
  },
};

function plain(sentence: string, make: () => Fault): Kind {
  return { sentence, members: {}, make };
}

function optional(member: Member): Member {
  return { ...member, isOptional: true };
}

function whole(least: number, most: number): Member {
  return {
    is: `a whole number from ${least} to ${most}`,
    takes: (value): value is number => isWhole(value, least, most),
  };
}

function text(longest: number, pattern = /^[^]*$/, is = 'a text'): Member {
  return {
    is: `${is} of at most ${longest} characters`,
    takes: (value): value is string => typeof value === 'string' && value.length <= longest && pattern.test(value),
  };
}

function word(...words: string[]): Member {
  return {
    is: `one of ${words.join(', ')}`,
    takes: (value): value is string => typeof value === 'string' && words.includes(value),
  };
}

export function isWhole(value: unknown, least: number, most: number): value is number {
  return Number.isInteger(value) && Number(value) >= least && Number(value) <= most;
}
