import type { CallLog } from 'tell-connect/machine';
import { type Budget, readBudget } from './budget.ts';
import { parseBankJson } from './json.ts';
import { noteNames } from './names.ts';
import { asObject, asText, asTextList } from './read.ts';

/** A setting that is wrong, as `configuration_invalid` lists them (CFG-4). */
export interface Fault {
  setting: string;
  problem: string;
}

interface ProblemDetails {
  status?: number | undefined;
  detail?: string | undefined;
  retryAfter?: number | undefined;
  faults?: Fault[];
}

/** A call that failed: an RFC 9457 problem of the worker, or one that the page saw itself (`worker_…`). */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: string;
  readonly status: number | undefined;
  readonly detail: string | undefined;
  /** Seconds after which it is worth trying again. */
  readonly retryAfter: number | undefined;
  readonly faults: readonly Fault[];

  constructor(code: string, { status, detail, retryAfter, faults = [] }: ProblemDetails = {}) {
    super(detail ?? code);
    this.code = code;
    this.status = status;
    this.detail = detail;
    this.retryAfter = retryAfter;
    this.faults = faults;
  }
}

export interface Consent {
  state: string;
  permissions: string[];
  grantedAt: string | undefined;
  expiresAt: string | undefined;
  /** Another is asked for, and replaces this one once it is granted. */
  renewing: boolean;
  budget: Budget | undefined;
}

/** Whether accounts are read or a payment is made: each has a consent of its own in this browser. */
export type Scope = 'aisp' | 'pisp';

/** `fetch`, or what stands in for it in a test. */
export type Send = (path: string, init: RequestInit) => Promise<Response>;

export type AccountResource =
  'balance' | 'transactions' | 'direct-debits' | 'standing-orders' | 'scheduled-payments' | 'beneficiaries';

// Longer than the worker's own deadlines, so that its better explanation comes first.
const DEADLINE_MS = 30_000;

function readFaults(value: unknown): Fault[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item) => {
    const fault = asObject(item);
    const setting = asText(fault?.['setting']);
    return setting === undefined ? [] : [{ setting, problem: asText(fault?.['problem']) ?? '' }];
  });
}

async function textOf(response: Response): Promise<string> {
  try {
    return await response.text();
  } catch (error) {
    throw lost(error);
  }
}

async function bodyOf(response: Response): Promise<unknown> {
  const text = await textOf(response);
  try {
    return parseBankJson(text);
  } catch {
    throw new Problem('worker_bad_answer', { status: response.status, detail: 'The answer is not JSON.' });
  }
}

async function problemOf(response: Response): Promise<Problem> {
  const problem = asObject(await bodyOf(response));
  noteNames(problem);
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new Problem(asText(problem?.['code']) ?? 'worker_bad_answer', {
    status: response.status,
    detail: asText(problem?.['detail']) ?? asText(problem?.['title']),
    retryAfter: Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : undefined,
    faults: readFaults(problem?.['faults']),
  });
}

function lost(error: unknown): Problem {
  const late = error instanceof DOMException && error.name === 'TimeoutError';
  return new Problem(late ? 'worker_timeout' : 'worker_unreachable');
}

/** Any failure as a `Problem`, so that whoever tells it has one shape to tell. */
export function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem('unknown', { detail: String(error) });
}

export const isNoConsent = (error: unknown): boolean => error instanceof Problem && error.code === 'consent_not_found';

/** Where the bank's page is. The worker has checked the host (AUT-4); a scheme that is no web page never gets here. */
export function readLocation(answer: unknown): string {
  const location = asText(asObject(answer)?.['location']);
  if (location === undefined || !/^https?:\/\//i.test(location) || !URL.canParse(location)) {
    throw new Problem('worker_bad_answer', { detail: 'The answer has no usable location.' });
  }
  return location;
}

/** Asks for a 200 where there is none, which is no error and has no place in a browser's console. */
export const NONE_IS_FINE = 'none=ok';
const NONE = 'none';

/** The same answer for a consent and a payment. */
export function isNone(answer: unknown): boolean {
  const object = asObject(answer);
  if (object?.['state'] !== NONE) return false;
  noteNames(object);
  return true;
}

function readConsent(answer: unknown): Consent | undefined {
  if (isNone(answer)) return undefined;
  const consent = asObject(answer);
  const state = asText(consent?.['state']);
  if (!consent || state === undefined) {
    throw new Problem('worker_bad_answer', { detail: 'The consent has no state.' });
  }
  noteNames(consent);
  return {
    state,
    permissions: asTextList(consent['permissions']),
    grantedAt: asText(consent['grantedAt']),
    expiresAt: asText(consent['expiresAt']),
    renewing: consent['renewing'] === true,
    budget: readBudget(consent['budget']),
  };
}

/** Calls of the worker: each gives the answer, or throws a `Problem`. */
export function createCaller(send: Send) {
  async function call(method: string, path: string, body?: unknown): Promise<Response> {
    const init: RequestInit = {
      method,
      headers: { accept: 'application/json' },
      cache: 'no-store',
      signal: AbortSignal.timeout(DEADLINE_MS),
    };
    if (body !== undefined) {
      init.headers = { ...init.headers, 'content-type': 'application/json' };
      init.body = JSON.stringify(body);
    }
    let response: Response;
    try {
      response = await send(`/api${path}`, init);
    } catch (error) {
      throw lost(error);
    }
    if (!response.ok) throw await problemOf(response);
    return response;
  }

  return {
    call,
    read: async (path: string): Promise<unknown> => bodyOf(await call('GET', path)),
    /** The answer as it came. */
    text: async (path: string): Promise<string> => textOf(await call('GET', path)),
    post: async (path: string, body: unknown): Promise<unknown> => bodyOf(await call('POST', path, body)),
  };
}

/** The worker's API for accounts, and the journey of either scope. */
export function createApi(send: Send) {
  const { call, read, text, post } = createCaller(send);

  return {
    /** Starts an authorisation; gives the bank's page to go to. */
    async authorise(): Promise<string> {
      return readLocation(await post('/authorise', { scope: 'aisp' }));
    },

    /** The consent of this browser, or undefined when there is none. */
    async consent(): Promise<Consent | undefined> {
      try {
        return readConsent(await read(`/consent?${NONE_IS_FINE}`));
      } catch (error) {
        if (isNoConsent(error)) return undefined;
        throw error;
      }
    },

    /** Ends the consent; one that is gone already is what was wanted. */
    async disconnect(): Promise<void> {
      try {
        await call('DELETE', '/consent');
      } catch (error) {
        if (!isNoConsent(error)) throw error;
      }
    },

    accounts: (): Promise<string> => text('/accounts'),

    accountResource: (id: string, resource: AccountResource, query = ''): Promise<string> =>
      text(`/accounts/${encodeURIComponent(id)}/${resource}${query}`),

    /** The calls so far, or undefined where the worker does not show them (outside the sandbox). */
    async journey(scope: Scope = 'aisp'): Promise<CallLog | undefined> {
      try {
        const log = asObject(await read(scope === 'aisp' ? '/journey' : `/journey?scope=${scope}`));
        const steps = Array.isArray(log?.['steps']) ? log['steps'].filter((step) => asObject(step) !== undefined) : [];
        return { ...log, steps: steps as CallLog['steps'] };
      } catch (error) {
        if (error instanceof Problem && error.status === 404) return undefined;
        throw error;
      }
    },
  };
}

export type Api = ReturnType<typeof createApi>;
