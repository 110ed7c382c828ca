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
  /^std(\[\w+\])?::(panicking|alloc::rust_oom|thread::local::panic_access_error)/,
  /^__rustc(\[\w+\])?::(rust_begin_unwind|rust_panic|__rust_start_panic|__rdl_alloc_error_handler)/,
];

binaryen.setDebugInfo(true);
/** What is never told, so that it need not be written: `Debug`, and what serde says of a value it refuses (ERR-2). */
const UNTOLD = [
  /^<f64 as core(\[\w+\])?::fmt::Display>::fmt/,
  /^<.* as core(\[\w+\])?::fmt::Debug>::fmt/,
  /^<serde_json::error::JsonUnexpected as core(\[\w+\])?::fmt::Display>::fmt/,
  /^<serde_core::de::(Unexpected|OneOf|WithDecimalPoint) as core(\[\w+\])?::fmt::(Display|Debug)>::fmt/,
  /^<(serde_json::error|serde_wasm_bindgen::error)::\w+ as core(\[\w+\])?::fmt::(Display|Debug)>::fmt/,
];

const [input, output] = process.argv.slice(2);
const module = binaryen.readBinary(readFileSync(input));
let snipped = 0;
for (let at = 0; at < module.getNumFunctions(); at += 1) {
  const found = module.getFunctionByIndex(at);
  const { name, module: imported } = binaryen.getFunctionInfo(found);
  if (imported) continue;
  const isAny = (patterns) => patterns.some((pattern) => pattern.test(name));
  if (isAny(PANICS)) binaryen.Function.setBody(found, module.unreachable());
  // Ok(()) of fmt::Result.
  else if (isAny(UNTOLD)) binaryen.Function.setBody(found, module.i32.const(0));
  else continue;
  snipped += 1;
}
// None would mean that names are missing or others: the build would be right, and a third larger than it seems.
if (snipped === 0) throw new Error('no panic was found');
if (!module.validate()) throw new Error('the module is no longer valid');
writeFileSync(output, module.emitBinary());
console.log(`${snipped} functions`);
