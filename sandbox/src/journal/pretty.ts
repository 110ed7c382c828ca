const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** A JSON text with a member a line, every number, escape and member that comes twice as written; else the text. */
export function pretty(text: string): string {
  if (!isJson(text)) return text;
  let shown = '';
  let depth = 0;
  let before = '';
  for (const [token] of text.matchAll(TOKEN)) {
    const closes = token === '}' || token === ']';
    if (closes) depth -= 1;
    const isFirst = before === '{' || before === '[';
    if (closes ? !isFirst : isFirst || before === ',') shown += `\n${'  '.repeat(depth)}`;
    if (before === ':') shown += ' ';
    shown += token;
    if (token === '{' || token === '[') depth += 1;
    before = token;
  }
  return shown;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
