/** A piece of laid-out JSON. `mark` is punctuation and white space; any other kind is one token as it was written. */
export interface JsonPiece {
  kind: 'key' | 'string' | 'number' | 'literal' | 'mark';
  text: string;
}

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,]|[^\s{}[\]:,"]+/g;

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function kindOf(token: string, next: string | undefined): JsonPiece['kind'] {
  if (token.startsWith('"')) return next === ':' ? 'key' : 'string';
  return /^[-\d]/.test(token) ? 'number' : 'literal';
}

/**
 * Lays JSON text out over lines without reading its values: every token stays as it was written, so `12.50` is not
 * `12.5` and a repeated member is not lost (ACC-4). Undefined for what is no JSON; of one that is cut off, what is there.
 */
export function layOutJson(text: string, isCut = false): JsonPiece[] | undefined {
  if (!isCut && !isJson(text)) return undefined;
  const tokens = text.match(TOKEN) ?? [];
  const pieces: JsonPiece[] = [];
  let depth = 0;
  const newLine = (): string => `\n${'  '.repeat(depth)}`;

  tokens.forEach((token, index) => {
    const next = tokens[index + 1];
    switch (token) {
      case '{':
      case '[': {
        const empty = next === '}' || next === ']';
        if (!empty) depth += 1;
        pieces.push({ kind: 'mark', text: empty ? token : token + newLine() });
        break;
      }
      case '}':
      case ']': {
        const previous = tokens[index - 1];
        if (previous === '{' || previous === '[') {
          pieces.push({ kind: 'mark', text: token });
        } else {
          depth -= 1;
          pieces.push({ kind: 'mark', text: newLine() + token });
        }
        break;
      }
      case ',':
        pieces.push({ kind: 'mark', text: token + newLine() });
        break;
      case ':':
        pieces.push({ kind: 'mark', text: ': ' });
        break;
      default:
        pieces.push({ kind: kindOf(token, next), text: token });
    }
  });
  return pieces;
}

/**
 * Parses a bank's answer. A number that JavaScript would write otherwise than the bank did (`12.50`, or more digits
 * than a double holds) is kept as its text where the browser gives it.
 */
export function parseBankJson(text: string): unknown {
  const keepDigits = (_key: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === 'number' && context?.source !== undefined && String(value) !== context.source
      ? context.source
      : value;
  return JSON.parse(text, keepDigits);
}
