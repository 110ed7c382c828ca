import type { ErrorCode, Fault, GatewayRefusal } from './generated/core.js';

export type { ErrorCode, Fault, GatewayRefusal } from './generated/core.js';

/** Every error this package throws. Its message says what to do and never holds a secret. */
export class TellConnectError extends Error {
  /** The stable code to match on. */
  readonly code: ErrorCode;
  /** With `configuration_invalid`: every fault found. */
  readonly faults?: readonly Fault[];
  /** With `gateway_refused`: what the gateway said. */
  readonly gateway?: GatewayRefusal;

  constructor(code: ErrorCode, message: string, details?: { faults?: readonly Fault[]; gateway?: GatewayRefusal }) {
    super(message);
    this.name = 'TellConnectError';
    this.code = code;
    Object.assign(this, details);
  }
}
