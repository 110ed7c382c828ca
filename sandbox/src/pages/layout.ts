import { html } from 'hono/html';

/** Markup that `html` made, every value in it escaped. */
export type Markup = ReturnType<typeof html>;

/** An icon of its own, without which a browser asks for /favicon.ico. */
const ICON =
  'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 16 16%22%3E' +
  '%3Cpath fill=%22%231d4f91%22 d=%22M8 1 1 5v2h14V5zM3 8v4h2V8zm4 0v4h2V8zm4 0v4h2V8zM1 13v2h14v-2z%22/%3E%3C/svg%3E';

const SANDBOX_BANK = 'Sandbox bank';

/** The pages for developers, as their navigation lists them. */
const DEVELOPER_PAGES = [
  ['/', 'Calls'],
  ['/portal', 'Portal'],
  ['/control', 'Control room'],
  ['/viewer', 'Viewer'],
  ['/playground', 'Playground'],
  ['/statistics', 'Statistics'],
] as const;

export type DeveloperPage = (typeof DEVELOPER_PAGES)[number][0];

export interface PageContent {
  title: string;
  wide?: boolean;
  /** Whose page it is, where the bank has a name. */
  bank?: string | undefined;
  content: Markup;
}

/** What the person at the bank sees. */
export function layout(page: PageContent): Markup {
  return document(page, html``);
}

export interface DeveloperContent extends PageContent {
  /** The page of the navigation that this is, or belongs to. */
  here: DeveloperPage;
}

/** What a developer sees: the same, with the way to the gateway's other pages. */
export function developerLayout({ here, ...page }: DeveloperContent): Markup {
  const navigation = html`<nav class="pages" aria-label="Pages of the gateway">
      <ul>
        ${DEVELOPER_PAGES.map(([path, name]) => navigationItem(path, name, path === here))}
      </ul>
    </nav>`;
  return document({ wide: true, ...page }, navigation);
}

function navigationItem(path: string, name: string, isHere: boolean): Markup {
  return html`<li><a href="${path}" aria-current="${isHere ? 'page' : 'false'}">${name}</a></li>
        `;
}

function document({ title, wide = false, bank, content }: PageContent, navigation: Markup): Markup {
  return html`<!doctype html>
<html lang="en-GB">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <title>${title} – ${bank ?? SANDBOX_BANK}</title>
    <link rel="icon" href="${ICON}">
    <link rel="stylesheet" href="/sandbox.css">
  </head>
  <body>
    <header class="notice"><strong>This is a sandbox.</strong> No real bank, no real person, no real money.</header>
    ${navigation}
    <main class="${wide ? 'wide' : ''}">
      <p class="bank">${bank ?? SANDBOX_BANK}</p>
      <h1>${title}</h1>
      ${content}
    </main>
  </body>
</html>
`;
}
