// The bodies of the worker's HTTP API, made of the core's own types. Their schemas follow from them.
import type { ConsentView, Environment, Outcome, PaymentTold, Problem, Scope, ShownNames } from '../../pkg/src/generated/core.ts';

export type { CallLog, PaymentTold, Statistics } from '../../pkg/src/generated/core.ts';

/**
 * The order that a payment is for: paid once, whichever browser, consent or retry it comes from.
 *
 * @minLength 1
 * @maxLength 255
 * @pattern ^[!-~]+$
 */
export type Order = string;

/** A payment. Members that are not listed are passed on to the bank as they are. */
export interface Payment {
  /**
   * The account that pays, where the bank wants to be told.
   *
   * @minLength 1
   * @maxLength 128
   */
  AccountId?: string;
  /**
   * The bank's own word for it, such as `FasterPayment`.
   *
   * @minLength 1
   * @maxLength 35
   */
  PaymentType: string;
  /**
   * Who is paid.
   *
   * @minLength 1
   * @maxLength 140
   */
  BeneficiaryName: string;
  /**
   * `SortCodeAccountNumber` or `IBAN`, with or without a prefix such as `UK.OBIE.`.
   *
   * @minLength 1
   * @maxLength 70
   */
  SchemeName: string;
  /**
   * Sort code and account number, 14 digits together, or an IBAN without spaces.
   *
   * @minLength 1
   * @maxLength 34
   */
  BeneficiaryIdentification: string;
  /**
   * A plain decimal above zero, with no more digits behind the point than the currency has.
   *
   * @pattern ^(0|[1-9][0-9]*)(\.[0-9]+)?$
   */
  Amount: string;
  /**
   * A currency of ISO 4217.
   *
   * @pattern ^[A-Z]{3}$
   */
  Currency: string;
  /**
   * What the beneficiary reads.
   *
   * @minLength 1
   * @maxLength 35
   */
  Reference: string;
  [member: string]: unknown;
}

/** What the customer is to be asked for. A member that is `null` is as one that is absent. */
export interface AuthorisationRequest {
  scope: Scope;
  /** One of the worker's applications, by name; the first, without it. */
  application?: string | null;
  /** With the scope `pisp`: the payment to agree to. Then that one is submitted, and no other. */
  payment?: Payment | null;
  /** With the scope `pisp`: the order that it is for. */
  order?: Order | null;
}

/** Where to send the customer. */
export type Authorisation = Omit<Extract<Outcome, { kind: 'requested' }>, 'kind'>;

/** How the consent of this browser stands. */
export type Consent = ConsentView & {
  /** Whether another is asked for, to replace it. This one stays in force until that is connected. */
  renewing: boolean;
  environment: Environment;
};

/** Where there is no consent, or no payment, and the query has `none=ok`. */
export type Nothing = ShownNames & {
  state: 'none';
  environment: Environment;
};

export type ConsentAnswer = Consent | Nothing;

/** The payment that was stated when the consent was asked for, or this one; and the order that it is for. */
export interface PaymentOfOrder {
  payment?: Payment | null;
  order?: Order | null;
}

/** A payment, or one with its order. `{}` submits the payment that was stated. */
export type PaymentRequest = Payment | PaymentOfOrder;

/** How the payment of this browser stands. */
export type PaymentStatus = PaymentTold & {
  /** As it was stated or submitted. */
  payment?: Payment;
};

export type PaymentAnswer = PaymentStatus | Nothing;

/** Why a call failed (RFC 9457). `code` is stable; `detail` says what to do. `consent_not_found` has the names. */
export type ProblemDetails = Problem & ShownNames & {
  type: 'about:blank';
  /** The code in words. */
  title: string;
};
