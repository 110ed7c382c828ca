import { type Bases, splitPath } from './bases.ts';
import { BODY_LIMIT } from './check/body.ts';
import type { Observer, Surroundings } from './context.ts';
import type { Desk } from './desk.ts';
import { endpointOf } from './endpoint.ts';
import type { FaultPlan } from './fault-plan.ts';
import type { Gateway } from './gateway.ts';
import type { RecordedCall, Recorder } from './record.ts';
import { tally } from './tallying.ts';

export interface Service {
  gateway: Gateway;
  bases: Bases;
  plan: FaultPlan;
  record?: Recorder;
  /** Whether bodies are read whole, however long, for the record's sake or a fault's. */
  wholeBodies: boolean;
  /** Which consent a refresh token belongs to. */
  consentOf?: (refreshToken: string) => Promise<string | undefined>;
}

/** Answers one request: through the fault that is planned for it, and noted in the record where one is kept. */
export async function serve(service: Service, request: Request, surroundings: Surroundings): Promise<Response> {
  const { gateway, record, plan } = service;
  const began = performance.now();
  const call = await callOf(request, service);
  const around = { ...surroundings, ...observerOf(record, call) };
  if (call === undefined) return gateway.fetch(request, around);
  record?.requests.push(call);
  const fault = plan.take(call.endpoint);
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
    answer = (await fault.onAnswer?.(own)) ?? own;
    return answer;
  } finally {
    const { configuration, desk, now } = surroundings;
    const at = 'settings' in configuration ? configuration.settings.clock.at(now) : now;
    await tally(desk, call, answer, { at, microseconds: (performance.now() - began) * 1000 });
    // Left before the last byte: the caller may ask again as soon as it has read the answer.
    leave();
  }
}

/** The call that a TPP makes with this request; nothing when it is a person's visit. */
async function callOf(request: Request, { bases, wholeBodies }: Service): Promise<RecordedCall | undefined> {
  const { pathname, search } = new URL(request.url);
  const { method } = request;
  const isShort = Number(request.headers.get('content-length') ?? Infinity) <= BODY_LIMIT;
  const body = wholeBodies || isShort ? await request.clone().text() : '';
  const endpoint = endpointOf({ method, pathname, body }, bases);
  if (endpoint === undefined) return undefined;
  const path = splitPath(pathname, bases)?.path ?? pathname;
  return { endpoint, method, target: pathname + search, path, query: search, headers: [...request.headers], body };
}

function observerOf(record: Recorder | undefined, call: RecordedCall | undefined): { observer?: Observer } {
  if (record === undefined) return {};
  const refused: Observer['refused'] = (refusal) => call !== undefined && record.refused(call, refusal);
  return { observer: { refused, issued: (issued) => void record.issued.push(issued) } };
}

async function enter({ record, consentOf }: Service, call: RecordedCall): Promise<() => void> {
  const refreshToken = new URLSearchParams(call.body).get('refresh_token');
  const consent = call.endpoint === 'refresh' && refreshToken !== null ? await consentOf?.(refreshToken) : undefined;
  return consent === undefined || record === undefined ? () => undefined : record.refreshing(call, consent);
}

/** A desk that does as asked and keeps nothing. */
const NO_DESK: Desk = {
  open: () => ({ opened: true }),
  find: () => null,
  decide: () => ({ decided: false, intent: null }),
  withdraw: () => null,
  redeem: () => ({ issued: false, reason: 'unknown' }),
  admit: () => ({ admitted: true, intentId: '', permissions: null, walk: null, exchangedAt: null }),
  scopeOf: () => null,
  tally: () => undefined,
  daysCounted: () => [],
  firstDayCounted: () => null,
  namePage: () => '',
  fifths: () => [],
  submit: () => ({ submitted: true }),
  payment: () => null,
};
