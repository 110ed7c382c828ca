#!/usr/bin/env bash
# The short commands: set up what one needs, then run it in the foreground.
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=scripts/setup.sh
. scripts/setup.sh

case ${1:-} in
  sandbox)
    setup_packages
    rm -rf "$scratch"
    exec node sandbox/src/cli/main.ts --port "${PORT:-8788}" --environment "${ENVIRONMENT:-sandbox}" \
      --state "${STATE:-.dev/gateway}" ${CONFIG:+--config "$CONFIG"}
    ;;
  simulate)
    setup_rust
    cargo test --quiet --locked --release -p tell-connect-simulation
    ;;
  mutants)
    setup_packages
    setup_rust
    node tests/simulation/mutants.mjs
    ;;
  crash)
    scripts/build.sh
    KILLS=${KILLS:-200} node --test --test-concurrency=1 --test-reporter=spec tests/hostile/crash.test.ts tests/hostile/crash-payments.test.ts
    ;;
  screens)
    scripts/build.sh
    node tests/journey/screens.ts
    ;;
  bench)
    scripts/build.sh
    step 'floor wasm: compile' env RUSTFLAGS='-C target-feature=+simd128' \
      cargo build --locked --release --target wasm32-unknown-unknown \
      --manifest-path benches/floor/Cargo.toml --target-dir target/floor
    node benches/run.ts
    ;;
  sbom)
    setup_packages
    setup_rust
    step 'what the project is made of' node scripts/sbom.ts target/sbom
    printf '  target/sbom/crates.cdx.json\n  target/sbom/npm.cdx.json\n'
    ;;
  fmt)
    setup_checks
    cargo fmt --all
    ;;
  *)
    fail "usage: scripts/run.sh sandbox | simulate | mutants | crash | screens | bench | sbom | fmt"
    ;;
esac
