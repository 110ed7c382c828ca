/** The packed command as a process, with a provider that its ready settings have connected. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseEnv } from 'node:util';
import { type Tpp, tppOf } from '../../sandbox/test/support/tpp.ts';

const CLI = join(import.meta.dirname, '../../sandbox/dist/cli.js');

/** In bytes. */
export interface Held {
  rss: number;
  heapUsed: number;
}

export class Command {
  readonly port: number;
  /** From its start to its first answer, as it says itself. */
  readonly milliseconds: number;
  readonly tpp: Tpp;
  readonly accessToken: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: number, milliseconds: number, tpp: Tpp, accessToken: string) {
    this.#child = child;
    this.port = port;
    this.milliseconds = milliseconds;
    this.tpp = tpp;
    this.accessToken = accessToken;
  }

  static async start(args: readonly string[] = []): Promise<Command> {
    const node = ['--expose-gc', '--import', join(import.meta.dirname, 'told.ts')];
    const asked = ['--port', '0', '--json', '--quiet', ...args];
    const child = spawn(process.execPath, [...node, CLI, ...asked], { stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
    if (child.stdout === null) throw new Error('the command has no output');
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
    const { gateways: [gateway], milliseconds } = JSON.parse(line) as {
      gateways: [{ url: string; envFile: string }]; milliseconds: number;
    };
    const tpp = tppOf(parseEnv(readFileSync(gateway.envFile, 'utf8')) as Record<string, string>);
    const { access_token: accessToken } = await tpp.connect();
    return new Command(child, Number(new URL(gateway.url).port), milliseconds, tpp, accessToken);
  }

  async held(): Promise<Held> {
    this.#child.send('held');
    const [held] = (await once(this.#child, 'message')) as [Held];
    return held;
  }

  async stop(): Promise<void> {
    this.#child.kill('SIGINT');
    await once(this.#child, 'exit');
  }
}
