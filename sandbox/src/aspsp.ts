/** Pockit, the bank of the guide (CFG-2). */
export const ASPSP = '8ddb14f1-fecd-41fe-90b7-f8fbda9494ac';

const NAMES: Readonly<Record<string, string>> = { [ASPSP]: 'Pockit' };

/** What the bank is called on its own pages. */
export const bankNamed = (aspsp: string): string | undefined => NAMES[aspsp.toLowerCase()];
