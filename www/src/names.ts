import { el } from './dom.ts';
import { type JsonObject, asText } from './read.ts';

/** What people see this site and the bank called, as far as the worker tells. */
export interface Names {
  application: string | undefined;
  bank: string | undefined;
}

let names: Names = { application: undefined, bank: undefined };
let environment: string | undefined;
let listener: (() => void) | undefined;

/** In production the worker shows no calls, and is not asked for any. `undefined` while it has not said which this is. */
export const isProduction = (): boolean | undefined => (environment === undefined ? undefined : environment === 'production');

/** Told when the worker has said what this site is. */
export function onNamed(told: () => void): void {
  listener = told;
}

/** Takes the names from an answer that has some, and puts them where the page has kept a place for them. */
export function noteNames(answer: JsonObject | undefined): void {
  const [application, bank] = [asText(answer?.['application']), asText(answer?.['bank'])];
  environment = asText(answer?.['environment']) ?? environment;
  if (application !== undefined || bank !== undefined) {
    names = { application, bank };
    if (typeof document !== 'undefined') fillNames(document);
  }
  listener?.();
}

export const bankName = (): string => names.bank ?? 'your bank';
export const applicationName = (): string => names.application ?? 'this page';

/** A place for a name, which is put there as soon as it is known. */
export function named(name: keyof Names): HTMLElement {
  return el('span', { 'data-name': name }, name === 'bank' ? bankName() : applicationName());
}

/** An element with `data-name` says one of the names; what it says in the page's source stands where none is told. */
export function fillNames(root: ParentNode): void {
  for (const place of root.querySelectorAll<HTMLElement>('[data-name]')) {
    const name = place.dataset['name'] === 'bank' ? names.bank : names.application;
    if (name !== undefined) place.textContent = name;
  }
}
