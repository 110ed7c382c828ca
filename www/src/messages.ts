/**
 * What a person is told. `next` is what helps: `connect` (the connect button stands beside the message), `retry` (the
 * same again), or nothing to do.
 */
export interface Message {
  tone: 'good' | 'info' | 'warn' | 'bad';
  title: string;
  text: string;
  next: 'connect' | 'retry' | 'none';
}

export const CONNECTED: Message = {
  tone: 'good',
  title: 'Your bank is connected',
  text: 'You gave your permission at your bank, and your accounts are shown below. You can disconnect at any time.',
  next: 'none',
};

export const CONNECTED_ELSEWHERE: Message = {
  ...CONNECTED,
  text: 'You connected it in another tab. Your accounts are shown below.',
};

export const DISCONNECTED: Message = {
  tone: 'good',
  title: 'Disconnected',
  text: 'Access to your accounts has ended here, and everything that allowed it has been deleted. '
    + 'Your bank may still list this permission; you can remove it there as well.',
  next: 'none',
};

export const DISCONNECTED_ELSEWHERE: Message = {
  tone: 'info',
  title: 'Disconnected',
  text: 'You disconnected your bank in another tab. Nothing is left of it here.',
  next: 'none',
};

const BROKEN_REDIRECT: Message = {
  tone: 'warn',
  title: 'Your bank’s answer did not arrive whole',
  text: 'The address that your bank sent you back to was cut off or changed on the way. Nothing has been shared. Please '
    + 'connect again.',
  next: 'connect',
};

const UNREADABLE: Message = {
  tone: 'bad',
  title: 'Your connection cannot be read',
  text: 'It is kept, but this page’s server cannot open it at present. Try again later, or connect again.',
  next: 'connect',
};

/** A fault of the page, which no one who uses it can do anything about. */
const OWN_FAULT: Message = {
  tone: 'bad',
  title: 'This page made a mistake',
  text: 'It asked its server for something that the server does not take. Reload the page; if it happens again, tell '
    + 'the people who run it.',
  next: 'none',
};

