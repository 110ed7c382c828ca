#!/usr/bin/env bash
# Builds all: the core as three wasm files, the npm package around them, the sandbox's own, the page. With `types` the
# TypeScript of the Rust types alone, with `sandbox` the sandbox's package. What is up to date is left alone.
# shellcheck source=scripts/lib.sh
. "$(dirname "$0")/lib.sh"
# shellcheck source=scripts/setup.sh
. scripts/setup.sh

wasm_features=(
  --enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals
  --enable-reference-types --enable-multivalue --enable-simd
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

# The profile that a wasm is built with.
profile_of() {
  case $1 in
    edge | simulator) printf 'wasm-%s' "$1" ;;
    *) printf wasm-small ;;
  esac
}

# compile NAME RUSTC_FLAG…: the crate wasm/NAME.
compile() {
  local name=$1 flags
  mapfile -t flags < <(path_flags)
  flags+=("${@:2}")
  CARGO_ENCODED_RUSTFLAGS=$(IFS=$'\x1f' && printf '%s' "${flags[*]}") \
    CARGO_TERM_PROGRESS_WHEN=always CARGO_TERM_PROGRESS_WIDTH=80 \
    cargo build --locked --lib --target wasm32-unknown-unknown --profile "$(profile_of "$name")" -p "tell-connect-$name"
}

# bind NAME WASM_OPT_FLAG…: the glue and the optimised wasm, put in place together.
bind() {
  local name=$1 made=$scratch/$1
  shift
  wasm-bindgen --target bundler --keep-debug \
    --out-dir "$made" --out-name tell_connect "target/wasm32-unknown-unknown/$(profile_of "$name")/tell_connect_$name.wasm"
  node scripts/snip.mjs "$made/tell_connect_bg.wasm" "$made/snipped.wasm"
  wasm-opt "${wasm_features[@]}" "$@" --strip-debug --strip-producers --strip-target-features \
    "$made/snipped.wasm" -o "$made/optimised.wasm"
  rm "$made/snipped.wasm"
  mv "$made/optimised.wasm" "$made/tell_connect_bg.wasm"
  node scripts/deflate.mjs "$made/tell_connect_bg.wasm" "$made/tell_connect_bg.deflated"
  # The declarations are of the glue, which is all that the package takes of what was made.
  mv "$made/tell_connect.d.ts" "$made/tell_connect_bg.d.ts"
  touch -r "$scratch/began" "$made/tell_connect_bg.wasm"
  mkdir -p pkg/generated
  rm -rf "pkg/generated/$name"
  mv "$made" "pkg/generated/$name"
}

# Measured, as gzip sees it: functions of up to 20 bytes are folded into their one caller, longer ones are not; and
# functions with names alike, which are alike themselves, stand side by side.
shrink=(
  --flatten --rereloop -Oz -Oz --low-memory-unused --converge --one-caller-inline-max-function-size=20 --dealign
  --reorder-functions-by-name
)

rust_sources=(src Cargo.toml Cargo.lock rust-toolchain.toml scripts/build.sh scripts/snip.mjs)

# stale_wasm NAME: what it is made from is newer than the wasm.
stale_wasm() {
  ! fresh "pkg/generated/$1/tell_connect_bg.wasm" "${rust_sources[@]}" wasm/boundary "wasm/$1" && touch "$scratch/began"
}

# Of all but the edge's, so that what they stand on is compiled once. SHA-256 in a loop: what waits for a bank need not save a
# microsecond, and it is two kilobytes less.
small=(--cfg 'sha2_backend_soft="compact"')

# A page pays for each byte.
build_browser() {
  stale_wasm browser || return 0
  step 'browser wasm: compile' compile browser "${small[@]}"
  step 'browser wasm: bind and shrink' bind browser "${shrink[@]}"
}

build_views() {
  stale_wasm views || return 0
  step 'views wasm: compile' compile views "${small[@]}"
  step 'views wasm: bind and shrink' bind views "${shrink[@]}"
}

# Signing is what the edge's is for. Measured: wasm-opt gains no speed there, so it is taken for the bytes.
build_edge() {
  stale_wasm edge || return 0
  step 'edge wasm: compile' compile edge -C target-feature=+simd128
  step 'edge wasm: bind and shrink' bind edge "${shrink[@]}"
}

# An isolate starts with it, and waits for a bank after that.
build_machine() {
  stale_wasm machine || return 0
  step 'machine wasm: compile' compile machine "${small[@]}"
  step 'machine wasm: bind and shrink' bind machine "${shrink[@]}"
}

# Of a worker alone, beside the machine's.
build_statistics() {
  stale_wasm statistics || return 0
  step 'statistics wasm: compile' compile statistics "${small[@]}"
  step 'statistics wasm: bind and shrink' bind statistics "${shrink[@]}"
}

# Of the command line alone.
build_doctor() {
  stale_wasm doctor || return 0
  step 'doctor wasm: compile' compile doctor "${small[@]}"
  step 'doctor wasm: bind and shrink' bind doctor "${shrink[@]}"
}

# Of the page alone, beside it: lives by the thousand, so it is built for speed, and checks itself as a debug build does.
bind_simulator() {
  local made=$scratch/simulator
  wasm-bindgen --target web --out-dir "$made" --out-name simulator \
    target/wasm32-unknown-unknown/wasm-simulator/tell_connect_simulator.wasm
  wasm-opt "${wasm_features[@]}" -O1 --strip-debug --strip-producers --strip-target-features \
    "$made/simulator_bg.wasm" -o "$made/optimised.wasm"
  mv "$made/optimised.wasm" "$made/simulator_bg.wasm"
  touch -r "$scratch/began" "$made/simulator_bg.wasm"
  mkdir -p www/generated
  rm -rf www/generated/simulator
  mv "$made" www/generated/simulator
}

