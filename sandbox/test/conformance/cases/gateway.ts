/** ENV-1, STA and ERR: what the gateway is asked for beside the protocol, and how it refuses. */

import { ORIGIN } from '../../support/sandbox.ts';
import type { Case } from '../case.ts';

export const GATEWAY: readonly Case[] = [
  {
    rule: 'ENV-1',
    name: 'a path outside the base of the environment',
    expected: '404 not_found ENV-1',
    make: ({ send }) => send(new Request(`${ORIGIN}/v2/authorise`, { method: 'POST' })),
  },
  {
    rule: 'ENV-1',
    name: 'a path for developers, from beyond the loopback interface',
    expected: '404 not_found ENV-1',
    make: ({ send }) => send(new Request('https://bank.example/__sandbox/record')),
  },
  {
    rule: 'STA-1',
    name: 'statistics of a quarter that there is not',
    expected: '400 invalid_request STA-1',
    make: ({ send }) => send(new Request(`${ORIGIN}/statistics.json?quarter=2026-Q5`)),
  },
  {
    rule: 'ERR-1',
    name: 'any call, while the gateway fails itself',
    expected: '500 server_error ERR-1',
    make: (bench) => {
      bench.failBooks();
      return bench.tpp.authorise();
    },
  },
  {
    rule: 'ERR-2',
    name: 'a certificate as the client secret: no refusal repeats what is secret',
    expected: '401 invalid_client BAS-1',
    make: ({ tpp }) => tpp.with({ clientSecret: String(tpp.options.certificate).replaceAll('\n', ' ') }).authorise(),
  },
];
