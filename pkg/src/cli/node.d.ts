// What the command line touches of Node.js, whose types are not among those at hand.

declare module 'node:process' {
  const process: {
    readonly argv: readonly string[];
    readonly env: Readonly<Record<string, string | undefined>>;
    readonly platform: string;
    readonly stdout: { readonly isTTY?: boolean; write(text: string): boolean };
    readonly stderr: { write(text: string): boolean };
    exitCode: number | undefined;
  };
  export default process;
}

declare module 'node:fs' {
  export function readFileSync(path: string): Uint8Array;
  export function statSync(path: string): { readonly mode: number };
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
  }): { values: { [Name in keyof Options]?: Options[Name]['type'] extends 'string' ? string : boolean } };
}
