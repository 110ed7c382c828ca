/** A decimal number as it was written: `units` of ten to the power of minus `scale`. No float ever holds an amount. */
export interface Decimal {
  units: bigint;
  /** Digits after the point, none of them a zero at the end. */
  scale: number;
}

export const ZERO: Decimal = { units: 0n, scale: 0 };

const WRITTEN = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,4}))?$/;
/** More digits than any sum of money has; a bank that writes `1E9999` fills no memory with zeros. */
const MOST_DIGITS = 1000;

const power = (exponent: number): bigint => 10n ** BigInt(exponent);

/** Reads `12.50`, `-3` or `1.5e2`; undefined for anything else. */
export function parseDecimal(text: string): Decimal | undefined {
  const [, sign, whole = '', fraction = '', exponent = '0'] = WRITTEN.exec(text) ?? [];
  const scale = fraction.length - Number(exponent);
  if (sign === undefined || whole.length + fraction.length + Math.abs(scale) > MOST_DIGITS) return undefined;
  const digits = BigInt(whole + fraction) * (sign === '-' ? -1n : 1n);
  return scale < 0 ? { units: digits * power(-scale), scale: 0 } : shortened(digits, scale);
}

function shortened(units: bigint, scale: number): Decimal {
  let [left, places] = [units, scale];
  while (places > 0 && left % 10n === 0n) [left, places] = [left / 10n, places - 1];
  return { units: left, scale: places };
}

/** Its units, were they of this scale, which is no smaller than its own. */
const unitsAt = ({ units, scale }: Decimal, at: number): bigint => units * power(at - scale);

export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return shortened(unitsAt(a, scale) + unitsAt(b, scale), scale);
}

export const negated = ({ units, scale }: Decimal): Decimal => ({ units: -units, scale });

/** Below zero when `a` is less than `b`, above when it is more. */
export function compare(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const difference = unitsAt(a, scale) - unitsAt(b, scale);
  return difference < 0n ? -1 : Number(difference > 0n);
}

/** As `-12.5`, without an exponent. */
export function writeDecimal({ units, scale }: Decimal): string {
  const [sign, digits] = units < 0n ? ['-', String(-units)] : ['', String(units)];
  const padded = digits.padStart(scale + 1, '0');
  return scale === 0 ? sign + padded : `${sign}${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
}

/** How much of the whole it is, from 0 to 1, to the thousandth: enough for a drawing. */
export function share(part: Decimal, whole: Decimal): number {
  const scale = Math.max(part.scale, whole.scale);
  const all = unitsAt(whole, scale);
  return all === 0n ? 0 : Number((unitsAt(part, scale) * 1000n) / all) / 1000;
}
