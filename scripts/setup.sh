# shellcheck shell=bash
# What the project needs on a machine, for a script that has read lib.sh. Each function looks first, and does nothing
# when it is there.

# setting FILE KEY: the first value of a TOML key.
setting() {
  awk -F'"' -v key="$2" '$1 ~ "^" key " *= *" { print $2; exit }' "$1"
}

# at_least WANTED FOUND
at_least() {
  [[ $(printf '%s\n' "$1" "$2" | sort -V | head -n 1) == "$1" ]]
}

is_debian() {
  # shellcheck source=/dev/null
  [[ -r /etc/os-release ]] && [[ $(. /etc/os-release && printf '%s' "$ID") == debian ]]
}

lists='' # set once apt's have been fetched
apt_install() {
  local why=$1 sudo=()
  shift
  is_debian || fail "$why missing. On Debian it is installed by apt ($*); here, please install it yourself."
  if ((EUID != 0)); then
    have sudo || fail "$why missing, and installing it ($*) needs root or sudo. Run this as root, or install it first."
    sudo -v || fail "$why missing, and sudo does not let this user install it ($*)."
    sudo=(sudo)
  fi
  [[ -n $lists ]] || step 'package lists (apt)' "${sudo[@]}" apt-get update
  lists=fetched
  step "$* (apt)" "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install --yes --no-install-recommends "$@"
}

setup_node() {
  local found
  if ! { have node && have npm; }; then
    fail 'Node.js 20 or newer, with npm, is missing: https://nodejs.org/en/download'
  fi
  # shellcheck disable=SC2154 # lib.sh sets it
  found=$(PATH=$system_path node --version)
  at_least 20 "${found#v}" || fail "Node.js 20 or newer is needed, this is ${found#v}: https://nodejs.org/en/download"
}

# The pinned packages, a Node.js that runs TypeScript among them. Installed anew when the lock file's text has changed.
# No package's own script runs: what those fetch is in no lock file.
setup_packages() {
  local installed=node_modules/.tell-connect-lock.json found
  setup_node
  cmp -s package-lock.json "$installed" && return
  step 'npm packages' env PATH="$system_path" npm ci --ignore-scripts --no-audit --no-fund
  # Where no package brings a Node.js for this machine, its own has to run TypeScript.
  found=$(node --version)
  at_least 22.18 "${found#v}" ||
    fail "No npm package has a Node.js for this machine, so its own has to be 22.18 or newer; this is ${found#v}:
https://nodejs.org/en/download. If npm leaves out optional packages, let it install them: npm config get omit"
  cp package-lock.json "$installed"
}

# pinned_rust [TOOLCHAIN]: the Rust in use, or that of rustup's, is the one of rust-toolchain.toml with all its parts.
pinned_rust() (
  export RUSTUP_AUTO_INSTALL=0
  [[ -z ${1:-} ]] || export RUSTUP_TOOLCHAIN=$1
  [[ $(rustc --version) == "rustc $(setting rust-toolchain.toml channel) "* ]] && has_wasm && has_lints
) >/dev/null 2>&1

has_wasm() {
  [[ -d $(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown ]]
}

has_lints() {
  cargo fmt --version && cargo clippy --version
} >/dev/null 2>&1

# What the examples' tests need beside that, in a place of its own.
setup_examples() {
  local place=.tools/examples
  cmp -s tests/examples/package-lock.json "$place/node_modules/.tell-connect-lock.json" && return
  mkdir -p "$place"
  cp tests/examples/package.json tests/examples/package-lock.json "$place"
  step 'npm packages of the examples' env PATH="$system_path" \
    npm ci --ignore-scripts --no-audit --no-fund --legacy-peer-deps --prefix "$place"
  cp tests/examples/package-lock.json "$place/node_modules/.tell-connect-lock.json"
}

setup_rust() {
  local wanted found
  have cargo && have rustc || fail 'Rust is missing. rustup installs the version that the project pins: https://rustup.rs'
  if have rustup && [[ -z ${RUSTUP_TOOLCHAIN:-} ]] && ! pinned_rust; then
    # A machine without a network may have the pinned version by its other name alone.
    if pinned_rust stable; then
      export RUSTUP_TOOLCHAIN=stable
    else
      # rustup installs what rust-toolchain.toml names at the first use, in every version of rustup.
      step "Rust $(setting rust-toolchain.toml channel) (rustup)" env RUSTUP_AUTO_INSTALL=1 cargo --version
    fi
  fi
  wanted=$(setting Cargo.toml rust-version)
  found=$(rustc --version | awk '{ print $2 }')
  at_least "$wanted" "$found" || fail "Rust $wanted or newer is needed, and this is $found. With rustup: https://rustup.rs"
  have cc || apt_install 'A C linker (cc) is' gcc libc6-dev
}

# lacks PART: of a Rust that is not rustup's, or that RUSTUP_TOOLCHAIN names.
lacks() {
  fail "This Rust lacks $1. The one that the project pins comes with it, by rustup: https://rustup.rs"
}

setup_wasm() {
  local version
  setup_rust
  has_wasm || lacks 'the target wasm32-unknown-unknown'
  # The command line tool and the library speak a private format, so their versions must be the same.
  version=$(awk '$0 == "name = \"wasm-bindgen\"" { getline; gsub(/"/, ""); print $3; exit }' Cargo.lock)
  # A tool that was built from another lock file is built anew.
  cmp -s tools/wasm-bindgen/Cargo.lock .tools/wasm-bindgen.lock && return
  step "wasm-bindgen $version (once, some minutes)" \
    env CARGO_TERM_PROGRESS_WHEN=always CARGO_TERM_PROGRESS_WIDTH=80 \
    cargo install --locked --path tools/wasm-bindgen --target-dir target/tools --root .tools --force
  [[ $(.tools/bin/wasm-bindgen --version) == "wasm-bindgen $version" ]] ||
    fail "tools/wasm-bindgen is not of version $version, as Cargo.lock has it: change its Cargo.toml."
  cp tools/wasm-bindgen/Cargo.lock .tools/wasm-bindgen.lock
}

# All that the build takes: npm waits for a network while cargo needs the processor.
setup_build() {
  setup_node
  setup_rust
  together setup_packages setup_wasm
}

# What formats and lints, the wasm too.
setup_checks() {
  setup_rust
  has_wasm || lacks 'the target wasm32-unknown-unknown'
  has_lints || lacks 'rustfmt or clippy'
}

setup_browser() {
  if ! { have chromium && have chromedriver; }; then
    apt_install 'Chromium or its driver is' chromium chromium-driver
  fi
  # The same engine without what draws windows: half the work. Where it cannot be had, the tests do without.
  have chromium-headless-shell || ! is_debian || (apt_install 'Chromium without windows is' chromium-headless-shell) || true
  have firefox-esr || have firefox || apt_install 'Firefox is' firefox-esr
}

# The bundlers and runtimes that the package is tried in, beside the project's own packages: no build needs them.
setup_matrix() {
  cmp -s tests/matrix/package-lock.json .tools/matrix/.installed-lock.json && return
  step 'bundlers and runtimes (npm, once, some minutes)' node tests/matrix/install.ts
}
