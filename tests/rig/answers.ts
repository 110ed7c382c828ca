/**
 * The accounts behind the gateway, as texts: their numbers are written in ways that a parser and a serialiser would
 * change, so that ACC-4 can be held against the bytes.
 */

export const ACCOUNT_ID = '12345678';

const ACCOUNT = `{ "AccountId": "${ACCOUNT_ID}", "Currency": "GBP", "Nickname": "Caf\\u00e9 \u20ac", "Opened": 1.0e3 }`;

/** What no reader may touch: numbers as written, one of them beyond every number there is, and a zero in a text. */
const AWKWARD = '"Awkward":[10.10,1E400,12345678901234567890,"a\\u0000b"]';

export const RESOURCES: Readonly<Record<string, string>> = {
  '/accounts': `{"Data":{"Account":[${ACCOUNT}]},"Meta":{"TotalPages":1},${AWKWARD}}`,
  [`/accounts/${ACCOUNT_ID}`]: `{"Data":{"Account":[${ACCOUNT}]},${AWKWARD}}`,
  [`/accounts/${ACCOUNT_ID}/balance`]:
    '{"Data":{"Balance":[{"Amount":{"Amount":1.10,"Currency":"GBP"},"Sequence":12345678901234567890,"Rate":0.10E+2}]},'
    + `${AWKWARD}}\n`,
  [`/accounts/${ACCOUNT_ID}/transactions`]:
    '{"Data":{"Transaction":[{"TransactionId":"t-1","Amount":{"Amount":"-3.50","Currency":"GBP"},"Id":-0}]},'
    + `${AWKWARD}}`,
  [`/accounts/${ACCOUNT_ID}/beneficiaries`]: `{"Data":{"Beneficiary":[]},${AWKWARD}}`,
  [`/accounts/${ACCOUNT_ID}/direct-debits`]: `{"Data":{"DirectDebit":[]},${AWKWARD}}`,
  [`/accounts/${ACCOUNT_ID}/standing-orders`]: `{"Data":{"StandingOrder":[]},${AWKWARD}}`,
  [`/accounts/${ACCOUNT_ID}/scheduled-payments`]: `{"Data":{"ScheduledPayment":[]},${AWKWARD}}`,
  [`/accounts/${ACCOUNT_ID}/product`]: `{"Data":{"Product":[{"ProductName":"Pockit Account"}]},${AWKWARD}}`,
};
