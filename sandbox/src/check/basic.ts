import { formDecoded, likelyMistake, plausibleEncodings } from '../explain/credentials.ts';
import { bytesOfBase64, textOf } from '../explain/bytes.ts';
import { characters, shapeOf } from '../explain/shape.ts';
import type { Readings } from '../readings.ts';
import { Refusal, type Told } from '../refusal.ts';

/** A client as the gateway knows it: by its id, and by whether a text is its secret. */
export interface KnownClient {
  clientId: string;
  matches(secret: string): Promise<boolean>;
}

export type FindClient<C extends KnownClient = KnownClient> = (clientId: string) => Promise<C | undefined>;

export interface BasicOptions {
  strict: boolean;
  reading: Readings['basic'];
}

const FORMS: Readonly<Record<Readings['basic'], string>> = {
  'as-is': 'Authorization: Basic base64(client_id ":" client_secret), in UTF-8, standard alphabet with padding',
  'form-encoded':
    'Authorization: Basic base64(client_id ":" client_secret), each form-encoded first (RFC 6749, 2.3.1), as this ' +
    'gateway is set',
};

/** With each 401 that is about them (RFC 9110, 15.5.2). */
export const BASIC_CHALLENGE = { 'www-authenticate': 'Basic realm="tell.connect sandbox", charset="UTF-8"' };

/** BAS-1: the credentials of the TPP, on the two calls to the authorisation server. Gives the client. */
export async function checkBasic<C extends KnownClient>(
  authorization: string | null,
  findClient: FindClient<C>,
  { strict, reading }: BasicOptions,
): Promise<C> {
  const expected = FORMS[reading];
  if (authorization === null) {
    const told = { expected, came: 'no such header' };
    throw refused(`The request has no Authorization header; send ${expected}.`, told);
  }
  const [scheme = '', encoded = '', ...rest] = authorization.split(' ');
  const isBasic = strict ? scheme === 'Basic' : scheme.toLowerCase() === 'basic';
  if (!isBasic || rest.length > 0) {
    const came = formOf(scheme, rest.length);
    throw refused(`The Authorization header is not of the form asked for; send ${expected}.`, { expected, came });
  }
  const pair = decode(encoded);
  if (pair === undefined) throw await undecoded(encoded, findClient, reading);
  const client = await clientOf(pair, findClient, reading);
  if (client !== undefined) return client;
  const { words, came, reading: name } = await likelyMistake(pair, findClient, reading);
  throw refused(words, { expected, came, ...(name !== undefined && { reading: name }) });
}

/** The client whose credentials these are; a client id has no colon (BAS-2), so the first one parts them. */
async function clientOf<C extends KnownClient>(
  pair: string,
  find: FindClient<C>,
  reading: Readings['basic'],
): Promise<C | undefined> {
  const colon = pair.indexOf(':');
  if (colon < 0) return undefined;
  const parts = [pair.slice(0, colon), pair.slice(colon + 1)].map((part) => {
    return reading === 'as-is' ? part : formDecoded(part);
  });
  const [clientId, secret] = parts;
  if (clientId === undefined || secret === undefined) return undefined;
  const client = await find(clientId);
  return (await client?.matches(secret)) === true ? client : undefined;
}

async function undecoded(encoded: string, find: FindClient, reading: Readings['basic']): Promise<Refusal> {
  const expected = FORMS[reading];
  for (const { pair, name, words } of plausibleEncodings(encoded)) {
    if ((await clientOf(pair, find, reading)) === undefined) continue;
    const told = { expected, came: shapeOf(encoded), reading: name };
    return refused(`The Basic credentials are right but for ${words}.`, told);
  }
  const told = { expected, came: encoded === '' ? 'nothing after "Basic"' : shapeOf(encoded) };
  return refused(`The Basic credentials are not base64 of UTF-8 text; send ${expected}.`, told);
}

/** The canonical, padded form of UTF-8 text alone. */
function decode(encoded: string): string | undefined {
  const bytes = /[-_]/.test(encoded) || encoded === '' ? undefined : bytesOfBase64(encoded);
  if (bytes === undefined) return undefined;
  const isCanonical = btoa(String.fromCharCode(...bytes)) === encoded;
  return isCanonical ? textOf(bytes) : undefined;
}

/** A scheme that is none may be the secret itself. */
function formOf(scheme: string, further: number): string {
  const known = ['basic', 'bearer', 'digest'].find((name) => name === scheme.toLowerCase());
  const first = known === undefined ? `first ${characters(scheme.length)} that name no scheme known` : `"${known}"`;
  return further === 0 ? first : `${first}, and ${further + 1} parts behind it`;
}

function refused(description: string, told: Told): Refusal {
  return new Refusal(401, 'invalid_client', description, { rule: 'BAS-1', headers: BASIC_CHALLENGE, ...told });
}
