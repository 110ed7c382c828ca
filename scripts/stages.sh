# shellcheck shell=bash
# What check.sh and test.sh share, for a script that has read lib.sh and setup.sh: stages that count their tests, a last
# line with the sum, and the stages of `make check`. The first stage that fails ends the run.

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
  leave
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
  stage "lint: $1 wasm" cargo clippy --locked --lib --target wasm32-unknown-unknown "${@:2}" -- -D warnings
}

lint() {
  local crate
  stage 'format' cargo fmt --all --check
  stage 'lint: native' cargo clippy --locked --workspace --all-targets -- -D warnings
  for crate in browser views edge machine statistics doctor simulator; do
    lint_wasm "$crate" -p "tell-connect-$crate"
  done
}

# Without LIVES the simulation would run until stopped.
native_tests() {
  stage 'tests: native' env LIVES=2000 SEED=1 cargo test --locked --workspace
  stage 'tests: orders' env ORDERS=1 LIVES=300 SEED=1 cargo test --locked -p tell-connect-simulation
  stage 'tests: sweeps' env SWEEPS=1 LIVES=60 SEED=1 cargo test --locked -p tell-connect-simulation
}

# The page is checked against the package as its source now stands, whether or not it has been built.
types_of_package() {
  if fresh pkg/dist/index.d.ts pkg/src pkg/generated pkg/package.json pkg/tsconfig.json; then
    tsc -p pkg --noEmit
  else
    tsc -p pkg --emitDeclarationOnly
  fi
}

types() {
  local folder
  stage 'types: pkg' types_of_package
  for folder in worker sandbox www docs tests tests/worker/host examples/shop examples/sync examples/edge-payment \
    examples/worker examples/backend; do
    [[ ! -f $folder/tsconfig.json ]] || stage "types: $folder" tsc -p "$folder" --noEmit
  done
}

rules() {
  step 'each rule has a test' node tests/rules.mjs
}
