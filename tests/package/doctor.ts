/** The command `tell-connect doctor` as a test runs it: settings written into an env file, its report read. */

import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DoctorReport } from '../../pkg/src/generated/core.ts';
import { certificate } from '../rig/certificate.ts';
import { ROOT } from './project.ts';

export type Settings = Record<string, string>;

/** What a run printed, and how it ended. */
export interface Run {
  readonly out: string;
  readonly err: string;
  readonly code: number;
}

const MAIN = join(ROOT, 'pkg/dist/cli/main.js');

/** As openssl makes it, where there is one. */
export function madeByOpenssl(): string {
  const args = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', '/dev/null', '-days', '365', '-subj'];
  try {
    return execFileSync('openssl', [...args, '/CN=TPP'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return certificate();
  }
}

/** Settings that are right, each time with secrets of their own. */
export function right(environment: 'sandbox' | 'production', pem: string): Settings {
  const isProduction = environment === 'production';
  return {
    TELL_ENVIRONMENT: environment,
    TELL_ASPSP: '8ddb14f1-fecd-41fe-90b7-f8fbda9494ac',
    TELL_RESOURCE_BASE_URL: `https://api${isProduction ? '' : '-sandbox'}.bank.example/v1`,
    TELL_CLIENT_ID: `tpp-${randomBytes(6).toString('hex')}`,
    TELL_CLIENT_SECRET: randomBytes(24).toString('base64url'),
    TELL_APP: 'app-7',
    TELL_CERTIFICATE: pem,
    TELL_REDIRECT_URL: isProduction ? 'https://tpp.example/api/callback' : 'http://localhost:8787/api/callback',
    TELL_VAULT_KEY: randomBytes(32).toString('base64'),
    ...(isProduction && { TELL_PAYMENTS: 'backend', TELL_STATISTICS_TOKEN: randomBytes(24).toString('base64') }),
  };
}

/** The lines of an env file. */
export function lines(settings: Settings): string {
  const quoted = (value: string): string => {
    const text = value.replaceAll('$', '\\$');
    return text.includes('"') ? `'${text}'` : `"${text.replaceAll('\r', '\\r').replaceAll('\n', '\\n')}"`;
  };
  return Object.entries(settings).map(([name, value]) => `${name}=${quoted(value)}\n`).join('');
}

/** A folder of env files, and the command run on them. */
export class Practice {
  readonly #folder = mkdtempSync(join(tmpdir(), 'tell-doctor-'));
  readonly #heard: string[] = [];

  /** Writes a file for its owner alone, and gives back where it is. */
  write(name: string, text: string | Uint8Array, mode = 0o600): string {
    const file = join(this.#folder, name);
    writeFileSync(file, text);
    chmodSync(file, mode);
    return file;
  }

  /** Runs the command with these arguments, and variables in place of this process's. */
  run(args: readonly string[], env: Settings = {}, node = process.execPath, main = MAIN): Promise<Run> {
    return new Promise((resolve) => {
      const { PATH = '' } = process.env;
      execFile(node, [main, ...args], { env: { PATH, ...env }, cwd: this.#folder }, (error, out, err) => {
        this.#heard.push(out, err);
        resolve({ out, err, code: error === null ? 0 : Number(error.code) });
      });
    });
  }

  /** What the doctor finds in settings, or in a file's text. */
  async report(own: Settings | string | Uint8Array, ...args: readonly string[]): Promise<DoctorReport & Run> {
    const isText = typeof own === 'string' || own instanceof Uint8Array;
    const file = this.write('own.env', isText ? own : lines(own as Settings));
    const run = await this.run(['doctor', '--env', file, '--json', ...args]);
    return { ...JSON.parse(run.out) as DoctorReport, ...run };
  }

  /** All that was printed so far. */
  heard(): string {
    return this.#heard.join('\n');
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** The checks that found something, each as `name verdict`. */
export function found(report: DoctorReport, ...verdicts: readonly string[]): string[] {
  const rows = report.checks.filter(({ verdict, findings }) => findings.length > 0 && verdicts.includes(verdict));
  return rows.map(({ name, verdict }) => `${name} ${verdict}`);
}
