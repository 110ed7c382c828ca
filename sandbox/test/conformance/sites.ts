/** Every place in the source at which a TPP's call can be refused. */

import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const SOURCE = join(import.meta.dirname, '../../src');

/** What answers a TPP; all else of the gateway is for people. */
const ROUTES = ['authorise', 'access-token', 'accounts', 'payments', 'consent'].map((name) => `routes/${name}.ts`);

export interface Site {
  file: string;
  line: number;
  /** Whether the refusal is thrown here; else it is made to be thrown elsewhere. */
  throws: boolean;
}

export function sites(): Site[] {
  const files = new Set(ROUTES);
  for (const file of files) for (const next of importsOf(file)) files.add(next);
  files.add('gateway.ts').delete('refusal.ts');
  return [...files].flatMap(sitesOf);
}

/** An import of types alone brings no code. */
const IMPORT = /^import (?!type )(?:\{([^}]*)\}|[^;{]*?) from '(\.[^']+)'/gm;

function importsOf(file: string): string[] {
  return [...read(file).matchAll(IMPORT)]
    .filter(([, names = 'all']) => names.split(',').some((name) => !/^\s*(type .*)?$/.test(name)))
    .map(([, , path = '']) => relative(SOURCE, join(SOURCE, dirname(file), path)));
}

const THROW = /\bthrow (?!cause\b|error\b|new (?:Type|Range)?Error\b)/;

function sitesOf(file: string): Site[] {
  return read(file)
    .split('\n')
    .map((text, index) => ({ text, file, line: index + 1, throws: THROW.test(text) }))
    .filter(({ text, throws }) => throws || text.includes('new Refusal('));
}

function read(file: string): string {
  return readFileSync(join(SOURCE, file), 'utf8');
}
