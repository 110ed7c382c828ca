/** What a page may have of the suite. */

import type { Case } from './check.ts';
import { coreSuite } from './core.ts';
import { viewsSuite } from './views.ts';

export const browserSuite: readonly Case[] = [...coreSuite, ...viewsSuite];
