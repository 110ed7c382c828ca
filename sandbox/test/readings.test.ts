/** JWS-10: of a signature that does not verify, the gateway says how it was made. */

import assert from 'node:assert/strict';
import { createHash, createHmac } from 'node:crypto';
import { test } from 'node:test';
import { checkSignature } from '../src/check/jws.ts';
import { TRIES_OF_A_CALL, findReading } from '../src/explain/search.ts';
import { type CertificateReading, DEFAULT_READINGS, type Readings } from '../src/readings.ts';
import { Refusal } from '../src/refusal.ts';
import { base64url, signWith } from './support/sign.ts';

const NOW = Date.UTC(2026, 5, 15, 12);
const PATH = '/payments';
const HEADER = { alg: 'HS256', typ: 'JWT', app: 'app-one', path: PATH, iat: NOW / 1000 };
const BODY = '{"Amount":"12.50","Reference":"~~~ÿÿÿ???"}';

/** The same numbers in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const random = numbers(10);

function randomBytes(least: number, most: number): Uint8Array {
  const length = least + Math.floor(random() * (most - least));
  return Uint8Array.from({ length }, () => Math.floor(random() * 256));
}

/** PEM with lines of 76 characters, so that 64 is another text. */
function randomPem(): string {
  const lines = Buffer.from(randomBytes(100, 400)).toString('base64').replace(/.{76}(?=.)/g, '$&\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

function hmac(key: string | Uint8Array, input: string | Uint8Array): Buffer {
  return createHmac('sha256', key).update(input).digest();
}

interface Options {
  pem: string;
  readings?: Partial<Readings>;
  body?: string | undefined;
  /** The certificate that `pem` replaces. */
  former?: string;
}

/** The reading and the sentence; ERR-2: nothing of the certificate. */
async function said(token: string, { pem, former, readings, body = BODY }: Options): Promise<string> {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const signers = [
    { app: 'app-one', certificates: former === undefined ? [bytes(pem)] : [bytes(former), bytes(pem)] },
    { app: 'app-two', certificates: [bytes('the certificate of another')] },
  ];
  const register = { find: async (app: string) => signers.find((one) => one.app === app), others: async () => signers };
  const payload = { kind: 'json', bytes: bytes(body) } as const;
  const secrets = [{ reading: 'client-secret', words: 'the client_secret as the key', bytes: bytes('test:123') }];
  const otherPaths = ['/v1/payments', '/payments?a=1'];
  const profile = { ...DEFAULT_READINGS, ...readings };
  try {
    const call = { token, path: PATH, payload, strict: false, readings: profile, secrets, otherPaths };
    await checkSignature(call, register, NOW);
    return 'verified';
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error));
    assert.ok(error.expected && error.came);
    const told = JSON.stringify({ ...error, message: error.message });
    assert.ok(!told.includes(pem.split('\n')[1] ?? '?') && !told.includes('test:123') && !told.includes('another of'));
    return `${error.rule} ${error.reading} ${error.message}`;
  }
}

const lines = (pem: string): string => pem.split('\n').slice(1, -2).join('');

const wrapped = (pem: string, width: number): string =>
  lines(pem).replace(new RegExp(`.{${width}}(?=.)`, 'g'), '$&\n');

const KEYS: Readonly<Record<string, (pem: string) => string | Uint8Array>> = {
  'certificate-crlf': (pem) => pem.replaceAll('\n', '\r\n'),
  'certificate-no-final-newline': (pem) => pem.trimEnd(),
  'certificate-extra-newline': (pem) => `${pem}\n`,
  'certificate-pem-body': lines,
  'certificate-der': (pem) => Buffer.from(lines(pem), 'base64'),
  'certificate-escaped-newlines': (pem) => pem.replaceAll('\n', '\\n'),
  'certificate-joined-lines': (pem) => pem.replaceAll('\n', ''),
  'certificate-spaced-lines': (pem) => pem.replaceAll('\n', ' '),
  'certificate-crlf-no-final-newline': (pem) => pem.trimEnd().replaceAll('\n', '\r\n'),
  'certificate-quoted': (pem) => JSON.stringify(pem.trimEnd()),
  'certificate-base64-of-text': (pem) => Buffer.from(pem).toString('base64'),
  'certificate-byte-order-mark': (pem) => `\ufeff${pem}`,
  'certificate-pem-lines': (pem) => `${pem.split('\n').slice(1, -2).join('\n')}\n`,
  'certificate-re-wrapped': (pem) => pem.replace(wrapped(pem, 76), wrapped(pem, 64)),
  'client-secret': () => 'test:123',
  'other-app': () => 'the certificate of another',
};

