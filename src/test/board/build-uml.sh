#!/bin/bash
# build-uml.sh DIRECTORY: builds the User-Mode Linux kernel of the virtual board from Debian's linux-source-6.1,
# unpatched, and leaves `linux`, an ordinary program, in DIRECTORY. About 2 GB are needed for as long as it runs.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)
work=$(mktemp -d "$out/build.XXXXXX")
trap 'rm -rf "$work"' EXIT

"$here/unpack-kernel-source.sh" "$work"
source=$work/linux-source-6.1
build=$work/objects
mkdir "$build"

# The main GPIO controller of the real board has 288 lines, from 0 on. The kernel counts down from its highest GPIO
# number: the 288 virtio lines take 328..615, the 40 lines of chips on I2C (guest/lines) 288..327, and the controller that
# stands before the virtio lines (see README.md) takes 0..287.
flags=-DCONFIG_ARCH_NR_GPIO=616

make -s -C "$source" ARCH=um O="$build" KCONFIG_ALLCONFIG="$here/uml.config" allnoconfig >/dev/null
missing=$(grep -E '^CONFIG_[A-Za-z0-9_]+=[^n]' "$here/uml.config" | grep -vxFf "$build/.config" || true)
unwanted=$(sed -n 's/^\(CONFIG_[A-Za-z0-9_]*\)=n$/^\1=/p' "$here/uml.config" | grep -f - "$build/.config" || true)
if [ -n "$missing$unwanted" ]; then
    printf 'build-uml.sh: this kernel source did not take these options of uml.config:\n%s\n%s\n' "$missing" "$unwanted" >&2
    exit 1
fi
if ! nice make -C "$source" ARCH=um O="$build" KCFLAGS="$flags" -j"$(nproc)" linux >"$out/build.log" 2>&1; then
    tail -n 30 "$out/build.log" >&2
    echo "build-uml.sh: the kernel did not build; all of it is in $out/build.log" >&2
    exit 1
fi
strip -o "$out/linux" "$build/linux"
