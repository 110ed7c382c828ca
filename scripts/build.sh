#!/usr/bin/env bash
# Builds all: the core as three wasm files, the npm package around them, the page. What is up to date is left alone.
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=scripts/setup.sh
. scripts/setup.sh

wasm_features=(
  --enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals
  --enable-reference-types --enable-multivalue
)

# Measured, as gzip sees it: functions of up to 20 bytes are folded into their one caller, longer ones are not.
shrink=(
  --flatten --rereloop -Oz -Oz --low-memory-unused --converge --one-caller-inline-max-function-size=20 --dealign
  --strip-debug --strip-producers --strip-target-features
)

# The crates' folders on this machine are no one else's business: panic messages name the files without them.
# Two machines then build the same bytes.
path_flags() {
  local folder
  cargo fetch --locked --quiet
  printf '%s\n' --remap-path-prefix "$root=/tell-connect"
  for folder in "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/; do
    printf '%s\n' --remap-path-prefix "$folder=/crates/"
  done
}

# compile PROFILE RUSTC_FLAG… -- CARGO_FLAG…
compile() {
  local profile=$1 flags
  shift
  mapfile -t flags < <(path_flags)
  while [[ $1 != -- ]]; do
    flags+=("$1")
    shift
  done
  CARGO_ENCODED_RUSTFLAGS=$(IFS=$'\x1f' && printf '%s' "${flags[*]}") \
    CARGO_TERM_PROGRESS_WHEN=always CARGO_TERM_PROGRESS_WIDTH=80 \
    cargo build --locked --lib --target wasm32-unknown-unknown --profile "$profile" "${@:2}"
}

# bind NAME PROFILE WASM_OPT_FLAG…: the glue and the optimised wasm, put in place together.
bind() {
  local name=$1 profile=$2 made=$scratch/$1
  shift 2
  wasm-bindgen --target bundler --no-typescript --remove-name-section --remove-producers-section \
    --out-dir "$made" --out-name tell_connect "target/wasm32-unknown-unknown/$profile/tell_connect.wasm"
  wasm-opt "${wasm_features[@]}" "$@" "${shrink[@]}" \
    "$made/tell_connect_bg.wasm" -o "$made/optimised.wasm"
  mv "$made/optimised.wasm" "$made/tell_connect_bg.wasm"
  touch -r "$scratch/began" "$made/tell_connect_bg.wasm"
  mkdir -p pkg/generated
  rm -rf "pkg/generated/$name"
  mv "$made" "pkg/generated/$name"
}

stale_wasm() {
  ! fresh "pkg/generated/$1/tell_connect_bg.wasm" src Cargo.toml Cargo.lock rust-toolchain.toml scripts/build.sh &&
    touch "$scratch/began"
}

build_browser() {
  stale_wasm browser || return 0
  step 'browser wasm: compile' compile wasm-browser -- --no-default-features
  step 'browser wasm: bind and shrink' bind browser wasm-browser
}

# build_secret NAME FEATURE: a build that holds secrets. SHA-256 gains a fifth from SIMD.
build_secret() {
  stale_wasm "$1" || return 0
  step "$1 wasm: compile" compile wasm-edge -C target-feature=+simd128 -- --no-default-features --features "$2"
  step "$1 wasm: bind and shrink" bind "$1" wasm-edge --enable-simd
}

package() {
  rm -rf pkg/dist
  tsc -p pkg
  # A page pays for each byte: glue and loader in one small file. The class of errors stays one with the other entries'.
  esbuild pkg/dist/browser.js --bundle --minify --format=esm --target=es2022 --allow-overwrite --log-level=warning \
    --external:'*.wasm' --outfile=pkg/dist/browser.js
  touch -r "$scratch/began" pkg/dist/index.js
}

build_package() {
  fresh pkg/dist/index.js pkg/src pkg/generated pkg/package.json pkg/tsconfig.json package-lock.json && return
  touch "$scratch/began"
  step 'package: compile' package
}

page() {
  vite build www --logLevel warn
  touch -r "$scratch/began" www/dist/index.html
}

build_page() {
  fresh www/dist/index.html www/index.html www/src www/public www/package.json www/vite.config.ts \
    pkg/dist pkg/generated/browser package-lock.json && return
  touch "$scratch/began"
  step 'page: bundle' page
}

setup_packages
setup_wasm
build_browser
build_secret edge sign
build_secret machine machine
build_package
build_page
((steps > 0)) || printf '  ✓ all is built and up to date\n'
