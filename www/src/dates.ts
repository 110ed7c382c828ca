// The banks behind the gateway are British: a booking at midnight in London stays on its day wherever it is read.
const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'Europe/London' });
const SHORT_DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'Europe/London',
});
const MOMENT = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'long', timeZone: 'Europe/London' });
const CLOCK = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});

function format(formatter: Intl.DateTimeFormat, iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) ? iso : formatter.format(date);
}

/** `20 February 2027`; what is no date comes back as it is. */
export const formatDay = (iso: string): string => format(DAY, iso);

/** `20 Feb 2027`, for lists. */
export const formatShortDay = (iso: string): string => format(SHORT_DAY, iso);

/** `20 February 2027 at 14:02:31 GMT`, for a receipt. */
export const formatMoment = (iso: string): string => format(MOMENT, iso);

/** `14:02:31.250` on the reader's own clock, for the order of calls. */
export const formatClock = (iso: string): string => format(CLOCK, iso);
