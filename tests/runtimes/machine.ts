/** The consent machine as a shell of one's own would use it: events in, commands out. */

import { Consent, JsonCheck, Settings, type Command, type ConsentEvent } from 'tell-connect/machine';
import { equal, ok, refused, untyped, type Case } from './check.ts';
import { GUIDE, POCKIT } from './guide.ts';
import { survives, survivesMembers } from './hostile.ts';

const NOW = 1_767_225_600_000;
/** Settings in which nothing is wrong. */
export const ENV = {
  TELL_ENVIRONMENT: 'sandbox',
  TELL_APP: 'app-1',
  TELL_ASPSP: POCKIT,
  TELL_CERTIFICATE: 'the certificate’s text\n',
  TELL_CLIENT_ID: 'tpp-client',
  TELL_CLIENT_SECRET: 'S3cret:£%41+&=',
  TELL_REDIRECT_URL: 'https://tpp.example/api/callback',
  TELL_RESOURCE_BASE_URL: 'https://api-sandbox.bank.example/v1',
  TELL_VAULT_KEY: `${btoa('k1'.repeat(16))},${btoa('l2'.repeat(16))}`,
} as const;
const START = { type: 'start', scope: 'aisp', caller: 1 } as const;
const WANTED = { type: 'wanted', method: 'GET', path: '/accounts', visitor: { host: 'localhost' }, caller: 4 } as const;

const settings = Settings.read(ENV);

/** The command of that type, of which there is to be one. */
function only<T extends Command['type']>(commands: Command[], type: T): Extract<Command, { type: T }> {
  const found = commands.filter((command) => command.type === type);
  ok(found.length === 1, `${commands.map((command) => command.type).join()}: one ${type} was expected`);
  return found[0] as Extract<Command, { type: T }>;
}

/** A consent that a person has granted, driven as a shell drives it. */
function granted(): { consent: Consent; snapshot: string } {
  const consent = new Consent(settings);
  const asked = only(consent.handle(START, NOW), 'send');
  consent.handle({ type: 'answered', id: asked.id, status: 200, body: GUIDE.authoriseAnswer }, NOW);
  const { uuid } = JSON.parse(asked.request.body ?? '') as { uuid: string };
  const { 'intent-id': intent } = JSON.parse(GUIDE.authoriseAnswer) as { 'intent-id': string };
  const url = `${ENV.TELL_REDIRECT_URL}?intent-id=${intent}&uuid=${uuid}&authorisation_code=c`;
  const exchange = only(consent.handle({ type: 'redirected', url, caller: 2 }, NOW), 'send');
  const body = '{"access_token":"access-1","refresh_token":"refresh-1","token_type":"Bearer","expires_in":3600}';
  const commands = consent.handle({ type: 'answered', id: exchange.id, status: 200, body }, NOW);
  const kept = commands.filter((command) => command.type === 'keep').at(-1);
  ok(kept !== undefined, 'tokens are kept');
  equal(only(commands, 'answer').outcome, { kind: 'connected' });
  return { consent, snapshot: kept.snapshot };
}

