import { html } from 'hono/html';
import { accountsOf } from '../data/people.ts';
import type { Intent } from '../desk.ts';
import { CONSENT_LIFE } from '../life.ts';
import { PERMISSIONS, type Permission } from '../permissions.ts';
import { type Markup, layout } from './layout.ts';
import { paymentConsentPage } from './payment-consent.ts';
import { type Sides, type Viewed, personaField, whoPart } from './people.ts';

/** The value of the form's `permissions` that has its boxes read. */
export const CHOSEN_BY_BOX = 'boxes';

const SEEN: Readonly<Record<Permission, string>> = {
  'accounts:read': 'Your accounts: their names, types, sort codes and account numbers',
  'balance:read': 'Your balances: how much is in each account',
  'transactions:read': 'Your transactions: what you paid or were paid, when, and by or to whom',
  'beneficiaries:read': 'Your beneficiaries: the people and companies you have saved to pay',
  'direct-debits:read': 'Your direct debits: who may collect money from you',
  'standing-orders:read': 'Your standing orders: what you pay again and again',
  'scheduled-payments:read': 'Your scheduled payments: what you have planned to pay',
  'product:read': 'Your products: which kind of account each one is',
};

export function consentPage(intent: Intent, viewed: Viewed): Markup {
  return intent.scope === 'pisp' ? paymentConsentPage(intent, viewed) : accessConsentPage(viewed);
}

function accessConsentPage({ appName, bank, persona, present: { now }, returnHost }: Viewed): Markup {
  const content = html`<p>The application <span class="name">${appName}</span> wants to read information about your
        accounts${bank === undefined ? '' : ` at ${bank}`}.</p>
      ${whoPart(persona)}
      <dl>
        <dt>Accounts</dt>
        <dd>${accountsOf(persona).map(({ Nickname }) => Nickname).join(', ')}</dd>
        <dt>Until</dt>
        <dd>${longDate(now + CONSENT_LIFE)}, unless you withdraw it before</dd>
        <dt>Afterwards</dt>
        <dd>You return to ${returnHost}</dd>
      </dl>
      <form method="post">
        ${personaField(persona)}
        <input type="hidden" name="permissions" value="${CHOSEN_BY_BOX}">
        <fieldset>
          <legend>What it will be able to see</legend>
          ${PERMISSIONS.map((permission) => html`<label class="box">
            <input type="checkbox" name="${permission}" checked>
            <span>${SEEN[permission]}</span>
          </label>
          `)}
        </fieldset>
        <p class="quiet">Leave out what it should not see. It cannot move money or change anything.</p>
        <button class="primary" name="decision" value="accept">Accept</button>
        <button name="decision" value="decline">Decline</button>
      </form>`;
  return layout({ title: 'Share your account information?', bank, content });
}

type DecidedState = Exclude<Intent['state'], 'requested'>;

const DECIDED: Record<DecidedState, { title: string; text: string }> = {
  accepted: {
    title: 'You have accepted this request',
    text: 'has the access it asked for. Each request is decided once.',
  },
  declined: { title: 'You have declined this request', text: 'got no access. Each request is decided once.' },
  withdrawn: { title: 'You have withdrawn this consent', text: 'has no access any more.' },
};

/** What a second visit shows; an accepted intent can be withdrawn here, for trying what follows (REV-1). */
export function decidedPage({ appName: app, bank }: Sides, state: DecidedState): Markup {
  const { title, text } = DECIDED[state];
  const withdraw = html`<p>You may withdraw your consent at any time. The application is not told of it.</p>
      <form method="post">
        <button name="decision" value="withdraw">Withdraw consent</button>
      </form>`;
  const content = html`<p>The application <span class="name">${app}</span> ${text}</p>
      ${state === 'accepted' ? withdraw : html``}
      <p class="quiet">To decide again, start again in the application.</p>`;
  return layout({ title, bank, content });
}

export function unknownIntentPage(): Markup {
  const content = html`<p>The bank has no request at this address. It may have ended, or the address is cut short.</p>
      <p class="quiet">Go back to the application and start again.</p>`;
  return layout({ title: 'There is no such request', content });
}

function longDate(time: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(time);
}
