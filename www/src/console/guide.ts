import type { StepKind } from 'tell-connect/machine';

/** What the protocol demands at each kind of step, for the developer who reads the journey. */
export interface StepGuide {
  name: string;
  demand: string;
}

const GUIDES: Readonly<Record<StepKind, StepGuide>> = {
  authorise: {
    name: 'Authorise',
    demand:
      'The worker asks the gateway for an authorisation and gets the address of the bank’s page. The body is '
      + 'serialised once: the signature in x-jws-signature covers exactly the bytes that are sent, and a space more or '
      + 'less breaks it.',
  },
  redirect: {
    name: 'Redirect back',
    demand:
      'The bank sends the browser back with intent-id, uuid and authorisation_code. Both names must be those that this '
      + 'browser started with before anything is exchanged. A code that is absent, empty or null means: declined.',
  },
  exchange: {
    name: 'Exchange the code',
    demand:
      'The code lives 60 seconds (10 minutes in the sandbox) and works once. The request is a form, so what is '
      + 'signed is a JSON object of its fields, in the order sent, every value a string.',
  },
  refresh: {
    name: 'Refresh',
    demand:
      'An access token lives an hour at most. The refresh token lives 90 days and is replaced at each use, so that '
      + 'only one refresh may be under way, and the new token must be safe before it is used.',
  },
  resource: {
    name: 'Read',
    demand:
      'A read carries the access token as Bearer and, while the person is present, their address in x-user-ip. There '
      + 'is no body, so {} is signed; path is the call’s path without host, version and query.',
  },
  payment: {
    name: 'Pay',
    demand:
      'One consent makes one payment. That it is about to be sent is safe before it is sent, and it is sent once: '
      + 'after a lost answer its state is asked for, and the payment itself never goes out again.',
  },
};

export const KINDS = Object.keys(GUIDES) as StepKind[];

/** The guide to a kind of step; a kind that is not known is named as it is, with nothing to explain. */
export function guideFor(call: string): StepGuide {
  return Object.hasOwn(GUIDES, call) ? GUIDES[call as StepKind] : { name: call, demand: '' };
}

/** The path of a call for a list's line; the whole text if it is no address. */
export function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : url;
}

/** What a step is called in the list: reads are told apart by what is read (`Read balance`). */
export function stepName(call: string, url: string | undefined): string {
  const { name } = guideFor(call);
  if (call !== 'resource' || url === undefined) return name;
  const [what, ...before] = pathOf(url).split('/').filter(Boolean).reverse();
  // `/accounts/{id}` and `/payments/{reference}` end in a name that says nothing.
  const subject = before[0] === 'accounts' ? 'account' : before[0] === 'payments' ? 'payment' : what;
  return subject === undefined ? name : `${name} ${subject.replaceAll('-', ' ')}`;
}
