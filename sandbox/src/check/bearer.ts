import { Refusal } from '../refusal.ts';

/** ACC-1: the access token of a call for data or for a payment (RFC 6750, 2.1). */
export function readBearer(authorization: string | null): string {
  if (authorization === null) {
    throw invalidToken('ACC-1', 'The request has no Authorization header; send "Bearer" and the access token.');
  }
  const match = /^Bearer ([A-Za-z0-9\-._~+/]+=*)$/i.exec(authorization);
  if (match?.[1] === undefined) {
    throw invalidToken('ACC-1', 'The Authorization header is not "Bearer", one space and the access token.');
  }
  return match[1];
}

export function invalidToken(rule: string, description: string, blameless = false): Refusal {
  return new Refusal(401, 'invalid_token', description, {
    rule,
    blameless,
    headers: { 'www-authenticate': 'Bearer realm="tell.connect sandbox", error="invalid_token"' },
  });
}
