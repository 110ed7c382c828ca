import type { Row } from '../row.ts';
import { bundlers } from './bundlers.ts';
import { frameworks } from './frameworks.ts';
import { runtimes } from './runtimes.ts';

export const rows: readonly Row[] = [...runtimes, ...bundlers, ...frameworks];
