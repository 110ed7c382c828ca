import { NONE_IS_FINE, Problem, type Send, createCaller, isNoConsent, isNone, readLocation } from '../api.ts';
import { asObject, asText, asTextOrNumber } from '../read.ts';

/** A payment as it is stated to the worker (PAY-1). */
export interface Payment {
  PaymentType: string;
  BeneficiaryName: string;
  SchemeName: string;
  BeneficiaryIdentification: string;
  Amount: string;
  Currency: string;
  Reference: string;
}

/** What the worker knows of this browser's payment. */
export interface Known {
  state: string;
  /** The bank's own word for it. */
  bankStatus: string | undefined;
  /** The bank's name for it. */
  reference: string | undefined;
  /** The payment as it was stated; undefined where the worker does not tell. */
  payment: Payment | undefined;
}

function readPayment(value: unknown): Payment | undefined {
  const payment = asObject(value);
  if (!payment) return undefined;
  const text = (name: string): string => asTextOrNumber(payment[name]) ?? '';
  return {
    PaymentType: text('PaymentType'),
    BeneficiaryName: text('BeneficiaryName'),
    SchemeName: text('SchemeName'),
    BeneficiaryIdentification: text('BeneficiaryIdentification'),
    Amount: text('Amount'),
    Currency: text('Currency'),
    Reference: text('Reference'),
  };
}

function readKnown(answer: unknown): Known {
  const known = asObject(answer);
  const state = asText(known?.['state']);
  if (!known || state === undefined) {
    throw new Problem('worker_bad_answer', { detail: 'The payment has no state.' });
  }
  return {
    state,
    bankStatus: asTextOrNumber(known['bankStatus']),
    reference: asTextOrNumber(known['reference']),
    payment: readPayment(known['payment']),
  };
}

/** The worker's API for the one payment of this browser. */
export function createPaymentApi(send: Send) {
  const { call, read, post } = createCaller(send);

  return {
    /** Starts the authorisation of a payment; gives the bank's page to go to. */
    async authorise(payment: Payment, order: string): Promise<string> {
      return readLocation(await post('/authorise', { scope: 'pisp', payment, order }));
    },

    /** Submits the payment that was stated. The worker sends it once, however often it is asked to. */
    pay: async (): Promise<Known> => readKnown(await post('/payment', {})),

    /** What is known of the payment, or undefined when there is none. */
    async payment(): Promise<Known | undefined> {
      try {
        const answer = await read(`/payment?${NONE_IS_FINE}`);
        return isNone(answer) ? undefined : readKnown(answer);
      } catch (error) {
        if (isNoConsent(error)) return undefined;
        throw error;
      }
    },

    /** Forgets the payment here; one that is gone already is what was wanted. */
    async forget(): Promise<void> {
      try {
        await call('DELETE', '/consent?scope=pisp');
      } catch (error) {
        if (!isNoConsent(error)) throw error;
      }
    },
  };
}

export type PaymentApi = ReturnType<typeof createPaymentApi>;
