/** The command `tell-connect-sandbox`, as a process of its own. */

import assert from 'node:assert/strict';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { parseEnv } from 'node:util';
import { Command } from './support/command.ts';
import { type Tpp, refusal, tppOf } from './support/tpp.ts';

interface Gateway {
  environment: 'sandbox' | 'production';
  url: string;
  resourceBase: string;
  envFile: string;
}

/** Started with `--json`: where its gateways are. */
async function gatewaysOf(command: Command): Promise<Gateway[]> {
  const [, line = ''] = await command.says(/^(\{"event":"ready".*\})$/m);
  return (JSON.parse(line) as { gateways: Gateway[] }).gateways;
}

function settingsIn(file: string): Record<string, string> {
  const read = Object.entries(parseEnv(readFileSync(file, 'utf8')));
  // Node's own reader leaves "\\r" as it is, unlike wrangler's.
  return Object.fromEntries(read.map(([name, value = '']) => [name, value.replaceAll('\\r', '\r')]));
}

/** A provider with the settings of a file. */
function tppWith(file: string): Tpp {
  return tppOf(settingsIn(file));
}

test('command: what it writes into the env file connects, and no secret is printed', async () => {
  await using command = new Command();
  command.start(['--port', '0']);
  const [, file = ''] = await command.says(/settings (\S+\.env)\n[^]*Ctrl-C/);
  assert.equal(statSync(file).mode & 0o777, 0o600);
  const tpp = tppWith(file);
  const { access_token: access } = await tpp.connect();
  assert.equal((await tpp.get('/accounts', access)).status, 200);
  const { TELL_CLIENT_SECRET: secret, TELL_VAULT_KEY: key, TELL_CERTIFICATE: certificate } = settingsIn(file);
  for (const text of [secret, key, certificate?.split('\n')[1], access]) {
    assert.ok(text !== undefined && text.length > 20 && !command.out.includes(text));
  }
  for (const page of ['portal', 'control', 'viewer', 'playground']) assert.match(command.out, new RegExp(`/${page}\n`));
  assert.equal(await command.interrupt(), 0);
  assert.equal(command.err, '');
  assert.equal(statSync(file, { throwIfNoEntry: false }), undefined, 'the temporary file has gone with it');
});

