// The scratch space that signing shares with the wasm: a call's path and payload go in, its token comes out, with one
// crossing between. Measured: the glue's own way, a malloc and a loop over characters for each text, costs half as much
// again as the signature itself.
import { scratch } from '../../generated/edge/tell_connect_bg.js';
import { edge } from './instance.js';

/** As much of Node's Buffer as is used: it reads and writes texts faster than anything else, where there is one. */
interface NodeBuffer extends Uint8Array {
  write(text: string, at: number, length: number, encoding: 'utf8'): number;
  toString(encoding?: 'latin1', from?: number, to?: number): string;
}

const NodeBuffer = (globalThis as { Buffer?: { from(bytes: ArrayBuffer, at: number, length: number): NodeBuffer } }).Buffer;

interface Space {
  path: Uint8Array;
  /** The path that stands there. */
  written: string;
  payload: Uint8Array;
  token: Uint8Array;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
let space: Space | undefined;
let known: undefined | { instance: number; layout: Record<'path' | 'pathRoom' | 'payload' | 'payloadRoom' | 'token' | 'tokenRoom', number> };

/** The views of the space; others once the memory has grown, or another instance is at hand. */
function views(): Space {
  if (space !== undefined && space.path.byteLength > 0) return space;
  if (known?.instance !== edge.number) {
    const told = scratch();
    const { path, pathRoom, payload, payloadRoom, token, tokenRoom } = told;
    known = { instance: edge.number, layout: { path, pathRoom, payload, payloadRoom, token, tokenRoom } };
    told.free();
  }
  const { layout } = known as NonNullable<typeof known>;
  const view = (at: number, length: number): Uint8Array =>
    (NodeBuffer === undefined ? new Uint8Array(edge.bytes, at, length) : NodeBuffer.from(edge.bytes, at, length));
  space = {
    path: view(layout.path, layout.pathRoom),
    written: '',
    payload: view(layout.payload, layout.payloadRoom),
    token: view(layout.token, layout.tokenRoom),
  };
  return space;
}

/** Writes a call; the payload's length in bytes, or -1 where the call does not fit or its path is not ASCII. */
export function writeCall(path: string, payload: string): number {
  const space = views();
  // A character is three bytes at most.
  if (payload.length * 3 > space.payload.length) return -1;
  if (path !== space.written && !writePath(path, space)) return -1;
  return NodeBuffer === undefined
    ? encoder.encodeInto(payload, space.payload).written
    : (space.payload as NodeBuffer).write(payload, 0, space.payload.length, 'utf8');
}

function writePath(path: string, space: Space): boolean {
  if (path.length > space.path.length) return false;
  space.written = '';
  for (let at = 0; at < path.length; at += 1) {
    const code = path.charCodeAt(at);
    if (code > 0x7f) return false;
    space.path[at] = code;
  }
  space.written = path;
  return true;
}

/** The token, which is ASCII. */
export function readToken(length: number): string {
  const { token } = views();
  return NodeBuffer === undefined
    ? decoder.decode(token.subarray(0, length))
    : (token as NodeBuffer).toString('latin1', 0, length);
}
