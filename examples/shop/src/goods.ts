// What there is to buy, in pence. The sandbox bank answers some amounts in ways of their own (sandbox/README.md).

export const GOODS = {
  mug: { name: 'Mug, hand-thrown', pence: 1250 },
  postcard: { name: 'Postcard', pence: 107 },
  sticker: { name: 'Sticker', pence: 53 },
} as const;

export type Item = keyof typeof GOODS;

/** So many of each. */
export type Cart = Record<Item, number>;

export const ITEMS = Object.keys(GOODS) as Item[];

const MOST = 20;

/** The cart of a form; `undefined` for one that is empty, or that this shop's page does not send. */
export function cartOf(form: FormData): Cart | undefined {
  const counts = ITEMS.map((item) => [item, Number(form.get(item) ?? 0)] as const);
  const isTaken = counts.every(([, count]) => Number.isInteger(count) && count >= 0 && count <= MOST);
  const cart = Object.fromEntries(counts) as Cart;
  return isTaken && totalOf(cart) > 0 ? cart : undefined;
}

export function totalOf(cart: Cart): number {
  return ITEMS.reduce((sum, item) => sum + cart[item] * GOODS[item].pence, 0);
}

/** As a decimal, by whole numbers alone. */
export function pounds(pence: number): string {
  return `${Math.floor(pence / 100)}.${String(pence % 100).padStart(2, '0')}`;
}

/** What the customer is to agree to at the bank, and no other amount. The shop sets it, never the browser. */
export function paymentOf(cart: Cart, reference: string): string {
  return JSON.stringify({
    PaymentType: 'FasterPayment',
    BeneficiaryName: 'Kiln and Paper Ltd',
    SchemeName: 'SortCodeAccountNumber',
    BeneficiaryIdentification: '20000012345678',
    Amount: pounds(totalOf(cart)),
    Currency: 'GBP',
    Reference: reference,
  });
}
