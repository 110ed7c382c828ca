import type { Desk } from './desk.ts';

/** A desk that does as asked and keeps nothing. */
export const NO_DESK: Desk = {
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

/** The same desk, but that ACC-2 counts no call: for a request that the network, not the TPP, has sent again. */
export function uncounted(desk: Desk): Desk {
  return new Proxy(desk, {
    get: (whole, name: keyof Desk) => (...given: unknown[]) => {
      const [admission, ...rest] = given;
      const asked = name === 'admit' ? [{ ...(admission as object), attended: true }, ...rest] : given;
      return Reflect.apply(whole[name], whole, asked) as unknown;
    },
  });
}
