#!/bin/bash
# Shows walnut-edge at work: the real daemon on a simulated board, with a broker of its own on 127.0.0.1.
# usage: deploy/demo.sh [--plain] [--for TIME]      see: deploy/demo.sh --help
set -euo pipefail
cd "$(dirname "$0")/.."
. deploy/tools.sh

use_jdk
build_quick
WALNUT_EDGE_HOME=$PWD/target WALNUT_EDGE_JAVA=$JAVA_HOME/bin/java exec deploy/walnut-edge demo "$@"
