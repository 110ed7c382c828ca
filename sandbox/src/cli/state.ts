import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { EnvironmentName } from '../life.ts';
import { type Books, openBooks } from '../node/books.ts';
import { type Credentials, newCredentials } from '../node/credentials.ts';
import { writePrivate } from '../node/env-file.ts';
import { Mistake } from './mistake.ts';

/** Where a run keeps what it keeps: a folder that outlives it, or memory and a folder that goes with it. */
export class State {
  readonly folder: string;
  readonly isKept: boolean;
  readonly #books: Books[] = [];

  constructor(folder: string | undefined) {
    this.isKept = folder !== undefined;
    this.folder = folder === undefined ? mkdtempSync(join(tmpdir(), 'tell-connect-sandbox-')) : resolve(folder);
    if (this.isKept) this.#take();
  }

  /** Books of a name, opened at once or told why not. */
  books(name: string): Books['sql'] {
    const file = join(this.folder, `${name}.sqlite`);
    try {
      const books = openBooks(this.isKept ? file : undefined);
      this.#books.push(books);
      return books.sql;
    } catch (error) {
      throw new Mistake(`${file} cannot be opened: ${(error as Error).message}`);
    }
  }

  /** The same at each start. The gateway keeps a secret's hash alone, so that the rest has to lie beside its books. */
  credentials(environment: EnvironmentName, redirectUrl: string): Credentials {
    const file = join(this.folder, `${environment}.json`);
    const kept = this.isKept ? readKept(file) : undefined;
    if (kept !== undefined) return kept;
    const made = newCredentials(environment, redirectUrl);
    if (this.isKept) writePrivate(file, `${JSON.stringify(made, null, 2)}\n`);
    return made;
  }

  close(): void {
    for (const books of this.#books) books.close();
    rmSync(this.isKept ? this.#lock : this.folder, { recursive: true, force: true });
  }

  get #lock(): string {
    return join(this.folder, 'running');
  }

  /** One run at a time. What a run that was killed has left is no run. */
  #take(): void {
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 });
      writeFileSync(this.#lock, String(process.pid), { flag: 'wx' });
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code !== 'EEXIST') throw new Mistake(`The folder ${this.folder} cannot be used: ${message}`);
      const other = Number(readFileSync(this.#lock, 'utf8'));
      if (isAlive(other)) throw new Mistake(`Another sandbox (process ${other}) uses ${this.folder}.`);
      // SQLite in WebAssembly locks by folders, which outlive it too.
      for (const name of ['register', 'sandbox', 'production']) {
        rmSync(join(this.folder, `${name}.sqlite.lock`), { recursive: true, force: true });
      }
      writeFileSync(this.#lock, String(process.pid));
    }
  }
}

function readKept(file: string): Credentials | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  try {
    return JSON.parse(text) as Credentials;
  } catch {
    throw new Mistake(`${file} is broken. Remove it to be given other credentials.`);
  }
}

function isAlive(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
