#!/bin/bash
# Builds walnut-edge and passes all its tests: the unit tests, the integration tests side by side, and then those that measure. On
# a fresh Debian it first installs what they need. Each line begins with the time of day.
# usage: deploy/test.sh [MAVEN-ARGUMENT...]      as in: deploy/test.sh -Dit.test=ReloadIT
set -euo pipefail
cd "$(dirname "$0")/.."
. deploy/tools.sh

use_jdk
need_for_tests
exec mvn -B verify -Dorg.slf4j.simpleLogger.showDateTime=true -Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss "$@"
