/** JWS-1…9 as the gateway reads them off one request. Every deviation is reported, not the first alone. */

import { createHmac, timingSafeEqual } from 'node:crypto';
import { headerValues, type Call } from './call.ts';
import type { Report } from './checks.ts';
import { memberNames, parseObject, utf8 } from './json.ts';

const HEADER_MEMBERS = ['alg', 'typ', 'app', 'path', 'iat'];
const IAT_WINDOW_SECONDS = 300;

export interface JwsContext {
  /** The certificate's exact bytes by `app` id. */
  readonly certificates: ReadonlyMap<string, Uint8Array>;
  /** Seconds since 1970 on the real clock: virtual time moves the bank's clock, not the caller's. */
  readonly now: number;
}

/** Checks the call's JWS and gives the `app` that signed it, if it is a known one. */
export function checkJws(call: Call, context: JwsContext, report: Report): string | undefined {
  const values = headerValues(call, 'x-jws-signature');
  if (values.length !== 1) {
    report('JWS-1', 401, `x-jws-signature is there ${values.length} times, not once`);
    return undefined;
  }
  const token = values[0] ?? '';
  const parts = token.split('.');
  if (/\s/.test(token)) report('JWS-9', 401, 'the token holds whitespace');
  if (parts.length !== 3) {
    report('JWS-9', 401, `the token has ${parts.length} parts, not three`);
    return undefined;
  }
  const [header, payload, signature] = parts.map((part) => decode(part, report)) as [Buffer, Buffer, Buffer];
  const app = checkHeader(call, header, context, report);
  checkPayload(call, payload, report);
  const certificate = app === undefined ? undefined : context.certificates.get(app);
  if (certificate === undefined) return undefined;
  const expected = createHmac('sha256', certificate).update(`${parts[0]}.${parts[1]}`).digest();
  if (signature.length !== expected.length || !timingSafeEqual(signature, expected)) {
    report('JWS-8', 401, 'the signature is not HMAC-SHA256 keyed with the certificate\'s exact bytes');
  }
  return app;
}

function decode(part: string, report: Report): Buffer {
  if (part.includes('=')) report('JWS-1', 401, 'a part is padded');
  if (/[+/]/.test(part)) report('JWS-1', 401, 'a part is in standard base64, not base64url');
  const bytes = Buffer.from(part, 'base64url');
  const alphabetOnly = part.replace(/[^A-Za-z0-9_-]/g, '');
  if (alphabetOnly === part && bytes.toString('base64url') !== part) {
    report('JWS-9', 401, 'a part has trailing bits that are not zero');
  }
  return bytes;
}

function checkHeader(call: Call, bytes: Buffer, context: JwsContext, report: Report): string | undefined {
  const text = utf8(bytes) ?? '';
  const header = parseObject(text);
  if (header === undefined) {
    report('JWS-2', 401, 'the header is no JSON object in UTF-8');
    return undefined;
  }
  const names = memberNames(text);
  if (new Set(names).size !== names.length) report('JWS-9', 401, 'a header member is there twice');
  if ('crit' in header) report('JWS-9', 401, 'the header has crit');
  if ('b64' in header) report('JWS-9', 401, 'the header has b64');
  if (names.join() !== HEADER_MEMBERS.join()) {
    report('JWS-2', 401, `the header's members are ${names.join()}, not ${HEADER_MEMBERS.join()}`);
  }
  if (header.alg !== 'HS256') report('JWS-1', 401, `alg is ${JSON.stringify(header.alg)}, not "HS256"`);
  if (header.typ !== 'JWT') report('JWS-2', 401, `typ is ${JSON.stringify(header.typ)}, not "JWT"`);
  if (header.path !== call.path) {
    report('JWS-3', 401, `path is ${JSON.stringify(header.path)}, the call's is ${JSON.stringify(call.path)}`);
  }
  checkIat(header.iat, text, context.now, report);
  if (typeof header.app === 'string' && context.certificates.has(header.app)) return header.app;
  report('JWS-2', 401, `app is ${JSON.stringify(header.app)}, which is not registered`);
  return undefined;
}

function checkIat(iat: unknown, headerText: string, now: number, report: Report): void {
  // Read off the text too: 1.7e9 and 1700000000.0 parse to a whole number without being written as one.
  if (!Number.isSafeInteger(iat) || !new RegExp(`"iat"\\s*:\\s*${iat}\\s*[,}]`).test(headerText)) {
    report('JWS-4', 401, `iat is ${JSON.stringify(iat)}, not whole seconds as a JSON number`);
  } else if (Math.abs((iat as number) - now) > IAT_WINDOW_SECONDS) {
    report('JWS-4', 401, `iat is ${iat}, more than ${IAT_WINDOW_SECONDS} s from ${now}`);
  }
}

function checkPayload(call: Call, payload: Buffer, report: Report): void {
  if (call.body.length === 0) {
    if (payload.toString('latin1') !== '{}') report('JWS-7', 401, 'there is no body and the payload is not {}');
  } else if (call.endpoint === 'exchange' || call.endpoint === 'refresh') {
    checkFormPayload(call, payload, report);
  } else if (!payload.equals(call.body)) {
    report('JWS-5', 401, 'the payload is not the exact bytes of the body');
  }
}

function checkFormPayload(call: Call, payload: Buffer, report: Report): void {
  const text = utf8(payload) ?? '';
  const signed = parseObject(text);
  const fields = [...new URLSearchParams(call.body.toString('utf8'))];
  if (signed === undefined || Object.values(signed).some((value) => typeof value !== 'string')) {
    report('JWS-6', 401, 'the payload is no JSON object whose every value is a string');
    return;
  }
  const names = memberNames(text);
  const same = names.length === fields.length &&
    fields.every(([name, value], index) => names[index] === name && signed[name] === value);
  if (!same) report('JWS-6', 401, `the payload's members ${names.join()} are not the form's fields in their order`);
}
