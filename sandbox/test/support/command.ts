import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '../../src/cli/main.ts');

/** The command, started as a person does, in an empty folder of its own or a lent one; it ends with its test. */
export class Command implements AsyncDisposable {
  readonly folder: string;
  readonly #isLent: boolean;
  #child: ChildProcess | undefined;
  #out = '';
  #err = '';
  #heard = Promise.withResolvers<void>();

  constructor(lent?: string) {
    this.#isLent = lent !== undefined;
    this.folder = lent ?? mkdtempSync(join(tmpdir(), 'tell-command-'));
  }

  start(args: readonly string[], command: readonly string[] = [process.execPath, MAIN]): this {
    const [program = '', ...first] = command;
    this.#out = '';
    this.#child = spawn(program, [...first, ...args], {
      cwd: this.folder,
      // What it leaves behind when it is killed goes with the folder.
      env: { ...process.env, TMPDIR: this.folder },
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, to be stopped with all that it starts, as npx does.
      detached: true,
    });
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => this.#hear((this.#out += text)));
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => this.#hear((this.#err += text)));
    this.#child.once('exit', () => this.#hear(''));
    return this;
  }

  get out(): string {
    return this.#out;
  }

  get err(): string {
    return this.#err;
  }

  /** What it prints, as soon as that matches. */
  async says(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.#out);
      if (found !== null) return found;
      if (this.#hasEnded) throw new Error(`it ended and has not said ${pattern}: ${this.#out}${this.#err}`);
      await this.#heard.promise;
    }
  }

  /** Its exit code, once it has one. */
  async ended(): Promise<number | null> {
    if (this.#child !== undefined && !this.#hasEnded) await once(this.#child, 'close');
    return this.#child?.exitCode ?? null;
  }

  interrupt(signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
    if (this.#child?.pid !== undefined && !this.#hasEnded) process.kill(-this.#child.pid, signal);
    return this.ended();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.interrupt('SIGKILL');
    if (!this.#isLent) rmSync(this.folder, { recursive: true, force: true });
  }

  get #hasEnded(): boolean {
    return this.#child === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  #hear(_: string): void {
    this.#heard.resolve();
    this.#heard = Promise.withResolvers();
  }
}
