/** What the reader of the console chose, for as long as the tab is open. */
export interface Choices {
  /** Texts as they were sent, signed and received, rather than laid out. */
  isExact: boolean;
  /** Up to when the calls of a scope were cleared away (RFC 3339). */
  cleared: Readonly<Record<string, string>>;
}

const KEY = 'tell-console';

export function readChoices(): Choices {
  try {
    const { isExact, cleared } = JSON.parse(sessionStorage.getItem(KEY) ?? '{}') as Partial<Choices>;
    return { isExact: isExact === true, cleared: { ...cleared } };
  } catch {
    return { isExact: false, cleared: {} };
  }
}

export function keepChoices(choices: Choices): void {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(choices));
  } catch {
    // Where nothing may be stored, they last as long as the page.
  }
}
