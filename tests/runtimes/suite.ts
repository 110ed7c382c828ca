/**
 * One suite over the package's public API, for every runtime: plain functions that throw when something is wrong.
 * `browser.ts` is the half of it that a browser may have.
 */

import { browserSuite } from './browser.ts';
import type { Case } from './check.ts';
import { machineSuite } from './machine.ts';
import { paymentSuite } from './payments.ts';
import { signerSuite } from './signer.ts';
import { tppSuite } from './tpp.ts';

export const suite: readonly Case[] = [...browserSuite, ...signerSuite, ...tppSuite, ...machineSuite, ...paymentSuite];
