/**
 * Prints the licences of the crates that are compiled into the wasm, as the package's THIRD-PARTY.md. The texts are
 * those that each crate was published with, each told once; a crate that was published without gets the standard one.
 */

import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compiled, described, read, RUST, type Crate } from './crates.ts';

const NOTICE = /^(licen[cs]e|copying|copyright|unlicense|notice)/i;

const texts: string[] = [];

/** The number of a text, however its lines end and are indented. */
function numberOf(text: string): number {
  const words = (any: string): string => any.replace(/\s+/g, ' ').trim();
  const known = texts.findIndex((other) => words(other) === words(text));
  return known < 0 ? texts.push(text.replace(/\r\n/g, '\n').replace(/^\n+|\s+$/g, '')) : known + 1;
}

/** MIT's text for a crate that may be taken under it, but was published without: its authors are those it names. */
function standardText({ name, license, authors }: Crate): string {
  if (!license?.split(' OR ').includes('MIT') || authors.length === 0) {
    throw new Error(`${name} was published without its licence.`);
  }
  const names = authors.map((author) => author.replace(/ *<.*>$/, ''));
  return read('LICENSE-MIT').replace(/^Copyright .*$/m, `Copyright (c) ${names.join(', ')}`);
}

/** The texts that a crate was published with. */
function textsOf(crate: Crate): string[] {
  const folder = dirname(crate.manifest_path);
  const files = readdirSync(folder).filter((file) => NOTICE.test(file)).sort();
  if (files.length === 0) return [standardText(crate)];
  return files.map((file) => readFileSync(join(folder, file), 'utf8'));
}

const all = described();
const rows = compiled().map((crate) => {
  const { name, version, license, repository } = all.get(crate)!;
  if (license === null) throw new Error(`${crate} was published without its licence.`);
  const numbers = textsOf(all.get(crate)!).map(numberOf);
  return `| [${name}](${repository}) | ${version} | ${license} | ${[...new Set(numbers)].join(', ')} |`;
});

console.log(`# Third parties

The WebAssembly of this package is compiled from the crates below. The last column has the numbers of the texts that
each was published with, or of MIT's with the names of its authors if it was published without any. Of a crate under
several licences joined by OR, any one may be chosen.

It holds parts of the standard library of Rust ${RUST} too, dlmalloc, hashbrown and foldhash among them: MIT OR
Apache-2.0, but for Unicode's tables (Unicode-3.0) and foldhash (Zlib). Its notices are at
<https://github.com/rust-lang/rust/blob/${RUST}/COPYRIGHT>.

| crate | version | licence | texts |
|---|---|---|---|
${rows.join('\n')}
${texts.map((text, at) => `\n## Text ${at + 1}\n\n\`\`\`text\n${text}\n\`\`\``).join('\n')}`);
