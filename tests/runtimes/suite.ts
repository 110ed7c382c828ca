/**
 * One suite over the package's public API, for every runtime: plain functions that throw when something is wrong.
 * `core.ts` is the half of it that a browser may have.
 */

import type { Case } from './check.ts';
import { coreSuite } from './core.ts';
import { machineSuite } from './machine.ts';
import { paymentSuite } from './payments.ts';
import { signerSuite } from './signer.ts';
import { tppSuite } from './tpp.ts';

export const suite: readonly Case[] = [...coreSuite, ...signerSuite, ...tppSuite, ...machineSuite, ...paymentSuite];
