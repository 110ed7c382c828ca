/** A worker whose host listens: each event and result goes to the test by handler and by queue, while the test takes it. */

import {
  createWorker, CustomerVault, type Env, type HostEvent, OrderVault, type SweepResult, TellConnect,
} from 'tell-connect/worker';

interface Told extends Env {
  /** The test's own address. */
  TOLD_URL: string;
}

type Message = HostEvent | SweepResult;

async function tell(env: Told, by: string, message?: Message): Promise<void> {
  const { ok, status } = await fetch(`${env.TOLD_URL}/${by}`, { method: 'POST', body: JSON.stringify(message ?? null) });
  if (!ok) throw new Error(`${by}: ${status}`);
}

const worker = createWorker({
  onEvent: (event, env) => tell(env as Told, 'handler', event),
  onResult: (result, env) => tell(env as Told, 'taker', result),
});

/** Its queue of events cannot be reached while the test says so. */
export class ConsentVault extends worker.ConsentVault {
  constructor(state: DurableObjectState, env: Told) {
    const { TELL_EVENTS: queue } = env;
    const send = async (event: HostEvent): Promise<void> => {
      await tell(env, 'reach');
      await queue?.send(event);
    };
    super(state, { ...env, TELL_EVENTS: { send } as unknown as Queue });
  }
}

export { CustomerVault, OrderVault, TellConnect };

export default {
  fetch: (request, env) => worker.fetch(request, env),
  async queue({ queue, messages }, env) {
    for (const { body } of messages) await tell(env, queue === 'tell-results' ? 'results' : 'queue', body);
  },
} satisfies ExportedHandler<Told, Message>;
