# shellcheck shell=bash
# Builds and runs the fuzzer, for a script that has read lib.sh and setup.sh. What it makes is under target/fuzz/.

fuzzer=target/fuzz/x86_64-unknown-linux-gnu/fuzz/tell-connect-fuzz

# Coverage as cargo-fuzz asks for it, by options that the stable compiler passes on to LLVM.
coverage=(
  -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 -Cllvm-args=-sanitizer-coverage-inline-8bit-counters
  -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares --cfg fuzzing
)

# Fails where it is not tried: elsewhere the kept inputs are tested all the same, natively.
can_fuzz() {
  [[ $(rustc -vV) == *'host: x86_64-unknown-linux-gnu'* ]]
}

# The target is named so that the flags are for what is fuzzed alone, not for macros and build scripts.
build_fuzzer() {
  have c++ || apt_install 'A C++ compiler (c++) is' g++
  step 'fuzzer: compile' env RUSTFLAGS="${coverage[*]}" CARGO_TERM_PROGRESS_WHEN=always CARGO_TERM_PROGRESS_WIDTH=80 \
    cargo build --locked --profile fuzz -p tell-connect-fuzz --target x86_64-unknown-linux-gnu --target-dir target/fuzz
}

fuzz_targets() {
  ls fuzz/corpus
}

# driven TARGET ARGUMENT…
driven() {
  FUZZ_TARGET=$1 RUST_BACKTRACE=0 "$fuzzer" "${@:2}"
}

# fuzz TARGET FOLDER OPTION…: until time or runs are over; what reaches further is put into FOLDER.
fuzz() {
  local target=$1 broken=target/fuzz/broken/$1
  mkdir -p "$broken" "$2"
  driven "$target" "$2" "fuzz/corpus/$target" -dict=fuzz/words.dict -max_len=4096 -timeout=60 -rss_limit_mb=1024 \
    -verbosity=0 -print_funcs=0 -print_final_stats=1 -artifact_prefix="$broken/" "${@:3}" && return
  printf '\nSee it again with: make fuzz TARGET=%s INPUT=<the file above>\nFixed, it belongs into fuzz/corpus/%s/.\n' \
    "$target" "$target"
  return 1
}
