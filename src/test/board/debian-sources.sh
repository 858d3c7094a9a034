#!/bin/bash
# debian-sources.sh [SUITE]: this machine's own Debian apt sources as lines of a sources.list; with a suite, that suite
# on the mirror that has bookworm.
set -euo pipefail
key=/usr/share/keyrings/debian-archive-keyring.gpg
apt-get indextargets --format '$(ORIGIN) $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' | sort -u |
    while read -r origin uri suite component; do
        [ "$origin" = Debian ] || continue
        if [ $# = 0 ]; then
            echo "deb [signed-by=$key] $uri $suite $component"
        elif [ "$suite $component" = 'bookworm main' ]; then
            echo "deb [signed-by=$key] $uri $1 main"
        fi
    done
