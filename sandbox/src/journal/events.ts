import { type Entry, type Journal, MOST_AT_ONCE, type Query } from './journal.ts';
import { matches, verdictOf } from './query.ts';

const HEARTBEAT_MILLISECONDS = 15_000;
/** How much may wait for a reader. One that falls further behind is left, and comes again with its last id. */
const MOST_WAITING = 500;

/** The calls that a query asks for as server-sent events: those after its `after`, then each as it comes. */
export function eventStream(journal: Journal, query: Query, signal: AbortSignal): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let leave = (): void => undefined;
  return new ReadableStream<Uint8Array>(
    {
      start: (stream) => {
        const send = (text: string): void => stream.enqueue(encoder.encode(text));
        const end = (): void => {
          leave();
          // Null is one that has failed: the reader went away.
          if (stream.desiredSize !== null) stream.close();
        };
        const sendIfRead = (text: string): void => ((stream.desiredSize ?? 0) > 0 ? send(text) : end());
        const beat = setInterval(() => sendIfRead(':\n\n'), HEARTBEAT_MILLISECONDS);
        const unheard = journal.listen((entry) => {
          if (matches(entry, query)) sendIfRead(eventOf(entry));
        });
        leave = () => {
          clearInterval(beat);
          unheard();
          signal.removeEventListener('abort', end);
        };
        signal.addEventListener('abort', end);
        send('retry: 1000\n\n');
        const late = missed(journal, query);
        for (const entry of late) send(eventOf(entry));
        // There are more: they come when the reader comes again.
        if (late.length === MOST_AT_ONCE) end();
      },
      cancel: () => leave(),
    },
    { highWaterMark: MOST_WAITING },
  );
}

/** What has come since the last one that the reader knows, oldest first; nothing for a reader that is new. */
function missed(journal: Journal, { after, ...query }: Query): Entry[] {
  return after === undefined ? [] : journal.query({ ...query, after, limit: MOST_AT_ONCE, fromOldest: true });
}

function eventOf(entry: Entry): string {
  return `id: ${entry.id}\nevent: call\ndata: ${JSON.stringify({ ...entry, verdict: verdictOf(entry) })}\n\n`;
}
