import { Refusal } from '../refusal.ts';

export interface Client {
  clientId: string;
  clientSecret: string;
}

const EXPECTED = 'Authorization: Basic base64(client_id ":" client_secret), in UTF-8, standard alphabet with padding';

/** BAS-1: the credentials of the TPP, on the two calls to the authorisation server. */
export function checkBasic(authorization: string | null, client: Client, { strict }: { strict: boolean }): void {
  if (authorization === null) throw refused(`The request has no Authorization header; send ${EXPECTED}.`);
  const [scheme = '', encoded = '', ...rest] = authorization.split(' ');
  const isBasic = strict ? scheme === 'Basic' : scheme.toLowerCase() === 'basic';
  if (!isBasic || rest.length > 0) {
    throw refused(`The Authorization header is not of the form asked for; send ${EXPECTED}.`);
  }
  const pair = decode(encoded);
  if (pair === undefined) throw refused(`The Basic credentials are not base64 of UTF-8 text; send ${EXPECTED}.`);
  const { clientId, clientSecret } = client;
  if (sameText(pair, `${clientId}:${clientSecret}`)) return;
  throw refused(likelyMistake(pair, client));
}

/** The readings of "client_id:client:secret" that people try, told apart so that nobody has to guess. */
function likelyMistake(pair: string, { clientId, clientSecret }: Client): string {
  if (sameText(pair, `${clientId}:client:${clientSecret}`)) {
    return 'The Basic credentials read client_id:client:client_secret; the guide slipped there, leave "client" out.';
  }
  if (sameText(pair, `${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`)) {
    return 'The Basic credentials were form-encoded before base64 (RFC 6749, 2.3.1); send both parts as they are.';
  }
  const colon = pair.indexOf(':');
  if (colon < 0) return 'The Basic credentials have no colon; join client_id and client_secret with one.';
  if (pair.slice(0, colon) !== clientId) return 'The client_id is not the one in SANDBOX_CLIENT_ID.';
  return 'The client_secret is not the one in SANDBOX_CLIENT_SECRET (spaces and line ends count).';
}

function decode(encoded: string): string | undefined {
  try {
    // btoa(atob(x)) === x holds for the canonical, padded form alone.
    const binary = atob(encoded);
    if (encoded === '' || btoa(binary) !== encoded) return undefined;
    const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Compares without an early end, so that the time taken says nothing about where two texts part. */
function sameText(left: string, right: string): boolean {
  const [a, b] = [new TextEncoder().encode(left), new TextEncoder().encode(right)];
  let difference = a.length ^ b.length;
  for (let index = 0; index < a.length; index += 1) difference |= (a[index] ?? 0) ^ (b[index] ?? 0);
  return difference === 0;
}

function refused(description: string): Refusal {
  return new Refusal(401, 'invalid_client', description, {
    rule: 'BAS-1',
    headers: { 'www-authenticate': 'Basic realm="tell.connect sandbox", charset="UTF-8"' },
  });
}
