/** A bank's own words and numbers as people read them. */

/** `CurrentAccount` → `Current account`; `InterimAvailable` → `Interim available`. */
export function splitWords(name: string): string {
  const words = name.replace(/([a-z\d])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A sort code and account number, or an IBAN. */
export function accountNumber(scheme: string, identification: string): string {
  if (scheme.endsWith('SortCodeAccountNumber') && /^\d{14}$/.test(identification)) {
    const [, a, b, c, number] = /^(..)(..)(..)(.*)$/.exec(identification) ?? [];
    return `${a}-${b}-${c} ${number}`;
  }
  if (scheme.endsWith('IBAN')) return identification.replace(/(.{4})(?=.)/g, '$1 ');
  return identification;
}
