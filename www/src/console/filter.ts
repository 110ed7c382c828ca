import type { Step, StepKind } from 'tell-connect/machine';
import { stepName } from './guide.ts';

/** Which calls are looked for. */
export interface Filter {
  kind: StepKind | '';
  failedOnly: boolean;
  text: string;
}

/** A call that was refused, lost, or of no use to whoever asked; one under way is none. */
export function isFailed({ response, told }: Step): boolean {
  if (told !== undefined) return true;
  if (response === undefined) return false;
  return response.status === null || response.status < 200 || response.status > 299;
}

export function matches(step: Step, { kind, failedOnly, text }: Filter): boolean {
  if (kind !== '' && step.call !== kind) return false;
  if (failedOnly && !isFailed(step)) return false;
  const sought = text.trim().toLowerCase();
  if (sought === '') return true;
  const { response, ...sent } = step;
  const { body, ...rest } = response ?? {};
  const texts = [stepName(step.call, step.request?.url), JSON.stringify(sent), JSON.stringify(rest), body ?? ''];
  return texts.some((part) => part.toLowerCase().includes(sought));
}
