import type { TokenRefusal } from '../life.ts';

const STATES: Readonly<Record<TokenRefusal, string>> = {
  unknown: 'a text that this gateway did not issue, or has forgotten',
  other_kind: 'a code or token of another kind',
  other_app: 'one of another application',
  withdrawn: 'one of a consent that was withdrawn',
  consent_ended: 'one of a consent that has ended',
  spent: 'one that was used before',
  expired: 'one that has expired',
};

/** What a code or token that cannot be used is. */
export function tokenState(reason: TokenRefusal): string {
  return STATES[reason];
}
