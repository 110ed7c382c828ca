#!/usr/bin/env bash
# Builds the docs site, unless it is up to date; with `serve` serves it as well, on PORT.
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=scripts/setup.sh
. scripts/setup.sh

site=target/docs/site/index.html

# The pages of the API are made from the package's sources. A link that leads nowhere ends the build.
build_site() {
  rm -rf docs/reference/api
  docs/node_modules/.bin/typedoc --options docs/typedoc.json
  vitepress build docs
  touch -r "$scratch/began" "$site"
}

setup_packages
scripts/build.sh types
if ! fresh "$site" docs/*.* docs/*/*.* docs/.vitepress/*.ts docs/.vitepress/theme ./*.md worker/*.md benches/*.md \
  sandbox/*.md examples/*/*.md pkg/src www/public package-lock.json; then
  touch "$scratch/began"
  step 'docs: site' build_site
fi
if [[ ${1:-} == serve ]]; then
  rm -rf "$scratch"
  exec node scripts/docs.ts "${PORT:-8790}"
fi
