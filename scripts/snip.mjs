// Makes every panic a bare trap: `snip.mjs IN OUT`. Lints leave hardly a panic in the core, and none has a message that
// anybody could read; the code that would write one is a third of the wasm. What only panics reach goes with them, as
// wasm-opt removes what nothing calls.
import { readFileSync, writeFileSync } from 'node:fs';
import binaryen from 'binaryen';

/** Functions that never return, by their names in Rust. */
const PANICS = [
  /^core(\[\w+\])?::panicking::/,
  /^core(\[\w+\])?::(result::unwrap_failed|option::(unwrap|expect)_failed|cell::panic_already_\w+)/,
  /^core(\[\w+\])?::(slice::index::slice_\w*fail\w*|str::slice_error_fail\w*|slice::copy_from_slice_impl::len_mismatch_fail)/,
  /^alloc(\[\w+\])?::(raw_vec::(handle_error|capacity_overflow)|alloc::handle_alloc_error)/,
  /^<alloc(\[\w+\])?::vec::Vec<.*>>::(remove|swap_remove|insert|split_off)::assert_failed/,
  /^<?std(\[\w+\])?::(panicking|alloc::rust_oom|thread::local::panic_access_error)/,
  /^__rustc(\[\w+\])?::(rust_begin_unwind|rust_panic|__rust_start_panic|__rdl_alloc_error_handler)/,
];

binaryen.setDebugInfo(true);
/** What is never told, so that it need not be written: `Debug`, and what serde says of a value it refuses (ERR-2). */
const UNTOLD = [
  /^<f64 as core(\[\w+\])?::fmt::Display>::fmt/,
  /^<.* as core(\[\w+\])?::fmt::Debug>::fmt/,
  /^<core(\[\w+\])?::fmt::builders::PadAdapter as core(\[\w+\])?::fmt::Write>::write_(str|char|fmt)/,
  /^<.* as serde_core::de::Expected>::fmt/,
  /^<serde_json::error::JsonUnexpected as core(\[\w+\])?::fmt::Display>::fmt/,
  /^<serde_core::de::(Unexpected|OneOf|WithDecimalPoint) as core(\[\w+\])?::fmt::(Display|Debug)>::fmt/,
  /^<(serde_json::error|serde_wasm_bindgen::error)::\w+ as core(\[\w+\])?::fmt::(Display|Debug)>::fmt/,
];

/** Where in a text serde_json stopped is not told either: line 0, column 0. */
const POSITION = /^serde_json::read::SliceRead::position_of_index/;

/** Nor is a word told of what serde_json refuses: what would write one makes an error without any. */
const WORDS = /^<serde_json::error::Error as serde_core::(de|ser)::Error>::(custom|invalid_type|invalid_value)/;
const WORDLESS = /^serde_json::error::Error::syntax/;
/** Where such an error's kind is read from, as zeros: the far end of the stack, which nothing reaches. */
const ZEROS = 16;

const [input, output] = process.argv.slice(2);
const module = binaryen.readBinary(readFileSync(input));
const functions = Array.from({ length: module.getNumFunctions() }, (_, at) => module.getFunctionByIndex(at));
const wordless = functions.map((found) => binaryen.getFunctionInfo(found)).find(({ name }) => WORDLESS.test(name));

/** Its kind, all zeros, is a message of no letters, or one that has none; its line and column are 0. */
function wordlessError() {
  const { i32, i64 } = module;
  const zeros = [0, 8].map((offset) => i64.store(offset, 8, i32.const(ZEROS), i64.const(0n)));
  const error = module.call(wordless.name, [ZEROS, 0, 0].map(i32.const), binaryen.i32);
  return module.block(null, [...zeros, error], binaryen.i32);
}

let snipped = 0;
for (const found of functions) {
  const { name, module: imported } = binaryen.getFunctionInfo(found);
  if (imported) continue;
  const isAny = (patterns) => patterns.some((pattern) => pattern.test(name));
  if (isAny(PANICS)) binaryen.Function.setBody(found, module.unreachable());
  // Both numbers of the position, whose address is the first parameter.
  else if (POSITION.test(name)) {
    binaryen.Function.setBody(found, module.i64.store(0, 4, module.local.get(0, binaryen.i32), module.i64.const(0n)));
  }
  else if (wordless && WORDS.test(name)) binaryen.Function.setBody(found, wordlessError());
  // Ok(()) of fmt::Result.
  else if (isAny(UNTOLD)) binaryen.Function.setBody(found, module.i32.const(0));
  else continue;
  snipped += 1;
}
// None would mean that names are missing or others: the build would be right, and a third larger than it seems.
if (snipped === 0) throw new Error('no panic was found');
if (!module.validate()) throw new Error('the module is no longer valid');

/**
 * Blanks the places in the source that panics would name: a file's name and, for each panic of it, the name's address
 * and length with line and column. Whoever still read one would read of no file, line 0.
 */
function blankPlaces(bytes) {
  let blanked = 0;
  const segments = Array.from({ length: module.getNumDataSegments() }, (_, at) => {
    const { offset, data } = module.getDataSegmentInfo(module.getDataSegmentByIndex(at));
    return { offset, data: Buffer.from(data), begins: bytes.indexOf(Buffer.from(data)) };
  });
  for (const { offset, data, begins } of segments) {
    for (let at = -offset & 3; at + 16 <= data.length; at += 4) {
      const [address, length] = [data.readUInt32LE(at), data.readUInt32LE(at + 4)];
      const held = segments.find((one) => address >= one.offset && address + length <= one.offset + one.data.length);
      const name = held?.data.toString('latin1', address - held.offset, address - held.offset + length) ?? '';
      if (!/^[\w./+-]+\.rs$/.test(name)) continue;
      bytes.fill(0, begins + at, begins + at + 16);
      bytes.fill(0, held.begins + address - held.offset, held.begins + address - held.offset + length);
      blanked += 1;
    }
  }
  if (blanked === 0) throw new Error('no place was found');
  return blanked;
}

const snippedBytes = Buffer.from(module.emitBinary());
const blanked = blankPlaces(snippedBytes);
writeFileSync(output, snippedBytes);
console.log(`${snipped} functions, ${blanked} places`);
