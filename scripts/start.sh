#!/usr/bin/env bash
# The page, the worker and the sandbox gateway on this machine, after what they need has been set up and built.
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=scripts/setup.sh
. scripts/setup.sh

setup_node
node scripts/start.mjs --check # a port in use is told now, not after minutes of building
scripts/build.sh
rm -rf "$scratch"
exec node scripts/start.mjs
