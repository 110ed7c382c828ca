/** What the gateway compared: short texts that hold nothing of a token, code, secret or certificate (ERR-2). */
export interface Told {
  /** What the rule asks for. */
  expected?: string;
  /** What the call had in its place; of what is secret, its shape and length alone. */
  came?: string;
  /** The reading of JWS-10 or BAS-1 by which the call would have been right: a name for programs. */
  reading?: string;
}

export interface RefusalOptions extends Told {
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
  readonly expected: string | undefined;
  readonly came: string | undefined;
  readonly reading: string | undefined;
  readonly field: string | undefined;

  constructor(status: number, error: string, description: string, options: RefusalOptions) {
    super(description);
    this.name = 'Refusal';
    this.status = status;
    this.error = error;
    this.rule = options.rule;
    this.headers = options.headers ?? {};
    this.blameless = options.blameless ?? false;
    this.expected = options.expected;
    this.came = options.came;
    this.reading = options.reading;
    this.field = options.field;
  }

  /** As the caller is told. */
  toJson() {
    const { error, message, rule, field, expected, came, reading } = this;
    return { error, error_description: message, rule, field, expected, came, reading };
  }

  toResponse(): Response {
    return Response.json(this.toJson(), { status: this.status, headers: this.headers });
  }
}

export function invalidRequest(rule: string, description: string, told: Told = {}): Refusal {
  return new Refusal(400, 'invalid_request', description, { rule, ...told });
}

/** The caller's own text inside a description: quoted, with control characters escaped, and short. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}
