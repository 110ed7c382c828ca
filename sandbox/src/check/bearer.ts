import { shapeOf } from '../explain/shape.ts';
import { Refusal, type Told } from '../refusal.ts';

const EXPECTED = 'Authorization: Bearer, one space and the access token';

/** ACC-1: the access token of a call for data or for a payment (RFC 6750, 2.1). */
export function readBearer(authorization: string | null): string {
  if (authorization === null) {
    const description = 'The request has no Authorization header; send "Bearer" and the access token.';
    throw invalidToken('ACC-1', description, { expected: EXPECTED, came: 'no such header' });
  }
  const match = /^Bearer ([A-Za-z0-9\-._~+/]+=*)$/i.exec(authorization);
  if (match?.[1] === undefined) {
    const description = 'The Authorization header is not "Bearer", one space and the access token.';
    throw invalidToken('ACC-1', description, { expected: EXPECTED, came: shapeOf(authorization) });
  }
  return match[1];
}

export function invalidToken(rule: string, description: string, told: Told & { blameless?: boolean }): Refusal {
  return new Refusal(401, 'invalid_token', description, {
    rule,
    ...told,
    headers: { 'www-authenticate': 'Bearer realm="tell.connect sandbox", error="invalid_token"' },
  });
}
