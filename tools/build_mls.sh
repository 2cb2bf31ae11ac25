#!/bin/sh
# Build the MLS crate for the browser, with its JavaScript face: `tools/build_mls.sh <folder>`; or another crate of its
# workspace: `tools/build_mls.sh <folder> visavis-mls-vectors`.
# A Rust on PATH that has the WebAssembly target is used (`rustup target add wasm32-unknown-unknown`), else
# Debian's compiler, which brings the standard library as source and builds it along.
# `tools/build_mls.sh --cargo <words>` asks the cargo of that Rust something about the crate.
set -eu
folder="$1"
crate="${2:-visavis-mls}"
root="$(cd "$(dirname "$0")/.." && pwd)"
target=wasm32-unknown-unknown
work="$root/.cache/mls/target"

has_target() { [ -d "$(rustc --print target-libdir --target "$target" 2>/dev/null)" ]; }

if command -v cargo >/dev/null && has_target; then stock=""; else stock=yes; fi
if [ -n "$stock" ]; then
  PATH="/usr/bin:$PATH"
  export PATH RUSTC=/usr/bin/rustc
  "$root/tools/needs.sh" rustc-web cargo-web rust-web-src rust-web-clippy rustfmt-web lld
fi
cd "$root/mls"
if [ "$folder" = --cargo ]; then
  shift
  exec cargo "$@"
fi

cargo="${CARGO_HOME:-$HOME/.cargo}"
log="$folder.log"
mkdir -p "$(dirname "$folder")"
cargo fetch --quiet --locked >"$log" 2>&1 || { cat "$log" >&2; exit 1; }

# What the compiler writes down of where it ran, and of where crates came from, is the same everywhere.
flags="--remap-path-prefix=$root=/visavis --remap-path-prefix=$cargo=/cargo"
for crates in "$cargo"/registry/src/*; do
  flags="$flags --remap-path-prefix=$crates=/crates"
done
std=""
if [ -n "$stock" ]; then
  flags="$flags --remap-path-prefix=/usr/lib/rustlib/src/rust=/rust -Clinker=wasm-ld -Clinker-flavor=wasm-ld"
  # The flag that builds the standard library along is only to be had from a compiler that takes all flags.
  std="-Zbuild-std=std,panic_abort -Zbuild-std-features=optimize_for_size"
  export RUSTC_BOOTSTRAP=1
fi

part="$(mktemp -d "$folder.XXXXXX")"
{
  # shellcheck disable=SC2086 # the two flags are there or not
  CARGO_ENCODED_RUSTFLAGS="$(echo "$flags" | tr ' ' '\037')" \
    cargo build --locked --release $std --target "$target" --target-dir "$work" --package "$crate"
  cargo run --locked --profile tool --target-dir "$work" --package visavis-mls-bind -- \
    "$work/$target/release/$(echo "$crate" | tr - _).wasm" "$part"
} >"$log" 2>&1 || { cat "$log" >&2; exit 1; }
rmdir "$part/snippets" 2>/dev/null || true
chmod 755 "$part"
# Whoever built the same at the same time has it there already.
mv -T "$part" "$folder" 2>/dev/null || rm -rf "$part"
[ -d "$folder" ]
