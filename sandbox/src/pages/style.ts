/** The one style sheet of the sandbox's pages, served as a file so that the policy can forbid inline style. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --ground: light-dark(#eef1f6, #10141b);
  --card: light-dark(#ffffff, #1a202b);
  --ink: light-dark(#17202e, #e9edf4);
  --quiet: light-dark(#4d5a6d, #a9b4c5);
  --line: light-dark(#d3dae5, #323c4d);
  --edge: light-dark(#76849a, #7d8ba1);
  --good: light-dark(#1a6b3c, #7fd6a2);
  --bad: light-dark(#a8231a, #ff9d94);
  --brand: light-dark(#1d4f91, #8db8f5);
  --on-brand: light-dark(#ffffff, #0d1826);
  --notice: light-dark(#fff3d6, #3a2f12);
  --on-notice: light-dark(#5a4100, #ffdf94);
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; background: var(--ground); color: var(--ink);
  font: 1rem/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif;
}
.notice { margin: 0; padding: 0.6rem 1rem; background: var(--notice); color: var(--on-notice); text-align: center; }
.pages { border-bottom: 1px solid var(--line); background: var(--card); }
.pages ul {
  display: flex; flex-wrap: wrap; gap: 0 1.25rem; max-width: 52rem; margin: 0 auto; padding: 0 2rem; list-style: none;
}
.pages li { margin: 0; }
.pages a { display: block; padding: 0.6rem 0 0.45rem; border-bottom: 3px solid transparent; text-decoration: none; }
.pages a:hover { text-decoration: underline; text-underline-offset: 0.2em; }
.pages [aria-current='page'] { border-bottom-color: var(--brand); color: var(--ink); font-weight: 650; }
main {
  max-width: 38rem; margin: 2.5rem auto; padding: 2rem; background: var(--card);
  border: 1px solid var(--line); border-radius: 0.75rem;
}
main.wide { max-width: 52rem; }
.bank { margin: 0; color: var(--brand); font-weight: 650; }
h1 { margin: 0.25rem 0 1rem; font-size: 1.65rem; line-height: 1.25; text-wrap: balance; }
h2 { margin: 1.75rem 0 0.5rem; font-size: 1.05rem; }
p { margin: 0 0 0.75rem; }
a { color: var(--brand); }
ul { margin: 0 0 0.75rem; padding-left: 1.25rem; }
li { margin: 0.3rem 0; overflow-wrap: anywhere; }
li::marker { color: var(--brand); }
.name { font-weight: 650; overflow-wrap: anywhere; }
.quiet { color: var(--quiet); }
dl { display: grid; grid-template-columns: auto 1fr; gap: 0.35rem 1.25rem; margin: 1.75rem 0 0; }
dt { color: var(--quiet); }
dd { margin: 0; overflow-wrap: anywhere; }
.amount { margin: 0.5rem 0 0; font-size: 2.75rem; font-weight: 700; line-height: 1.2; overflow-wrap: anywhere; }
.payment { margin: 0.75rem 0 1.25rem; }
.warning {
  padding: 0.75rem 1rem; border-left: 4px solid var(--on-notice); border-radius: 0.25rem;
  background: var(--notice); color: var(--on-notice);
}
fieldset { flex: 1 1 100%; min-width: 0; margin: 0 0 0.5rem; padding: 0; border: 0; }
legend { margin-bottom: 0.5rem; padding: 0; font-size: 1.05rem; font-weight: 650; }
.account {
  display: grid; grid-template-columns: auto 1fr auto; gap: 0 0.75rem; align-items: center; min-height: 3rem;
  margin-top: 0.5rem; padding: 0.6rem 0.9rem; border: 1px solid var(--line); border-radius: 0.5rem; cursor: pointer;
}
.account:has(:checked) { border-color: var(--brand); box-shadow: inset 0 0 0 1px var(--brand); }
.account input { grid-row: span 2; width: 1.15rem; height: 1.15rem; margin: 0; accent-color: var(--brand); }
.number { grid-column: 2; color: var(--quiet); font-variant-numeric: tabular-nums; }
.available { grid-column: 3; grid-row: 1; text-align: right; font-variant-numeric: tabular-nums; }
.short { grid-column: 3; grid-row: 2; color: var(--on-notice); text-align: right; }
.people { margin: 1rem 0 1.25rem; padding: 0.6rem 0.9rem; border: 1px solid var(--line); border-radius: 0.5rem; }
.people summary { min-height: 1.55rem; cursor: pointer; }
.people ul { margin: 0.75rem 0 0.25rem; padding: 0; list-style: none; }
.people li { display: grid; grid-template-columns: 7.5rem 1fr; gap: 0 0.75rem; margin: 0.5rem 0; }
.people a { white-space: nowrap; }
.people [aria-current] { color: var(--ink); font-weight: 650; text-decoration: none; }
.quarters { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; padding: 0; list-style: none; }
.quarters [aria-current='page'] { color: var(--ink); font-weight: 650; text-decoration: none; }
table { width: 100%; margin: 1.75rem 0 0.75rem; border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { margin-bottom: 0.5rem; font-size: 1.05rem; font-weight: 650; text-align: left; }
th, td { padding: 0.35rem 0.5rem; border-bottom: 1px solid var(--line); text-align: right; font-weight: 400; }
th:first-child { padding-left: 0; text-align: left; }
thead th { color: var(--quiet); }
thead th + th { width: 20%; }
.box { display: flex; gap: 0.75rem; align-items: center; min-height: 2.75rem; padding: 0.35rem 0; cursor: pointer; }
.box input { flex: none; width: 1.25rem; height: 1.25rem; margin: 0; accent-color: var(--brand); }
form > p { flex: 1 1 100%; }
form { display: flex; flex-wrap: wrap; gap: 0.75rem; margin: 2rem 0 0.75rem; }
button {
  flex: 1 1 12rem; min-height: 3rem; padding: 0.6rem 1.25rem; border: 2px solid var(--brand); border-radius: 0.5rem;
  background: transparent; color: var(--brand); font: inherit; font-weight: 650; cursor: pointer;
}
button.primary { background: var(--brand); color: var(--on-brand); }
button:hover { text-decoration: underline; text-underline-offset: 0.2em; }
:focus-visible { outline: 3px solid var(--brand); outline-offset: 3px; }
.calls { row-gap: 0.6rem; margin-top: 1rem; }
.calls dt { color: var(--ink); }
.calls dd { color: var(--quiet); }
code { font: 0.9em/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
h3 { margin: 1.25rem 0 0.35rem; font-size: 1rem; }
h2 + dl, h3 + dl, .card dl, .secret dl { margin-top: 0.5rem; }
.crumbs ol { display: flex; flex-wrap: wrap; gap: 0 0.5rem; margin: 0 0 0.75rem; padding: 0; list-style: none; }
.crumbs li + li::before { margin-right: 0.5rem; color: var(--quiet); content: '/'; }
.fields { display: block; margin: 0.75rem 0; }
.field { margin: 0 0 1.25rem; }
.field label, .fields legend { display: block; margin: 0.75rem 0 0.25rem; font-size: 1rem; font-weight: 650; }
.field > label:first-child, .fields legend { margin-top: 0; }
.field .box { display: flex; margin: 0; font-weight: 400; }
.field input:not([type='checkbox'], [type='radio']), .field textarea, .field select {
  width: 100%; min-height: 2.75rem; padding: 0.5rem 0.75rem; border: 1px solid var(--edge); border-radius: 0.5rem;
  background: var(--ground); color: var(--ink); font: inherit;
}
.field textarea { font: 0.85rem/1.45 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; resize: vertical; }
.field [type='number'] { max-width: 8rem; }
.field [aria-invalid='true'] { border: 2px solid var(--bad); }
.hint { margin: 0 0 0.35rem; color: var(--quiet); }
.wrong { margin: 0 0 0.35rem; color: var(--bad); font-weight: 650; }
.warning ul, .warning p:last-child { margin-bottom: 0; }
.warning { margin: 0 0 1rem; }
.warning a { color: inherit; }
.fields > button { width: 100%; max-width: 20rem; }
.press { margin: 0.75rem 0; }
dl + p, dl + .press { margin-top: 1rem; }
.press button { flex: 0 1 auto; }
.button {
  display: inline-block; min-height: 3rem; padding: 0.6rem 1.25rem; border: 2px solid var(--brand);
  border-radius: 0.5rem; font-weight: 650; text-decoration: none;
}
.button.primary { background: var(--brand); color: var(--on-brand); }
.button:hover { text-decoration: underline; text-underline-offset: 0.2em; }
.rows { padding: 0; list-style: none; }
.rows li { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: 0.6rem 0; border-bottom: 1px solid var(--line); }
.rows a { font-weight: 650; }
.card { margin: 0.75rem 0; padding: 0.9rem 1.1rem; border: 1px solid var(--line); border-radius: 0.5rem; }
.secret { padding: 0.9rem 1.1rem; border: 2px solid var(--brand); border-radius: 0.5rem; }
.secret p { margin: 1rem 0 0; }
.secret + p { margin-top: 1.25rem; }
pre {
  margin: 0 0 1rem; padding: 0.75rem 1rem; border: 1px solid var(--line); border-radius: 0.5rem;
  background: var(--ground); white-space: pre-wrap; overflow-wrap: anywhere;
  font: 0.88rem/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace;
}
.checks, .journal { padding: 0; list-style: none; }
.checks li, .journal li { margin: 0; padding: 0.6rem 0 0.6rem 0.9rem; border-left: 4px solid var(--line); }
.checks li + li, .journal li + li { margin-top: 0.5rem; }
.checks p, .journal p { margin: 0.15rem 0 0; }
:is(.checks, .journal) .verdict { margin-left: 0.5rem; color: var(--quiet); white-space: nowrap; }
li.holds { border-left-color: var(--good); }
li.holds .verdict { color: var(--good); }
li.wanting { border-left-color: var(--bad); }
li.wanting .verdict { color: var(--bad); font-weight: 650; }
.done { padding: 0.75rem 1rem; border-left: 4px solid var(--good); background: var(--ground); }
.words th, .words td { text-align: left; vertical-align: top; }
.words thead th + th { width: auto; }
.result { margin: 1.5rem 0; padding-bottom: 1.5rem; border-bottom: 1px solid var(--line); }
.result > .verdict {
  margin: 0 0 1rem; padding: 0.75rem 1rem; border-left: 4px solid var(--brand); background: var(--ground);
}
.result > .verdict.warning { border-left-color: var(--on-notice); background: var(--notice); color: var(--on-notice); }
.findings { margin: 0; padding-left: 1.5rem; }
.findings > li { margin-bottom: 1rem; }
.findings dl { margin: 0.25rem 0 0; }
@media (max-width: 30rem) {
  main { margin: 0; padding: 1.5rem 1.25rem 2rem; border: 0; border-radius: 0; }
  .pages ul { padding: 0 1.25rem; }
  .fields > button { max-width: none; }
  form { flex-direction: column; }
  button { flex: none; }
  .account { grid-template-columns: auto 1fr; }
  .account input { grid-row: span 3; }
  .account .available, .account .short { grid-column: 2; grid-row: auto; text-align: left; }
  .people li { display: block; }
  .people li .quiet { display: block; }
  dl:not(.payment) { display: block; }
  dl:not(.payment) dd { margin-bottom: 0.6rem; }
}
`;
