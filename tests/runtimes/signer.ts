/** Signing, verifying and explaining: where the certificate is at hand. */

import { Signer } from 'tell-connect/edge';
import { inspectJws, signingInput } from 'tell-connect';
import { allRefused, equal, ok, refused, untyped, type Case } from './check.ts';
import { RFC_7515_A1, SIGNED } from './guide.ts';
import { survives, survivesMembers } from './hostile.ts';

const APP = 'app-1';
const PEM = '-----BEGIN CERTIFICATE-----\nVGhlIGtleSBvZiBhIHRlc3QsIHdoaWNoIG9wZW5zIG5vdGhpbmcu\n'
  + '-----END CERTIFICATE-----\n';
const CALL = { path: '/accounts', payload: '{"b":1,"a":[2, 3]}', iat: 1_767_225_600 } as const;
const signer = new Signer({ app: APP, certificate: PEM });

const signedBy = (certificate: string | Uint8Array, call: object = CALL): string =>
  new Signer({ app: APP, certificate }).sign({ ...CALL, ...call });

/** Base64url of a text that is ASCII. */
const part = (text: string): string => btoa(text).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
const readings = (token: string, call = {}): string[] =>
  signer.explain(token, { ...CALL, ...call }).findings.map(({ reading }) => reading);

const bytesOf = (base64url: string): Uint8Array =>
  Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));

