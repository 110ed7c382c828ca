import type { Endpoint } from './endpoint.ts';
import type { Fault } from './faults.ts';
import type { RecordedCall } from './record.ts';

/** Which faults the coming calls will meet. */
export class FaultPlan {
  readonly #once = new Map<string, Fault[]>();
  readonly #always = new Map<string, Fault>();

  /** The next call to the endpoint meets the fault; several wait in line. */
  next<F extends Fault>(endpoint: Endpoint, fault: F): F {
    this.#once.set(endpoint, [...(this.#once.get(endpoint) ?? []), fault]);
    return fault;
  }

  /** Every call to the endpoint meets the fault, after those in line, until `clear`. */
  always<F extends Fault>(endpoint: Endpoint, fault: F): F {
    this.#always.set(endpoint, fault);
    return fault;
  }

  clear(): void {
    this.#once.clear();
    this.#always.clear();
  }

  /** What this call meets. */
  take({ endpoint }: Pick<RecordedCall, 'endpoint'>): Fault {
    return this.#once.get(endpoint)?.shift() ?? this.#always.get(endpoint) ?? {};
  }
}
