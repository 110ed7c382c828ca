import type { Client } from '../directory.ts';
import { Refusal } from '../refusal.ts';

const EXPECTED = 'Authorization: Basic base64(client_id ":" client_secret), in UTF-8, standard alphabet with padding';

/** BAS-1: the credentials of the TPP, on the two calls to the authorisation server. */
export async function checkBasic(
  authorization: string | null,
  findClient: (clientId: string) => Client | undefined,
  { strict }: { strict: boolean },
): Promise<Client> {
  if (authorization === null) throw refused(`The request has no Authorization header; send ${EXPECTED}.`);
  const [scheme = '', encoded = '', ...rest] = authorization.split(' ');
  const isBasic = strict ? scheme === 'Basic' : scheme.toLowerCase() === 'basic';
  if (!isBasic || rest.length > 0) {
    throw refused(`The Authorization header is not of the form asked for; send ${EXPECTED}.`);
  }
  const pair = decode(encoded);
  if (pair === undefined) throw refused(`The Basic credentials are not base64 of UTF-8 text; send ${EXPECTED}.`);
  const colon = pair.indexOf(':');
  if (colon < 0) throw refused('The Basic credentials have no colon; join client_id and client_secret with one.');
  const [clientId, clientSecret] = [pair.slice(0, colon), pair.slice(colon + 1)];
  const client = findClient(clientId);
  if (client !== undefined && (await client.matches(clientSecret))) return client;
  throw refused(await likelyMistake(clientId, clientSecret, findClient));
}

/** The readings of "client_id:client:secret" that people try, told apart so that nobody has to guess. */
async function likelyMistake(
  clientId: string,
  clientSecret: string,
  findClient: (clientId: string) => Client | undefined,
): Promise<string> {
  const client = findClient(clientId);
  if (clientSecret.startsWith('client:') && (await client?.matches(clientSecret.slice('client:'.length)))) {
    return 'The Basic credentials read client_id:client:client_secret; the guide slipped there, leave "client" out.';
  }
  const [plainId, plainSecret] = [clientId, clientSecret].map(formDecoded) as [string, string];
  if (await findClient(plainId)?.matches(plainSecret)) {
    return 'The Basic credentials were form-encoded before base64 (RFC 6749, 2.3.1); send both parts as they are.';
  }
  if (client === undefined) return 'The client_id is not one that is registered in this environment.';
  return 'The client_secret is not the one of this client_id (spaces and line ends count).';
}

function formDecoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
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

function refused(description: string): Refusal {
  return new Refusal(401, 'invalid_client', description, {
    rule: 'BAS-1',
    headers: { 'www-authenticate': 'Basic realm="tell.connect sandbox", charset="UTF-8"' },
  });
}
