#!/bin/sh
# Make sure that the machine has what no lock can fetch: `tools/needs.sh chromium postgresql`.
# Nothing happens where it is there. Where it is missing, Debian's apt installs it; on another
# system the command says what to install.
set -eu

has() {
  case "$1" in
    chromium) command -v chromium || command -v chromium-browser || command -v google-chrome ;;
    firefox-esr) test -x /usr/bin/firefox-esr ;;
    espeak-ng) command -v espeak-ng ;;
    postgresql) command -v initdb || ls /usr/lib/postgresql/*/bin/initdb ;;
    # Debian's compiler for the web, which is newer than its other one.
    rustc-web) /usr/bin/rustc --version | grep -qE '^rustc 1\.(8[89]|9|[1-9][0-9][0-9])' ;;
    cargo-web) test -x /usr/bin/cargo ;;
    rust-web-src) test -e /usr/lib/rustlib/src/rust/library/Cargo.lock ;;
    rust-web-clippy) test -x /usr/bin/cargo-clippy ;;
    rustfmt-web) test -x /usr/bin/cargo-fmt ;;
    lld) command -v wasm-ld ;;
    python3-venv) python3 -c 'import ensurepip, venv' ;;
    *) echo "needs.sh does not know $1" >&2; exit 2 ;;
  esac >/dev/null 2>&1
}

missing=""
for need in "$@"; do
  has "$need" || missing="$missing $need"
done
[ -n "$missing" ] || exit 0

as_root=""
[ "$(id -u)" -eq 0 ] || as_root="sudo"
if ! command -v apt-get >/dev/null || { [ -n "$as_root" ] && ! command -v sudo >/dev/null; }; then
  echo "Missing on this machine:$missing. Please install, then try again." >&2
  echo "On Debian and Ubuntu, as root: apt-get install$missing" >&2
  exit 1
fi

echo "setup:$missing (by apt)"
# shellcheck disable=SC2086 # the list is meant to be split
{
  $as_root apt-get update -qq
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing
} </dev/null >/dev/null
for need in $missing; do
  has "$need" || { echo "apt installed $need, and yet it is not found" >&2; exit 1; }
done
