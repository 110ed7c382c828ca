import { type Bases, splitPath } from '../bases.ts';
import type { Entry } from './journal.ts';

const PLACES: Readonly<Record<string, string>> = {
  code: 'CODE',
  refresh_token: 'REFRESH_TOKEN',
  access_token: 'ACCESS_TOKEN',
  client_secret: 'CLIENT_SECRET',
  code_verifier: 'CODE_VERIFIER',
};

/** These curl makes itself, or stand in the line already. */
const LEFT_OUT = [
  ...['accept', 'accept-encoding', 'accept-language', 'authorization', 'connection', 'content-length', 'cookie'],
  ...['host', 'sec-fetch-mode', 'transfer-encoding', 'user-agent', 'x-jws-signature'],
];

/** The call as a line for a shell that has the README's `sign`; variables of the shell stand where secrets were. */
export function curlOf({ method, target, headers, body }: Entry, origin: string, bases: Bases): string {
  const [pathname = ''] = target.split('?');
  const path = splitPath(pathname, bases)?.path ?? pathname;
  const type = headers.find(([name]) => name === 'content-type')?.[1] ?? '';
  const isForm = type.startsWith('application/x-www-form-urlencoded');
  const payload = isForm ? formPayload(body) : jsonText(body === '' ? '{}' : body);
  const parts = [
    `curl -sS -X ${method} ${plain(origin + target)}`,
    ...authorised(headers),
    ...headers.filter(([name]) => !LEFT_OUT.includes(name)).map((header) => `-H ${plain(header.join(': '))}`),
    `-H "x-jws-signature: $(sign ${plain(path)} ${payload})"`,
    ...(body === '' ? [] : [`--data-raw ${isForm ? formText(body) : jsonText(body)}`]),
  ];
  return `${parts.join(' \\\n  ')}\n`;
}

function authorised(headers: Entry['headers']): string[] {
  const value = headers.find(([name]) => name === 'authorization')?.[1];
  if (value === undefined) return [];
  return /^basic/i.test(value) ? ['-u "$CLIENT_ID:$CLIENT_SECRET"'] : ['-H "authorization: Bearer $ACCESS_TOKEN"'];
}

/** A form's fields as they are sent: what was masked is the shell's. */
function formText(body: string): string {
  const fields = [...new URLSearchParams(body)].map(([name, value]) => {
    const place = PLACES[name];
    return place === undefined ? plain(new URLSearchParams({ [name]: value }).toString()) : `${name}="$${place}"`;
  });
  return fields.join('"&"');
}

/** JWS-6: the fields as a JSON object. */
function formPayload(body: string): string {
  return jsonText(JSON.stringify(Object.fromEntries(new URLSearchParams(body))));
}

/** A JSON text, whose secret members are the shell's. */
function jsonText(body: string): string {
  const names = Object.keys(PLACES).join('|');
  const pattern = new RegExp(`("(${names})"\\s*:\\s*")(?:[^"\\\\]|\\\\.)*"`, 'g');
  const parts: string[] = [];
  let from = 0;
  for (const { 0: found, 1: before = '', 2: name = '', index } of body.matchAll(pattern)) {
    parts.push(plain(body.slice(from, index) + before), `"$${PLACES[name]}"`);
    from = index + found.length - 1;
  }
  return parts.join('') + plain(body.slice(from));
}

/** One word of the shell's, with nothing in it that the shell reads. */
function plain(text: string): string {
  return /^[\w./:=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