for (const [reading, key] of Object.entries(KEYS)) {
  test(`JWS-10: a key read as ${reading} is found, whatever the certificate`, async () => {
    for (let round = 0; round < 8; round += 1) {
      const pem = randomPem();
      const sentence = await said(signWith(HEADER, BODY, key(pem)), { pem });
      assert.ok(sentence.startsWith(`JWS-8 ${reading} The signature verifies with `), sentence);
      assert.match(sentence, /: the key is the certificate's text exactly as it was uploaded/);
    }
  });
}

const parts = (payload = BODY): [string, string] => [base64url(JSON.stringify(HEADER)), base64url(payload)];
const withSignature = (text: string): string => [...parts(), text].join('.');
const signed = (pem: string, input: string): string => withSignature(hmac(pem, input).toString('base64url'));
/** As Python writes JSON. */
const spaced = (json: string): string => json.replaceAll(/[:,](?=["\d])/g, '$& ');
const standard = (text: string): string => Buffer.from(text).toString('base64');

const INPUTS: Readonly<Record<string, (pem: string) => string>> = {
  'double-encoded-payload': (pem) => signed(pem, `${parts()[0]}.${base64url(parts()[1])}`),
  'standard-base64': (pem) => signed(pem, `${standard(JSON.stringify(HEADER))}.${standard(BODY)}`),
  'unencoded-payload': (pem) => signed(pem, `${parts()[0]}.${BODY}`),
  'unencoded-parts': (pem) => signed(pem, `${JSON.stringify(HEADER)}.${BODY}`),
  're-serialised-payload': (pem) => signed(pem, `${parts()[0]}.${base64url(spaced(BODY))}`),
  'empty-payload': (pem) => signed(pem, `${parts()[0]}.`),
  'other-payload': (pem) => signed(pem, `${parts()[0]}.${base64url('{}')}`),
  'payload-alone': (pem) => signed(pem, parts()[1]),
  'no-dot': (pem) => signed(pem, parts().join('')),
  're-serialised-header': (pem) => signed(pem, `${base64url(spaced(JSON.stringify(HEADER)))}.${parts()[1]}`),
  'other-path': (pem) => signed(pem, `${base64url(JSON.stringify({ ...HEADER, path: '/v1/payments' }))}.${parts()[1]}`),
  'hex-signature': (pem) => withSignature(base64url(hmac(pem, parts().join('.')).toString('hex'))),
  'double-encoded-signature': (pem) => withSignature(base64url(hmac(pem, parts().join('.')).toString('base64'))),
  'other-hash': (pem) => withSignature(createHmac('sha512', pem).update(parts().join('.')).digest('base64url')),
};

for (const [reading, make] of Object.entries(INPUTS)) {
  test(`JWS-10: an input signed as ${reading} is found`, async () => {
    for (let round = 0; round < 4; round += 1) {
      const pem = randomPem();
      const sentence = await said(make(pem), { pem });
      assert.ok(sentence.startsWith(`JWS-8 ${reading} The signature verifies with `), sentence);
      assert.match(sentence, /: sign the bytes of the two encoded parts/);
    }
  });
}

test('JWS-10: a key and a signature that are both another are found together', async () => {
  const pem = randomPem();
  const key = pem.replaceAll('\n', '\r\n');
  const token = withSignature(base64url(hmac(key, parts().join('.')).toString('hex')));
  assert.match(await said(token, { pem }), /^JWS-8 certificate-crlf .*CRLF, and .*hexadecimal digits/);
});

test('JWS-10: while one certificate is replaced by another, both are tried', async () => {
  const pem = randomPem();
  const former = randomPem();
  const crlf = signWith(HEADER, BODY, pem.replaceAll('\n', '\r\n'));
  assert.match(await said(crlf, { pem, former }), /^JWS-8 certificate-crlf /);
  assert.match(await said(signWith(HEADER, BODY, former.trimEnd()), { pem, former }), /no-final-newline /);
  const twice = signed(pem, `${parts()[0]}.${base64url(parts()[1])}`);
  assert.match(await said(twice, { pem, former }), /^JWS-8 double-encoded-payload /);
  assert.match(await said(INPUTS['other-hash']?.(pem) ?? '', { pem, former }), /^JWS-8 other-hash /);
  assert.match(await said(signWith(HEADER, BODY, 'x'), { pem, former }), /^JWS-8 unexplained .* any of \d\d other ways/);
});

test('JWS-10: of any other key nothing is made out, and the work is bounded', async () => {
  for (let round = 0; round < 40; round += 1) {
    const pem = randomPem();
    const sentence = await said(signWith(HEADER, BODY, randomBytes(1, 300)), { pem });
    const tried = /^JWS-8 unexplained .* nor in any of (\d+) other ways/.exec(sentence)?.[1];
    assert.ok(Number(tried) > 30 && Number(tried) <= TRIES_OF_A_CALL, sentence);
  }
});

test('JWS-10: no more is tried than may be', async () => {
  const certificate = new TextEncoder().encode(randomPem());
  const sources = {
    ...{ signer: { app: 'a', certificates: [certificate] }, certificate: 'as-is', others: [], secrets: [] } as const,
    ...{ body: undefined, paths: [] },
  };
  const token = { header: parts()[0], payload: parts()[1], signature: createHash('sha256').digest() };
  assert.deepEqual(await findReading(token, sources, 3), { found: undefined, tried: 3 });
});

const PAYLOADS: Readonly<Record<string, string>> = {
  're-serialised-payload': '{ "Reference": "~~~ÿÿÿ???", "Amount": "12.50" }',
  'trimmed-payload': `${BODY}\n`,
  'double-encoded-payload': standard(BODY),
  'quoted-payload': JSON.stringify(BODY),
  'empty-payload': '',
  'other-payload': '{}',
};

for (const [reading, payload] of Object.entries(PAYLOADS)) {
  test(`JWS-5, JWS-10: a payload that is signed well and is no body is told as ${reading}`, async () => {
    const pem = randomPem();
    assert.equal((await said(signWith(HEADER, payload, pem), { pem })).split(' ', 2).join(' '), `JWS-5 ${reading}`);
  });
}

test('JWS-8: a gateway that is set to read the certificate otherwise takes that key, and names the usual', async () => {
  const pem = randomPem();
  const own: Readonly<Record<CertificateReading, string | Uint8Array>> = {
    'as-is': pem,
    lf: pem,
    crlf: pem.replaceAll('\n', '\r\n'),
    'no-final-newline': pem.trimEnd(),
    'final-newline': pem,
    'pem-body': lines(pem),
    der: Buffer.from(lines(pem), 'base64'),
  };
  for (const [certificate, key] of Object.entries(own) as [CertificateReading, string | Uint8Array][]) {
    const readings = { certificate };
    assert.equal(await said(signWith(HEADER, BODY, key), { pem, readings }), 'verified', certificate);
    if (key === pem) continue;
    const sentence = await said(signWith(HEADER, BODY, pem), { pem, readings });
    assert.match(sentence, /^JWS-8 certificate-as-is .*set to read otherwise: the key is .*as this gateway is set/);
  }
  const uploaded = pem.replaceAll('\n', '\r\n');
  assert.equal(await said(signWith(HEADER, BODY, pem), { pem: uploaded, readings: { certificate: 'lf' } }), 'verified');
  const open = pem.trimEnd();
  const final = { certificate: 'final-newline' } as const;
  assert.equal(await said(signWith(HEADER, BODY, pem), { pem: open, readings: final }), 'verified');
});
