/** JWS-10 for people: all that is wrong with a token, where a refused call is told the first thing alone. */

import { type Bases, splitPath } from '../bases.ts';
import { readForm } from '../check/body.ts';
import { type Payload, type Register, type Signer, explained, findSigner } from '../check/jws.ts';
import { checkPayload } from '../check/payload.ts';
import {
  type Token,
  checkIat,
  checkIatText,
  checkMembers,
  checkPath,
  readLeniently,
  readToken,
} from '../check/token.ts';
import type { Readings } from '../readings.ts';
import { Refusal } from '../refusal.ts';
import { bytesOf, textOf } from './bytes.ts';
import { keyAs } from './keys.ts';
import { TRIES_OF_A_PERSON, verifies } from './search.ts';

export interface Question {
  token: string;
  /** The call's path or URL, a method before it or not; an empty one is not held against the token. */
  path: string;
  /** As it was sent; nothing when there was none. */
  body?: string | undefined;
  /** The certificate's text; without it, that of `app`, or of the application that the token names. */
  certificate?: string | undefined;
  app?: string | undefined;
}

export interface Finding {
  rule: string;
  expected: string;
  came: string;
  /** What is wrong and how to put it right. */
  hint: string;
  reading?: string;
}

export interface Explanation {
  /** Whether a gateway would take the token while it is fresh. */
  verified: boolean;
  header: unknown;
  /** As text; null where it cannot be made out. */
  payload: string | null;
  findings: Finding[];
  /** How the token was made instead, where that was found out. */
  reading?: string;
}

export interface Grounds {
  register: Register<Signer>;
  readings: Readings;
  strict: boolean;
  bases: Bases;
  /** Milliseconds since 1970. */
  now: number;
}

export async function examine(question: Question, grounds: Grounds): Promise<Explanation> {
  const { readings, strict, bases, now } = grounds;
  const findings: Finding[] = [];
  const text = question.token.trim().replace(/^x-jws-signature:\s*/i, '');
  const token = (await checked(findings, () => readToken(text))) ?? readLeniently(text);
  if (token === undefined) return { verified: false, header: null, payload: null, findings };
  const { header, headerText } = token;
  const { path, query, pathname } = targetOf(question.path, bases);
  const signedPath = readings.signQuery ? path + query : path;

  await checked(findings, () => checkMembers(header, headerText, strict));
  if (path !== '') await checked(findings, () => checkPath(header['path'], signedPath));
  await checked(findings, () => checkIat(header['iat'], now));
  if (strict) await checked(findings, () => checkIatText(headerText));
  const payload = await checked(findings, () => payloadOf(question.body, path));
  const otherPaths = [path, path + query, pathname, pathname + query].filter((other) => other !== '');
  await checked(findings, () => checkHmac(question, { token, grounds, payload, otherPaths }));
  if (payload !== undefined) {
    await checked(findings, () => checkPayload(token.payload, payload, { ...readings, strict }));
  }

  const verified = findings.every(({ rule }) => rule === 'JWS-4' && isWithinReason(header['iat']));
  const known = findings.map(({ reading }) => reading).filter((name) => name !== undefined && name !== 'unexplained');
  const reading = known.find((name) => name?.startsWith('certificate-')) ?? known[0];
  const shown = { verified, header, payload: textOf(token.payload) ?? null, findings };
  return reading === undefined ? shown : { ...shown, reading };
}

/** What a check gives, or its refusal as a finding. */
async function checked<T>(findings: Finding[], check: () => T | Promise<T>): Promise<T | undefined> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { rule, expected = '', came = '', message: hint, reading } = error;
    findings.push({ rule, expected, came, hint, ...(reading !== undefined && { reading }) });
    return undefined;
  }
}

/** JWS-3: the path below the base, from whatever a person has at hand. */
function targetOf(text: string, bases: Bases): { path: string; query: string; pathname: string } {
  const target = text.trim().replace(/^[A-Z]+\s+/, '').replace(/^[a-z]+:\/\/[^/?#]+/i, '');
  const pathname = target.split(/[?#]/)[0] ?? '';
  const query = target.includes('?') ? target.slice(target.indexOf('?')).split('#')[0] ?? '' : '';
  return { path: splitPath(pathname, bases)?.path ?? pathname, query, pathname };
}

function payloadOf(body: string | undefined, path: string): Payload {
  if (body === undefined || body === '') return { kind: 'none' };
  const bytes = bytesOf(body);
  if (path !== '/access-token') return { kind: 'json', bytes };
  return { kind: 'form', fields: readForm({ text: body, bytes }, 'TOK-1') };
}

interface Surroundings {
  token: Token;
  grounds: Grounds;
  payload: Payload | undefined;
  otherPaths: readonly string[];
}

async function checkHmac(question: Question, surroundings: Surroundings): Promise<void> {
  const { token, grounds, payload, otherPaths } = surroundings;
  const { register, readings } = grounds;
  const signer = await signerOf(token, question, register);
  const [header, body] = token.parts;
  for (const text of signer.certificates) {
    const key = keyAs(text, readings.certificate) ?? new Uint8Array();
    if (await verifies(key, bytesOf(`${header}.${body}`), token.signature)) return;
  }
  const sources = {
    signer,
    certificate: readings.certificate,
    others: (await register.others?.()) ?? [],
    secrets: [],
    body: payload?.kind === 'json' ? payload.bytes : undefined,
    paths: otherPaths,
  };
  throw await explained(token, sources, TRIES_OF_A_PERSON);
}

async function signerOf(token: Token, question: Question, register: Register<Signer>): Promise<Signer> {
  const { certificate = '', app = '' } = question;
  const named = token.header['app'];
  if (certificate === '') return findSigner(app === '' ? named : app, register);
  return { app: app === '' ? String(named) : app, certificates: [bytesOf(certificate)] };
}

/** JWS-4: a token that was pasted is old, and no worse for that, if it was ever young. */
function isWithinReason(iat: unknown): boolean {
  return Number.isSafeInteger(iat) && Number(iat) >= Date.UTC(2020) / 1000 && Number(iat) <= Date.UTC(2100) / 1000;
}
