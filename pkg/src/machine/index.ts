/**
 * The life of a consent without IO: events in, commands out. A shell of any kind can carry it. Ready on import in
 * Node.js, Deno, Bun and workerd; refused in browsers.
 *
 * @module tell-connect/machine
 */

// Our own shell is ../worker/vault.ts. Each runtime has a loader beside this file.

export { TellConnectError } from '../error.js';
export type { ErrorCode, Fault, GatewayRefusal } from '../error.js';
export { CODES } from '../generated/core.js';
export type {
  Advice, Allowance, Asked, Asking, AuditKind, BackendCall, BackendConsent, BackendStart, BackendStep, BasicReading,
  Budget, CallLog, CertificateReading, ClaimWord, Command, ConsentAbout, ConsentEvent, ConsentState, ConsentView, Cookies,
  Door, EmptyPayload, EndpointLeft, EndpointReading, GatewayAnswer, GatewayReason, Happened, HostEvent, Knock, Loss,
  OrderCheck, OrderCommand, OrderEvent, Outcome, PaymentState, PaymentTold, Problem, ProblemCode, Received, Sent,
  SessionCookie, ShownNames, Signed, StartTerms, Statistics, StatisticsFigures, StatisticsKinds, Step, StepKind, SweepResult,
  VisitCall, VisitHeard, VisitStep, Visitor, WakeReason, Wish,
} from '../generated/core.js';
export type { Environment, Scope } from '../api.js';
export type { Method, Readings, SignedRequest } from '../generated/core.js';
export type { Profile } from '../edge/tpp.js';
export * from './backend.js';
export * from './consent.js';
export * from './json-check.js';
export { Order } from './order.js';
export * from './settings.js';
export { Visit } from './visit.js';
