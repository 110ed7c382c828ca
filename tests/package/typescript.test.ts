/** Every entry in the versions of TypeScript that are in use, none of them told to skip the declarations. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { folderOf, install, versionOf } from '../matrix/tools.ts';
import { Project } from './project.ts';

const NODENEXT = { module: 'nodenext', moduleResolution: 'nodenext' };
const BUNDLER = { module: 'esnext', moduleResolution: 'bundler' };
const DOM = { lib: ['es2022', 'dom'] };
const WORKER = { lib: ['es2022'], types: ['@cloudflare/workers-types'] };

/** In CommonJS. */
const AWAITED = "const uuid = async (): Promise<string> => (await import('tell-connect')).newUuid();\nexport = uuid;\n";
const REQUIRED = `
import core = require('tell-connect');
import edge = require('tell-connect/edge');
import machine = require('tell-connect/machine');
import views = require('tell-connect/views');
export = [core.newUuid, edge.Signer, machine.Consent, views.accounts];
`;

install();

let project: Project;
before(() => {
  project = new Project();
  project.lend('@cloudflare/workers-types');
});
after(() => project?.remove());

const consumer = (name: string): string =>
  project.write(name, readFileSync(join(import.meta.dirname, 'consumer', name), 'utf8'));
const tsc = (name: string): string => join(folderOf(name) as string, 'bin/tsc');

for (const name of ['typescript-5.7', 'typescript-5.9', 'typescript']) {
  test(`package: strict consumers, ESM and CommonJS, compile against every entry (TypeScript ${versionOf(name)})`, () => {
    const files = [consumer('consumer.ts'), consumer('worker.ts'), project.write('awaited.cts', AWAITED)];
    const required = project.write('required.cts', REQUIRED);
    const said = project.check([...files, required], { ...NODENEXT, ...WORKER }, tsc(name));
    // That Node.js requires an ES module, TypeScript knows from 5.8 on.
    const refused = name === 'typescript-5.7' ? 4 : 0;
    assert.equal(said.match(/required\.cts\(\d+,\d+\): error TS1471: /g)?.length ?? 0, refused, said);
    assert.equal(said.trim().split('\n').filter((line) => line !== '').length, refused, said);
  });
}

test(`package: a strict page compiles against it as a bundler resolves it (TypeScript ${versionOf('typescript-5.7')})`, () => {
  assert.equal(project.check([consumer('consumer.ts')], { ...BUNDLER, ...DOM }, tsc('typescript-5.7')), '');
});