export const machineSuite: readonly Case[] = [
  {
    name: 'CFG-4: settings are read from a worker’s variables, or every fault of them is told',
    run() {
      equal(settings.environment, 'sandbox');
      equal(settings.vaultKeys().map((key) => [key instanceof Uint8Array, key.length]), [[true, 32], [true, 32]]);
      const faulty = { ...ENV, TELL_APP: '', TELL_VAULT_KEY: 'short' };
      const { faults } = refused('configuration_invalid', () => Settings.read(faulty));
      equal(faults?.map(({ setting }) => setting).toSorted(), ['TELL_APP', 'TELL_VAULT_KEY']);
      equal(refused('configuration_invalid', () => Settings.read({})).faults?.length, Object.keys(ENV).length);
    },
  },
  {
    name: 'RED-3, TOK-5: a consent is driven from start to a read, and picked up again from what was kept',
    run() {
      const { consent, snapshot } = granted();
      equal(consent.view()?.state, 'active');
      for (const machine of [consent, new Consent(settings, snapshot)]) {
        const { request, deadlineMs } = only(machine.handle(WANTED, NOW + 1000), 'send');
        equal(request.headers['authorization'], 'Bearer access-1');
        equal([request.method, request.url], ['GET', `${ENV.TELL_RESOURCE_BASE_URL}/accounts`]);
        ok(deadlineMs > 0, 'with a deadline');
      }
      ok(!/(?:access|refresh)-1/.test(consent.journey()), 'the journey shows a token');
    },
  },
  {
    name: 'TOK-5: what was not kept by this program is not taken for a consent',
    run() {
      for (const snapshot of ['', 'x', '{}', '{"version":1}', granted().snapshot.slice(0, -5)]) {
        refused('snapshot_damaged', () => new Consent(settings, snapshot), snapshot.slice(0, 20));
      }
      const newer = JSON.stringify({ ...JSON.parse(granted().snapshot) as object, v: 99 });
      refused('snapshot_version_unknown', () => new Consent(settings, newer));
    },
  },
  {
    name: 'ERR-2: a wrong wish is answered to its caller, and a wrong event is refused',
    run() {
      const consent = new Consent(settings);
      const told = (event: object): unknown => {
        const { caller, outcome } = only(consent.handle(untyped({ caller: 9, ...event }), NOW), 'answer');
        equal(caller, 9);
        return outcome.kind === 'failed' ? outcome.problem.code : outcome.kind;
      };
      equal(told({ type: 'start', scope: 'x' }), 'scope_invalid');
      equal(told({ type: 'redirected', url: 'https://tpp.example/' }), 'redirect_parameter_missing');
      equal(told({ type: 'wanted', method: 'GET', path: 'x', visitor: { host: 'localhost' } }), 'path_invalid');
      refused('invalid_argument', () => consent.handle(untyped({ type: 'start', scope: 'aisp' }), NOW), 'no caller');
      refused('iat_invalid', () => consent.handle(START, 0), 'a clock at 0');
    },
  },
  {
    name: 'ACC-7: a body is checked chunk by chunk, in place of being handed over',
    run() {
      const isWhole = (text: string, size: number): boolean => {
        const [check, bytes] = [new JsonCheck(), new TextEncoder().encode(text)];
        for (let at = 0; at < bytes.length; at += size) check.take(bytes.subarray(at, at + size));
        const verdict = check.isWhole;
        check.free();
        return verdict;
      };
      const large = JSON.stringify({ texts: Array(20_000).fill('é€😀'), depth: '[{"a":'.repeat(1000) });
      for (const size of [1, 4096, 65_537, 1_000_000]) {
        equal(isWhole(large, size), true);
        equal(isWhole(`${large}]`, size), false);
      }
      equal([isWhole('', 1), isWhole('{"a":', 1), isWhole('<p>', 1)], [true, false, false]);
      const { consent } = granted();
      const { id } = only(consent.handle(WANTED, NOW), 'send');
      const told = consent.handle({ type: 'answered', id, status: 200, isWhole: true }, NOW);
      equal(only(told, 'answer').outcome, { kind: 'passed', id });
      const { id: page } = only(consent.handle({ ...WANTED, caller: 5 }, NOW), 'send');
      const again = consent.handle({ type: 'answered', id: page, status: 200, isWhole: false }, NOW);
      equal(only(again, 'wake').reason, 'read_retry', 'a page of a proxy is no answer');
      refused('invalid_argument', () => new JsonCheck().take(untyped('{}')));
      survives('JsonCheck.take', (chunk) => new JsonCheck().take(chunk), () => isWhole(large, 4096));
    },
  },
  {
    name: 'ERR-2: no argument of the machine traps, and none spoils the next call',
    run() {
      const control = (): unknown => new Consent(settings).handle({ type: 'woken' }, NOW);
      const { snapshot } = granted();
      survives('Settings.read', (env) => Settings.read(env), control);
      survives('Settings.read profile', (profile) => Settings.read(ENV, profile), control);
      survives('new Consent snapshot', (damaged) => new Consent(settings, damaged), control);
      survives('handle', (event) => new Consent(settings, snapshot).handle(event, NOW), control);
      survives('handle now', (now) => new Consent(settings, snapshot).handle({ type: 'woken' }, now), control);
      const handle = (event: object): unknown => new Consent(settings, snapshot).handle(event as ConsentEvent, NOW);
      for (const event of [START, WANTED, { type: 'redirected', url: 'https://tpp.example/', caller: 3 },
        { type: 'answered', id: 1, status: 200, retryAfter: '1', body: '{}' }, { type: 'lost', id: 1, loss: 'timeout' },
        { type: 'forget', caller: 5 }]) {
        survivesMembers(`handle ${event.type}`, event, Object.keys(event), handle, control);
      }
    },
  },
  {
    name: 'ERR-2: a machine that is asked while it works, or after it was let go, says so and lives on',
    run() {
      const { consent } = granted();
      const meddling = { get type(): string { consent.handle({ type: 'woken' }, NOW); return 'woken'; } };
      equal(consent.handle(untyped(meddling), NOW).map(({ type }) => type), ['wake'], 'the getter ran before anything did');
      equal(consent.view()?.state, 'active');
      const throwing = { get type(): string { throw new RangeError('a full stack'); } };
      for (let time = 0; time < 3; time += 1) refused('invalid_argument', () => consent.handle(untyped(throwing), NOW));
      equal(consent.view()?.state, 'active', 'and nothing is "recursive use" afterwards');
      consent.free();
      consent[Symbol.dispose]();
      refused('invalid_argument', () => consent.view(), 'let go');
    },
  },
];
