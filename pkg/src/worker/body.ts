// A bank's answer, in memory once (ACC-7): its bytes are checked as they come, and passed on as they came (ACC-4).
import { LIMITS } from '../generated/core.js';
import type { JsonCheck } from '../machine/json-check.js';
import { type Lease, Room } from './room.js';

/** What all objects of one isolate hold of answers, in bytes: a fourth of what an isolate may have. */
const room = new Room(32 * 1024 * 1024);
/** The most that is read at a time, and all that is told of an answer that is not passed on. */
const BLOCK = LIMITS.told;
/** The longest that a caller may take over an answer. In milliseconds. */
const TAKEN_MS = 3 * 60_000;

type Bytes = Uint8Array<ArrayBuffer>;

/** What a caller gets of an answer: nothing, its bytes, or a stream that lets go of what was read from it. */
export type Content = null | Bytes | ReadableStream<Uint8Array>;

/** An answer that is passed on. It holds room until it was taken or dropped. */
export class Body {
  readonly isWhole: boolean;
  readonly #lease: Lease;
  #blocks: Bytes[];

  private constructor(blocks: Bytes[], isWhole: boolean, lease: Lease) {
    this.#blocks = blocks;
    this.isWhole = isWhole;
    this.#lease = lease;
  }

  /** Reads an answer's body, once there is room; `undefined` when it is too large. */
  static async read({ body }: Response, check: JsonCheck, signal: AbortSignal): Promise<Body | undefined> {
    const lease = await room.take(LIMITS.answer, signal);
    let read: Body | undefined;
    try {
      const blocks: Bytes[] = [];
      let size = 0;
      for await (const block of blocksOf(body)) {
        size += block.byteLength;
        if (size > LIMITS.answer) return undefined;
        check.take(block);
        blocks.push(block);
      }
      read = new Body(blocks, check.isWhole, lease);
      return read;
    } finally {
      lease.keep(read?.size ?? 0);
    }
  }

  /** Its bytes, in order. */
  get blocks(): readonly Bytes[] {
    return this.#blocks;
  }

  get size(): number {
    return this.#blocks.reduce((size, block) => size + block.byteLength, 0);
  }

  /** The text of its beginning, for whoever develops. */
  beginning(): string {
    return new TextDecoder('utf-8', { fatal: false, ignoreBOM: true }).decode(this.#blocks[0], { stream: true });
  }

  /** Hands it to a caller. What is not taken in time is dropped. */
  take(): Content {
    const [first = null, second] = this.#blocks;
    if (second === undefined) {
      this.drop();
      return first;
    }
    const late = setTimeout(() => this.drop(), TAKEN_MS);
    const end = (): void => {
      clearTimeout(late);
      this.drop();
    };
    return new ReadableStream({
      type: 'bytes',
      pull: (controller) => {
        const block = this.#blocks.shift();
        if (block === undefined) return controller.error(new Error('The answer was not taken in time.'));
        controller.enqueue(block);
        this.#lease.keep(this.size);
        if (this.#blocks.length > 0) return;
        end();
        controller.close();
      },
      cancel: end,
    });
  }

  /** Lets go of what nobody took. */
  drop(): void {
    this.#blocks = [];
    this.#lease.keep(0);
  }
}

/** The text of an answer that is read here and not passed on; `undefined` where it is no UTF-8. */
export function wholeText(body: Body): string | undefined {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  try {
    const texts = body.blocks.map((block) => decoder.decode(block, { stream: true }));
    return texts.join('') + decoder.decode();
  } catch {
    return undefined;
  } finally {
    body.drop();
  }
}

/** A body as text, of a refusal its beginning; `undefined` when it is too large or no UTF-8. */
export async function readText({ body, ok }: Response): Promise<string | undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let told: Bytes | undefined;
  let isMore = false;
  for await (const block of blocksOf(body)) {
    isMore = told !== undefined;
    if (isMore) break;
    told = block;
  }
  if (isMore && ok) return undefined;
  try {
    return decoder.decode(told, { stream: isMore });
  } catch {
    return undefined;
  }
}

/** A body in blocks of one size, so that no tiny chunk costs a buffer of its own. */
async function* blocksOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Bytes> {
  if (body === null) return;
  const reader = body.getReader({ mode: 'byob' });
  try {
    for (let [block, used, isOver] = [new Uint8Array(BLOCK), 0, false]; !isOver;) {
      const { value, done } = await reader.read(block.subarray(used));
      if (value !== undefined) [block, used] = [new Uint8Array(value.buffer as ArrayBuffer), used + value.byteLength];
      isOver = done;
      if (used < BLOCK && !isOver) continue;
      if (used > 0) yield used < BLOCK ? block.slice(0, used) : block;
      [block, used] = [new Uint8Array(BLOCK), 0];
    }
  } finally {
    // What is not wanted need not come; a broken connection was told already.
    reader.cancel().catch(() => undefined);
  }
}
