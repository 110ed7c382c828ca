/** The rules a request must keep, each deviation named by its rule and given the status a gateway would answer. */

import { BlockList, isIP } from 'node:net';
import { headerValues, onlyHeader, type Call } from './call.ts';
import { memberNames, parseObject, utf8 } from './json.ts';
import { checkJws, type JwsContext } from './jws.ts';

export type Report = (rule: string, status: number, message: string) => void;

export interface Deviation {
  readonly rule: string;
  readonly status: number;
  readonly message: string;
}

export interface CheckContext extends JwsContext {
  readonly environment: 'sandbox' | 'production';
  readonly clientId: string;
  readonly clientSecret: string;
  readonly aspsp: string;
}

export interface Checked {
  readonly deviations: readonly Deviation[];
  /** The application that signed the call, when it is a registered one. */
  readonly app?: string;
}

const UUID_V4 = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i;

export function checkCall(call: Call, context: CheckContext): Checked {
  const deviations: Deviation[] = [];
  const report: Report = (rule, status, message) => deviations.push({ rule, status, message });
  switch (call.endpoint) {
    case 'authorise':
      checkAuthorise(call, context, report);
      break;
    case 'exchange':
    case 'refresh':
      checkToken(call, context, report);
      break;
    case 'resource':
      checkResource(call, report);
      break;
    case 'unknown':
      report('ENV-1', 404, `${call.target} is under neither base`);
      return { deviations };
  }
  const app = checkJws(call, context, report);
  return app === undefined ? { deviations } : { deviations, app };
}

function checkBasic(call: Call, context: CheckContext, report: Report): void {
  const values = headerValues(call, 'authorization');
  const expected = `Basic ${Buffer.from(`${context.clientId}:${context.clientSecret}`, 'utf8').toString('base64')}`;
  if (values.length !== 1) {
    report('BAS-1', 401, `Authorization is there ${values.length} times, not once`);
  } else if (values[0] !== expected) {
    report('BAS-1', 401, 'Authorization is not Basic base64(client_id ":" client_secret)');
  }
}

/** Method, content type and query of the two calls to the authorisation server. */
function checkEnvelope(call: Call, rule: string, contentType: string, report: Report): void {
  if (call.method !== 'POST') report(rule, 405, `${call.method} in place of POST`);
  if (onlyHeader(call, 'content-type') !== contentType) {
    report(rule, 415, `Content-Type is ${headerValues(call, 'content-type').join()}, not ${contentType}`);
  }
  if (call.query !== '') report(rule, 400, 'there is a query string');
}

function checkAuthorise(call: Call, context: CheckContext, report: Report): void {
  checkEnvelope(call, 'AUT-1', 'application/json', report);
  checkBasic(call, context, report);
  const text = utf8(call.body) ?? '';
  const body = parseObject(text);
  if (body === undefined) {
    report('AUT-1', 400, 'the body is no JSON object in UTF-8');
    return;
  }
  const sandbox = context.environment === 'sandbox';
  const order = ['aspsp', 'uuid', 'scope', ...('sandbox_sca' in body ? ['sandbox_sca'] : [])];
  const names = memberNames(text);
  if (names.join() !== order.join()) report('AUT-1', 400, `the body's members are ${names.join()}`);
  if ('sandbox_sca' in body && !sandbox) report('ENV-4', 400, 'sandbox_sca is sent in production');
  if ('sandbox_sca' in body && typeof body.sandbox_sca !== 'boolean') {
    report('ENV-4', 400, `sandbox_sca is ${JSON.stringify(body.sandbox_sca)}`);
  }
  if (body.aspsp !== context.aspsp) report('CFG-2', 400, `aspsp is ${JSON.stringify(body.aspsp)}`);
  if (typeof body.uuid !== 'string' || !UUID_V4.test(body.uuid)) {
    report('AUT-2', 400, `uuid is ${JSON.stringify(body.uuid)}, no UUIDv4`);
  }
  if (body.scope !== 'aisp' && body.scope !== 'pisp') report('AUT-3', 400, `scope is ${JSON.stringify(body.scope)}`);
}

function checkToken(call: Call, context: CheckContext, report: Report): void {
  const refresh = call.endpoint === 'refresh';
  const rule = refresh ? 'REF-1' : 'TOK-1';
  checkEnvelope(call, rule, 'application/x-www-form-urlencoded', report);
  checkBasic(call, context, report);
  const fields = [...new URLSearchParams(utf8(call.body) ?? '')];
  const names = fields.map(([name]) => name).join();
  const expected = refresh ? 'grant_type,refresh_token' : 'grant_type,code';
  if (names !== expected) report(rule, 400, `the form's fields are ${names}, not ${expected}`);
  const grant = refresh ? 'refresh_token' : 'authorization_code';
  if (fields[0]?.[1] !== grant) report(rule, 400, `grant_type is ${JSON.stringify(fields[0]?.[1])}, not "${grant}"`);
}

function checkResource(call: Call, report: Report): void {
  const authorization = onlyHeader(call, 'authorization');
  // RFC 6750 2.1: the token is a b64token.
  if (authorization === undefined || !/^Bearer [A-Za-z0-9._~+/-]+=*$/.test(authorization)) {
    report('ACC-1', 401, 'Authorization is not one Bearer token');
  }
  const addresses = headerValues(call, 'x-user-ip');
  if (addresses.length > 1) report('ACC-1', 400, 'x-user-ip is there twice');
  for (const address of addresses) {
    if (!isPublicAddress(address)) report('ACC-1', 400, `x-user-ip ${JSON.stringify(address)} is no public address`);
  }
}

const NOT_PUBLIC = new BlockList();
for (const [network, prefix] of [
  ['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12],
  ['192.168.0.0', 16], ['224.0.0.0', 4], ['240.0.0.0', 4],
] as const) NOT_PUBLIC.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of [['::', 127], ['fc00::', 7], ['fe80::', 10], ['ff00::', 8]] as const) {
  NOT_PUBLIC.addSubnet(network, prefix, 'ipv6');
}

/** The documentation networks pass: ACC-1 names one of them for a developer's own machine. */
function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  return family !== 0 && !address.includes('%') && !NOT_PUBLIC.check(address, family === 4 ? 'ipv4' : 'ipv6');
}
