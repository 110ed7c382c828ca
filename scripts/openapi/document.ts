// The worker's HTTP API as OpenAPI 3.1.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { content, HEADERS, problemExamples, responses } from './answers.ts';
import { type Operation, OPERATIONS } from './operations.ts';
import { SHARED } from './parameters.ts';
import { schemas } from './schemas.ts';
import { type Documented, type Paths, shared } from './shared.ts';

const PACKAGE = join(import.meta.dirname, '../../pkg/package.json');
const { version } = JSON.parse(readFileSync(PACKAGE, 'utf8')) as { version: string };

const DESCRIPTION = `What the worker of tell-connect answers under \`/api\`: to connect a customer's bank, read its accounts, and
make a payment.

The browser of a customer calls it from pages on the same host, and holds a session cookie for each scope. A call that
changes something needs an \`Origin\` or a \`Sec-Fetch-Site\` of this site, which browsers send by themselves.

Every failure is a problem (RFC 9457) with a stable \`code\`. Another method than those listed is answered with 405
\`method_not_allowed\` and \`Allow\`, another address with 404 \`route_not_found\`. HEAD is taken wherever GET is.`;

const TAGS = {
  Consent: 'Connect, look, disconnect.',
  Accounts: 'What the bank tells of accounts, as it came.',
  Payments: 'One consent, one payment.',
  Statistics: 'How the bank\'s interface fared.',
  Sandbox: 'For developers.',
};

const cookie = (name: string, description: string): object => ({ type: 'apiKey', in: 'cookie', name, description });

function operationOf(operation: Operation): Documented {
  const { id, tag, summary, description, parameters, body, security } = operation;
  return {
    operationId: id, tags: [tag], summary, description,
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: { required: true, description: '16 KiB at most.', content: { 'application/json': content(body) } },
    }),
    security,
    responses: responses(operation),
  };
}

function everyPath(): Paths {
  const found: Paths = {};
  for (const operation of OPERATIONS) (found[operation.path] ??= {})[operation.method] = operationOf(operation);
  return found;
}

/** The whole document. */
export function openApi(): object {
  const { paths, responses } = shared(everyPath());
  const codes = new Set(OPERATIONS.flatMap(({ codes }) => codes));
  return {
    openapi: '3.1.1',
    info: {
      title: 'tell-connect worker', version, description: DESCRIPTION,
      license: { name: 'MIT or Apache 2.0', identifier: 'MIT OR Apache-2.0' },
    },
    servers: [{ url: '/', description: 'The host of your site.' }, { url: 'http://localhost:8787', description: 'make start' }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas: {
        ...schemas(),
        BankAnswer: {
          description: 'The bank\'s JSON, byte for byte, or nothing where the bank sent nothing. The guide names no members; '
            + '`tell-connect/views` reads what banks send.',
        },
        Table: { type: 'string', description: 'Tables of CSV, in the columns of the guide.' },
      },
      responses,
      headers: HEADERS,
      parameters: SHARED,
      examples: problemExamples(codes),
      securitySchemes: {
        accountSession: cookie('__Host-tell-aisp', 'The session of account access. `POST /api/authorise` sets it.'),
        paymentSession: cookie('__Host-tell-pisp', 'The session of a payment. `POST /api/authorise` sets it.'),
        statisticsToken: { type: 'http', scheme: 'bearer', description: 'The worker\'s `TELL_STATISTICS_TOKEN`.' },
      },
    },
  };
}
