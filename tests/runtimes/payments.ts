/** Orders, backends and customers as a shell of one's own would use them. */

import { Backend, Customer, Order, Settings, type OrderCommand } from 'tell-connect/machine';
import { equal, ok, refused, untyped, type Case } from './check.ts';
import { survives, survivesMembers } from './hostile.ts';
import { ENV } from './machine.ts';

const NOW = 1_767_225_600_000;
const settings = Settings.read(ENV);
const CLAIM = { type: 'claimed', caller: 1, by: 'object-1', digest: 'A'.repeat(43) } as const;

/** The one command of that type. */
function only<T extends OrderCommand['type']>(commands: OrderCommand[], type: T): Extract<OrderCommand, { type: T }> {
  const found = commands.filter((command) => command.type === type);
  ok(found.length === 1, `${commands.map((command) => command.type).join()}: one ${type} was expected`);
  return found[0] as Extract<OrderCommand, { type: T }>;
}

export const paymentSuite: readonly Case[] = [
  {
    name: 'PAY-5: an order is granted to one consent, kept before, and told to another as it stands',
    run() {
      const order = new Order(settings);
      const claimed = order.handle(CLAIM, NOW);
      equal(claimed.map(({ type }) => type), ['wake', 'keep', 'answer']);
      equal(only(claimed, 'answer').claim, 'granted');
      const again = new Order(settings, only(claimed, 'keep').snapshot);
      const { id, consent, letsGo } = only(again.handle({ ...CLAIM, by: 'object-2' }, NOW), 'inquire');
      equal([consent, letsGo], ['object-1', true]);
      const payment = { state: 'settled', reference: 'p-1' } as const;
      const told = again.handle({ type: 'heard', id, standing: 'sent', payment }, NOW);
      const { claim, payment: known, problem } = only(told, 'answer');
      equal([claim, known, problem?.code, problem?.payment], ['taken', payment, 'order_already_paid', payment]);
    },
  },
  {
    name: 'ERR-2: an order takes no event that it cannot read, and no snapshot',
    run() {
      const order = new Order(settings);
      for (const event of [{}, { type: 'claimed', caller: 1 }, { ...CLAIM, digest: 'short' }, { type: 'heard', id: 1 }]) {
        refused('invalid_argument', () => order.handle(untyped(event), NOW));
      }
      refused('iat_invalid', () => order.handle(CLAIM, NaN));
      refused('snapshot_damaged', () => new Order(settings, '{}'));
      refused('snapshot_version_unknown', () => new Order(settings, '{"v":99}'));
      const control = (): unknown => new Order(settings).handle(CLAIM, NOW);
      const handle = (event: typeof CLAIM): unknown => new Order(settings).handle(event, NOW);
      survivesMembers('Order.handle', CLAIM, Object.keys(CLAIM), handle, control);
    },
  },
  {
    name: 'RED-3: a backend finds the consent of a redirect, and none of a made-up handle',
    run() {
      const backend = new Backend(settings);
      const begun = backend.begin({ scope: 'aisp', customer: 'c-7' });
      ok(begun.type === 'start', 'it begins');
      const url = `${ENV.TELL_REDIRECT_URL}?intent-id=i&uuid=${begun.wish.uuid}&authorisation_code=c`;
      const found = backend.returned(url).map(({ of }) => of);
      equal(found.includes(begun.of), true);
      equal(backend.open(begun.consent)?.of, begun.of);
      equal(backend.open('made up') ?? null, null);
      const refusal = backend.begin({ scope: 'pisp', payment: '{}' });
      equal(refusal.type === 'problem' ? refusal.problem.code : '', 'payment_invalid');
      refused('redirect_parameter_missing', () => backend.returned('https://tpp.example/'));
      refused('invalid_argument', () => Backend.customerName(''));
      const call = { scope: 'pisp', application: 'a', customer: 'c', payment: '{}', order: 'o' } as const;
      const control = (): unknown => backend.open(begun.consent);
      survivesMembers('Backend.begin', call, Object.keys(call), (own) => backend.begin(own), control);
      survives('Backend.open', (handle) => backend.open(handle), control);
      survives('Backend.held', (cookies) => backend.held(cookies, 'aisp', NOW), control);
      survives('Backend.renews', (former) => Backend.renews(former), control);
      equal([Backend.renews(['requested', 'active']), Backend.renews(['declined']), Backend.renews([])], [true, false, false]);
    },
  },
  {
    name: 'CON-1: a customer’s consent replaces the one before once it is connected',
    run() {
      const customer = new Customer();
      customer.add('a', 'aisp', '');
      customer.add('b', 'aisp', '');
      const again = new Customer(customer.snapshot());
      equal([again.former('b'), again.former('a')], [['a'], []]);
      equal([again.remove('a'), again.consents(), again.remove('a')], [true, ['b'], false]);
      refused('snapshot_damaged', () => new Customer('{}'));
      refused('scope_invalid', () => again.add('c', untyped('cbpii'), ''));
    },
  },
];
