// What a call answers: its successes, and a response for each status that one of its codes has.
import { CODES, type ProblemCode } from '../../pkg/src/generated/core.ts';
import { type Answer, type Body, CALLBACK_CODES, type Operation } from './operations.ts';

const header = (description: string, schema: object): object => ({ description, required: true, schema });
const fixed = (description: string, value: string): object => header(description, { type: 'string', const: value });

/** What every answer of the API carries. */
const EVERY = {
  'Cache-Control': fixed('Nothing is kept.', 'no-store'),
  'Content-Security-Policy': fixed('Nothing runs.',
    "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox"),
  'Cross-Origin-Resource-Policy': fixed('No other site embeds it.', 'same-origin'),
  'Referrer-Policy': fixed('No URL is told to others.', 'no-referrer'),
  'Strict-Transport-Security': fixed('This host is called by https alone.', 'max-age=31536000'),
  'X-Content-Type-Options': fixed('The type is as it is said.', 'nosniff'),
};

/** What some carry beside that. */
const SOME = {
  'Location': header('To the page.',
    { enum: ['/#connected', '/#declined', ...CALLBACK_CODES.map((code) => `/#error=${code}`)] }),
  'Retry-After': header('Seconds after which another try makes sense.', { type: 'string', pattern: '^[0-9]+$' }),
  'Set-Cookie': header('A session, sealed by the worker; each line is of one scope.',
    { type: 'string', pattern: '^__Host-tell-(aisp|pisp)=' }),
  'WWW-Authenticate': fixed('A token is needed.', 'Bearer'),
};

/** A header that need not be there, by another name in the document. */
const OPTIONAL = {
  CookieRenewed: { ...SOME['Set-Cookie'], required: false },
  FileName: { ...fixed('The name of the file, with CSV.', 'attachment; filename="statistics.csv"'), required: false },
};

export const HEADERS = { ...EVERY, ...SOME, ...OPTIONAL };

const refer = (name: keyof typeof HEADERS): object => ({ $ref: `#/components/headers/${name}` });
const EVERY_ANSWER = Object.fromEntries((Object.keys(EVERY) as (keyof typeof EVERY)[]).map((name) => [name, refer(name)]));

function headers(operation: Operation, names: readonly string[]): object {
  return {
    ...EVERY_ANSWER,
    ...(operation.isOfSession && { 'Set-Cookie': refer('CookieRenewed') }),
    ...Object.fromEntries(names.map((name) => [name, refer(name as keyof typeof HEADERS)])),
  };
}

/** The bank's own statuses that never come through: they are failures of this side, or a bank that is busy. */
const NEVER_PASSED = [408, 421, 425, 429];
/** Problems with these statuses say when to come back. */
const COME_BACK = [429, 503];

/** Every response of an operation, by status. */
export function responses(operation: Operation): Record<string, unknown> {
  const statuses = [...new Set(operation.codes.filter((code) => code !== 'gateway_refused').map((code) => CODES[code].status))];
  const problems = statuses.sort((one, other) => one - other).map((status) => [status, problem(operation, status)]);
  return {
    ...Object.fromEntries(Object.entries(operation.answers).map(([status, answer]) => [status, success(operation, answer)])),
    ...Object.fromEntries(problems),
    ...(operation.isBanks && { '4XX': refused(operation) }),
  };
}

function success(operation: Operation, { description, body = {}, headers: names = [] }: Answer): object {
  const contents = Object.entries(body).map(([type, each]) => [type, content(each)]);
  return {
    description,
    headers: { ...headers(operation, names), ...('text/csv' in body && { 'Content-Disposition': refer('FileName') }) },
    ...(contents.length > 0 && { content: Object.fromEntries(contents) }),
  };
}

/** A body as the document has it. */
export function content({ schema, examples }: Body): object {
  const values = Object.entries(examples).map(([name, value]) => [name, { value }]);
  return { schema: { $ref: `#/components/schemas/${schema}` }, ...(values.length > 0 && { examples: Object.fromEntries(values) }) };
}

function problem(operation: Operation, status: number): object {
  const codes = operation.codes.filter((code) => CODES[code].status === status && code !== 'gateway_refused');
  const isPassed = operation.isBanks && status < 500 && !NEVER_PASSED.includes(status);
  const names = [...(COME_BACK.includes(status) ? ['Retry-After'] : []), ...(status === 401 ? ['WWW-Authenticate'] : [])];
  return described(operation, codes, names, isPassed ? ['gateway_refused'] : []);
}

/** The bank's own refusal. */
const refused = (operation: Operation): object => described(operation, ['gateway_refused'], []);

function described(operation: Operation, codes: readonly ProblemCode[], names: string[], also: readonly ProblemCode[] = []): object {
  const lines = [...codes, ...also].map((code) => `- \`${code}\`: ${CODES[code].sentence}`);
  return {
    description: lines.join('\n'),
    headers: headers(operation, names),
    content: {
      'application/problem+json': {
        schema: {
          allOf: [{ $ref: '#/components/schemas/ProblemDetails' }],
          properties: { code: { enum: [...codes, ...also] } },
        },
        examples: Object.fromEntries(codes.map((code) => [code, { $ref: `#/components/examples/${code}` }])),
      },
    },
  };
}

/** A problem with each code. */
export function problemExamples(codes: Iterable<ProblemCode>): object {
  return Object.fromEntries([...codes].sort().map((code) => {
    const { status, sentence } = CODES[code];
    const refusal = code === 'gateway_refused' ? { status: 403, gateway: { status: 403 } } : {};
    return [code, {
      summary: code.replaceAll('_', ' '),
      value: { type: 'about:blank', title: code.replaceAll('_', ' '), status, detail: sentence, code, ...refusal },
    }];
  }));
}
