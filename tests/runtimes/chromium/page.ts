/** Tells what a call before ready() does, loads the wasm, and then runs the case of a given number. */

import { TellConnectError, newUuid, ready } from 'tell-connect';
import { accounts, ready as viewsReady } from 'tell-connect/views';
import { browserSuite } from '../browser.ts';

function early(call: () => unknown): string {
  try {
    return String(call());
  } catch (error) {
    return error instanceof TellConnectError ? error.code : String(error);
  }
}

async function run(index: number): Promise<string> {
  try {
    await browserSuite[index]?.run();
    return '';
  } catch (error) {
    return String(error);
  }
}

const beforeReady = [early(() => newUuid()), early(() => accounts('[]'))];
await Promise.all([ready(), viewsReady()]);
Object.assign(globalThis, { suite: { beforeReady, run } });
