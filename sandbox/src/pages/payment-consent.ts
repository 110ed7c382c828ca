import { html } from 'hono/html';
import type { PaymentOrder } from '../check/payment.ts';
import type { Account } from '../data/accounts.ts';
import { isCurrency, minorOf, shown } from '../data/currency.ts';
import { type Present, accountsFor, covers, statedOrder } from '../data/payments.ts';
import { availableOf } from '../data/transactions.ts';
import type { Intent } from '../desk.ts';
import { schemeOf, shownIdentification, sortCode } from '../payee.ts';
import { type Markup, layout } from './layout.ts';
import { type Viewed, personaField, whoPart } from './people.ts';

/** Where the PSU sees what is to be paid, as far as the bank has been told, and chooses the account. */
export function paymentConsentPage(intent: Intent, { appName, bank, persona, present, returnHost }: Viewed): Markup {
  const stated = statedOrder(intent);
  const accounts = accountsFor(persona, stated);
  const usual = accounts.find((account) => isEnough(account, stated, present)) ?? accounts[0];
  const content = html`${stated === null ? notStated(appName) : statedPayment(appName, stated)}
      ${whoPart(persona, accounts.length === 0)}
      <form method="post">
        ${personaField(persona)}
        ${accounts.length === 0 ? nothingToPayFrom() : html`<fieldset>
          <legend>Pay from</legend>
          ${accounts.map((account) => choice(account, account === usual, isEnough(account, stated, present), present))}
        </fieldset>
        <button class="primary" name="decision" value="accept">Accept</button>`}
        <button name="decision" value="decline">Decline</button>
      </form>
      <p class="quiet">The application cannot see your balances or transactions. You return to ${returnHost}.</p>`;
  return layout({ title: stated === null ? 'Allow one payment?' : 'Make this payment?', bank, content });
}

function statedPayment(app: string, order: PaymentOrder): Markup {
  const scheme = schemeOf(order.SchemeName) ?? 'IBAN';
  const identified = shownIdentification(scheme, order.BeneficiaryIdentification);
  const rows = [['To', order.BeneficiaryName] as const, ...identified, ['Reference', order.Reference] as const];
  return html`<p>The application <span class="name">${app}</span> asks your bank to pay, once:</p>
      <p class="amount">${shownAmount(order)}</p>
      <dl class="payment">
        ${rows.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>
        `)}
      </dl>
      <p>If you accept, it can make this payment, and no other. It can see whether the payment went through.</p>`;
}

function shownAmount({ Amount, Currency }: PaymentOrder): string {
  return isCurrency(Currency) ? shown(minorOf(Amount, Currency) ?? 0n, Currency) : '';
}

function nothingToPayFrom(): Markup {
  return html`<p class="warning">None of your accounts can make this payment: it names another account, or its
          currency is none of yours.</p>`;
}

function notStated(app: string): Markup {
  return html`<p>The application <span class="name">${app}</span> wants to make one payment from your account.</p>
      <p class="warning">The application has not told your bank the amount or the payee yet. It names them after you
        have returned to it, and your bank does not ask you again. Accept only if you have seen there whom you pay, and
        how much.</p>
      <h2>What it will be able to do</h2>
      <ul>
        <li>Make one payment from the account that you choose, and no second one</li>
        <li>See whether that payment went through</li>
        <li>See whether there is enough money for it, as yes or no</li>
      </ul>`;
}

function isEnough(account: Account, stated: PaymentOrder | null, present: Present): boolean {
  return stated === null || covers(account, stated, present);
}

function choice(account: Account, isUsual: boolean, enough: boolean, { now, seed }: Present): Markup {
  const { AccountId: id, Nickname: name, Currency: currency, Account: [held] } = account;
  const identification = held?.Identification ?? '';
  return html`<label class="account">
            <input type="radio" name="account" value="${id}" ${isUsual ? 'checked' : ''}>
            <span class="name">${name}</span>
            <span class="number">${sortCode(identification)} ${identification.slice(6)}</span>
            <span class="available">${shown(BigInt(availableOf(account, now, seed)), currency)} available</span>
            ${enough ? html`` : html`<span class="short">Not enough for this payment</span>`}
          </label>
          `;
}
