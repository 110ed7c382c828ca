#!/usr/bin/env bash
# Looks by coverage for inputs that break a rule of fuzz/src: each target, or TARGET, for SECONDS. INPUT looks at one
# file. KEEP=1 takes what reaches further into fuzz/corpus/.
seconds=${SECONDS_EACH:-60}
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=scripts/setup.sh
. scripts/setup.sh
# shellcheck source=scripts/fuzzers.sh
. scripts/fuzzers.sh

remark() {
  awk '/number_of_executed_units/ { printf "  %d inputs", $2 }' "$step_log"
}

# Of what was found, the sixteen inputs that reach most, in place of those kept so before. Files with a name stay.
keep() {
  local kept=$scratch/kept file
  rm -rf "$kept" && mkdir "$kept"
  driven "$1" -set_cover_merge=1 -use_counters=0 -max_len=1024 -verbosity=0 \
    "$kept" "fuzz/corpus/$1" "target/fuzz/found/$1"
  find "fuzz/corpus/$1" -regextype posix-extended -regex '.*/[0-9a-f]{40}' -delete
  # They were written in the order in which they were chosen, the one that reaches most first.
  find "$kept" -type f -printf '%T@ %p\n' | sort -n | head -n 16 | while read -r _ file; do
    cp "$file" "fuzz/corpus/$1/"
  done
}

setup_rust
can_fuzz || fail 'The fuzzer is built on Linux (x86_64) alone. Elsewhere: cargo test -p tell-connect-fuzz'
mapfile -t targets < <(fuzz_targets)
[[ -z ${TARGET:-} || -d fuzz/corpus/$TARGET ]] || fail "TARGET has to be one of: ${targets[*]}"
build_fuzzer
if [[ -n ${INPUT:-} ]]; then
  [[ -n ${TARGET:-} ]] || fail 'INPUT needs its TARGET.'
  FUZZ_TRACE=1 driven "$TARGET" "$INPUT"
  exit
fi
for target in ${TARGET:-"${targets[@]}"}; do
  step "fuzz: $target" fuzz "$target" "target/fuzz/found/$target" "-max_total_time=$seconds"
  [[ -z ${KEEP:-} ]] || step "keep: $target" keep "$target"
done
