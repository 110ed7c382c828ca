import type { Consent } from './api.ts';
import { formatDay } from './dates.ts';
import { CONNECTED, type Message, messageFor } from './messages.ts';
import { bankName } from './names.ts';

const DAY_MS = 86_400_000;
/** From day 75 of 90 on. */
const OFFERED_DAYS = 15;

/** Days that are left of a consent, one that has begun included; `undefined` where its end is not told. */
export function daysLeft({ expiresAt }: Pick<Consent, 'expiresAt'>, now: number): number | undefined {
  const end = Date.parse(expiresAt ?? '');
  return Number.isNaN(end) ? undefined : Math.max(0, Math.ceil((end - now) / DAY_MS));
}

export function isRenewalDue(consent: Pick<Consent, 'expiresAt'>, now: number): boolean {
  const left = daysLeft(consent, now);
  return left !== undefined && left <= OFFERED_DAYS;
}

/** `12 days`, `1 day`, `less than a day`. */
export function daysInWords(days: number): string {
  if (days <= 1) return days === 1 ? '1 day' : 'less than a day';
  return `${days} days`;
}

const inForce = (until: string | undefined): string =>
  `The permission that you have stays in force${until === undefined ? '' : ` until ${formatDay(until)}`}`;

/** What a browser is told that comes back from the bank without a renewed consent: the one from before is in force. */
export function renewalFailed(code: string, { expiresAt }: Consent): Message {
  const { tone, title } = messageFor(code);
  const isDeclined = code === 'declined';
  return {
    tone: isDeclined ? 'info' : tone,
    title: isDeclined ? 'You did not renew' : title,
    text: `${isDeclined ? '' : 'Your renewal was not completed. '}${inForce(expiresAt)}. You can renew whenever you like.`,
    next: 'none',
  };
}

export const RENEWED: Message = {
  ...CONNECTED,
  title: 'Your permission is renewed',
  text: 'You gave it again at your bank, for 90 more days. You can disconnect at any time.',
};

/** What stands beside a consent that is to be renewed, or is being; `undefined` where there is nothing to do yet. */
export function renewalOffer(consent: Consent, now: number): { text: string; label: string } | undefined {
  if (consent.renewing) {
    const text = `Your renewal waits for you at ${bankName()}. ${inForce(consent.expiresAt)}.`;
    return { text, label: 'Renew again' };
  }
  const left = daysLeft(consent, now);
  if (left === undefined || !isRenewalDue(consent, now)) return undefined;
  return { text: `Your permission ends in ${daysInWords(left)}. Renew it to keep your accounts here.`, label: 'Renew' };
}
