/** An example that can be copied. */
export interface Example {
  readonly title: string;
  /** What is typed once its packages are installed. */
  readonly run: string;
  /** What there is to see then. */
  readonly then: string;
}

const AT_8787 = { run: 'npm run dev', then: 'Then open http://localhost:8787.' } as const;

/** By its folder in `examples`. */
export const EXAMPLES: Readonly<Record<string, Example>> = {
  worker: { title: 'a Cloudflare worker and its page: accounts', ...AT_8787 },
  backend: { title: 'a shop on Cloudflare, paid through the worker', ...AT_8787 },
  browser: { title: 'a page by Vite, and the worker behind it', ...AT_8787 },
  edge: { title: "a server of Node.js's own: accounts", ...AT_8787 },
  nextjs: { title: 'Next.js: accounts', ...AT_8787 },
  'sandbox-in-a-test': { title: 'tests with a bank in them, by vitest', run: 'npm test', then: 'Then read test/bank.test.ts.' },
};
