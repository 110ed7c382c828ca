/** Tells what a call before ready() does, loads the wasm, and then runs the case of a given number. */

import { TellConnectError, newUuid, ready } from 'tell-connect';
import { coreSuite } from '../core.ts';

function early(): string {
  try {
    return newUuid();
  } catch (error) {
    return error instanceof TellConnectError ? error.code : String(error);
  }
}

async function run(index: number): Promise<string> {
  try {
    await coreSuite[index]?.run();
    return '';
  } catch (error) {
    return String(error);
  }
}

const beforeReady = early();
await ready();
Object.assign(globalThis, { suite: { beforeReady, run } });
