#!/bin/bash
# Builds walnut-edge and passes all its tests. On a fresh Debian 12 it first installs what they need.
# usage: deploy/test.sh [MAVEN-ARGUMENT...]
set -euo pipefail
cd "$(dirname "$0")/.."
. deploy/tools.sh

use_jdk17
need mvn=maven mosquitto=mosquitto mosquitto_pub=mosquitto-clients openssl=openssl ps=procps
exec mvn -B verify "$@"
