/** The memory of the workerd that this process has started, as Linux tells it. */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

const MIB = 1024;

/** In MiB: what is resident now, and the most that was since `reset`. */
export interface Memory {
  now: number;
  peak: number;
}

export class Workerd {
  readonly #pid: number;

  /** The largest one below us: wrangler may have helpers. */
  constructor() {
    const found = descendants(process.pid).filter((pid) => read(pid, 'comm').trim() === 'workerd');
    const [pid] = found.toSorted((one, other) => memoryOf(other).now - memoryOf(one).now);
    if (pid === undefined) throw new Error('no workerd runs below this process');
    this.#pid = pid;
  }

  /** The peak begins anew from here. */
  reset(): void {
    writeFileSync(`/proc/${this.#pid}/clear_refs`, '5');
  }

  memory(): Memory {
    return memoryOf(this.#pid);
  }
}

function memoryOf(pid: number): Memory {
  const status = read(pid, 'status');
  const of = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / MIB;
  return { now: of('VmRSS'), peak: of('VmHWM') };
}

function descendants(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((each) => /^\d+$/.test(each))) {
    // The name, in brackets, may hold anything.
    const [, parent] = read(Number(name), 'stat').replace(/^.*\) /s, '').split(' ');
    parents.set(Number(name), Number(parent));
  }
  const below = (parent: number): number[] =>
    [...parents].flatMap(([child, of]) => (of === parent ? [child, ...below(child)] : []));
  return below(pid);
}

/** Empty for a process that is gone. */
function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
