#!/bin/bash
# build-debian.sh DIRECTORY: leaves `debian.ext2` in DIRECTORY, the image of a fresh Debian 12 with systemd, udev and a
# Java runtime, from the machine's own apt sources. Nothing of the board is in it: guest/init-debian adds that in memory.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)

packages=systemd-sysv,udev,dbus,iproute2,kmod,procps,python3,openjdk-17-jre-headless
# Without its manual pages, Java's installation still wants to find their directory.
"$here/debian-sources.sh" | mmdebstrap --quiet --variant=minbase --architectures=amd64 --include="$packages" \
    --aptopt='Apt::Install-Recommends "false"' --essential-hook='mkdir -p "$1/usr/share/man/man1"' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' --customize-hook='mkdir -p "$1/mnt"' bookworm "$out/debian.ext2" -
