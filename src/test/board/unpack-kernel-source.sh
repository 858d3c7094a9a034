#!/bin/bash
# unpack-kernel-source.sh DIRECTORY: the source of Debian's kernel 6.1 from the machine's own apt sources, as
# DIRECTORY/linux-source-6.1. The package is unpacked, not installed.
set -euo pipefail
cd "$1"
apt-get -q download linux-source-6.1
dpkg-deb --fsys-tarfile linux-source-6.1_*.deb | tar xO ./usr/src/linux-source-6.1.tar.xz | tar xJ
rm linux-source-6.1_*.deb
