/** `tell-connect doctor`: each planted mistake is found by the check of its name, and by no other. */

import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertNoneIn } from '../rig/leaks.ts';
import { found, lines, Practice, type Settings } from './doctor.ts';
import { type Mistake, MISTAKES, note, own, production, sandbox, secrets } from './doctor-mistakes.ts';

const practice = new Practice();
after(() => practice.remove());

const changed = (settings: Settings, changes: Mistake['set'] = {}): Settings =>
  Object.fromEntries(Object.entries({ ...settings, ...changes })
    .filter((entry): entry is [string, string] => entry[1] !== undefined));

test('LIV-1: at least thirty checks have a planted mistake', () => {
  assert.ok(new Set(MISTAKES.map(({ finds }) => finds.split(' ')[0])).size >= 30);
});

for (const [at, mistake] of MISTAKES.entries()) {
  test(`LIV-1: a planted mistake is found by its check and no other (${at + 1}: ${mistake.finds})`, async () => {
    const settings = changed(mistake.in === 'production' ? production : sandbox, mistake.set);
    note(settings);
    if (mistake.against) note(mistake.against);
    const text = mistake.file?.(lines(settings)) ?? settings;
    const against = mistake.against && ['--against', practice.write('other.env', lines(mistake.against))];
    const report = await practice.report(text, '--offline', ...against ?? []);
    assert.deepEqual(found(report, 'fault', 'warning'), [mistake.finds]);
    assert.equal(report.code, mistake.finds.endsWith('fault') ? 1 : 0);
    assert.ok(mistake.finds.endsWith(report.verdict));
    assertNoneIn('the report', report.out + report.err, secrets);
  });
}

test('CFG-4: a file that others can read is warned of', async () => {
  const file = practice.write('open.env', lines(sandbox), 0o644);
  const { out, code } = await practice.run(['doctor', '--env', file, '--offline', '--json']);
  assert.deepEqual(found(JSON.parse(out), 'fault', 'warning'), ['file-mode warning']);
  assert.equal(code, 0);
});

test('CFG-4: bytes that are no UTF-8 are no settings', async () => {
  const report = await practice.report(Buffer.from([0xff, 0xfe, 0x54, 0]), '--offline');
  assert.ok(found(report, 'fault').includes('file-text fault'));
  assert.equal(report.code, 1);
});

test('LIV-1: a right configuration is sound without a warning, beside the other’s and from variables', async () => {
  const other = {
    sandbox: practice.write('production.env', lines(production)),
    production: practice.write('sandbox.env', lines(sandbox)),
  };
  for (const settings of [sandbox, production]) {
    const environment = settings === sandbox ? 'sandbox' : 'production';
    const report = await practice.report(settings, '--offline', '--against', other[environment]);
    assert.deepEqual(report.checks.filter(({ findings }) => findings.length > 0), []);
    assert.deepEqual([report.verdict, report.environment, report.code, report.err], ['ok', environment, 0, '']);
    const { out, code } = await practice.run(['doctor', '--offline', '--json'], settings);
    assert.deepEqual([(JSON.parse(out) as typeof report).verdict, code], ['ok', 0]);
  }
});

test('LIV-1: the words for a terminal have faults first and say what to do; elsewhere they have no colours', async () => {
  const settings = { ...production, TELL_CLIENT_SECRET: own(production, 'TELL_CLIENT_ID'), TELL_SESSION_DAY: '3' };
  const file = practice.write('words.env', lines(settings));
  const { out, code } = await practice.run(['doctor', `--env=${file}`, '--offline']);
  const signs = out.split('\n').slice(1).map((line) => line.slice(0, 1)).join('').replace(/(.)\1*/g, '$1');
  assert.match(signs, /^✗!✓-/);
  assert.match(out, /^✗ credentials-distinct {2}TELL_CLIENT_SECRET: .*\(LIV-1\)$/m);
  assert.match(out, /^! unknown-names {2}TELL_SESSION_DAY: .*TELL_SESSION_DAYS.*$/m);
  assert.match(out, /1 check at fault, 1 warning, \d+ sound\. Correct what is at fault, then run it again\.\n$/);
  assert.ok(!out.includes('\u001b'));
  assert.equal(code, 1);
  note(settings);
});

test('LIV-1: a command that is called wrongly ends with 2 and says how it is called, repeating nothing', async () => {
  const secret = 'a-secret-in-the-wrong-place';
  const wrong = [[], ['nurse'], ['toString'], ['doctor', '--nope', secret], ['doctor', secret], ['doctor', '--env']];
  for (const args of wrong) {
    const { out, err, code } = await practice.run(args);
    assert.deepEqual([out, code], ['', 2]);
    assert.match(err, /tell-connect (<command>|doctor \[--env FILE\])/);
    assert.ok(!err.includes(secret));
  }
  assert.equal((await practice.run(['doctor', '--env', 'not-there.env'])).code, 2);
  for (const args of [['--help'], ['doctor', '--help']]) {
    const { out, err, code } = await practice.run(args);
    assert.ok(out.includes('doctor') && err === '' && code === 0);
  }
});

test('ERR-2: nothing that was printed holds a secret, a key or a line of a certificate', () => {
  assert.ok(secrets.length > 50);
  assertNoneIn('what was printed', practice.heard(), secrets);
});
