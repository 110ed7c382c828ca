/** JWS-10, and Basic credentials beside it: the refusal names the reading by which the call would have been right. */

import { CERTIFICATE } from '../../support/sandbox.ts';
import { signWith } from '../../support/sign.ts';
import { PAYMENT } from '../../support/tpp.ts';
import type { Bench } from '../bench.ts';
import type { Case } from '../case.ts';
import { refused, right, signature } from './signature.ts';

function explained(name: string, reading: string, rule: string, token: (bench: Bench) => string): Case {
  return { ...signature('JWS-10', name, token, rule), reading };
}

/** Signed with another text than the certificate. */
const key = (name: string, reading: string, text: string | Uint8Array): Case =>
  explained(name, reading, 'JWS-8', (bench) => signWith(bench.header(), '{}', text));

const path = (name: string, reading: string, text: string): Case =>
  explained(name, reading, 'JWS-3', (bench) => signWith(bench.header(text), '{}', CERTIFICATE));

/** A payment of which another text is signed than is sent. */
const payload = (name: string, reading: string, signed: (body: string) => string): Case => ({
  rule: 'JWS-10',
  name,
  expected: refused('JWS-5'),
  reading,
  make: async (bench) => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${await bench.payer()}` };
    const body = JSON.stringify(PAYMENT, null, 2);
    return bench.tpp.post('/payments', body, headers, signed(body));
  },
});

const basic = (name: string, reading: string, pair: (id: string, secret: string) => string): Case => ({
  rule: 'JWS-10',
  name,
  expected: '401 invalid_client BAS-1',
  reading,
  make: ({ tpp }) => {
    const { clientId, clientSecret } = tpp.options;
    const headers = { 'content-type': 'application/json', authorization: tpp.basic(pair(clientId, clientSecret)) };
    return tpp.post('/authorise', '{}', headers);
  },
});

const PEM_BODY = CERTIFICATE.split('\n')[1] ?? '';

export const EXPLAINED: readonly Case[] = [
  key('the certificate with CRLF', 'certificate-crlf', CERTIFICATE.replaceAll('\n', '\r\n')),
  key('the certificate without its final newline', 'certificate-no-final-newline', CERTIFICATE.trimEnd()),
  key('the certificate with a further newline', 'certificate-extra-newline', `${CERTIFICATE}\n`),
  key('the body of the PEM alone', 'certificate-pem-body', PEM_BODY),
  key('the certificate’s DER bytes', 'certificate-der', Buffer.from(PEM_BODY, 'base64')),
  key('a text that is none of these', 'unexplained', 'another'),
  path('an absolute URL', 'path-absolute', 'https://bank.example/v1/accounts'),
  path('the version', 'path-version', '/v1/accounts'),
  path('the query', 'path-query', '/accounts?page=2'),
  path('another path', 'other-path', '/accounts/12345678'),
  explained('the standard alphabet', 'standard-base64', 'JWS-1', (bench) => right(bench).replace(/.$/, '+')),
  explained('padding', 'padded-base64url', 'JWS-1', (bench) => `${right(bench)}=`),
  payload('a payload that was serialised again', 're-serialised-payload', (body) => JSON.stringify(JSON.parse(body))),
  payload('a payload with a line end behind it', 'trimmed-payload', (body) => `${body}\n`),
  payload('a payload that was serialised twice', 'quoted-payload', (body) => JSON.stringify(body)),
  basic('credentials that were form-encoded', 'form-encoded', (id, secret) =>
    [id, secret].map(encodeURIComponent).join(':')),
  basic('a secret with a line end', 'secret-white-space', (id, secret) => `${id}:${secret}\n`),
  basic('client_id:client:client_secret', 'client-slip', (id, secret) => `${id}:client:${secret}`),
];
