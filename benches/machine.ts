/** Where and with what it was measured. */

import { readFileSync } from 'node:fs';
import { arch, cpus, loadavg, release, type } from 'node:os';

export function version(name: string): string {
  return (JSON.parse(readFileSync(`node_modules/${name}/package.json`, 'utf8')) as { version: string }).version;
}

/** One paragraph of Markdown. */
export function machine(): string {
  const [cpu] = cpus();
  const day = new Date().toISOString().slice(0, 10);
  const runtimes = `Node.js ${process.versions.node} (V8 ${process.versions.v8}), workerd ${version('workerd')}`;
  const load = (loadavg()[0] ?? 0).toFixed(1);
  return `Measured on ${day} on ${cpus().length} × ${cpu?.model.trim()}, ${type()} ${release()} ${arch()}, load `
    + `average ${load} at the end (1.0 is this benchmark's own). ${runtimes}.`;
}
