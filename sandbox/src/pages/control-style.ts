/** The style of the control room and the viewer, behind that of all pages. */
export const CONTROL_STYLE = `
.told {
  margin-top: 0.75rem; padding: 0.6rem 1rem; border-left: 4px solid var(--brand); border-radius: 0.25rem;
  background: var(--ground);
}
.buttons { margin: 0.75rem 0; gap: 0.6rem; }
.buttons button, .item button, .members button { flex: 0 1 auto; min-height: 2.75rem; padding: 0.4rem 1rem; }
.items { margin: 0.5rem 0 0.75rem; padding: 0; list-style: none; }
.item {
  display: flex; flex-wrap: wrap; gap: 0.35rem 1rem; align-items: center; justify-content: space-between; margin: 0;
  padding: 0.55rem 0; border-bottom: 1px solid var(--line);
}
.item > div { flex: 1 1 10rem; min-width: 0; }
.item form { margin: 0; }
.item p { margin: 0; }
.members { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(13rem, 100%), 1fr)); margin: 0.75rem 0; }
.members label { display: block; min-width: 0; color: var(--quiet); font-size: 0.9rem; }
.members input, .members select {
  display: block; width: 100%; min-height: 2.75rem; margin-top: 0.2rem; padding: 0.35rem 0.6rem; font: inherit;
  font-size: 1rem; color: var(--ink); background: var(--card); border: 1px solid var(--quiet); border-radius: 0.4rem;
}
.members button { align-self: end; }
.log { margin: 0.75rem 0; padding: 0; list-style: none; font-variant-numeric: tabular-nums; }
.log li {
  display: grid; grid-template-columns: 4.5rem 1fr auto; gap: 0 0.75rem; margin: 0; padding: 0.5rem 0.25rem;
  border-bottom: 1px solid var(--line);
}
.log .words { grid-column: 2 / -1; color: var(--quiet); font-size: 0.92rem; }
.log .status { font-weight: 650; }
.log .bad .status { color: var(--on-notice); }
.log .bad { background: var(--notice); }
.log .bad .words, .log .bad a, .log .bad time { color: var(--on-notice); }
.facts { margin-top: 1rem; }
h1 { overflow-wrap: anywhere; }
@media (max-width: 30rem) {
  .buttons { flex-direction: row; }
  .log li { grid-template-columns: 1fr auto; }
  .log time { grid-column: 1 / -1; color: var(--quiet); font-size: 0.9rem; }
  .log .words { grid-column: 1 / -1; }
  .facts { display: block; }
  .facts dd { margin-bottom: 0.6rem; }
}
`;