export const signerSuite: readonly Case[] = [
  {
    name: 'JWS-1, JWS-2, JWS-8: a token is, character by character, the one another HMAC made',
    run() {
      const { certificate, app, path, iat, payload, token } = SIGNED;
      equal(new Signer({ app, certificate }).sign({ path, payload, iat }), token);
      const bytes = new TextEncoder().encode(certificate);
      equal(new Signer({ app, certificate: bytes }).sign({ path, payload, iat }), token, 'of the certificate’s bytes');
    },
  },
  {
    name: 'JWS-3: a query string is sent and not signed',
    run() {
      equal(signer.sign({ ...CALL, path: '/accounts?page=2' }), signer.sign(CALL));
    },
  },
  {
    name: 'JWS-4: without an iat it is now',
    run() {
      const before = Math.floor(Date.now() / 1000);
      const { iat = 0 } = inspectJws(signer.sign({ path: '/', payload: '{}' })).header;
      ok(iat >= before && iat <= Math.floor(Date.now() / 1000), `${iat}`);
    },
  },
  {
    name: 'JWS-9: RFC 7515 A.1 verifies under its key',
    run() {
      const { key, token, payload } = RFC_7515_A1;
      const verified = new Signer({ app: APP, certificate: bytesOf(key) }).verify(token);
      equal(verified, { header: { typ: 'JWT', alg: 'HS256' }, payload });
    },
  },
  {
    name: 'JWS-5, JWS-9: what is signed verifies, and with any one character changed it does not',
    run() {
      const payload = '{"text":"\\u0000 £ 𝄞 \\"","number":1.10E+2}';
      const token = signer.sign({ ...CALL, payload });
      equal(signer.verify(token).payload, payload);
      for (let at = 0; at < token.length; at += 1) {
        const changed = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
        let taken = true;
        try {
          signer.verify(changed);
        } catch {
          taken = false;
        }
        ok(!taken, `changed at ${at}`);
      }
    },
  },
  {
    name: 'JWS-9: every other algorithm, form and key is refused by a code of its own',
    run() {
      const token = signer.sign(CALL);
      const [, payload = '', signature = ''] = token.split('.');
      const under = (header: string) => () => signer.verify(`${part(header)}.${payload}.${signature}`);
      allRefused('jws_algorithm_refused', {
        none: under('{"alg":"none"}'),
        'small letters': under('{"alg":"hs256"}'),
        RSA: under('{"alg":"RS256"}'),
        absent: under('{}'),
      });
      allRefused('jws_header_refused', {
        crit: under('{"alg":"HS256","crit":["exp"]}'), b64: under('{"alg":"HS256","b64":false}'),
      });
      allRefused('jws_malformed', {
        padded: () => signer.verify(`${token}=`),
        cut: () => signer.verify(token.slice(0, -1)),
        empty: () => signer.verify(''),
      });
      refused('jws_signature_mismatch', () => signer.verify(signedBy('another')));
      const other = new Signer({ app: 'app-2', certificate: PEM });
      refused('jws_app_mismatch', () => other.verify(token), 'another app under the same certificate');
      refused('jws_signature_mismatch', () => signer.verify(`${part('{"alg":"HS256"}')}.${payload}.`));
      refused('too_large', () => signer.verify('a'.repeat(7 * 1024 * 1024)));
    },
  },
  {
    name: 'JWS-3, JWS-4, JWS-5: what cannot be signed rightly is refused',
    run() {
      const signing = (change: object) => () => signer.sign({ ...CALL, ...change });
      refused('path_invalid', signing({ path: '/v1/accounts' }));
      refused('iat_invalid', signing({ iat: 0 }));
      refused('json_invalid', signing({ payload: '' }));
      ok(signing({ payload: '['.repeat(99_999) + ']'.repeat(99_999) })() !== '', 'however deeply nested');
      refused('too_large', signing({ payload: `"${'a'.repeat(4 * 1024 * 1024)}"` }));
      refused('invalid_argument', signing({ payload: undefined }));
    },
  },
  {
    name: 'CFG-1, JWS-8: an app without an id and a certificate without a byte are refused',
    run() {
      const make = (change: object) => () => new Signer({ app: APP, certificate: PEM, ...change });
      refused('app_invalid', make({ app: '' }));
      allRefused('certificate_invalid', {
        'no text': make({ certificate: '' }),
        'no bytes': make({ certificate: new Uint8Array() }),
        'more than 64 KiB': make({ certificate: 'a'.repeat(65_537) }),
      });
      allRefused('invalid_argument', {
        absent: make({ certificate: undefined }),
        'a number': make({ certificate: 5 }),
        'a buffer': make({ certificate: new ArrayBuffer(4) }),
      });
    },
  },
  {
    name: 'JWS-10: explain names the reading by which a refused token was signed',
    run() {
      equal(signer.explain(signer.sign(CALL), CALL), { verified: true, findings: [] });
      equal(readings(signedBy(PEM.replaceAll('\n', '\r\n'))), ['certificate-crlf']);
      equal(readings(signedBy(PEM.trimEnd())), ['certificate-no-final-newline']);
      equal(readings(signedBy(PEM.split('\n')[1] ?? '')), ['certificate-pem-body']);
      equal(readings(signedBy(bytesOf(PEM.split('\n')[1] ?? ''))), ['certificate-der']);
      equal(readings(signedBy(PEM, { path: '/payments' })), ['other-path']);
      equal(readings(signedBy(PEM, { payload: '{"b":1,"a":[2,3]}' })), ['re-serialised-payload']);
      equal(readings(signedBy(PEM, { payload: '{}' })), ['other-payload']);
      equal(readings(signedBy('another')), ['unexplained']);
      equal(readings('no token'), ['malformed']);
      for (const { advice } of signer.explain(signedBy('another')).findings) ok(advice.length > 20, advice);
      refused('path_invalid', () => signer.explain('', { path: 'accounts' }));
      refused('too_large', () => signer.explain('a'.repeat(7 * 1024 * 1024)));
    },
  },
  {
    name: 'JWS-1: the browser-safe signing input is what is signed at the edge',
    run() {
      const token = signer.sign(CALL);
      equal(token.slice(0, token.lastIndexOf('.')), signingInput({ app: APP, ...CALL }));
    },
  },
  {
    name: 'ERR-2: no argument of a Signer traps, and none spoils the next call',
    run() {
      const control = (): string => signer.sign(CALL);
      const own = { app: APP, certificate: PEM };
      survivesMembers('new Signer', own, Object.keys(own), (options) => new Signer(options).sign(CALL), control);
      survivesMembers('sign', CALL, Object.keys(CALL), (options) => signer.sign(options), control);
      survives('verify', (token) => signer.verify(token), control);
      survives('explain', (token) => signer.explain(token, CALL), control);
      const token = control();
      survives('explain', (call) => signer.explain(token, call), control);
      survivesMembers('explain', CALL, ['path', 'payload'], (call) => signer.explain(token, call), control);
    },
  },
  {
    name: 'JWS-8, ERR-2: a Signer shows its certificate to nobody',
    run() {
      const secret = PEM.split('\n')[1] ?? '';
      const made = new Signer({ app: APP, certificate: PEM });
      const shown = [String(made), JSON.stringify(made), ...Object.values(made).map(String), ...Object.keys(made)];
      ok(!shown.join().includes(secret), 'it shows the certificate');
      const error = refused('certificate_invalid', () => new Signer({ app: APP, certificate: secret.repeat(2000) }));
      ok(!`${error.stack}${JSON.stringify(error)}`.includes(secret), 'its error shows the certificate');
      refused('invalid_argument', () => made.sign(untyped(secret)));
    },
  },
];
