import type { EnvironmentName } from '../life.ts';

/** Where one environment answers. */
export interface Served {
  environment: EnvironmentName;
  url: string;
  authBase: string;
  resourceBase: string;
  envFile: string;
}

export const PAGES = ['portal', 'control', 'viewer', 'playground'] as const;

export interface Started {
  served: readonly Served[];
  /** The folder that keeps all; nothing where all is kept in memory. */
  state: string | undefined;
  /** From the start of the process to its first answer. */
  milliseconds: number;
}

const TITLES = {
  portal: 'Portal',
  control: 'Control room',
  viewer: 'Live viewer',
  playground: 'JWS playground',
} as const;

/** What the person reads who has started it. */
export function greeting({ served, state, milliseconds }: Started): string {
  const [first] = served;
  const row = (title: string, text: string): string => `  ${title.padEnd(20)}${text}`;
  const blocks = served.flatMap(({ environment, resourceBase, envFile }) => [
    row(`Gateway, ${environment}`, resourceBase),
    row("  worker's settings", envFile),
  ]);
  const pages = PAGES.map((page) => row(TITLES[page], `${first?.url}/${page}`));
  return [
    ...['', ...blocks, '', ...pages, ''],
    row('State', state ?? 'in memory, gone when this ends; --state DIR keeps it'),
    row('Ready', `answered after ${(milliseconds / 1000).toFixed(2)} s. Stop with Ctrl-C.`),
    '',
  ].join('\n');
}

/** The same for a program, on one line. */
export function greetingJson({ served, state, milliseconds }: Started): string {
  const withPages = served.map((each) => ({
    ...each,
    ...Object.fromEntries(PAGES.map((page) => [page, `${each.url}/${page}`])),
  }));
  const told = { gateways: withPages, state: state ?? null, milliseconds: Math.round(milliseconds) };
  return JSON.stringify({ event: 'ready', ...told });
}
