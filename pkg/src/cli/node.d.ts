// What the command line touches of Node.js, whose types are not among those at hand.

declare module 'node:process' {
  const process: {
    readonly argv: readonly string[];
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly platform: string;
    readonly version: string;
    readonly stdout: { readonly isTTY?: boolean; write(text: string): boolean };
    readonly stderr: { write(text: string): boolean };
    exitCode: number | undefined;
  };
  export default process;
}

declare module 'node:fs' {
  export function mkdirSync(path: string, options: { readonly recursive: true }): void;
  export function readdirSync(path: string): string[];
  export function readFileSync(path: string): Uint8Array;
  export function readFileSync(path: string | URL, encoding: 'utf8'): string;
  export function statSync(path: string): { readonly mode: number };
  export function writeFileSync(path: string, text: string, options: { readonly mode: number; readonly flag: 'wx' }): void;
}

declare module 'node:path' {
  export function dirname(path: string): string;
  export function join(...paths: string[]): string;
}

declare module 'node:crypto' {
  export class X509Certificate {
    constructor(pem: string);
    readonly validFrom: string;
    readonly validTo: string;
    readonly publicKey: {
      readonly asymmetricKeyType?: string;
      readonly asymmetricKeyDetails?: { readonly modulusLength?: number };
    };
  }
}

declare module 'node:util' {
  type Option = { readonly type: 'string' | 'boolean' };
  export function parseArgs<Options extends Readonly<Record<string, Option>>>(config: {
    readonly args: readonly string[];
    readonly options: Options;
    readonly strict: true;
    readonly allowPositionals?: true;
  }): {
    values: { [Name in keyof Options]?: Options[Name]['type'] extends 'string' ? string : boolean };
    positionals: string[];
  };
}
