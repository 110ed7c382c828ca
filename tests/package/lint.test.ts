/** What publint and "are the types wrong" say of the package. */

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { folderOf, install } from '../matrix/tools.ts';
import { Project } from './project.ts';

let project: Project;
before(() => {
  install();
  project = new Project();
});
after(() => project?.remove());

test('publint finds nothing in the tarball', async () => {
  const { publint } = await import(join(folderOf('publint') as string, 'src/index-node.js')) as {
    publint(options: object): Promise<{ messages: readonly object[] }>;
  };
  const pkgDir = join(project.folder, 'node_modules/tell-connect');
  assert.deepEqual((await publint({ pkgDir, pack: false, strict: true })).messages, []);
});

interface Problem {
  readonly kind: string;
  readonly entrypoint?: string;
  readonly resolutionKind?: string;
}

/** What it may remark, of each entry. */
const EXPLAINED = [
  // The resolution of Node.js 10 knows no `exports`. Nothing that the package runs on has it; TypeScript 6 gives it up.
  'NoResolution node10',
  // It takes no note of Node.js requiring ES modules, which 20.19 and 22.12 do. TypeScript does so since 5.8.
  'CJSResolvesToESM node16-cjs',
];

test('"are the types wrong" remarks no more than what is explained', async () => {
  const core = join(folderOf('@arethetypeswrong/core') as string, 'dist');
  const { createPackageFromTarballData } = await import(join(core, 'createPackage.js')) as {
    createPackageFromTarballData(tarball: Uint8Array): object;
  };
  const { checkPackage } = await import(join(core, 'checkPackage.js')) as {
    checkPackage(pkg: object): Promise<{ problems: readonly Problem[] }>;
  };
  const { problems } = await checkPackage(createPackageFromTarballData(readFileSync(project.packed.tarball)));
  const entries = ['.', './edge', './machine', './views', './worker'];
  assert.deepEqual(
    problems.map(({ entrypoint, kind, resolutionKind }) => `${entrypoint} ${kind} ${resolutionKind}`).sort(),
    entries.flatMap((entry) => EXPLAINED.map((remark) => `${entry} ${remark}`)).sort(),
  );
});
