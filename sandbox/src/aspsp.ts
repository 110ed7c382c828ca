/** Pockit, the bank of the guide (CFG-2). */
export const ASPSP = '8ddb14f1-fecd-41fe-90b7-f8fbda9494ac';
