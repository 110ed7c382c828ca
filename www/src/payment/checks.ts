import { formatMoney } from '../money.ts';
import type { Payment } from './api.ts';

/** What a person has written into the form, as they wrote it. */
export interface Fields {
  name: string;
  scheme: 'uk' | 'iban';
  sortCode: string;
  accountNumber: string;
  iban: string;
  amount: string;
  reference: string;
}

export type FieldName = Exclude<keyof Fields, 'scheme'>;

export const EMPTY: Fields = {
  name: '', scheme: 'uk', sortCode: '', accountNumber: '', iban: '', amount: '', reference: '',
};

/** What a field says: the value as it is sent, or what is wrong with it. */
export type Reading = { value: string } | { fault: string };

/** The way a payment in pounds goes between British banks; it carries that many characters, and that many pounds. */
const PAYMENT_TYPE = 'FasterPayment';
const LONGEST_REFERENCE = 18;
const LONGEST_NAME = 140;
const MOST = 1_000_000;

const value = (text: string): Reading => ({ value: text });
const fault = (text: string): Reading => ({ fault: text });

/** Characters that nobody sees: control characters, and those that turn the direction of writing. */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Bidi_Control}]/u;

function readText(text: string, longest: number, missing: string): Reading {
  const trimmed = text.trim();
  if (trimmed === '') return fault(missing);
  if (UNSEEN.test(trimmed)) return fault('Has a character that nobody can see');
  return Array.from(trimmed).length > longest ? fault(`At most ${longest} characters`) : value(trimmed);
}

function readDigits(text: string, length: number): Reading {
  const digits = text.replace(/[\s\p{Pd}]/gu, '');
  return /^[0-9]+$/.test(digits) && digits.length === length ? value(digits) : fault(`Needs ${length} digits`);
}

/** The remainder by which an IBAN is checked (ISO 7064), of as many digits as there are. */
export function mod97(iban: string): number {
  const digits = Array.from(iban.slice(4) + iban.slice(0, 4), (character) => Number.parseInt(character, 36)).join('');
  return Array.from(digits).reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0);
}

function readIban(text: string): Reading {
  const iban = text.replace(/\s/g, '').toUpperCase();
  if (iban === '') return fault('Enter the IBAN');
  if (!/^[A-Z]{2}\d{2}/.test(iban)) return fault('Must begin with letters and digits, as GB29');
  if (!/^[A-Z\d]+$/.test(iban)) return fault('Must have letters and digits alone');
  if (iban.startsWith('GB') && iban.length !== 22) return fault('Must have 22 characters in the UK');
  if (iban.length < 15 || iban.length > 34) return fault('Must have 15 to 34 characters');
  return mod97(iban) === 1 ? value(iban) : fault('Has a mistake: please compare it again');
}

/** Pounds with two decimals. The digits are moved and never calculated with. */
function readAmount(text: string): Reading {
  const written = text.trim().replace(/^£\s*/, '');
  if (written === '') return fault('Enter an amount');
  const parts = /^(\d+|\d{1,3}(?:,\d{3})+)(?:\.(\d{1,2}))?$/.exec(written);
  if (!parts) return fault('Write it as 12.50');
  const pounds = (parts[1] ?? '').replaceAll(',', '').replace(/^0+(?=\d)/, '');
  const pence = (parts[2] ?? '').padEnd(2, '0');
  if (/^0*$/.test(pounds + pence)) return fault('Must be more than nothing');
  const most = String(MOST);
  const isMore = pounds.length > most.length
    || (pounds.length === most.length && `${pounds}${pence}` > `${most}00`);
  if (isMore) return fault(`At most ${formatMoney({ amount: most, currency: 'GBP' })} `);
  return value(`${pounds}.${pence}`);
}

const READERS: Readonly<Record<FieldName, (text: string) => Reading>> = {
  name: (text) => readText(text, LONGEST_NAME, 'Enter who is to be paid'),
  sortCode: (text) => readDigits(text, 6),
  accountNumber: (text) => readDigits(text, 8),
  iban: readIban,
  amount: readAmount,
  reference: (text) => readText(text, LONGEST_REFERENCE, 'Enter a reference'),
};

/** Reads one field. It helps the person who writes; the worker is the judge (PAY-1). */
export const readField = (name: FieldName, text: string): Reading => READERS[name](text);

/** The fields of the chosen scheme, in the order of the form. */
export function fieldsOf({ scheme }: Pick<Fields, 'scheme'>): FieldName[] {
  return ['name', ...(scheme === 'uk' ? (['sortCode', 'accountNumber'] as const) : (['iban'] as const)), 'amount',
    'reference'];
}

export type Faults = Partial<Record<FieldName, string>>;

/** The payment that the fields state, or what is wrong with each. */
export function readFields(fields: Fields): { payment: Payment } | { faults: Faults } {
  const faults: Faults = {};
  const read: Partial<Record<FieldName, string>> = {};
  for (const name of fieldsOf(fields)) {
    const reading = readField(name, fields[name]);
    if ('fault' in reading) faults[name] = reading.fault;
    else read[name] = reading.value;
  }
  if (Object.keys(faults).length > 0) return { faults };
  const { name = '', sortCode = '', accountNumber = '', iban = '', amount = '', reference = '' } = read;
  return {
    payment: {
      PaymentType: PAYMENT_TYPE,
      BeneficiaryName: name,
      SchemeName: fields.scheme === 'uk' ? 'SortCodeAccountNumber' : 'IBAN',
      BeneficiaryIdentification: fields.scheme === 'uk' ? sortCode + accountNumber : iban,
      Amount: amount,
      Currency: 'GBP',
      Reference: reference,
    },
  };
}

/** The fields that state a payment: the way back, for changing one that was stated elsewhere. */
export function fieldsFor(payment: Payment): Fields {
  const { SchemeName: scheme, BeneficiaryIdentification: identification } = payment;
  const isIban = /IBAN$/i.test(scheme);
  return {
    name: payment.BeneficiaryName,
    scheme: isIban ? 'iban' : 'uk',
    sortCode: isIban ? '' : identification.slice(0, 6),
    accountNumber: isIban ? '' : identification.slice(6),
    iban: isIban ? identification : '',
    amount: payment.Amount,
    reference: payment.Reference,
  };
}

/** Where a fault that the worker found is to be shown; undefined for one that has no field in the form. */
export function fieldFor(setting: string, { scheme }: Pick<Fields, 'scheme'>): FieldName | undefined {
  switch (setting) {
    case 'BeneficiaryName': return 'name';
    case 'SchemeName':
    case 'BeneficiaryIdentification': return scheme === 'uk' ? 'accountNumber' : 'iban';
    case 'Amount':
    case 'Currency': return 'amount';
    case 'Reference': return 'reference';
    default: return undefined;
  }
}
