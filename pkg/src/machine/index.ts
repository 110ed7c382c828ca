// The consent state machine: events in, commands out. A shell of any kind can carry it; ours is ../worker/vault.ts.
// Ready on import in Node, Deno, Bun and workerd; refused in browsers. Each runtime has a loader beside this file.

export { TellConnectError } from '../error.js';
export type { ErrorCode, Fault, GatewayRefusal } from '../error.js';
export { CODES } from '../generated/core.js';
export type {
  Asked, BackendCall, BackendConsent, BackendStep, CallLog, ConsentAbout, Command, ConsentEvent, ConsentState, ConsentView, Cookies, Door, GatewayAnswer, Happened, Knock, Loss,
  Allowance, Budget, ClaimWord, EndpointLeft, SweepResult, HostEvent, OrderCommand, OrderEvent, Outcome, PaymentState, PaymentTold, Problem, ProblemCode, SessionCookie, Statistics, StatisticsFigures, StatisticsKinds, Step, VisitCall, VisitHeard, VisitStep, WakeReason, Wish,
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
