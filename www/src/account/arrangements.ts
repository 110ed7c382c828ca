import * as views from 'tell-connect/views';
import { el, rawDetails } from '../dom.ts';
import { formatDay } from '../dates.ts';
import { type Money, formatMoney } from '../money.ts';
import { frequencyInWords } from './frequency.ts';
import { readMoment } from './moment.ts';
import { type Unknown, moneyOf, numberOf, readList } from './rows.ts';

/** What an account pays by itself, or whom: a name, an amount and some words. */
export interface Arrangement {
  kind: 'arrangement';
  name: string;
  money: Money | undefined;
  words: string[];
}

/** A kind of them: its resource at the bank, its title, and how its answer is read. */
export interface Section {
  resource: 'direct-debits' | 'standing-orders' | 'scheduled-payments' | 'beneficiaries';
  title: string;
  none: string;
  read(text: string): (Arrangement | Unknown)[];
}

const day = (text: string): string => formatDay(readMoment(text)?.day ?? text);
const on = (before: string, text: string | undefined): string[] => (text === undefined ? [] : [`${before} ${day(text)}`]);
const often = (frequency: string | undefined): string[] => (frequency === undefined ? [] : [frequencyInWords(frequency) ?? []].flat());
const reference = (text: string | undefined): string[] => (text === undefined ? [] : [`Reference ${text}`]);
/** A status is worth a word where the arrangement is not in force. */
const standing = (status: string | undefined): string[] =>
  status === undefined || /^(active|actv)$/i.test(status) ? [] : [status.charAt(0).toUpperCase() + status.slice(1).toLowerCase()];
const number = (row: Parameters<typeof numberOf>[0]): string[] => [numberOf(row) ?? []].flat();

function arrangement(name: string | undefined, amount: views.Money | undefined, words: string[]): Arrangement | undefined {
  const money = moneyOf(amount);
  if (name === undefined && money === undefined) return undefined;
  return { kind: 'arrangement', name: name ?? 'Without a name', money, words };
}

/** What was collected last, and when. */
function last({ previousPaymentAmount: amount, previousPaymentDateTime: at }: views.DirectDebit): string[] {
  const money = moneyOf(amount);
  if (money === undefined) return on('Last on', at);
  return [`Last ${formatMoney(money)}${at === undefined ? '' : ` on ${day(at)}`}`];
}

export const SECTIONS: readonly Section[] = [
  {
    resource: 'direct-debits',
    title: 'Direct debits',
    none: 'Nobody collects direct debits from this account.',
    read: readList(views.directDebits, (row) =>
      arrangement(row.name ?? row.mandateIdentification, undefined, [
        ...standing(row.status),
        ...often(row.frequency),
        ...on('Next on', row.nextPaymentDateTime),
        ...last(row),
      ])),
  },
  {
    resource: 'standing-orders',
    title: 'Standing orders',
    none: 'There are no standing orders from this account.',
    read: readList(views.standingOrders, (row) =>
      arrangement(row.name ?? row.reference, row.amount, [
        ...standing(row.status),
        ...often(row.frequency),
        ...on('Next on', row.nextPaymentDateTime),
        ...on('Last on', row.finalPaymentDateTime),
        ...number(row),
        ...reference(row.name === undefined ? undefined : row.reference),
      ])),
  },
  {
    resource: 'scheduled-payments',
    title: 'Scheduled payments',
    none: 'No payment is set for a later day.',
    read: readList(views.scheduledPayments, (row) =>
      arrangement(row.name ?? row.reference, row.amount, [
        ...on(/arrival/i.test(row.scheduledType ?? '') ? 'Arrives on' : 'On', row.scheduledPaymentDateTime),
        ...number(row),
        ...reference(row.name === undefined ? undefined : row.reference),
      ])),
  },
  {
    resource: 'beneficiaries',
    title: 'People and companies you pay',
    none: 'Nobody is saved as someone you pay.',
    read: readList(views.beneficiaries, (row) =>
      arrangement(row.name ?? row.reference, undefined, [
        ...number(row),
        ...reference(row.name === undefined ? undefined : row.reference),
      ])),
  },
];

function itemView(item: Arrangement | Unknown): HTMLElement {
  if (item.kind === 'unknown') return el('li', { class: 'row' }, rawDetails('An entry as the bank sent it', item.raw));
  const { name, money, words } = item;
  return el(
    'li',
    { class: 'row' },
    el('span', { class: 'row-name' }, name),
    ...(money === undefined ? [] : [el('span', { class: 'money' }, formatMoney(money))]),
    el('span', { class: 'row-words' }, ...words.map((text) => el('span', {}, text))),
  );
}

export function sectionView({ none }: Section, items: readonly (Arrangement | Unknown)[]): HTMLElement {
  return items.length === 0 ? el('p', { class: 'quiet' }, none) : el('ul', {}, ...items.map(itemView));
}
