import { redirectProblem } from '../applications.ts';
import { ROLES, type Authorisation, type Registration, type Role } from '../register/developers.ts';
import { Refusal, quoted } from '../refusal.ts';

/** The members of a JSON object, or the fields of a form, as they came. */
export type Given = Readonly<Record<string, unknown>>;

export interface FieldFault {
  field: string;
  /** A sentence. */
  problem: string;
}

/** A form or body that has something wrong, all of it at once. */
export class WrongFields extends Refusal {
  readonly faults: readonly FieldFault[];

  constructor(faults: readonly [FieldFault, ...FieldFault[]], rule = 'CFG-1') {
    const description = faults.map(({ problem }) => problem).join(' ');
    super(400, 'invalid_request', description, { rule, field: faults[0].field });
    this.faults = faults;
  }
}

export function wrongField(field: string, problem: string, rule?: string): WrongFields {
  return new WrongFields([{ field, problem }], rule);
}

const MOST_CHARACTERS = 200;
/** Control characters, and those that turn the direction in which others are shown. */
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

const HOUR = 3_600_000;
const MOST_HOURS = 90 * 24;
export const USUAL_OVERLAP_HOURS = 24;

export function readRegistration(given: Given): Registration {
  const faults: FieldFault[] = [];
  const registration = {
    name: readText(given, 'name', 'The name', faults),
    email: readEmail(given, faults),
    company: readText(given, 'company', 'The company', faults),
  };
  refuse(faults);
  return registration;
}

export function readAuthorisation(given: Given): Authorisation {
  const faults: FieldFault[] = [];
  const authorisation = {
    authority: readText(given, 'authority', 'The National Competent Authority', faults),
    registerNumber: readText(given, 'registerNumber', 'The register number', faults),
    roles: readRoles(given['roles'], faults),
  };
  refuse(faults);
  return authorisation;
}

export interface NamedApplication {
  name: string;
  redirectUrl: string | null;
}

/** What is left out stays as it was, or is nothing. */
export function readApplication(given: Given, former?: NamedApplication): NamedApplication {
  const faults: FieldFault[] = [];
  const name = given['name'] === undefined && former ? former.name : readText(given, 'name', 'The name', faults);
  const redirectUrl = given['redirectUrl'] === undefined ? (former?.redirectUrl ?? null) : readRedirect(given, faults);
  refuse(faults);
  return { name, redirectUrl };
}

/** In milliseconds. */
export function readOverlap(value: unknown): number {
  const text = value === undefined || value === '' ? String(USUAL_OVERLAP_HOURS) : String(value).trim();
  const hours = /^\d{1,4}$/.test(text) ? Number(text) : Infinity;
  if (hours <= MOST_HOURS) return hours * HOUR;
  throw wrongField('overlapHours', `The overlap is no whole number of hours from 0 to ${MOST_HOURS}.`);
}

function readEmail(given: Given, faults: FieldFault[]): string {
  const text = readText(given, 'email', 'The e-mail', faults);
  if (text !== '' && !/^[^\s@]+@[^\s@]+$/.test(text)) {
    faults.push({ field: 'email', problem: 'The e-mail is no address like name@example.com.' });
  }
  return text;
}

function readRedirect(given: Given, faults: FieldFault[]): string | null {
  const value = given['redirectUrl'];
  if (value === null || (typeof value === 'string' && value.trim() === '')) return null;
  const text = readText(given, 'redirectUrl', 'The redirect URL', faults, 2048);
  const problem = text === '' ? undefined : redirectProblem(text);
  if (problem !== undefined) faults.push({ field: 'redirectUrl', problem: `The redirect URL ${problem}.` });
  return text;
}

function readRoles(value: unknown, faults: FieldFault[]): Role[] {
  const given = value === undefined ? [] : Array.isArray(value) ? value : [value];
  const unknown = given.find((role) => !ROLES.includes(role as Role));
  if (unknown !== undefined) {
    faults.push({ field: 'roles', problem: `The role ${quoted(unknown)} is none of ${ROLES.join(', ')}.` });
  } else if (given.length === 0) {
    faults.push({ field: 'roles', problem: 'No role was chosen; choose those that the register names.' });
  }
  return ROLES.filter((role) => given.includes(role));
}

function readText(given: Given, field: string, label: string, faults: FieldFault[], most = MOST_CHARACTERS): string {
  const value = given[field] ?? '';
  const text = typeof value === 'string' ? value.trim() : '';
  const problem = typeof value === 'string' ? textProblem(text, most) : 'is no text';
  if (problem !== undefined) faults.push({ field, problem: `${label} ${problem}.` });
  return text;
}

function textProblem(text: string, most: number): string | undefined {
  if (text === '') return 'is missing';
  if (text.length > most) return `is longer than ${most} characters`;
  return UNSEEN.test(text) ? 'holds a character that nobody can see' : undefined;
}

function refuse([first, ...others]: readonly FieldFault[]): void {
  if (first !== undefined) throw new WrongFields([first, ...others]);
}
