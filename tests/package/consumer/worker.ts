// What a worker of somebody else's writes against the package. It is compiled, in a project of its own, and never run.
import {
  ConsentVault, createWorker, CustomerVault, type Env, type HostEvent, OrderVault, type SweepPlan, type SweepResult, TellConnect,
  type WorkerOptions,
} from 'tell-connect/worker';
import { Tpp, type SignedRequest, type TppOptions } from 'tell-connect/edge';

export { ConsentVault, CustomerVault, OrderVault, TellConnect };

const options: WorkerOptions = {
  profile: { signQuery: true, sweepReserve: 2 },
  onEvent: (event: HostEvent) => console.log(event.id),
  onResult: ({ id, path, body, rows }: SweepResult) => console.log(id, path, body.length, rows?.length),
};
const bank = createWorker(options);
// @ts-expect-error no such reading of the guide
createWorker({ profile: { signQuery: 'yes' } });

export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    return bank.fetch(request, env);
  },
} satisfies ExportedHandler<Env>;

export const plan: SweepPlan = { paths: ['/accounts/*/transactions'], times: 2, since: '2026-01-31', views: true };

export function send(tpp: TppOptions): Promise<Response> {
  const request: SignedRequest = new Tpp(tpp).refresh('r');
  return fetch(request.url, request);
}
