/** The package in each bundler and runtime, installed from its tarball, built by the tool and run. */

import { before, describe, test } from 'node:test';
import { Place } from './place.ts';
import { rows } from './rows/index.ts';
import { install, unpack } from './tools.ts';

/** `MATRIX=all` has every row tried, `MATRIX=<text>` those with that text in their names. */
const asked = process.env['MATRIX'];
const tried = rows.filter(({ tool, isSlow }) =>
  asked === 'all' || (asked === undefined ? isSlow !== true : tool.includes(asked)));

install();
before(unpack);

describe('the package in', { concurrency: 2 }, () => {
  for (const { tool, version, runs, missing, run } of tried) {
    const name = `${tool} ${version}: ${runs}`;
    test(name, { skip: missing?.() ?? false }, () => run(new Place(name)));
  }
});
