/** What a {@link TellConnectError} can say went wrong. A code never changes its meaning. */
export type ErrorCode =
  | 'app_invalid'
  | 'aspsp_invalid'
  | 'base_url_invalid'
  | 'certificate_invalid'
  | 'configuration_invalid'
  | 'credentials_invalid'
  | 'environment_invalid'
  | 'gateway_bad_answer'
  | 'gateway_refused'
  | 'iat_invalid'
  | 'invalid_argument'
  | 'json_invalid'
  | 'json_too_deep'
  | 'jws_algorithm_refused'
  | 'jws_header_refused'
  | 'jws_malformed'
  | 'jws_signature_mismatch'
  | 'location_refused'
  | 'method_invalid'
  | 'not_ready'
  | 'path_invalid'
  | 'profile_invalid'
  | 'randomness_unavailable'
  | 'redirect_parameter_invalid'
  | 'redirect_parameter_missing'
  | 'redirect_parameter_repeated'
  | 'scope_invalid'
  | 'snapshot_damaged'
  | 'snapshot_version_unknown'
  | 'token_invalid'
  | 'too_large'
  | 'user_ip_invalid'
  | 'uuid_invalid';

/** One fault of a configuration: which setting, and what is wrong with it. Never its value. */
export interface Fault {
  setting: string;
  problem: string;
}

/** What is kept of a gateway's refusal. */
export interface GatewayRefusal {
  /** The HTTP status. */
  status: number;
  /** RFC 6749 `error`, or an RFC 9457 problem's `code` or `type`. */
  error?: string;
  /** RFC 6749 `error_description`, or an RFC 9457 problem's `detail` or `title`. */
  errorDescription?: string;
  /** The first 2 KiB of the answer, where it holds neither. */
  text?: string;
}

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
