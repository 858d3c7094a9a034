#!/bin/bash
# Builds walnut-edge and passes all its tests. On a fresh Debian 12 it first installs what they need.
# usage: deploy/test.sh [MAVEN-ARGUMENT...]
set -euo pipefail
cd "$(dirname "$0")/.."
. deploy/tools.sh

use_jdk17
need_for_tests
exec mvn -B verify "$@"
