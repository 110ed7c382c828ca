import { type Bases, splitPath } from './bases.ts';
import { BODY_LIMIT } from './check/body.ts';
import type { Observer, Surroundings } from './context.ts';
import { isCut } from './cut.ts';
import type { Desk } from './desk.ts';
import { endpointOf } from './endpoint.ts';
import type { FaultPlan } from './fault-plan.ts';
import type { Gateway } from './gateway.ts';
import type { Journal } from './journal/journal.ts';
import { Trace } from './journal/trace.ts';
import type { RecordedCall, Recorder } from './record.ts';
import { secretOf, tally } from './tallying.ts';
import { hashOf } from './tokens.ts';

export interface Service {
  gateway: Gateway;
  bases: Bases;
  plan: FaultPlan;
  journal: Journal;
  /** Keeps every call whole, for tests. */
  record?: Recorder;
  /** Which consent the refresh token with this hash belongs to. */
  consentOf: (hash: string) => string | undefined;
}

/** Answers one request: through the fault that is planned for it, counted and written down. */
export async function serve(service: Service, request: Request, surroundings: Surroundings): Promise<Response> {
  const { gateway, journal, record, plan } = service;
  const began = performance.now();
  const call = await callOf(request, service);
  if (call === undefined) return gateway.fetch(request, { ...surroundings, ...observing(record) });
  const trace = new Trace(call);
  const around = { ...surroundings, ...observing(record, call, trace) };
  record?.arrived(call);
  const fault = plan.take(call);
  const leave = await enter(service, call);
  let answer: Response | undefined;
  // A caller that is gone waits for nothing, although its request may still be held here.
  request.signal.addEventListener('abort', leave);
  try {
    const early = await fault.onArrival?.();
    if (early !== undefined) {
      // The call is held against the rules all the same. One that is answered has reached the bank, so that ACC-2
      // counts it, although nothing else comes of it.
      const { desk } = surroundings;
      const counting = early.type === 'error' ? NO_DESK : { ...NO_DESK, admit: desk.admit.bind(desk) };
      await gateway.fetch(request, { ...around, desk: counting });
      answer = early;
      return answer;
    }
    const { rotation = surroundings.rotation } = fault;
    const own = await gateway.fetch(request, { ...around, ...(rotation !== undefined && { rotation }) });
    await trace.answered(own);
    answer = (await fault.onAnswer?.(own)) ?? own;
    return answer;
  } finally {
    const { configuration, desk, now } = surroundings;
    const at = 'settings' in configuration ? configuration.settings.clock.at(now) : now;
    const milliseconds = performance.now() - began;
    await tally(desk, call, answer, { at, microseconds: milliseconds * 1000 });
    if (trace.lacksConsent) await nameConsent(service, call, trace);
    const status = answer === undefined || isCut(answer) ? 0 : answer.status;
    journal.add(trace.entry({ at, trueAt: now, milliseconds }, status, fault));
    // Left before the last byte: the caller may ask again as soon as it has read the answer.
    leave();
  }
}

/** The call that a TPP makes with this request; nothing when it is a person's visit. */
async function callOf(request: Request, { bases, record }: Service): Promise<RecordedCall | undefined> {
  const { pathname, search } = new URL(request.url);
  const { method } = request;
  // A body that is too long is refused unread, unless a test wants it.
  const isShort = Number(request.headers.get('content-length') ?? Infinity) <= BODY_LIMIT;
  const body = record !== undefined || isShort ? await request.clone().text() : '';
  const endpoint = endpointOf({ method, pathname, body }, bases);
  if (endpoint === undefined) return undefined;
  const path = splitPath(pathname, bases)?.path ?? pathname;
  return { endpoint, method, target: pathname + search, path, query: search, headers: [...request.headers], body };
}

/** What the gateway tells while it answers, for the record of tests and, where it is a TPP's call, the journal. */
function observing(record: Recorder | undefined, call?: RecordedCall, trace?: Trace): { observer: Observer } {
  return {
    observer: {
      refused: (refusal) => {
        if (call !== undefined) record?.refused(call, refusal);
        trace?.refused(refusal);
      },
      issued: (issued) => {
        record?.gave(issued);
        trace?.issued(issued);
      },
      concerns: (facts) => trace?.concerns(facts),
      noted: (text) => {
        if (call !== undefined) record?.notes.push({ message: text, request: call });
        trace?.noted(text);
      },
    },
  };
}

/** A call that was refused before anybody looked at its token or code is listed under its consent all the same. */
async function nameConsent({ consentOf }: Service, call: RecordedCall, trace: Trace): Promise<void> {
  const secret = secretOf(call);
  const intentId = secret === null ? undefined : consentOf(await hashOf(secret));
  if (intentId !== undefined) trace.concerns({ intentId });
}

async function enter({ record, consentOf }: Service, call: RecordedCall): Promise<() => void> {
  const nothing = (): void => undefined;
  if (record === undefined || call.endpoint !== 'refresh') return nothing;
  const refreshToken = new URLSearchParams(call.body).get('refresh_token');
  const consent = refreshToken === null ? undefined : consentOf(await hashOf(refreshToken));
  return consent === undefined ? nothing : record.refreshing(call, consent);
}

/** A desk that does as asked and keeps nothing. */
const NO_DESK: Desk = {
  open: () => ({ opened: true }),
  find: () => null,
  decide: () => ({ decided: false, intent: null }),
  withdraw: () => null,
  redeem: () => ({ issued: false, reason: 'unknown' }),
  admit: () => ({ admitted: true, intentId: '', permissions: null, persona: null, walk: null, exchangedAt: null }),
  scopeOf: () => null,
  tally: () => undefined,
  daysCounted: () => [],
  firstDayCounted: () => null,
  namePage: () => '',
  fifths: () => [],
  submit: () => ({ submitted: true }),
  payment: () => null,
};
