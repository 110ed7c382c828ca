import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Both, startBoth } from './support/both.ts';
import { ONE, TWO } from './support/certificates.ts';
import { ADA, REDIRECT, REGISTERED, makeReady } from './support/portal.ts';

interface Shown {
  status: number;
  page: string;
  location: string | null;
}

/** As a browser without scripts sends it. */
async function submit(both: Both, path: string, fields: Record<string, string> | string[][]): Promise<Shown> {
  const body = new URLSearchParams(fields);
  const headers = { origin: both.sandbox.url, 'sec-fetch-site': 'same-origin' };
  const url = `${both.sandbox.url}/portal${path}`;
  const answer = await fetch(url, { method: 'POST', body, headers, redirect: 'manual' });
  return { status: answer.status, page: await answer.text(), location: answer.headers.get('location') };
}

async function open(both: Both, path: string): Promise<Shown> {
  const answer = await fetch(`${both.sandbox.url}/portal${path}`);
  return { status: answer.status, page: await answer.text(), location: null };
}

/** The value of an input as it comes back. */
function valueOf(page: string, name: string): string | undefined {
  return new RegExp(`name="${name}"[^>]* value="([^"]*)"`).exec(page)?.[1];
}

test('CFG-4: a wrong form comes back filled, with what is wrong at its field, and changes nothing', async () => {
  await using both = await startBoth();
  const wrong = { name: '"><script>alert(1)</script>', email: 'nobody', company: '' };
  const { status, page } = await submit(both, '/developers', wrong);
  assert.equal(status, 400);
  assert.equal(valueOf(page, 'name'), '&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;');
  assert.equal(valueOf(page, 'email'), 'nobody');
  assert.ok(!page.includes('<script'));
  for (const [field, isWrong] of [['name', 'false'], ['email', 'true'], ['company', 'true']]) {
    assert.match(page, new RegExp(`<input id="${field}"[^>]*aria-invalid="${isWrong}"`), field);
  }
  assert.match(page, /<p class="wrong" id="email-wrong">The e-mail is no address/);
  assert.match(page, /aria-describedby="email-hint email-wrong"/);
  assert.match(page, /<a href="#company">The company is missing\.<\/a>/);
  assert.equal(both.register.developers.count(), 0);
});

test('CFG-4: the form for production comes back with the roles that were chosen', async () => {
  await using both = await startBoth();
  const { developer } = await makeReady(both);
  const { status, page } = await submit(both, `/developers/${developer}/production`, [
    ['authority', ''],
    ['registerNumber', '12'],
    ['roles', 'PISP'],
  ]);
  assert.equal(status, 400);
  assert.deepEqual([valueOf(page, 'authority'), valueOf(page, 'registerNumber')], ['', '12']);
  assert.match(page, /value="PISP" checked/);
  assert.doesNotMatch(page, /value="AISP" checked/);
  const none = await submit(both, `/developers/${developer}/production`, { authority: 'x', registerNumber: '12' });
  assert.match(none.page, /No role was chosen/);
  assert.deepEqual(both.register.developers.find(developer)?.roles, REGISTERED.roles, 'as before');
});

test('CFG-4: a pasted certificate comes back as it was pasted', async () => {
  await using both = await startBoth();
  const { app, developer } = await makeReady(both);
  const pasted = `\r\n</textarea><b>${ONE.replaceAll('\n', '\r\n')}`;
  const fields = { environment: 'production', certificate: pasted, lineEnds: 'CRLF', overlapHours: '7' };
  const { status, page } = await submit(both, `/applications/${app}/certificates`, fields);
  assert.equal(status, 400);
  const [, shown = ''] = /<textarea[^>]*>\n([\s\S]*?)<\/textarea>/.exec(page) ?? [];
  assert.equal(shown.replaceAll('&lt;', '<').replaceAll('&gt;', '>'), pasted);
  assert.match(page, /value="CRLF" checked/);
  assert.match(page, /value="production" checked/);
  assert.equal(valueOf(page, 'overlapHours'), '7');
  const twice = { name: 'Two', redirectUrl: '', certificate: ONE, from: app };
  const again = await submit(both, `/developers/${developer}/applications`, twice);
  assert.match(again.page, /given in more than one way/);
  assert.match(again.page, new RegExp(`value="${app}" selected`));
});

