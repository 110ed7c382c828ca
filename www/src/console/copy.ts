import type { Step } from 'tell-connect/machine';

/** What the worker puts in a secret's place. */
const MASK = '***';

/** A text in pieces: what was sent, and the variable that holds what was masked of it. */
type Piece = string | { variable: string };

const pieces = (text: string, variable: string): Piece[] =>
  text.split(MASK).flatMap((part, index) => (index === 0 ? [part] : [{ variable }, part]));

/** The variable of the one secret that a call's URL or body has. */
const secretOf = (call: Step['call']): string => (call === 'refresh' ? 'TELL_REFRESH_TOKEN' : 'TELL_CODE');

const isBasic = (name: string, value: string): boolean => name === 'authorization' && value.startsWith('Basic');

const header = (name: string, value: string): Piece[] =>
  pieces(value, name === 'authorization' ? 'TELL_ACCESS_TOKEN' : 'TELL_JWS_SIGNATURE');

/** A word of a POSIX shell. Variables stand in double quotes, all else in single ones. */
function word(parts: readonly Piece[]): string {
  const quoted = parts.filter((part) => part !== '').map((part) =>
    typeof part === 'string' ? `'${part.replaceAll("'", String.raw`'\''`)}'` : `"$${part.variable}"`);
  return quoted.join('') || "''";
}

/** The call as curl makes it, once the variables in it are set; undefined for what is no request. */
export function asCurl({ call, request }: Step): string | undefined {
  if (request === undefined) return undefined;
  const { method, url, headers, body } = request;
  const lines = Object.entries(headers).map(([name, value]) =>
    isBasic(name, value)
      ? '--user "$TELL_CLIENT_ID:$TELL_CLIENT_SECRET"'
      : `--header ${word([`${name}: `, ...header(name, value)])}`);
  if (body !== undefined) lines.push(`--data-raw ${word(pieces(body, secretOf(call)))}`);
  return [`curl --request ${method} ${word(pieces(url, secretOf(call)))}`, ...lines].join(' \\\n  ');
}

/** An expression of JavaScript for a text. */
function expression(parts: readonly Piece[]): string {
  const written = parts.filter((part) => part !== '');
  const one = (part: Piece): string => (typeof part === 'string' ? JSON.stringify(part) : `process.env.${part.variable}`);
  return written.length === 0 ? '""' : written.map(one).join(' + ');
}

const CREDENTIALS = 'btoa(process.env.TELL_CLIENT_ID + ":" + process.env.TELL_CLIENT_SECRET)';

/** The call as JavaScript makes it; undefined for what is no request. */
export function asFetch({ call, request }: Step): string | undefined {
  if (request === undefined) return undefined;
  const { method, url, headers, body } = request;
  const lines = Object.entries(headers).map(([name, value]) => {
    const basic = `${JSON.stringify(value.replace(MASK, ''))} + ${CREDENTIALS}`;
    return `    ${JSON.stringify(name)}: ${isBasic(name, value) ? basic : expression(header(name, value))},`;
  });
  return [
    `const response = await fetch(${expression(pieces(url, secretOf(call)))}, {`,
    `  method: ${JSON.stringify(method)},`,
    ...(lines.length > 0 ? ['  headers: {', ...lines, '  },'] : []),
    ...(body === undefined ? [] : [`  body: ${expression(pieces(body, secretOf(call)))},`]),
    '});',
  ].join('\n');
}

export const asJson = (step: Step): string => JSON.stringify(step, null, 2);
