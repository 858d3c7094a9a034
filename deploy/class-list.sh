#!/bin/sh
# Writes the list of classes that a daemon loads, from two short runs of it: one that reads simulated chips and is connected to
# a broker, one with its store on the disk and no broker. make-archive makes an image of them.
# usage: deploy/class-list.sh JAR LIST       from the root of the tree; takes some 8 s
set -eu
jar=$1
list=$2
java=${JAVA_HOME:-/usr}/bin/java
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat >"$work/run.conf" <<CONF
device { id = classes }
mqtt { broker = "tcp://127.0.0.1:1" }
sensors {
  board { type = board, every = 1 s }
  air { type = sht3x, bus = 99, address = 0x44, every = 1 s }
}
CONF
# note SECONDS PART ARGUMENT...: what it loads within this time, into a file of that name
note() {
    limit=$1
    part=$2
    shift 2
    timeout -s TERM "$limit" "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:DumpLoadedClassList="$work/$part" \
        -jar "$jar" "$@" >"$work/said" 2>&1 || true
    # it is written at the end of the process
    if [ ! -s "$work/$part" ]; then
        cat "$work/said" >&2
        exit 1
    fi
}
note 30 demo demo --plain --for 4s
mkdir "$work/state"
export STATE_DIRECTORY="$work/state"
note 4 run run -c "$work/run.conf"

# what only the demonstration and its broker need stays out
cat "$work/demo" "$work/run" | grep -v '^#' | grep -vE '(^|^@[a-z-]+ )(io/netty|io/moquette|org/h2|io/walnutedge/(demo|simulate))/' |
    LC_ALL=C sort -u >"$list"