test('LIV-1: the go-live page tells point by point, and asking too early changes nothing', async () => {
  await using both = await startBoth();
  const { app } = await makeReady(both);
  const { status, page } = await submit(both, `/applications/${app}/go-live`, {});
  assert.equal(status, 409);
  assert.match(page, /1 of 11 checks do not hold yet/);
  assert.match(page, /No code has been exchanged yet\. Authorise, accept/);
  assert.equal(both.register.applications.find(app)?.releasedAt, null);
});

test('CFG-1: applications are changed and deleted by forms', async () => {
  await using both = await startBoth();
  const { app, developer } = await makeReady(both);
  const wrong = await submit(both, `/applications/${app}`, { name: 'New', redirectUrl: 'ftp://x' });
  assert.deepEqual([wrong.status, valueOf(wrong.page, 'redirectUrl')], [400, 'ftp://x']);
  const changed = await submit(both, `/applications/${app}`, { name: 'New', redirectUrl: '' });
  assert.deepEqual([changed.status, changed.location], [303, `/portal/applications/${app}`]);
  const { name, redirectUrl } = both.register.applications.find(app) ?? {};
  assert.deepEqual([name, redirectUrl], ['New', null]);
  assert.match((await open(both, `/applications/${app}/delete`)).page, /Delete the application\?/);
  const deleted = await submit(both, `/applications/${app}/delete`, {});
  assert.deepEqual([deleted.status, deleted.location], [303, `/portal/developers/${developer}`]);
  assert.equal(both.register.applications.find(app), null);
  assert.equal((await open(both, `/applications/${app}`)).status, 404);
});

test('CFG-1: the application’s page has the settings of a worker, and no secret', async () => {
  await using both = await startBoth();
  const { app, sandbox } = await makeReady(both);
  const { page } = await open(both, `/applications/${app}`);
  for (const line of [
    'TELL_ENVIRONMENT=sandbox',
    `TELL_CLIENT_ID=${sandbox.options.clientId}`,
    `TELL_APP=${app}`,
    `TELL_AUTH_BASE_URL=${both.sandbox.url}/v1`,
    `TELL_REDIRECT_URL=${REDIRECT}`,
  ]) {
    assert.ok(page.split(/[\n>]/).some((found) => found.replace('</code', '') === line), line);
  }
  assert.ok(!page.includes(sandbox.options.clientSecret));
});

test('STA-1: the portal leads to the statistics of both environments', async () => {
  await using both = await startBoth();
  const { page } = await open(both, '');
  assert.match(page, /href="\/statistics">Statistics of sandbox/);
  assert.ok(page.includes(`href="${both.production.url}/statistics">Statistics of production`));
});

test('ENV-1: the pages need no script and no style of their own', async () => {
  await using both = await startBoth();
  const { app, developer } = await makeReady(both);
  const ends = ['', `/developers/${developer}`, `/developers/${developer}/applications/new`, '/consents'];
  const ofApplication = ['', '/delete', '/go-live', '/certificates/new'].map((end) => `/applications/${app}${end}`);
  for (const path of [...ends, ...ofApplication]) {
    const answer = await fetch(`${both.sandbox.url}/portal${path}`);
    assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'; style-src 'self'/);
    const page = await answer.text();
    assert.doesNotMatch(page, /<script|<style| style=| on[a-z]+="/, path);
    assert.match(page, /<a href="\/portal" aria-current="page">Portal<\/a>/, path);
  }
});

test('ENV-1: a form that is too long, or no form at all, is refused', async () => {
  await using both = await startBoth();
  const long = await submit(both, '/developers', { ...ADA, name: 'a'.repeat(300_000) });
  assert.equal(long.status, 413);
  const url = `${both.sandbox.url}/portal/developers`;
  for (const type of ['multipart/form-data; boundary=x', 'text/plain']) {
    const answer = await fetch(url, { method: 'POST', headers: { 'content-type': type }, body: TWO });
    assert.equal(answer.status, 400, type);
  }
});
