#!/bin/bash
# Measures walnut-edge beside a bare Paho loop in Java and one in Python, and prints a table of medians and ratios.
# usage: deploy/bench.sh [--runs N] [--quick]       takes twelve minutes; --quick some three
set -euo pipefail
cd "$(dirname "$0")/.."
. deploy/tools.sh

use_jdk
need mosquitto=mosquitto python3=python3 '/usr/lib/python3/dist-packages/paho/mqtt/client.py=python3-paho-mqtt'
build_quick
jar=target/walnut-edge.jar
# as installed: with an image of the loaded classes
cp deploy/classes.list target/classes.list
export WALNUT_EDGE_JAVA=$JAVA_HOME/bin/java
WALNUT_EDGE_HOME=$PWD/target deploy/make-archive
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$JAVA_HOME/bin/javac" -cp $jar -d "$work/classes" deploy/bench/BareLoop.java
"$JAVA_HOME/bin/jar" --create --file "$work/bare.jar" -C "$work/classes" .
/usr/bin/python3 deploy/bench/bench.py --work "$work" --home "$PWD/target" --java "$JAVA_HOME/bin/java" "$@"
