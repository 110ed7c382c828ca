// Where the developer's panel stood (src/panel.ts), before anything is painted: a module comes too late for that.
try {
  document.documentElement.dataset.panel = localStorage.getItem('tell-panel') ?? 'none';
} catch {
  // Nothing may be stored, and so nothing was.
}