build_simulator() {
  fresh www/generated/simulator/simulator_bg.wasm "${rust_sources[@]}" tests/simulation wasm/simulator && return
  touch "$scratch/began"
  step 'simulator wasm: compile' compile simulator
  step 'simulator wasm: bind' bind_simulator
}

build_small() {
  build_browser
  build_views
  build_machine
  build_statistics
  build_doctor
}

# Beside the small ones: cargo locks a profile's folder, and the last crate of each wasm takes one processor alone.
build_fast() {
  build_edge
  build_simulator
}

# What crosses the boundary, in TypeScript, from the Rust types and tables: into the package, and into the page.
types() {
  cargo run --quiet --locked -p tell-connect-types >"$scratch/core.ts"
  cargo run --quiet --locked -p tell-connect-types simulator >"$scratch/simulator.ts"
  written "$scratch/core.ts" pkg/src/generated/core.ts
  written "$scratch/simulator.ts" www/generated/simulator.ts
  touch -r "$scratch/began" "$scratch/types" && cp -p "$scratch/types" pkg/generated/types
}

# written NEW FILE: left alone where it says the same, so that nothing is built again for it.
written() {
  mkdir -p "$(dirname "$2")"
  cmp -s "$1" "$2" || cp "$1" "$2"
}

build_types() {
  fresh pkg/generated/types "${rust_sources[@]}" tests/simulation wasm/types && [[ -f www/generated/simulator.ts ]] && return
  touch "$scratch/began"
  mkdir -p pkg/generated
  step 'types: write the TypeScript' types
}

package() {
  local entry shared=(
    --bundle --splitting --format=esm --target=es2022 --outdir=pkg/dist --outbase=pkg/dist
    --chunk-names='chunks/[name]-[hash]' --allow-overwrite --log-level=warning
  )
  rm -rf pkg/dist
  tsc -p pkg
  # A page pays for each byte: glue, loader and wasm in one small file, which no bundler can take apart. The class of
  # errors stays one with the other entries'.
  for entry in browser views/browser; do
    esbuild "pkg/dist/$entry.js" --bundle --minify --format=esm --target=es2022 --allow-overwrite --log-level=warning \
      --loader:.deflated=binary --external:./pkg/dist/error.js --outfile="pkg/dist/$entry.js"
  done
  # The wasm within, for bundles that run in Node.
  esbuild pkg/dist/inline.js pkg/dist/views/inline.js pkg/dist/edge/inline.js pkg/dist/machine/inline.js \
    "${shared[@]}" --loader:.wasm=binary
  # Each file that Node has to open costs a program's start: few files, what entries share in one of them.
  esbuild pkg/dist/node.js pkg/dist/views/node.js pkg/dist/edge/node.js pkg/dist/machine/node.js "${shared[@]}"
  # What `tell-connect init` copies.
  node scripts/templates.ts pkg/dist/cli/templates.json
  touch -r "$scratch/began" pkg/dist/index.js
}

build_package() {
  fresh pkg/dist/index.js pkg/src pkg/generated pkg/package.json pkg/tsconfig.json package-lock.json examples scripts/templates.ts &&
    return
  touch "$scratch/began"
  step 'package: compile' package
}

# Whose licences the package has to hold: those of the crates that are compiled into it.
licences() {
  node scripts/third-party.ts >"$scratch/THIRD-PARTY.md"
  touch -r "$scratch/began" "$scratch/THIRD-PARTY.md"
  mv "$scratch/THIRD-PARTY.md" pkg/THIRD-PARTY.md
}

build_licences() {
  fresh pkg/THIRD-PARTY.md Cargo.toml Cargo.lock wasm rust-toolchain.toml scripts/crates.ts scripts/third-party.ts &&
    return
  touch "$scratch/began"
  step 'package: licences of the crates in it' licences
}

# What the command and a stranger's test take of the sandbox; the workspace runs its sources.
sandbox() {
  node scripts/sandbox-package.ts "$scratch/sandbox-types"
  touch -r "$scratch/began" sandbox/dist/package.json
}

build_sandbox() {
  fresh sandbox/dist/package.json sandbox/src sandbox/package.json sandbox/tsconfig.json sandbox/README.md \
    scripts/sandbox-package.ts package-lock.json && return
  touch "$scratch/began"
  step 'sandbox: package' sandbox
}

page() {
  vite build www --logLevel warn
  touch -r "$scratch/began" www/dist/index.html
}

build_page() {
  fresh www/dist/index.html www/index.html www/404.html www/src www/public www/package.json www/vite.config.ts \
    www/documents.ts README.md docs/consent.md docs/protocol.md docs/guide/console.md www/generated \
    pkg/dist pkg/generated/browser pkg/generated/views package-lock.json && return
  touch "$scratch/began"
  step 'page: bundle' page
}

case ${1:-all} in
  types)
    setup_rust
    build_types
    ;;
  sandbox)
    setup_packages
    build_sandbox
    ;;
  all)
    setup_build
    build_types
    together build_fast build_small
    build_package
    build_licences
    build_sandbox
    build_page
    ((steps > 0)) || printf '  ✓ all is built and up to date\n'
    ;;
  *) fail 'usage: scripts/build.sh [types | sandbox]' ;;
esac
