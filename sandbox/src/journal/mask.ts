/** What the journal may hold: no token, code or secret whole (ERR-2). */

const SECRET_FIELDS = ['code', 'refresh_token', 'access_token', 'client_secret', 'authorisation_code', 'code_verifier'];

/** Enough to tell two apart, too little to use. */
export function masked(secret: string): string {
  return secret.length < 12 ? '…' : `${secret.slice(0, 2)}…${secret.slice(-4)}`;
}

export function maskedHeaders(headers: Iterable<readonly [string, string]>): [string, string][] {
  return Array.from(headers, ([name, value]): [string, string] => [name, maskedHeader(name, value)]);
}

function maskedHeader(name: string, value: string): string {
  if (name === 'authorization') return value.replace(/^(\S+) +(.*)$/, (_, scheme, rest) => `${scheme} ${masked(rest)}`);
  // Its header and payload stand beside it, parsed; without its end nobody can send it again.
  if (name === 'x-jws-signature') return value.replace(/[^.]*$/, '…');
  return ['cookie', 'set-cookie'].includes(name) ? '…' : value;
}

/** A form, a JSON text or a URL, with the values of its secret members masked; anything else as it is. */
export function maskedText(text: string): string {
  const names = SECRET_FIELDS.join('|');
  return text
    .replace(new RegExp(`("(?:${names})"\\s*:\\s*")((?:[^"\\\\]|\\\\.)*)`, 'g'), (_, before, value) => before + masked(value))
    .replace(new RegExp(`((?:^|[?&])(?:${names})=)([^&\\s]*)`, 'g'), (_, before, value) => before + masked(value));
}
