import { invalidRequest, quoted } from '../refusal.ts';
import { type JsonObject, checkMembers } from './json.ts';

const MEMBERS = [
  'PaymentType',
  'BeneficiaryName',
  'SchemeName',
  'BeneficiaryIdentification',
  'Amount',
  'Currency',
  'Reference',
] as const;

/** PAY-1: the body of `POST /payments`, every member a text that is not empty. */
export function checkPayment(text: string, object: JsonObject): void {
  checkMembers('PAY-1', text, object, { required: MEMBERS });
  for (const name of MEMBERS) {
    const value = object[name];
    if (typeof value !== 'string' || value.trim() === '') {
      throw invalidRequest('PAY-1', `The ${name} is ${quoted(value)}; it must be a string that is not empty.`);
    }
  }
  const { Amount: amount, Currency: currency } = object;
  if (!/^(0|[1-9]\d{0,9})(\.\d{1,2})?$/.test(String(amount)) || Number(amount) === 0) {
    throw invalidRequest('PAY-1', `The Amount is ${quoted(amount)}; it must be a decimal above zero, such as "12.50".`);
  }
  if (currency !== 'GBP') {
    throw invalidRequest('PAY-1', `The Currency is ${quoted(currency)}; this bank pays in "GBP" alone.`);
  }
}
