#!/bin/sh
# Build livekit-server from the sources that media/go.sum names: `tools/build_sfu.sh <file>`.
# A Go of at least 1.26 on PATH is used, else the one in the virtual environment; `--which` names it.
set -eu
target="$1"
root="$(cd "$(dirname "$0")/.." && pwd)"

enough() {
  version="$(GOTOOLCHAIN=local go env GOVERSION 2>/dev/null)" || return 1
  minor="$(echo "$version" | sed -n 's/^go1\.\([0-9]*\).*/\1/p')"
  [ "${minor:-0}" -ge 26 ]
}
if enough; then go=go; else go="$root/.venv/bin/go"; fi
if [ "$target" = --which ]; then
  echo "$go"
  exit 0
fi

mkdir -p "$(dirname "$target")"
cd "$root/media"
# Without C the binary is static, and runs on any Linux.
GOTOOLCHAIN=local GOFLAGS=-mod=readonly CGO_ENABLED=0 \
  "$go" build -trimpath -ldflags='-s -w' -o "$target.part" github.com/livekit/livekit-server/cmd/server \
  2>"$target.log" || { cat "$target.log" >&2; exit 1; }
mv "$target.part" "$target"