test('command: a call is a line, and a refused one tells the rule and the sentence', async () => {
  await using command = new Command();
  command.start(['--port', '0']);
  const [, file = ''] = await command.says(/settings (\S+\.env)\n[^]*Ctrl-C/);
  const tpp = tppWith(file);
  await tpp.authorise();
  await command.says(/^\d\d:\d\d:\d\d {2}POST \/v1\/authorise {2,}200 +\d+\.\d ms {2}app-\w{8} {2}consent \w{8}$/m);
  const wrong = { 'x-jws-signature': tpp.signature('/v1/accounts', '{}') };
  await tpp.get('/accounts', 'nonsense-that-is-long', wrong);
  await command.says(/^.* GET {2}\/v1\/accounts {2,}401 .* JWS-3 {2}The path is "\/v1\/accounts"; .*$/m);
  await tpp.with({ app: '\u001b[31mred' }).get('/accounts?a=%1b', 'nonsense-that-is-long');
  await command.says(/GET {2}\/v1\/accounts\?a=.*\[31mred/);
  assert.ok(!command.out.includes('\u001b'), 'nothing steers the terminal');
});

test('command: with --json each line is a call for programs, secrets masked', async () => {
  await using command = new Command();
  command.start(['--port', '0', '--json', '--print-env']);
  const [gateway] = await gatewaysOf(command);
  const tpp = tppWith(gateway?.envFile ?? '');
  const { access_token: access } = await tpp.connect();
  await tpp.get('/accounts', access);
  const [line] = await command.says(/^\{"event":"call".*"endpoint":"resource".*$/m);
  const call = JSON.parse(line) as Record<string, unknown>;
  assert.deepEqual([call['environment'], call['status'], call['refusal']], ['sandbox', 200, null]);
  assert.ok(!command.out.includes(access));
  for (const each of command.out.trim().split('\n')) JSON.parse(each);
});

test('command: --state keeps credentials and consents for the next start, and is for one run at a time', async () => {
  await using command = new Command();
  const args = ['--port', '0', '--json', '--state', 'kept'];
  const [first] = await gatewaysOf(command.start(args));
  assert.equal(first?.envFile, join(command.folder, 'kept/sandbox.env'));
  const before = settingsIn(first.envFile);
  const { access_token: access } = await tppWith(first.envFile).connect();
  const second = new Command(command.folder).start(args);
  assert.equal(await second.ended(), 1);
  assert.match(second.err, /^Another sandbox \(process \d+\) uses .*kept\.\n$/);
  // Killed: what it leaves behind keeps nobody out.
  await command.interrupt('SIGKILL');
  const [again] = await gatewaysOf(command.start(args));
  const after = settingsIn(again?.envFile ?? '');
  for (const name of ['TELL_CLIENT_ID', 'TELL_CLIENT_SECRET', 'TELL_APP', 'TELL_CERTIFICATE', 'TELL_VAULT_KEY']) {
    assert.equal(after[name], before[name], name);
  }
  assert.equal((await tppWith(again?.envFile ?? '').get('/accounts', access)).status, 200);
});

test('ENV-2, ENV-5: both environments stand beside one another, each with credentials of its own', async () => {
  await using command = new Command();
  command.start(['--port', '0', '--json', '--environment', 'both', '--write-env', 'worker.env']);
  const [sandbox, production] = await gatewaysOf(command);
  assert.deepEqual([sandbox?.environment, production?.environment], ['sandbox', 'production']);
  const file = join(command.folder, 'worker.env');
  assert.deepEqual([sandbox?.envFile, production?.envFile], [file, `${file}.production`]);
  const [here, there] = [tppWith(file), tppWith(`${file}.production`)];
  for (const tpp of [here, there]) assert.equal((await tpp.authorise({ sandbox_sca: undefined })).status, 200);
  const { authBase, clientId, clientSecret } = there.options;
  assert.equal(await refusal(here.with({ authBase }).authorise()), '401 invalid_client BAS-1');
  // The right credentials, and an application that was never released there.
  const misplaced = here.with({ authBase, clientId, clientSecret }).authorise();
  assert.equal(await refusal(misplaced), '401 invalid_signature JWS-2');
});

test('command: a file of somebody else is never written over, one of its own is', async () => {
  await using command = new Command();
  const file = join(command.folder, 'worker.env');
  writeFileSync(file, 'MINE=1\n');
  command.start(['--port', '0', '--write-env', 'worker.env']);
  assert.equal(await command.ended(), 1);
  assert.match(command.err, /worker\.env is there and was not written by this command\./);
  assert.equal(readFileSync(file, 'utf8'), 'MINE=1\n');
  const args = ['--port', '0', '--write-env', 'other.env'];
  await command.start(args).says(/Ctrl-C/);
  const [first, code] = [settingsIn(join(command.folder, 'other.env')), await command.interrupt()];
  await command.start(args).says(/Ctrl-C/);
  const second = settingsIn(join(command.folder, 'other.env'));
  assert.equal(code, 0);
  assert.notEqual(first['TELL_CLIENT_SECRET'], second['TELL_CLIENT_SECRET']);
});

test('CFG-4: all that is wrong with a configuration is told at once, by the names of the file', async () => {
  await using command = new Command();
  const config = {
    aspsp: 'nobody', colour: 'red', shape: 'round', lifetimes: { codeSeconds: 0, forever: true },
    clientId: 'a:b', clientSecret: 's',
    applications: [{ app: 'a', certificateFile: 'missing.pem', redirectUrl: 'ftp://x' }],
  };
  writeFileSync(join(command.folder, 'config.json'), JSON.stringify(config));
  command.start(['--port', '0', '--config', 'config.json']);
  assert.equal(await command.ended(), 1);
  const named = command.err.split('\n').slice(1, -1).map((line) => line.trim().split(' ')[0]);
  assert.deepEqual(named.sort(), [
    'applications[0].certificateFile', 'applications[0].redirectUrl', 'aspsp', 'clientId', 'colour',
    'lifetimes.codeSeconds', 'lifetimes.forever', 'shape',
  ]);
});

test('CFG-1, JWS-8: a configuration names the TPP, and its certificate’s file is the key to the byte', async () => {
  await using command = new Command();
  writeFileSync(join(command.folder, 'certificate.pem'), 'a certificate\r\nof two lines\n\n');
  const applications = [{ app: 'mine', certificateFile: 'certificate.pem', redirectUrl: 'http://localhost:1/back' }];
  const config = { clientId: 'me', clientSecret: 'own', applications, lifetimes: { accessSeconds: 77 } };
  writeFileSync(join(command.folder, 'config.json'), JSON.stringify(config));
  const [gateway] = await gatewaysOf(command.start(['--port', '0', '--json', '--config', 'config.json']));
  const tpp = tppWith(gateway?.envFile ?? '');
  assert.deepEqual([tpp.options.clientId, tpp.options.app], ['me', 'mine']);
  assert.equal(tpp.options.certificate, 'a certificate\r\nof two lines\n\n');
  assert.equal((await tpp.connect()).expires_in, 77);
});

test('command: an unknown option is exit code 2, a port in use 1, each with a sentence', async () => {
  await using command = new Command();
  const wrong = [['--colour'], ['--port', 'x'], ['--environment', 'moon'], ['stray'], ['--redirect-url', 'ftp://x']];
  for (const args of wrong) {
    assert.equal(await command.start(args).ended(), 2, args.join(' '));
  }
  assert.match(command.err, /^Unknown option '--colour'\. --help lists the options\.\n--port is "x"/);
  assert.ok(!command.err.includes('    at '), 'no stack');
  assert.equal(await command.start(['--help']).ended(), 0);
  assert.match(command.out, /^Usage: tell-connect-sandbox/);
  assert.equal(await command.start(['--version']).ended(), 0);
  assert.match(command.out, /^\d+\.\d+\.\d+\n$/);
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  assert.equal(await command.start(['--port', String(port)]).ended(), 1);
  assert.match(command.err, new RegExp(`Port ${port} is in use\\. Stop what listens there, or choose another`));
  server.close();
});

test('command: a body without an end is read, thrown away and refused', async () => {
  await using command = new Command();
  const [gateway] = await gatewaysOf(command.start(['--port', '0', '--json']));
  const tpp = tppWith(gateway?.envFile ?? '');
  const headers = { 'content-type': 'application/json', authorization: tpp.basic() };
  const body = 'x'.repeat(3 * 1024 * 1024);
  assert.equal(await refusal(tpp.post('/authorise', body, headers, '{}')), '413 body_too_large AUT-1');
  const stream = new Blob([body]).stream();
  const init = { method: 'POST', headers, body: stream, duplex: 'half' } as RequestInit;
  assert.equal(await refusal(fetch(`${gateway?.resourceBase}/authorise`, init)), '413 body_too_large AUT-1');
  assert.equal((await tpp.authorise()).status, 200);
});
