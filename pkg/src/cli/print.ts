// A report in words, a line for each finding and each sound check.
import type { DoctorCheck, DoctorReport, DoctorVerdict } from '../generated/core.js';

const SIGNS: Readonly<Record<DoctorVerdict, readonly [sign: string, colour: number]>> = {
  fault: ['✗', 31], warning: ['!', 33], ok: ['✓', 32], skipped: ['-', 2],
};
const ORDER: readonly DoctorVerdict[] = ['fault', 'warning', 'ok'];

/** The report as text for a terminal. */
export function printed(report: DoctorReport, file: string, isColoured: boolean): string {
  const painted = (text: string, colour: number): string => (isColoured ? `\u001b[${colour}m${text}\u001b[0m` : text);
  const line = (verdict: DoctorVerdict, check: DoctorCheck, text: string): string => {
    const [sign, colour] = SIGNS[verdict];
    return `${painted(`${sign} ${check.name}`, colour)}  ${text}`;
  };
  const of = (verdict: DoctorVerdict): DoctorCheck[] => report.checks.filter((check) => check.verdict === verdict);
  const found = (verdict: DoctorVerdict): string[] => report.checks.flatMap((check) =>
    check.findings.filter((finding) => finding.verdict === verdict).map(({ setting, problem }) =>
      line(verdict, check, `${setting === undefined ? '' : `${setting}: `}${problem} (${check.rule})`)));
  const sound = of('ok').map((check) => line('ok', check, check.title));
  const skipped = of('skipped').filter(({ findings }) => findings.length === 0).map(({ name }) => name);
  const counts = ORDER.map((verdict) => of(verdict).length);
  return [
    `Settings of ${file}${report.environment === null ? '' : `, ${report.environment}`}`,
    ...found('fault'), ...found('warning'), ...sound, ...found('skipped'),
    ...(skipped.length === 0 ? [] : [painted(`- not looked at: ${skipped.join(', ')}`, 2)]),
    '',
    ...(report.calls === 0 ? [] : [`Signed calls: ${report.calls}`]),
    ...(report.profile === null ? [] : [`Set this line: ${report.profile}`]),
    `${counted(counts)}. ${NEXT[report.verdict]}`, '',
  ].join('\n');
}

function counted([faults = 0, warnings = 0, sound = 0]: readonly number[]): string {
  const some = (number: number, one: string): string => `${number} ${one}${number === 1 ? '' : 's'}`;
  return `${some(faults, 'check')} at fault, ${some(warnings, 'warning')}, ${sound} sound`;
}

const NEXT: Readonly<Record<DoctorVerdict, string>> = {
  fault: 'Correct what is at fault, then run it again.',
  warning: 'It works; see whether each warning is meant.',
  ok: 'Nothing is to be done.',
  skipped: '',
};
