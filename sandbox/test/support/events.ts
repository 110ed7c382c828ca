/** A reader of server-sent events over HTTP, as a browser is one. */

export interface Heard<T> {
  id: string;
  data: T;
}

export class Events {
  readonly #reader: ReadableStreamDefaultReader<string>;
  readonly #abort: AbortController;
  #text = '';

  private constructor(answer: Response, abort: AbortController) {
    this.#reader = (answer.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream()).getReader();
    this.#abort = abort;
  }

  /** Once it is open, no call is missed. */
  static async open(url: string, lastEventId?: string): Promise<Events> {
    const abort = new AbortController();
    const headers = lastEventId === undefined ? {} : { 'last-event-id': lastEventId };
    const answer = await fetch(url, { headers, signal: abort.signal });
    if (!/^text\/event-stream/.test(answer.headers.get('content-type') ?? '')) throw new Error(await answer.text());
    const events = new Events(answer, abort);
    while (!events.#text.includes('\n\n')) await events.#read();
    return events;
  }

  /** The next so many calls. */
  async next<T>(count: number): Promise<Heard<T>[]> {
    const heard: Heard<T>[] = [];
    while (heard.length < count) {
      const end = this.#text.indexOf('\n\n');
      if (end === -1) {
        if (!(await this.#read())) throw new Error(`the stream has ended after ${heard.length} of ${count}`);
        continue;
      }
      const block = this.#text.slice(0, end);
      this.#text = this.#text.slice(end + 2);
      const [, id] = /^id: (.*)$/m.exec(block) ?? [];
      const [, data] = /^data: (.*)$/m.exec(block) ?? [];
      if (id !== undefined && data !== undefined) heard.push({ id, data: JSON.parse(data) as T });
    }
    return heard;
  }

  async close(): Promise<void> {
    this.#abort.abort();
    await this.#reader.cancel().catch(() => undefined);
  }

  async #read(): Promise<boolean> {
    const { value, done } = await this.#reader.read();
    this.#text += value ?? '';
    return !done;
  }
}
