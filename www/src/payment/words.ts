import { type Message, messageFor } from '../messages.ts';

/** What a person is told of a payment's state. */
export interface StateWords {
  tone: Message['tone'];
  /** A word or two, for the receipt. */
  short: string;
  title: string;
  text: string;
  /** What this page does meanwhile, or what is left to do. */
  meanwhile: string;
}

const FOLLOWS = 'This page asks your bank by itself and shows what changes. You may leave and come back.';
const LOOK_FIRST = 'Do not pay again before you have looked at your account.';

const STATES: Readonly<Record<string, StateWords>> = {
  awaiting_consent: {
    tone: 'info',
    short: 'Waiting for you at your bank',
    title: 'Your bank is waiting for you',
    text: 'You have not allowed this payment at your bank yet. Nothing has been paid.',
    meanwhile: 'Finish there, or start again here.',
  },
  ready: {
    tone: 'info',
    short: 'Allowed, not sent yet',
    title: 'You have allowed this payment',
    text: 'It has not been sent to your bank yet.',
    meanwhile: 'Sending it again is safe: it is made once at most.',
  },
  submitting: {
    tone: 'info',
    short: 'Being sent to your bank',
    title: 'Paying…',
    text: 'Your payment is on its way to your bank. This takes a few seconds.',
    meanwhile: 'There is nothing to press. If you close this page, come back to it: it is not sent twice.',
  },
  unknown: {
    tone: 'warn',
    short: 'Not known',
    title: 'We do not know whether your bank made this payment.',
    text: `${LOOK_FIRST} It was sent to your bank, and no clear answer came back.`,
    meanwhile: 'We do not send it again. This page keeps asking what became of it and shows the answer here, if your '
      + 'bank gives one.',
  },
  accepted: {
    tone: 'good',
    short: 'Accepted by your bank',
    title: 'Your bank has accepted the payment',
    text: 'It is being carried out. It has not reached the payee yet, and your bank could still refuse it.',
    meanwhile: FOLLOWS,
  },
  settled: {
    tone: 'good',
    short: 'Paid from your account',
    title: 'The money has left your account',
    text: 'Your bank has paid it out. The payee’s bank puts it into their account next.',
    meanwhile: FOLLOWS,
  },
  credited: {
    tone: 'good',
    short: 'Arrived',
    title: 'The money has arrived',
    text: 'It is in the payee’s account. Nothing is left to do.',
    meanwhile: '',
  },
  rejected: {
    tone: 'bad',
    short: 'Refused by your bank',
    title: 'Your bank has refused this payment',
    text: 'It was not paid. If you see it in your account already, your bank gives it back.',
    meanwhile: 'You can change it and try again, or begin another payment.',
  },
  blocked: {
    tone: 'warn',
    short: 'Held by your bank',
    title: 'Your bank is holding this payment',
    text: `It has stopped the payment for now, perhaps to check that it is really you. ${LOOK_FIRST}`,
    meanwhile: 'Your bank’s app may be waiting for an answer of yours. This page shows what your bank decides.',
  },
};

/** The words for a state; for one that this page does not know, that it does not. */
export function wordsForState(state: string): StateWords {
  const words = Object.hasOwn(STATES, state) ? STATES[state] : undefined;
  return words ?? {
    tone: 'warn',
    short: state,
    title: 'This page does not understand the answer',
    text: `${LOOK_FIRST} The state of the payment is one that this page has no words for.`,
    meanwhile: FOLLOWS,
  };
}

const CUT_OFF: Message = {
  tone: 'warn',
  title: 'Your bank’s answer did not arrive whole',
  text: 'The address that your bank sent you back to was cut off or changed on the way. Nothing has been paid. Please '
    + 'start again.',
  next: 'connect',
};

const UNREADABLE: Message = {
  tone: 'bad',
  title: 'Your payment cannot be read',
  text: `It is kept, but this page’s server cannot open it at present. Try again later. ${LOOK_FIRST}`,
  next: 'retry',
};

/** Whether it was paid before the permission ended is not known here. */
const ended = (title: string, text: string): Message => ({
  tone: 'warn',
  title,
  text: `${text} If you have paid before, look at your account first.`,
  next: 'connect',
});

/** Codes that mean something else for a payment than for accounts. */
const MESSAGES: Readonly<Record<string, Message>> = {
  declined: {
    tone: 'info',
    title: 'You did not allow the payment',
    text: 'It was declined at your bank, or the security check there was not passed. Nothing has been paid. You can '
      + 'try again whenever you like.',
    next: 'connect',
  },
  code_expired: {
    tone: 'warn',
    title: 'Your bank’s answer came too late',
    text: 'The code that your bank sends back is valid for a very short time only, and that time had passed. Nothing '
      + 'has been paid. Please start again.',
    next: 'connect',
  },
  not_authorised_yet: {
    tone: 'info',
    title: 'Your bank is waiting for you',
    text: 'You have not come back from your bank yet. Nothing has been paid. Finish there, or start again here.',
    next: 'connect',
  },
  consent_not_found: {
    tone: 'info',
    title: 'There is no payment here',
    text: 'This browser has no payment under way. If you have paid before, look at your account before you pay again.',
    next: 'connect',
  },
  redirect_mismatch: {
    tone: 'warn',
    title: 'This answer does not belong to this browser',
    text: 'Your bank’s answer is for something that was started elsewhere, or that is already finished. This answer '
      + 'has paid nothing. Please start again, and stay in one browser.',
    next: 'connect',
  },
  redirect_parameter_missing: CUT_OFF,
  redirect_parameter_repeated: CUT_OFF,
  redirect_parameter_invalid: CUT_OFF,
  snapshot_damaged: UNREADABLE,
  snapshot_version_unknown: UNREADABLE,
  vault_key_unknown: UNREADABLE,
  revoked: ended('Your bank has ended this permission', 'It was withdrawn, perhaps by you in your bank’s app.'),
  reauthorise: ended('Your bank wants to hear from you again', 'The permission for this payment no longer holds.'),
  expired: ended('This permission has ended', 'It was not used in time.'),
  spent: ended('This permission has been used', 'It was good for one payment.'),
};

/** What is told of a code to somebody who pays. */
export function paymentMessageFor(code: string): Message {
  return (Object.hasOwn(MESSAGES, code) ? MESSAGES[code] : undefined) ?? messageFor(code);
}
