/** Amounts in whole pence, so that none is ever a floating point number. */

/** ISO 20022. */
const DIGITS = 18;

/** Nothing for a text that is no plain decimal of at most two places. */
export function penceOf(amount: string): bigint | undefined {
  const [, whole, fraction = ''] = /^(0|[1-9]\d*)(?:\.(\d{1,2}))?$/.exec(amount) ?? [];
  if (whole === undefined || whole.length + fraction.length > DIGITS) return undefined;
  return BigInt(whole + fraction.padEnd(2, '0'));
}

/** As people read it: "£1,250.00". Below zero the sign comes first. */
export function pounds(pence: bigint): string {
  const digits = String(pence < 0n ? -pence : pence).padStart(3, '0');
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${pence < 0n ? '−' : ''}£${whole}.${digits.slice(-2)}`;
}