/** By the code of a problem, of `#error=<code>`, or by the state of a consent: they share their words on purpose. */
const MESSAGES: Readonly<Record<string, Message>> = {
  // States of a consent
  requested: {
    tone: 'info',
    title: 'Your bank is waiting for you',
    text: 'You began to connect and have not come back from your bank yet. Finish there, or start again here.',
    next: 'connect',
  },
  authorised: {
    tone: 'info',
    title: 'Almost connected',
    text: 'Your bank has said yes, and the last step is still to be done. Try again in a moment; if this stays, '
      + 'connect once more.',
    next: 'retry',
  },
  declined: {
    tone: 'info',
    title: 'You did not connect your bank',
    text: 'The request was declined at your bank, or the security check there was not passed. Nothing has been shared. '
      + 'You can connect again whenever you like.',
    next: 'connect',
  },
  code_expired: {
    tone: 'warn',
    title: 'Your bank’s answer came too late',
    text: 'The code that your bank sends back is valid for a very short time only, and that time had passed. '
      + 'Nothing has been shared. Please connect again.',
    next: 'connect',
  },
  revoked: {
    tone: 'warn',
    title: 'Your bank has ended this connection',
    text: 'The permission was withdrawn, perhaps by you in your bank’s app. To see your accounts here, connect again.',
    next: 'connect',
  },
  reauthorise: {
    tone: 'warn',
    title: 'Your bank wants to hear from you again',
    text: 'The connection could not be renewed. No harm is done: connect again, and your accounts are back.',
    next: 'connect',
  },
  expired: {
    tone: 'info',
    title: 'Your 90 days are over',
    text: 'A permission to read your accounts ends by itself after 90 days. Connect again to carry on.',
    next: 'connect',
  },
  spent: {
    tone: 'info',
    title: 'This permission has been used',
    text: 'It was good for one use, which is done. Connect again to give a new one.',
    next: 'connect',
  },

  permission_missing: {
    tone: 'info',
    title: 'You did not permit this',
    text: 'Your bank shows this page only what you agreed to, and this is not part of it. Connect again to agree to more.',
    next: 'connect',
  },
  budget_spent: {
    tone: 'info',
    title: 'Your bank was asked for this enough for today',
    text: 'While you are away a bank answers four times a day. Open the page yourself, and it answers again.',
    next: 'retry',
  },

  // The gateway
  gateway_unreachable: {
    tone: 'bad',
    title: 'Your bank cannot be reached',
    text: 'The bank’s gateway does not answer at present. Nothing is lost; wait a minute and try again.',
    next: 'retry',
  },
  gateway_timeout: {
    tone: 'bad',
    title: 'Your bank is taking too long',
    text: 'The bank’s gateway did not answer in time. Nothing is lost; wait a minute and try again.',
    next: 'retry',
  },
  gateway_bad_answer: {
    tone: 'bad',
    title: 'Your bank’s answer made no sense',
    text: 'The bank’s gateway sent something that cannot be used, which often happens while it is being maintained. '
      + 'Try again later.',
    next: 'retry',
  },
  gateway_refused: {
    tone: 'bad',
    title: 'Your bank refused the request',
    text: 'Try again. If it is refused again, the people who run this page need to look at how it is set up.',
    next: 'retry',
  },
  gateway_refused_client: {
    tone: 'bad',
    title: 'Your bank does not know this page',
    text: 'The bank’s gateway refused this page’s own credentials or signature. The people who run it need to look at '
      + 'how it is set up.',
    next: 'none',
  },
  gateway_failed: {
    tone: 'bad',
    title: 'Your bank has a problem of its own',
    text: 'The bank’s gateway failed. Nothing is lost; wait a minute and try again.',
    next: 'retry',
  },
  gateway_busy: {
    tone: 'warn',
    title: 'Your bank is busy',
    text: 'The bank’s gateway takes no more requests for the moment. Wait a little and try again.',
    next: 'retry',
  },

  // The worker's own refusals
  busy: {
    tone: 'warn',
    title: 'Too much at once',
    text: 'This connection has more to do than it can take. Wait a little and try again.',
    next: 'retry',
  },
  too_many_requests: {
    tone: 'warn',
    title: 'Too many tries',
    text: 'There were too many calls in a short time. Wait a minute and try again.',
    next: 'retry',
  },
  consent_not_found: {
    tone: 'info',
    title: 'No bank is connected',
    text: 'This browser has no connection to a bank. Connect to see your accounts.',
    next: 'connect',
  },
  redirect_parameter_missing: BROKEN_REDIRECT,
  redirect_parameter_repeated: BROKEN_REDIRECT,
  redirect_parameter_invalid: BROKEN_REDIRECT,
  snapshot_damaged: UNREADABLE,
  snapshot_version_unknown: UNREADABLE,
  vault_key_unknown: UNREADABLE,
  not_authorised_yet: {
    tone: 'info',
    title: 'Your bank is waiting for you',
    text: 'You have not come back from your bank yet. Finish there, or start again here.',
    next: 'connect',
  },
  payment_invalid: {
    tone: 'bad',
    title: 'The payment is not complete',
    text: 'Something in it is missing or not right. Nothing was sent. Correct it and try again.',
    next: 'retry',
  },
  payment_already_submitted: {
    tone: 'info',
    title: 'This payment was sent already',
    text: 'It is never sent twice. To pay again, give a new permission.',
    next: 'connect',
  },
  payment_mismatch: {
    tone: 'bad',
    title: 'This is not the payment that you agreed to',
    text: 'What was to be sent differs from what you checked before you went to your bank. Nothing was sent. Please '
      + 'start again.',
    next: 'connect',
  },
  payments_off: {
    tone: 'info',
    title: 'Payments are switched off',
    text: 'Nobody can pay from this page. Nothing was sent.',
    next: 'none',
  },
  payments_backend_only: {
    tone: 'info',
    title: 'Payments are not made on this page',
    text: 'Here a shop’s own server states what is paid. Pay from the shop’s checkout. Nothing was sent.',
    next: 'none',
  },
  order_invalid: {
    tone: 'bad',
    title: 'The order has no usable name',
    text: 'Nothing was sent. Reload the page and try again.',
    next: 'retry',
  },
  order_mismatch: {
    tone: 'bad',
    title: 'This order is for another payment',
    text: 'It was begun with other details, and an order’s payment does not change. Nothing was sent. Begin a new '
      + 'payment.',
    next: 'none',
  },
  order_already_paid: {
    tone: 'warn',
    title: 'This has been paid already, or may have been',
    text: 'An earlier payment of the same order was sent to your bank, so this one was not. Do not pay again before '
      + 'you have looked at your account.',
    next: 'none',
  },
  location_refused: {
    tone: 'bad',
    title: 'You were not sent on, for your safety',
    text: 'The bank’s gateway named an address that is not known to be your bank’s. The people who run this page need '
      + 'to look at it.',
    next: 'none',
  },
  redirect_mismatch: {
    tone: 'warn',
    title: 'This answer does not belong to this browser',
    text: 'Your bank’s answer is for a connection that was started elsewhere, or that is already finished. Nothing has '
      + 'been shared. Please connect again, and stay in one browser.',
    next: 'connect',
  },
  origin_required: {
    tone: 'bad',
    title: 'The request was stopped for your safety',
    text: 'Your browser did not say which page the request came from. Reload the page and try again; an extension that '
      + 'hides this may need to be switched off.',
    next: 'retry',
  },
  origin_mismatch: {
    tone: 'bad',
    title: 'The request was stopped for your safety',
    text: 'It seems to come from another site. Open this page by its own address and try again.',
    next: 'retry',
  },
  body_too_large: {
    tone: 'bad',
    title: 'The request was too large',
    text: 'Reload the page and try again.',
    next: 'retry',
  },
  configuration_invalid: {
    tone: 'bad',
    title: 'This page is not set up correctly',
    text: 'The settings of its worker need to be put right before a bank can be connected.',
    next: 'none',
  },

  internal: {
    tone: 'bad',
    title: 'This page’s server made a mistake',
    text: 'Nothing that you did is wrong. Try again in a moment; if it happens again, tell the people who run this page.',
    next: 'retry',
  },
  user_ip_invalid: {
    tone: 'bad',
    title: 'Your address on the internet cannot be used',
    text: 'A bank wants to know from where you ask, and this page’s server does not see a public address of yours. Try '
      + 'another network, or without a VPN.',
    next: 'retry',
  },
  too_early: {
    tone: 'info',
    title: 'Your browser asked too early',
    text: 'Reload the page.',
    next: 'retry',
  },
  statistics_token_wrong: {
    tone: 'info',
    title: 'The statistics are not open to all',
    text: 'They are for whoever runs this site and has its token.',
    next: 'none',
  },
  invalid_argument: OWN_FAULT,
  scope_invalid: OWN_FAULT,
  path_invalid: OWN_FAULT,
  method_invalid: OWN_FAULT,
  method_not_allowed: OWN_FAULT,
  route_not_found: OWN_FAULT,
  json_invalid: OWN_FAULT,
  too_large: OWN_FAULT,
  content_type_unsupported: OWN_FAULT,
  consent_already_started: OWN_FAULT,

  // Seen by the page itself
  session_lost: {
    tone: 'warn',
    title: 'Your connection is no longer here',
    text: 'This browser was connected to your bank, and this page no longer knows of it: its cookies were deleted, or '
      + 'they ended because you had not been here for a while. Connect again to see your accounts.',
    next: 'connect',
  },
  worker_unreachable: {
    tone: 'bad',
    title: 'This page cannot reach its server',
    text: 'Check that you are online, then try again.',
    next: 'retry',
  },
  worker_timeout: {
    tone: 'bad',
    title: 'This page’s server is taking too long',
    text: 'No answer came in time. Wait a moment and try again.',
    next: 'retry',
  },
  worker_bad_answer: {
    tone: 'bad',
    title: 'Something unexpected came back',
    text: 'This page’s server sent an answer that cannot be read. Try again in a moment.',
    next: 'retry',
  },
};

/** For a code that has no message of its own; it is shown with the code. */
export const GENERAL: Message = {
  tone: 'bad',
  title: 'That did not work',
  text: 'Something went wrong that this page has no better words for. Try again; if it happens again, give the code '
    + 'below to the people who run this page.',
  next: 'retry',
};

/** The message of a code or a consent's state; a general one for a code that is not known. */
export function messageFor(code: string): Message {
  return Object.hasOwn(MESSAGES, code) ? (MESSAGES[code] ?? GENERAL) : GENERAL;
}
