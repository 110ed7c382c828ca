/** The words of the simulator's view. */

import type { Done, Who } from '../../generated/simulator.ts';

export const LEVELS: Readonly<Record<string, string>> = {
  off: 'off', seldom: 'seldom', tested: 'as tested', often: 'often',
};

/** Levels for all kinds of fault at once. */
export const PRESETS: Readonly<Record<string, string>> = {
  off: 'Nothing', seldom: 'Calm', tested: 'Tested', often: 'Storm',
};

export const PRESET_WORDS: Readonly<Record<string, string>> = {
  off: 'Nothing fails, and people come one at a time.',
  seldom: 'A life knows some kinds of fault, and meets each a quarter as often as in the tests.',
  tested: 'As the project’s own tests run it: each life draws the kinds of fault that it knows, and how often they strike.',
  often: 'Every life knows every kind of fault, and each strikes twice as often as in the tests.',
  own: 'Your own mixture.',
};

export const WHO: Readonly<Record<Who, string>> = {
  customer: 'customer', bank: 'bank', network: 'network', alarm: 'alarm', clock: 'clock', shell: 'shell',
  statistics: 'statistics',
};

/** What each command of the machine's has the shell do. */
export const COMMANDS: Readonly<Record<string, string>> = {
  keep: 'Make this snapshot durable',
  wake: 'Set the alarm',
  send: 'Sign and send',
  answer: 'Answer',
  count: 'Have calls counted',
  forget: 'Erase what is kept',
  do: 'Do',
};

export const commandWords = ({ name }: Done): string => COMMANDS[name] ?? name;

/** The states of a consent: the way that it goes, and its ends. */
export const WAY = ['none', 'requested', 'authorised', 'active', 'refreshing'] as const;
export const ENDS = ['declined', 'code_expired', 'reauthorise', 'revoked', 'expired'] as const;

export const STATES: Readonly<Record<string, string>> = {
  none: 'nothing kept', requested: 'requested', authorised: 'authorised', active: 'active', refreshing: 'refreshing',
  declined: 'declined', code_expired: 'code expired', reauthorise: 'reauthorise', revoked: 'revoked', expired: 'expired',
};

export const number = (value: number): string => value.toLocaleString('en-GB');

/** Milliseconds since a life began, or until something, in the two units that say most. */
export function span(milliseconds: number): string {
  const units: [string, number][] = [['d', 86_400_000], ['h', 3_600_000], ['min', 60_000], ['s', 1000], ['ms', 1]];
  const at = units.findIndex(([, size]) => Math.abs(milliseconds) >= size);
  if (at < 0) return '0 s';
  const [name, size] = units[at] ?? ['ms', 1];
  const whole = Math.trunc(milliseconds / size);
  const [finer, part] = units[at + 1] ?? ['', 1];
  const rest = Math.trunc((Math.abs(milliseconds) % size) / part);
  return rest === 0 || finer === '' ? `${whole} ${name}` : `${whole} ${name} ${rest} ${finer}`;
}

/** `REF-3` and the rest of a rule's sentence; a rule without a name is a sentence alone. */
export function ruleParts(rule: string): [name: string, sentence: string] {
  const named = /^([A-Z]{3}-\d+[a-z]?): (.*)$/.exec(rule);
  return named ? [named[1] ?? '', named[2] ?? ''] : ['', rule];
}
