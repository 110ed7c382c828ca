#!/usr/bin/env bash
# Are there known weaknesses in what the lock files name? Asks npm's registry, and the RustSec database by cargo-audit.
# Ends with 0: none is known · 1: some are · 3: not all could be asked. Through `make`, which ends with 2 for either of
# the latter, the lines say which.
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=scripts/setup.sh
. scripts/setup.sh

database=${ADVISORY_DB:-https://github.com/RustSec/advisory-db.git}
cargo_audit=0.22.2
tool=${CARGO_AUDIT:-cargo-audit}
locks=(Cargo.lock tools/wasm-bindgen/Cargo.lock benches/floor/Cargo.lock)
npm_locks=(package-lock.json tests/examples/package-lock.json tests/matrix/package-lock.json)
weak=0
unasked=0

told() {
  printf '  %s %s\n' "$1" "$2"
}

# npm_packages LOCK
npm_packages() {
  local lock=$1 answer=$scratch/npm.json found
  # It ends with 1 for a weakness and for a registry that does not answer alike: what it says tells which.
  npm audit --json --package-lock-only --prefix "$(dirname "$lock")" >"$answer" 2>/dev/null || true
  found=$(node -e '
    const { metadata } = JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"));
    console.log(Object.values(metadata.vulnerabilities).length > 0 ? metadata.vulnerabilities.total : "");
  ' "$answer" 2>/dev/null) || found=''
  case $found in
    '') unasked=1 && told '?' "npm packages of $lock: not checked, the registry does not tell of weaknesses" ;;
    0) told '✓' "npm packages of $lock: no weakness is known" ;;
    *) weak=1 && told '✗' "npm packages of $lock: $found with a known weakness; npm audit --prefix $(dirname "$lock") tells which" ;;
  esac
}

can_reach_database() {
  GIT_TERMINAL_PROMPT=0 timeout 30 git ls-remote --exit-code "$database" HEAD >/dev/null 2>&1
}

setup_cargo_audit() {
  [[ $("$tool" --version 2>/dev/null) == "cargo-audit $cargo_audit" ]] && return
  step "cargo-audit $cargo_audit (once, some minutes)" \
    env CARGO_TERM_PROGRESS_WHEN=always CARGO_TERM_PROGRESS_WIDTH=80 \
    cargo install --locked --version "=$cargo_audit" --no-default-features cargo-audit \
    --target-dir target/tools --root .tools --force
}

crates() {
  local lock answer=$scratch/crates.json found
  # The tool takes minutes to compile, so only where there is something for it to read.
  if ! can_reach_database; then
    unasked=1
    told '?' "crates: not checked, $database cannot be reached"
    return
  fi
  setup_cargo_audit
  for lock in "${locks[@]}"; do
    "$tool" audit --json --file "$lock" --url "$database" --db "$scratch/advisories" >"$answer" 2>/dev/null || true
    found=$(node -e '
      console.log(JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8")).vulnerabilities.count);
    ' "$answer" 2>/dev/null) || found=''
    case $found in
      '') unasked=1 && told '?' "crates of $lock: not checked, the database cannot be read" ;;
      0) told '✓' "crates of $lock: no weakness is known" ;;
      *) weak=1 && told '✗' "crates of $lock: $found with a known weakness; cargo audit --file $lock tells which" ;;
    esac
  done
}

setup_packages
setup_rust
for lock in "${npm_locks[@]}"; do npm_packages "$lock"; done
crates
((weak == 0)) || exit 1
((unasked == 0)) || exit 3
