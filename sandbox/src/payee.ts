/** How a payee's account is identified: by sort code and account number, or by IBAN. */

const SCHEMES = ['SortCodeAccountNumber', 'IBAN'] as const;
export type Scheme = (typeof SCHEMES)[number];

const PREFIX = 'UK.OBIE.';

/** Reads a `SchemeName`, which may have Open Banking's prefix. */
export function schemeOf(name: string): Scheme | undefined {
  const bare = name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name;
  return SCHEMES.find((scheme) => scheme === bare);
}

/** What is wrong with an identification under its scheme, as the end of a sentence; nothing when it is right. */
export function identificationProblem(scheme: Scheme, identification: string): string | undefined {
  switch (scheme) {
    case 'SortCodeAccountNumber':
      return /^\d{14}$/.test(identification) ? undefined : 'it must be sort code and account number, 14 digits';
    case 'IBAN':
      if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(identification)) {
        return 'it must be an IBAN: country, two check digits and the account, in capitals and without spaces';
      }
      return hasRightCheckDigits(identification) ? undefined : 'its check digits are not those of this IBAN';
  }
}

/** ISO 13616: with the first four characters moved to the end and A to Z written as 10 to 35, it is 1 modulo 97. */
function hasRightCheckDigits(iban: string): boolean {
  const rearranged = iban.slice(4) + iban.slice(0, 4);
  return BigInt(rearranged.replace(/[A-Z]/g, (letter) => String(Number.parseInt(letter, 36)))) % 97n === 1n;
}

/** As people read it, each part with its name. */
export function shownIdentification(scheme: Scheme, identification: string): (readonly [string, string])[] {
  switch (scheme) {
    case 'SortCodeAccountNumber':
      return [['Sort code', sortCode(identification)], ['Account number', identification.slice(6)]];
    case 'IBAN':
      return [['IBAN', identification.replace(/.{4}(?=.)/g, '$& ')]];
  }
}

/** The sort code of a sort code and account number: "00-00-00". */
export function sortCode(identification: string): string {
  return (identification.slice(0, 6).match(/../g) ?? []).join('-');
}
