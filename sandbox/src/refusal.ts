export interface RefusalOptions {
  /** The rule of the protocol that stands behind the refusal, such as `JWS-3`. */
  rule: string;
  headers?: Record<string, string>;
  /** A caller that keeps every rule can meet this refusal too: a token has run out, an account is not there. */
  blameless?: boolean;
  /** The member or field of a form that is wrong. */
  field?: string;
}

/**
 * A call that is refused and what the caller has to change. The description may repeat what the caller sent in the
 * clear (a path, a member's name) but never a token, a code, a secret or a certificate (ERR-2).
 */
export class Refusal extends Error {
  readonly status: number;
  readonly error: string;
  readonly rule: string;
  readonly headers: Record<string, string>;
  readonly blameless: boolean;
  readonly field: string | undefined;

  constructor(status: number, error: string, description: string, options: RefusalOptions) {
    super(description);
    this.name = 'Refusal';
    this.status = status;
    this.error = error;
    this.rule = options.rule;
    this.headers = options.headers ?? {};
    this.blameless = options.blameless ?? false;
    this.field = options.field;
  }

  toJson(): { error: string; description: string; rule: string } {
    return { error: this.error, description: this.message, rule: this.rule };
  }

  toResponse(): Response {
    const field = this.field === undefined ? {} : { field: this.field };
    const body = { error: this.error, error_description: this.message, rule: this.rule, ...field };
    return Response.json(body, { status: this.status, headers: this.headers });
  }
}

export function invalidRequest(rule: string, description: string): Refusal {
  return new Refusal(400, 'invalid_request', description, { rule });
}

/** The caller's own text inside a description: quoted, with control characters escaped, and short. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}
