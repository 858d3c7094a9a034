#!/bin/bash
# test-board.sh [uml|arm64]: the tests that need real hardware, on the virtual board (src/test/board/README.md).
# Installs what it lacks from Debian's packages, builds the guest once into the cache, runs the tests.
# For a Debian 12 machine, as root or with sudo; the cache is ${XDG_CACHE_HOME:-~/.cache}/walnut-edge.
set -euo pipefail
kind=${1:-uml}
case $kind in
    uml | arm64) ;;
    *) echo "usage: test-board.sh [uml|arm64]" >&2; exit 64 ;;
esac
top=$(cd "$(dirname "$0")/.." && pwd)
parts=$top/src/test/board

fail() { echo "test-board.sh: $*" >&2; exit 1; }
say() { printf '== %s (%d s)\n' "$*" "$SECONDS"; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else
        command -v sudo >/dev/null || fail "must be root, or have sudo, to install packages"
        sudo "$@"
    fi
}

install_missing() {
    local missing=() package
    for package in "$@"; do
        dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q ' installed$' || missing+=("$package")
    done
    [ ${#missing[@]} = 0 ] && return
    say "installing ${missing[*]}"
    as_root apt-get -q update || fail "apt-get update failed: the packages come from this machine's own apt sources"
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q install -y --no-install-recommends "${missing[@]}" \
        || fail "could not install ${missing[*]}"
}

grep -q '^VERSION_CODENAME=bookworm' /etc/os-release || fail "needs Debian 12 (bookworm): the kernel is built from its source package"
[ "$(dpkg --print-architecture)" = amd64 ] || fail "needs an amd64 machine"
mapfile -t packages < <(sed 's/#.*//' "$parts/packages-$kind" | xargs -n1)
install_missing "${packages[@]}"

cache=${XDG_CACHE_HOME:-$HOME/.cache}/walnut-edge
mkdir -p "$cache"
mapfile -t sources < <(cd "$parts" && sed 's/#.*//' "sources-$kind" | xargs -n1)
hash=$(cd "$parts" && sha256sum "${sources[@]}" | sha256sum | cut -c1-16)
built=$cache/board-$hash

# One at a time: a second run waits for the first one's kernel instead of building its own
exec 9>"$cache/lock"
flock -n 9 || { say "waiting for another run"; flock 9; }
if [ ! -e "$built" ]; then
    say "building the $kind guest into $built, once"
    rm -rf "$built.part"
    "$parts/build-$kind.sh" "$built.part"
    mv "$built.part" "$built"
fi

say "running the tests"
cd "$top"
mvn -B verify "-Pboard-$kind" "-Dwalnutedge.board.built=$built" 9>&-
say "done"
