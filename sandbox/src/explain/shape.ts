/** What may be said of a text that must not be repeated: how long it is and what it looks like (ERR-2). */
export function shapeOf(text: string): string {
  if (text === '') return 'an empty text';
  return `a text of ${characters(text.length)}${looks(text)}`;
}

export function characters(count: number): string {
  return count === 1 ? '1 character' : `${count} characters`;
}

function looks(text: string): string {
  if (/\s/.test(text)) return ', with white space in it';
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return ', a UUID';
  if (/^eyJ[\w-]*\.[\w-]+\.[\w-]*$/.test(text)) return ', a compact JWS';
  if (/%[0-9a-f]{2}/i.test(text)) return ', percent-encoded';
  return /^[\x21-\x7e]*$/.test(text) ? '' : ', some of them beyond ASCII';
}

/** Names of members and fields in the order they came; the first ten. One that is long may be no name but a token. */
export function namesOf(names: Iterable<string>): string {
  const all = [...names];
  const shown = all.slice(0, 10).map((name) => (name.length > 30 ? `a name of ${characters(name.length)}` : name));
  if (all.length > shown.length) shown.push(`${all.length - shown.length} more`);
  return shown.length === 0 ? 'none' : shown.join(', ');
}
