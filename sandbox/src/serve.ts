import { type Bases, splitPath } from './bases.ts';
import { BODY_LIMIT } from './check/body.ts';
import type { Observer, Surroundings } from './context.ts';
import { breakOff, isCut } from './cut.ts';
import { endpointOf } from './endpoint.ts';
import type { FaultPlan } from './fault-plan.ts';
import type { Fault, Scene } from './faults.ts';
import type { Gateway } from './gateway.ts';
import type { Journal } from './journal/journal.ts';
import { Trace } from './journal/trace.ts';
import type { RecordedCall, Recorder } from './record.ts';
import { NO_DESK, uncounted } from './stand-in-desks.ts';
import { secretOf, tally } from './tallying.ts';
import { hashOf } from './tokens.ts';

export interface Service {
  gateway: Gateway;
  bases: Bases;
  plan: FaultPlan;
  journal: Journal;
  /** Keeps every call whole, for tests. */
  record?: Recorder;
  /** Which consent the code or token with this hash belongs to. */
  consentOf: (hash: string) => string | undefined;
}

/** Answers one request: through the fault that is planned for it, counted and written down. */
export async function serve(service: Service, request: Request, surroundings: Surroundings): Promise<Response> {
  const { gateway, journal, record, plan } = service;
  const { configuration, desk, now } = surroundings;
  const began = performance.now();
  const call = await callOf(request, service);
  if (call === undefined) return gateway.fetch(request, { ...surroundings, ...observing(record) });
  const bankNow = (): number => ('settings' in configuration ? configuration.settings.clock.at(now) : now);
  const trace = new Trace(call);
  const around = { ...surroundings, ...observing(record, call, trace) };
  record?.arrived(call);
  const fault = await plan.take({ call, at: bankNow(), consent: () => consentNamed(service, call) });
  const leave = await enter(service, call);
  let answer: Response | undefined;
  // A caller that is gone waits for nothing, although its request may still be held here.
  request.signal.addEventListener('abort', leave);
  try {
    const scene = await sceneOf(service, call, surroundings, fault);
    trace.concerns(scene);
    const early = await fault.onArrival?.(scene);
    if (early !== undefined) {
      // The call is held against the rules all the same. One that is answered has reached the bank, so that ACC-2
      // counts it, although nothing else comes of it.
      const counting = early.type === 'error' ? NO_DESK : { ...NO_DESK, admit: desk.admit.bind(desk) };
      await trace.instead(early);
      await gateway.fetch(request, { ...around, desk: counting });
      answer = early;
      return answer;
    }
    const { rotation = surroundings.rotation, isTwice } = fault;
    const as = { ...around, ...(rotation !== undefined && { rotation }) };
    // Nobody is to blame for a request that the network repeats: the record of tests hears of it once.
    const first = isTwice ? await gateway.fetch(request.clone(), as) : undefined;
    await first?.body?.cancel();
    const repeated = { desk: uncounted(desk), ...observing(undefined, call, trace) };
    const own = await gateway.fetch(request, first === undefined ? as : { ...as, ...repeated });
    await trace.answered(own);
    answer = (await fault.onAnswer?.(own, scene)) ?? own;
    return answer;
  } finally {
    const at = bankNow();
    const milliseconds = performance.now() - began;
    await tally(desk, call, answer, { at, microseconds: milliseconds * 1000 });
    // One that is refused before its token is looked at belongs to a consent all the same.
    if (trace.intentId === null) trace.concerns({ intentId: await consentNamed(service, call) });
    const status = answer === undefined || isCut(answer) ? 0 : answer.status;
    journal.add(trace.entry({ at, trueAt: now, milliseconds }, status, fault));
    // Left before the last byte: the caller may ask again as soon as it has read the answer.
    leave();
  }
}

/** What the fault may want to know; a call that meets none is asked for nothing. */
async function sceneOf(
  service: Service,
  call: RecordedCall,
  { desk, cut = breakOff }: Surroundings,
  { name }: Fault,
): Promise<Scene & { intentId?: string }> {
  const intentId = name === undefined ? undefined : await consentNamed(service, call);
  const withdraw = async (): Promise<void> => {
    if (intentId !== undefined) await desk.withdraw(intentId);
  };
  return { cut, withdraw, ...(intentId !== undefined && { intentId }) };
}

/** The consent that the call's code or token belongs to. */
async function consentNamed({ consentOf }: Service, call: RecordedCall): Promise<string | undefined> {
  const secret = secretOf(call);
  return secret === null ? undefined : consentOf(await hashOf(secret));
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

async function enter(service: Service, call: RecordedCall): Promise<() => void> {
  const { record } = service;
  const nothing = (): void => undefined;
  if (record === undefined || call.endpoint !== 'refresh') return nothing;
  const consent = await consentNamed(service, call);
  return consent === undefined ? nothing : record.refreshing(call, consent);
}
