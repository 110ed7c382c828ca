#!/usr/bin/env bash
# All the checks, in stages; the first one that fails ends the run. VERBOSE=1 shows what each prints.
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=scripts/setup.sh
. scripts/setup.sh

began=$EPOCHREALTIME
passed=0
failed=0

# sum LOG PATTERN: adds up the numbers that follow or precede a runner's word for a result.
sum() {
  grep -aoE "$2" "$1" | grep -oE '[0-9]+' | awk '{ total += $1 } END { print total + 0 }'
}

passed_in() {
  sum "$1" '^test result: .* [0-9]+ passed|^(ℹ|#) pass [0-9]+'
}

failed_in() {
  sum "$1" '[0-9]+ failed;|^(ℹ|#) (fail|cancelled) [0-9]+'
}

remark() {
  local passes failures
  passes=$(passed_in "$step_log")
  failures=$(failed_in "$step_log")
  ((passes + failures == 0)) || printf '  %5d passed' "$passes"
  ((failures == 0)) || printf ', %d failed' "$failures"
}

count() {
  ((passed += $(passed_in "$1"), failed += $(failed_in "$1"), 1))
}

# However the run ends, its last line is the sum; a stage that failed without counting tests is one failure.
finish() {
  local status=$?
  if ((status != 0)); then
    [[ -z ${step_log:-} ]] || count "$step_log"
    ((failed > 0)) || failed=1
  fi
  rm -rf "$scratch"
  printf '\n%s in all\n%d passed, %d failed\n' "$(elapsed "$began")" "$passed" "$failed"
  exit "$status"
}
trap finish EXIT

heading() {
  printf '\n%s\n' "$1"
}

stage() {
  step "$@"
  count "$step_log"
  step_log=''
}

lint_wasm() {
  cargo clippy --locked --lib --target wasm32-unknown-unknown "$@" -- -D warnings
}

browser_suite() {
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=$root/.tools/bin/wasm-bindgen-test-runner \
    CHROMEDRIVER=$(command -v chromedriver) \
    cargo test --locked --target wasm32-unknown-unknown --test browser
}

types() {
  [[ ! -f $1/tsconfig.json ]] || stage "types: $1" tsc -p "$1" --noEmit
}

# suite FOLDER: its test files one after another, for many of them start servers.
suite() {
  stage "$1" node --test --test-concurrency=1 --test-reporter=spec "$1/**/*.test.ts"
}

heading 'Set-up and build'
scripts/build.sh
setup_checks
setup_browser

heading 'Rust'
stage 'format' cargo fmt --all --check
stage 'lint: native' cargo clippy --locked --all-targets -- -D warnings
stage 'lint: browser wasm' lint_wasm --no-default-features
stage 'lint: edge wasm' lint_wasm --no-default-features --features sign
stage 'lint: machine wasm' lint_wasm --no-default-features --features machine
# Without LIVES the simulation would run until stopped.
stage 'tests: native' env LIVES=2000 SEED=1 cargo test --locked
if [[ -d tests/simulation ]]; then
  stage 'tests: simulated lives' env LIVES=500000 SEED=1 cargo test --locked --release --test simulation
fi
stage 'tests: wasm in Chromium' browser_suite

heading 'TypeScript'
for folder in worker sandbox www tests; do # pkg was checked as it was built
  types "$folder"
done
for folder in sandbox/test www/test tests/docs tests/package tests/runtimes tests/worker tests/journey; do
  [[ ! -d $folder ]] || suite "$folder"
done

if [[ -f tests/rules.mjs ]]; then
  heading 'Rules'
  step 'each rule has a test' node tests/rules.mjs
  cat "$step_log"
fi
