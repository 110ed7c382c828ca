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
lint
types
native_tests
rules
