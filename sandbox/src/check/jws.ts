import { compactVerify, errors } from 'jose';
import { type Candidate, keyAs } from '../explain/keys.ts';
import { type Signer, type Sources, findReading } from '../explain/search.ts';
import type { Readings } from '../readings.ts';
import { type Refusal, quoted } from '../refusal.ts';
import { type Payload, checkPayload } from './payload.ts';
import { type Token, badToken, checkIat, checkIatText, checkMembers, checkPath, readToken } from './token.ts';

export type { Payload } from './payload.ts';
export type { Signer } from '../explain/search.ts';

export interface SignedCall {
  /** The header `x-jws-signature` as it came. */
  token: string | null;
  /** The call's path without host and version, and without query unless this gateway has that signed. */
  path: string;
  payload: Payload;
  /** Whether order and spelling are held against the protocol where another reading means the same. */
  strict: boolean;
  readings: Readings;
  /** What else came with the call and may have been taken for the key: tried where nothing else verifies. */
  secrets?: readonly Candidate[];
  /** Other ways of writing the path, tried likewise. */
  otherPaths?: readonly string[];
}

/** Where the applications are known that may call. */
export interface Register<S extends Signer> {
  find(app: string): Promise<S | undefined>;
  /** Some more, whose certificates may have been confused; for the hint alone. */
  others?(): Promise<readonly Signer[]>;
}

/** Checks a call's signature from the outside in, and gives the application that made it. */
export async function checkSignature<S extends Signer>(
  call: SignedCall,
  register: Register<S>,
  now: number,
): Promise<S> {
  const token = readToken(call.token);
  checkMembers(token.header, token.headerText, call.strict);
  const signer = await findSigner(token.header['app'], register);
  checkPath(token.header['path'], call.path);
  checkIat(token.header['iat'], now);
  if (call.strict) checkIatText(token.headerText);
  if (!(await isSignedBy(token, signer, call.readings))) throw await unverified(token, signer, call, register);
  checkPayload(token.payload, call.payload, { ...call.readings, strict: call.strict });
  return signer;
}

export async function findSigner<S extends Signer>(app: unknown, register: Register<S>): Promise<S> {
  const signer = typeof app === 'string' ? await register.find(app) : undefined;
  if (signer !== undefined) return signer;
  const description =
    `The app ${quoted(app)} is not registered with this gateway; it is the id of the application, not of the client.`;
  throw badToken('JWS-2', description, { expected: 'the id of a registered application', came: quoted(app) });
}

/** JWS-8. Any certificate of the application will do while one is replaced by another. */
async function isSignedBy({ parts }: Token, { certificates }: Signer, { certificate }: Readings): Promise<boolean> {
  for (const text of certificates) {
    const key = keyAs(text, certificate);
    if (key === undefined || key.length === 0) continue;
    try {
      await compactVerify(parts.join('.'), key, { algorithms: ['HS256'] });
      return true;
    } catch (cause) {
      if (!(cause instanceof errors.JOSEError)) throw cause;
    }
  }
  return false;
}

async function unverified<S extends Signer>(
  token: Token,
  signer: S,
  call: SignedCall,
  register: Register<S>,
): Promise<Refusal> {
  const others = (await register.others?.()) ?? [];
  return explained(token, {
    signer,
    certificate: call.readings.certificate,
    others,
    secrets: call.secrets ?? [],
    body: call.payload.kind === 'json' ? call.payload.bytes : undefined,
    paths: call.otherPaths ?? [],
  });
}

/** JWS-10: the refusal of an HMAC that does not verify, with the reading by which it would. */
export async function explained(token: Token, sources: Sources, most?: number): Promise<Refusal> {
  const { parts, signature } = token;
  const { found, tried } = await findReading({ header: parts[0], payload: parts[1], signature }, sources, most);
  const { signer, certificate } = sources;
  const expected = `HMAC-SHA256 of the two encoded parts as sent, keyed with ${KEYS[certificate]}`;
  const came = `${signature.length} bytes that are not that HMAC`;
  if (found === undefined) {
    const description =
      `The HMAC does not verify with the certificate of ${quoted(signer.app)}, nor in any of ${tried} other ways of ` +
      `taking key and input that were tried. The key is ${KEYS[certificate]}; the input is the two encoded parts as ` +
      'sent, with the dot between them. Compare the certificate with the one that was uploaded, byte by byte.';
    return badToken('JWS-8', description, { expected, came, reading: 'unexplained' });
  }
  const key = `the key is ${KEYS[certificate]}`;
  const input = 'sign the bytes of the two encoded parts as sent, with the dot between them, by HMAC-SHA256';
  const advice = { key, input, both: `${key}; and ${input}` }[found.other];
  const { reading } = found;
  return badToken('JWS-8', `The signature verifies with ${found.words}: ${advice}.`, { expected, came, reading });
}

const KEYS: Readonly<Record<Readings['certificate'], string>> = {
  'as-is': "the certificate's text exactly as it was uploaded, line ends and final newline included",
  lf: "the certificate's text with LF line ends, as this gateway is set",
  crlf: "the certificate's text with CRLF line ends, as this gateway is set",
  'no-final-newline': "the certificate's text without a final newline, as this gateway is set",
  'final-newline': "the certificate's text with one final newline, as this gateway is set",
  'pem-body': "the base64 between the certificate's armour lines, without line ends, as this gateway is set",
  der: "the certificate's DER bytes, as this gateway is set",
};
