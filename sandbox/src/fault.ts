export interface FaultOptions {
  /** The rule of the protocol that the call breaks, such as `JWS-3`. */
  rule: string;
  headers?: Record<string, string>;
}

/**
 * A wrong call and what the caller has to change. The description may repeat what the caller sent in the clear (a
 * path, a member's name) but never a token, a code, a secret or a certificate (ERR-2).
 */
export class Fault extends Error {
  readonly status: number;
  readonly error: string;
  readonly rule: string;
  readonly headers: Record<string, string>;

  constructor(status: number, error: string, description: string, { rule, headers = {} }: FaultOptions) {
    super(description);
    this.name = 'Fault';
    this.status = status;
    this.error = error;
    this.rule = rule;
    this.headers = headers;
  }

  toResponse(): Response {
    const body = { error: this.error, error_description: this.message, rule: this.rule };
    return Response.json(body, { status: this.status, headers: this.headers });
  }
}

export function invalidRequest(rule: string, description: string): Fault {
  return new Fault(400, 'invalid_request', description, { rule });
}

/** The caller's own text inside a description: quoted, with control characters escaped, and short. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}
