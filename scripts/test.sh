#!/usr/bin/env bash
# All the checks, in stages. VERBOSE=1 shows what each prints.
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=scripts/setup.sh
. scripts/setup.sh
# shellcheck source=scripts/stages.sh
. scripts/stages.sh
# shellcheck source=scripts/fuzzers.sh
. scripts/fuzzers.sh

# Hundreds of processes run the same TypeScript and the same wrangler: what one has compiled the next one takes. For one run
# alone, since what stands in temporary folders would pile up.
export NODE_COMPILE_CACHE=$scratch/node

browser_suite() {
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=$root/.tools/bin/wasm-bindgen-test-runner \
    CHROMEDRIVER=$(command -v chromedriver) \
    cargo test --locked --target wasm32-unknown-unknown --test browser
}

# suites AT_A_TIME FOLDER…: the folders' test files as one stage, so many of them side by side.
suites() {
  local title=${*:2} folder files=()
  for folder in "${@:2}"; do files+=("$folder/**/*.test.ts"); done
  stage "$title" node --test --test-concurrency="$1" --test-reporter=spec "${files[@]}"
}

# From the same beginning each time, so that what it finds is found again.
fuzz_all() {
  local target
  for target in $(fuzz_targets); do
    fuzz "$target" "$scratch/found/$target" -seed=1 -runs=20000 -max_total_time=4
  done
}

# What the examples and the matrix are made with. It waits for a network, while the build needs the processor.
fetch_tools() {
  setup_examples
  setup_matrix
}

heading 'Set-up and build'
setup_build
(fetch_tools) >"$scratch/tools" 2>&1 &
beside=$!
scripts/build.sh
scripts/docs.sh
setup_checks
setup_browser

heading 'Rust'
lint
native_tests
stage 'tests: simulated lives' env LIVES=200000 SEED=1 cargo test --locked --release -p tell-connect-simulation
stage 'tests: simulated orders' env ORDERS=1 LIVES=100000 SEED=1 cargo test --locked --release -p tell-connect-simulation
stage 'tests: simulated sweeps' env SWEEPS=1 LIVES=6000 SEED=1 cargo test --locked --release -p tell-connect-simulation
stage 'tests: wasm in Chromium' browser_suite
if can_fuzz; then
  build_fuzzer
  stage 'fuzz: each target for a moment' fuzz_all
fi

heading 'TypeScript'
wait "$beside" && fetched=0 || fetched=$?
grep -v '^  …' "$scratch/tools" || true
((fetched == 0)) || exit "$fetched"
beside=''
types
suites 2 sandbox/test www/test
suites 2 tests/docs tests/package tests/peers
suites 3 tests/runtimes tests/hostile
# These start servers and a browser for each file. A third fills the moments in which two wait.
suites 3 tests/worker tests/journey tests/openapi
suites 1 tests/examples
# Two rows at a time, each with tools that take what they get.
suites 1 tests/matrix

heading 'Rules'
rules
cat "$step_log"
