/**
 * Makes a fresh isolate for each question, `/?name=…`: its code and wasm come as data, marked so that neither workerd
 * nor V8 finds them compiled already. The isolate signs once.
 */

interface Isolates {
  get(id: string, code: () => Promise<object>): { getEntrypoint(): { fetch(request: Request): Promise<Response> } };
}

type Environment = { LOADER: Isolates; [file: string]: unknown };

let made = 0;

export default {
  async fetch(request: Request, environment: Environment): Promise<Response> {
    const { searchParams } = new URL(request.url);
    const files = searchParams.getAll('file');
    const [main] = files;
    if (main === undefined) return new Response('');
    const mark = `${(made += 1)}`;
    const module = (file: string): object => marked(file, environment[file] as ArrayBuffer, mark);
    const modules = Object.fromEntries(files.map((file) => [file, module(file)]));
    const worker = environment.LOADER.get(mark, async () => ({
      compatibilityDate: searchParams.get('date'),
      mainModule: main,
      modules,
    }));
    return worker.getEntrypoint().fetch(new Request('http://isolate/'));
  },
};

function marked(file: string, bytes: ArrayBuffer, mark: string): object {
  if (!file.endsWith('.wasm')) return { js: `${new TextDecoder().decode(bytes)}\n// ${mark}` };
  // A custom section: its id, the size of what follows, the size of its name, the name.
  const name = new TextEncoder().encode(mark);
  const wasm = new Uint8Array(bytes.byteLength + 3 + name.length);
  wasm.set(new Uint8Array(bytes));
  wasm.set([0, name.length + 1, name.length, ...name], bytes.byteLength);
  return { wasm: wasm.buffer };
}
