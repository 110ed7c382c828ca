const CHANNEL = 'tell-connect';

/** The page's other tabs in this browser: `changed` tells them to look again, `onChanged` is told by them. */
export function mountTabs(onChanged: () => void): { changed(): void } {
  if (typeof BroadcastChannel === 'undefined') return { changed() {} };
  const channel = new BroadcastChannel(CHANNEL);
  channel.addEventListener('message', onChanged);
  return { changed: () => channel.postMessage('changed') };
}
