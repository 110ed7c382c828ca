#!/usr/bin/env bash
# The checks that are done within a minute and need no build: format, lint, types, native tests, rules.
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=scripts/setup.sh
. scripts/setup.sh
# shellcheck source=scripts/stages.sh
. scripts/stages.sh

setup_packages
setup_checks
# The types of what the package calls: without them all has to be built once, with them the TypeScript of the Rust types
# is enough.
if [[ -f pkg/generated/edge/tell_connect_bg.d.ts && -f pkg/generated/doctor/tell_connect_bg.d.ts &&
  -f www/generated/simulator/simulator.d.ts ]]; then
  scripts/build.sh types
else
  scripts/build.sh
fi
lint
types
native_tests
rules
