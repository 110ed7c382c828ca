const WHOLE = new Intl.DateTimeFormat('en-GB', {
  ...{ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' },
  timeZone: 'UTC',
});

/** As people read it: 29 Nov 2026, 19:40:12 UTC. */
export function shownTime(at: number): string {
  return `${WHOLE.format(at)} UTC`;
}

/** 19:40:12. */
export function shownClock(at: number): string {
  return new Date(at).toISOString().slice(11, 19);
}

/** How far a clock is from the true one: 1 day 2 hours ahead of the true time. */
export function shownOffset(seconds: number): string {
  const whole = Math.round(Math.abs(seconds));
  if (whole === 0) return 'the true time';
  const days = Math.floor(whole / 86_400);
  const hours = Math.floor((whole % 86_400) / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  const parts = [[days, 'day'], [hours, 'hour'], [minutes, 'minute'], [whole % 60, 'second']] as const;
  const shown = parts.filter(([count]) => count > 0);
  const named = shown.map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`);
  return `${named.slice(0, 2).join(' ')} ${seconds > 0 ? 'ahead of' : 'behind'} the true time`;
}
