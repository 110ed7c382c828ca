// The banks behind the gateway are British: a booking at midnight in London stays on its day wherever it is read.
const timeZone = 'Europe/London';

// Its first formatter costs a browser tens of milliseconds, and a phone some hundred, in which the page stands still. So
// English dates are put together here, and a formatter is made by what cannot do without.
const MONTHS = [
  'January', 'February', 'March', 'April', 'May', 'June',
  'July', 'August', 'September', 'October', 'November', 'December',
];
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

function lazily(locale: string, options: Intl.DateTimeFormatOptions): (at: number) => string {
  let made: Intl.DateTimeFormat | undefined;
  return (at) => (made ??= new Intl.DateTimeFormat(locale, options)).format(at);
}

const inLondon = lazily('sv-SE', { timeZone });
const moment = lazily('en-GB', { dateStyle: 'long', timeStyle: 'long', timeZone });

/** London's day at this moment, `2026-11-28`. */
export function londonDay(at: number): string {
  const date = new Date(at);
  // London's clocks show UTC or an hour more, so the day is the same but for the last hour of UTC's.
  const isSame = date.getUTCHours() < 23 && date.getUTCFullYear() > 1970 && date.getUTCFullYear() < 10_000;
  return isSame ? date.toISOString().slice(0, 10) : inLondon(at);
}

/** The parts of `2026-11-28`: 28, November, 2026. */
function partsOf(day: string): [day: number, month: string, year: number] {
  const [year = 0, month = 1, number = 1] = day.split('-').map(Number);
  return [number, MONTHS[month - 1] ?? '', year];
}

function format(iso: string, write: (at: number) => string): string {
  const at = Date.parse(iso);
  return Number.isNaN(at) ? iso : write(at);
}

/** `20 February 2027`; what is no date comes back as it is. */
export const formatDay = (iso: string): string => format(iso, (at) => partsOf(londonDay(at)).join(' '));

/** `20 Feb 2027`, for lists. */
export const formatShortDay = (iso: string): string =>
  format(iso, (at) => {
    const [day, month, year] = partsOf(londonDay(at));
    return `${day} ${month.slice(0, 3)} ${year}`;
  });

/** `Saturday 28 November 2026` of `2026-11-28`. */
export const formatWeekday = (day: string): string =>
  `${WEEKDAYS[new Date(day).getUTCDay()] ?? ''} ${partsOf(day).join(' ')}`;

/** `November 2026` of `2026-11`. */
export const formatMonth = (month: string): string => partsOf(month).slice(1).join(' ');

/** `20 February 2027 at 14:02:31 GMT`, for a receipt. */
export const formatMoment = (iso: string): string => format(iso, moment);

/** `14:02:31.250` on the reader's own clock, for the order of calls. */
export const formatClock = (iso: string): string =>
  format(iso, (at) => {
    const date = new Date(at);
    const parts = [date.getHours(), date.getMinutes(), date.getSeconds()].map((part) => String(part).padStart(2, '0'));
    return `${parts.join(':')}.${String(date.getMilliseconds()).padStart(3, '0')}`;
  });
