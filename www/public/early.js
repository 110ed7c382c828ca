// Where the developer's panel stands (src/panel.ts), before anything is painted: a module comes too late for that.
try {
  const kept = localStorage.getItem('tell-panel') ?? 'none';
  const usual = matchMedia('(width >= 66rem)').matches ? 'open' : 'closed';
  document.documentElement.dataset.panel = kept === 'usual' ? usual : kept;
} catch {
  // Nothing may be stored, and so nothing was.
}
