# shellcheck shell=bash
# What the commands share: the project's root as working directory, its tools first in PATH, one line per step.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"

# npm has to run on the machine's own Node.js: it replaces node_modules, the pinned one in it included.
system_path=$PATH:${CARGO_HOME:-${HOME:-/root}/.cargo}/bin
export PATH=$root/node_modules/.bin:$root/.tools/bin:$system_path

scratch=$(mktemp -d)
steps=0 # how many were taken: none means that all was there
beside='' # a process that does its part at the same time, and ends with this one
leave() {
  [[ -z $beside ]] || kill "$beside" 2>/dev/null || true
  rm -rf "$scratch"
}
trap leave EXIT

fail() {
  printf '\n%s\n' "$1" >&2
  exit 1
}

have() {
  command -v "$1" >/dev/null 2>&1
}

# fresh OUTPUT INPUT…: the output is there, and no input has changed since the step that made it began.
fresh() {
  local output=$1
  shift
  [[ -e $output && -z $(find "$@" -newer "$output" -print -quit) ]]
}

elapsed() {
  awk -v from="$1" -v to="$EPOCHREALTIME" 'BEGIN {
    seconds = to - from
    if (seconds < 60) printf "%.1f s", seconds
    else printf "%d min %02d s", seconds / 60, seconds % 60
  }'
}

# How far a running command has come, as far as its own output tells: cargo's counter, or the tests that have passed.
progress() {
  local tests
  tail -c 4000 "$1" | grep -aoE '[0-9]+/[0-9]+: ' | tail -n 1 | sed 's,: , crates,' && return
  tests=$(grep -acE '^ *✔|^test .* \.\.\. ok$' "$1") && printf '%s tests' "$tests"
}

# A line that is rewritten each second on a terminal; elsewhere a new line each half minute.
report_progress() {
  local title=$1 log=$2 started=$3 second
  for ((second = 1; ; second++)); do
    sleep 1
    kill -0 $$ 2>/dev/null || return
    if [[ -t 2 ]]; then
      printf '\r\033[K  … %-50s %12s  %s' "$title" "$(elapsed "$started")" "$(progress "$log")" >&2
    elif ((second % 30 == 0)); then
      printf '  … %-50s %12s  %s\n' "$title" "$(elapsed "$started")" "$(progress "$log")" >&2
    fi
  done
} >/dev/null

# What a finished step's line says after its time; test.sh tells how many tests passed.
remark() { :; }

# step TITLE COMMAND…: one line with the time it took. The output is shown if the command fails, or with VERBOSE=1.
# Not for use in a condition: a failure ends the script by `set -e`.
step() {
  local title=$1 started=$EPOCHREALTIME reporter status clear=''
  shift
  ((steps += 1))
  step_log=$(mktemp -p "$scratch")
  set +e
  if [[ -n ${VERBOSE:-} ]]; then
    printf '  … %s\n' "$title"
    (set -e; "$@") </dev/null 2>&1 | tee "$step_log"
    status=${PIPESTATUS[0]}
  else
    [[ -t 2 ]] && clear=$'\r\033[K' && printf '  … %s' "$title" >&2
    report_progress "$title" "$step_log" "$started" &
    reporter=$!
    (set -e; "$@") >"$step_log" 2>&1 </dev/null
    status=$?
    kill "$reporter" 2>/dev/null
    wait "$reporter" 2>/dev/null
    printf '%s' "$clear" >&2
  fi
  set -e
  if ((status == 0)); then
    printf '  ✓ %-50s %12s%s\n' "$title" "$(elapsed "$started")" "$(remark)"
    return
  fi
  [[ -n ${VERBOSE:-} ]] || sed 's/.*\r//' "$step_log" >&2
  printf '  ✗ %-50s %12s%s\n' "$title" "$(elapsed "$started")" "$(remark)" >&2
  return "$status"
}

# together FIRST SECOND: two functions at the same time, the first in a process and with a scratch folder of its own.
together() {
  local own
  own=$(mktemp -d -p "$scratch")
  (
    scratch=$own steps=0
    "$1"
    printf '%s' "$steps" >"$own/steps"
  ) &
  beside=$!
  "$2"
  wait "$beside"
  beside=''
  steps=$((steps + $(<"$own/steps")))
}
