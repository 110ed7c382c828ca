import { mountAccountView } from './account-view.ts';
import { type Scope, type Send, asProblem, createApi } from './api.ts';
import { type Arrival, readArrival } from './arrival.ts';
import { mountJourney } from './console/journey.ts';
import { byId } from './dom.ts';
import { isProduction, onNamed } from './names.ts';
import { problemNotice } from './notice.ts';
import { mountPanel } from './panel.ts';
import { createPaymentApi } from './payment/api.ts';
import { type PaymentView, mountPaymentView } from './payment/view.ts';
import { type View, addressOf, noteView, notedView, viewOf } from './route.ts';
import type { SimulatorView } from './simulator/view.ts';
import type { StatisticsView } from './statistics/view.ts';

const SCOPES: Readonly<Record<View, Scope>> = { accounts: 'aisp', payment: 'pisp', statistics: 'aisp', simulator: 'aisp' };
const TITLES: Readonly<Record<View, string>> = {
  accounts: 'Your bank accounts',
  payment: 'Pay from your bank',
  statistics: 'Statistics',
  simulator: 'Simulator',
};

const send: Send = (path, init) => fetch(path, init);
const api = createApi(send);
const payments = createPaymentApi(send);

const places: Readonly<Record<View, HTMLElement>> = {
  accounts: byId('account-view', HTMLDivElement),
  payment: byId('payment-view', HTMLDivElement),
  statistics: byId('statistics-view', HTMLDivElement),
  simulator: byId('simulator-view', HTMLDivElement),
};
const ways: Readonly<Record<Exclude<View, 'simulator'>, HTMLElement>> = {
  accounts: byId('way-accounts', HTMLAnchorElement),
  payment: byId('way-payment', HTMLAnchorElement),
  statistics: byId('way-statistics', HTMLAnchorElement),
};

let view: View | undefined;
let payment: PaymentView | undefined;
let statistics: Promise<StatisticsView> | undefined;
let simulator: Promise<SimulatorView> | undefined;
let accountsShown = false;
let tellSandbox: () => void;
/** Settled once the worker has said that this is the sandbox, or has shown its calls, which it does there alone. */
const inSandbox = new Promise<void>((resolve) => (tellSandbox = resolve));

const panel = mountPanel(
  { panel: byId('journey', HTMLElement), toggle: byId('panel-toggle', HTMLButtonElement) },
  () => void journey.refresh(),
);
const journey = mountJourney(byId('console', HTMLDivElement), async () => {
  if (isProduction() === true) return undefined;
  const scope = SCOPES[view ?? 'accounts'];
  const log = await api.journey(scope);
  showCalls(log !== undefined);
  return log && { scope, log };
});

function showCalls(shows: boolean): void {
  panel.told(shows);
  if (shows) tellSandbox();
}

// Known before anything is shown, so that what is shown does not move.
onNamed(() => {
  if (isProduction() !== undefined) showCalls(!isProduction());
});
/** A panel that is closed costs nothing; where it is not known whether there is one, the worker is asked. */
const onCalls = (): void => {
  if (panel.isOpen() || isProduction() === undefined) void journey.refresh();
};
const accounts = mountAccountView(api, { onCalls });

/** The statistics are loaded by those who look at them. */
async function showStatistics(moveFocus: boolean): Promise<void> {
  const host = places.statistics;
  statistics ??= import('./statistics/view.ts').then(({ mountStatisticsView }) => mountStatisticsView(host, send));
  try {
    await (await statistics).show(moveFocus);
  } catch (error) {
    statistics = undefined;
    host.replaceChildren(problemNotice(asProblem(error), () => showStatistics(moveFocus)));
    byId('main', HTMLElement).removeAttribute('aria-busy');
  }
}

/** The simulator is loaded by those who play with it. */
async function showSimulator(moveFocus: boolean): Promise<void> {
  const host = places.simulator;
  simulator ??= import('./simulator/view.ts').then(({ mountSimulatorView }) => mountSimulatorView(host));
  try {
    await (await simulator).show(window.location.hash, moveFocus);
  } catch (error) {
    simulator = undefined;
    host.replaceChildren(problemNotice(asProblem(error), () => showSimulator(moveFocus)));
    byId('main', HTMLElement).removeAttribute('aria-busy');
  }
}

async function showAccounts(arrival: Arrival | undefined, moveFocus: boolean): Promise<void> {
  if (moveFocus) byId('title', HTMLHeadingElement).focus({ preventScroll: true });
  if (accountsShown && arrival === undefined) return onCalls();
  accountsShown = true;
  await accounts.show(arrival);
}

async function show(next: View, arrival?: Arrival): Promise<void> {
  const moveFocus = view !== undefined && view !== next;
  if (next !== 'payment') payment?.hide();
  if (next !== 'simulator') void simulator?.then(({ hide }) => hide()).catch(() => {});
  view = next;
  noteView(next);
  document.title = `${TITLES[next]} · tell-connect`;
  places.simulator.hidden = next !== 'simulator';
  for (const name of ['accounts', 'payment', 'statistics'] as const) {
    places[name].hidden = name !== next;
    if (name === next) ways[name].setAttribute('aria-current', 'page');
    else ways[name].removeAttribute('aria-current');
  }
  if (next === 'statistics') return showStatistics(moveFocus);
  if (next === 'simulator') return showSimulator(moveFocus);
  if (next === 'accounts') return showAccounts(arrival, moveFocus);
  payment ??= mountPaymentView(places.payment, payments, { onCalls, inSandbox });
  await payment.show(arrival, moveFocus);
}

/** Whether a payment waits for the person who has come back from the bank into another tab than they left. */
async function paymentWaits(): Promise<boolean> {
  try {
    const known = await payments.payment();
    return known !== undefined && ['awaiting_consent', 'ready', 'submitting'].includes(known.state);
  } catch {
    return false;
  }
}

/** Shows what the address asks for; an outcome belongs to the view from which the browser went to the bank. */
async function follow(): Promise<void> {
  const { hash, pathname, search } = window.location;
  const arrival = readArrival(hash);
  const stray = arrival !== undefined && view === undefined && notedView() === undefined;
  const next = viewOf(hash) ?? view ?? notedView() ?? (stray && (await paymentWaits()) ? 'payment' : 'accounts');
  const address = addressOf(next, arrival, hash);
  if (address !== hash) history.replaceState(null, '', pathname + search + address);
  // Of the simulator's links each asks for another life.
  if (next !== view || next === 'simulator' || arrival) await show(next, arrival);
}

window.addEventListener('hashchange', () => void follow());
// Back from the bank's page by the browser's own button, the page is as it was left, and its button still busy.
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted) window.location.reload();
});

void follow();
