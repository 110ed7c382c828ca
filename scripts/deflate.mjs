// Writes a file's bytes as raw deflate, which a browser inflates by its own DecompressionStream.
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { deflateRawSync } from 'node:zlib';

const [from, to] = process.argv.slice(2);
writeFileSync(to, deflateRawSync(readFileSync(from), { level: 9 }));
