// The one wasm behind `tell-connect/edge` and `tell-connect/machine`.
//
// A call that is cut off in the middle, by a full stack above all, leaves the module half way through something: its
// memory cannot be trusted any more. It is then thrown away, and another instance takes its place before the next call.
import * as glue from '../../generated/server/tell_connect_bg.js';
import { TellConnectError } from '../error.js';
import { SENTENCES } from '../generated/core.js';
import { type Exports, start } from '../start.js';

type Free = (pointer: number, isByCollector: number) => void;

let module: WebAssembly.Module;
let exports: Exports | undefined;
let isCutOff = false;
let instances = 0;

export function startServer(compiled: WebAssembly.Module): void {
  module = compiled;
  begin();
}

function begin(): void {
  // What the glue remembers of the former memory is let go of as that is detached.
  exports?.memory.grow(0);
  exports = start(glue, module, ignoreCollector);
  instances += 1;
  isCutOff = false;
}

/**
 * The glue frees what the garbage collector found by its address alone, in whichever instance is there by then. It
 * frees nothing so: `Held` does, which knows the instance.
 */
function ignoreCollector(exports: object): object {
  const guarded = Object.entries(exports).map(([name, value]: [string, unknown]) => {
    if (!/^__wbg_\w+_free$/.test(name)) return [name, value];
    const free: Free = (pointer, isByCollector) => isByCollector === 0 && (value as Free)(pointer, 0);
    return [name, free];
  });
  return Object.fromEntries(guarded) as object;
}

/** The number of the instance at hand; another one, if a call was cut off in the last. */
export function instance(): number {
  if (isCutOff) begin();
  return instances;
}

/** The memory's bytes. They are others once it has grown. */
export const bytes = (): ArrayBuffer => (exports as Exports).memory.buffer as ArrayBuffer;

/** What a call threw: an error of the wasm's own, or a sign that it was cut off. */
export function thrown(error: unknown): unknown {
  if (error instanceof TellConnectError) return error;
  isCutOff = true;
  return new TellConnectError('interrupted', SENTENCES.interrupted);
}
