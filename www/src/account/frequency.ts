import { splitWords } from '../bank.ts';

/** Plain words of banks, and ISO 20022's codes. */
const WORDS: Readonly<Record<string, string>> = {
  daily: 'Every day', dail: 'Every day', evryday: 'Every day',
  evryworkgday: 'Every working day',
  weekly: 'Every week', week: 'Every week',
  fortnightly: 'Every two weeks', frtn: 'Every two weeks',
  monthly: 'Every month', mnth: 'Every month',
  quarterly: 'Every three months', qurt: 'Every three months',
  halfyearly: 'Every six months', mian: 'Every six months',
  annual: 'Every year', annually: 'Every year', yearly: 'Every year', year: 'Every year',
  adhoc: 'Now and then', adho: 'Now and then',
};

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function ordinal(number: number): string {
  const isTeen = number % 100 >= 11 && number % 100 <= 13;
  const ending = isTeen ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th');
  return `${number}${ending}`;
}

const every = (count: number, one: string): string => (count === 1 ? `every ${one}` : `every ${count} ${one}s`);

/** Days of a month are counted from its end where they are below zero. */
function dayOfMonth(day: number): string {
  if (day === -1) return 'last day';
  return day < 0 ? `${ordinal(-day)} last day` : ordinal(day);
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Open Banking's `IntrvlMnthDay:01:28`: a name with numbers, or undefined for what is none of it. */
function interval(text: string): string | undefined {
  const [, name = '', first = '', second = ''] = /^(\w+):(\w+)(?::(-?\d+))?$/.exec(text) ?? [];
  const [count, at] = [Number(first), Number(second)];
  const weekday = WEEKDAYS[at - 1];
  switch (name) {
    case 'IntrvlDay': return count > 0 ? capital(every(count, 'day')) : undefined;
    case 'IntrvlWkDay': return count > 0 && weekday !== undefined ? `On ${weekday}, ${every(count, 'week')}` : undefined;
    case 'WkInMnthDay': return count > 0 && weekday !== undefined ? `On ${weekday} of the ${ordinal(count)} week of every month` : undefined;
    case 'IntrvlMnthDay':
      if (!(count > 0) || second === '' || at === 0) return undefined;
      return count === 1 ? `On the ${dayOfMonth(at)} of every month` : `On the ${dayOfMonth(at)}, ${every(count, 'month')}`;
    case 'QtrDay': return /^[A-Z]+$/.test(first) ? 'On each quarter day' : undefined;
    default: return undefined;
  }
}

/** How often, in words; what is not known as the bank wrote it, and nothing where the bank says that it does not know. */
export function frequencyInWords(text: string): string | undefined {
  const name = text.replace(/^UK\.OBIE\./, '');
  if (/^notknown$/i.test(name)) return undefined;
  const known = name.toLowerCase();
  return (Object.hasOwn(WORDS, known) ? WORDS[known] : undefined) ?? interval(name) ?? (/^[a-z]+$/i.test(name) ? splitWords(name) : name);
}
