import { html } from 'hono/html';

/** Markup that `html` made, every value in it escaped. */
export type Markup = ReturnType<typeof html>;

/** An icon of its own, without which a browser asks for /favicon.ico. */
const ICON =
  'data:image/svg+xml,%3Csvg xmlns=%22http://www.w3.org/2000/svg%22 viewBox=%220 0 16 16%22%3E' +
  '%3Cpath fill=%22%231d4f91%22 d=%22M8 1 1 5v2h14V5zM3 8v4h2V8zm4 0v4h2V8zm4 0v4h2V8zM1 13v2h14v-2z%22/%3E%3C/svg%3E';

export function layout({ title, wide = false, content }: { title: string; wide?: boolean; content: Markup }): Markup {
  return html`<!doctype html>
<html lang="en-GB">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="robots" content="noindex">
    <title>${title} – Sandbox bank</title>
    <link rel="icon" href="${ICON}">
    <link rel="stylesheet" href="/sandbox.css">
  </head>
  <body>
    <header class="notice"><strong>This is a sandbox.</strong> No real bank, no real person, no real money.</header>
    <main class="${wide ? 'wide' : ''}">
      <p class="bank">Sandbox bank</p>
      <h1>${title}</h1>
      ${content}
    </main>
  </body>
</html>
`;
}
