#!/bin/bash
# test-board.sh [uml|arm64 [MAVEN-ARGUMENT...]]: the tests that need real hardware, on the virtual board (src/test/board/README.md).
# Installs what it lacks from Debian's packages, builds the guest once into the cache, runs the tests.
# For a Debian 12 machine, as root or with sudo; the cache is ${XDG_CACHE_HOME:-~/.cache}/walnut-edge.
set -euo pipefail
kind=${1:-uml}
[ $# = 0 ] || shift
case $kind in
    uml | arm64) ;;
    *)
        echo "usage: test-board.sh [uml|arm64 [MAVEN-ARGUMENT...]]" >&2
        exit 64
        ;;
esac
cd "$(dirname "$0")/.."
. deploy/tools.sh
parts=$PWD/src/test/board
timed() { say "$* ($SECONDS s)"; }

grep -q '^VERSION_CODENAME=bookworm' /etc/os-release || die "needs Debian 12 (bookworm), a debootstrapped one will do: the kernel is built from its linux-source-6.1"
[ "$(dpkg --print-architecture)" = amd64 ] || die "needs an amd64 machine"
mapfile -t packages < <(sed 's/#.*//' "$parts/packages-$kind" | xargs -n1)
missing=()
for package in "${packages[@]}"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q ' installed$' || missing+=("$package")
done
install_packages "${missing[@]}"
use_jdk

cache=${XDG_CACHE_HOME:-$HOME/.cache}/walnut-edge
mkdir -p "$cache"

# One at a time: a second run waits for the first one's kernel instead of building its own
exec 9>"$cache/lock"
flock -n 9 || { timed "waiting for another run"; flock 9; }

# build PART: makes what build-PART.sh makes, once, and sets $built to its directory
build() {
    local sources hash
    mapfile -t sources < <(cd "$parts" && sed 's/#.*//' "sources-$1" | xargs -n1)
    hash=$(cd "$parts" && sha256sum "${sources[@]}" | sha256sum | cut -c1-16)
    built=$cache/board-$hash
    [ ! -e "$built" ] || return 0
    timed "building the $1 guest into $built, once"
    rm -rf "$built.part"
    "$parts/build-$1.sh" "$built.part"
    mv "$built.part" "$built"
}

arguments=()
if [ "$kind" = uml ]; then
    build debian
    arguments+=("-Dwalnutedge.board.debian=$built")
fi
build "$kind"

timed "running the tests"
mvn -B verify "-Dwalnutedge.board=$kind" "-Dwalnutedge.board.built=$built" "${arguments[@]}" "$@" 9>&-
timed "done"
