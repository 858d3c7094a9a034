#!/bin/bash
# Shows walnut-edge at work: the real daemon on a simulated board, with a broker of its own on 127.0.0.1.
# usage: deploy/demo.sh [--plain] [--for TIME]      see: deploy/demo.sh --help
set -euo pipefail
cd "$(dirname "$0")/.."
. deploy/tools.sh

use_jdk
build_quick
jar=target/walnut-edge.jar
# the table keeps to the window's height
if [ -t 1 ]; then
    read -r LINES COLUMNS < <(stty size </dev/tty 2>/dev/null) || true
    export LINES COLUMNS
fi
exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar $jar demo "$@"
