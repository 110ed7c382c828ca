/** Loaded into the command before it starts: tells what it holds to whoever asks, after everything unused has gone. */

process.on('message', () => {
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  process.send?.({ rss, heapUsed });
});
process.channel?.unref();
