#!/bin/sh
# Records the list of classes that a daemon loads, of which make-archive makes an image. It is kept in the tree: what a run
# loads depends on its timing, and two builds of one source are to be the same. Run it after larger changes; an older list
# only makes the start slower. From runs of the daemon: with simulated chips and connected to a broker, and with its store on the
# disk and no broker.
# usage: deploy/class-list.sh JAR LIST       as in: deploy/class-list.sh target/walnut-edge.jar deploy/classes.list; takes some 20 s
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
export STATE_DIRECTORY="$work/state"
mkdir "$work/state"
for turn in 1 2 3; do
    note 30 "demo-$turn" demo --plain --for 4s
    rm -rf "$STATE_DIRECTORY"
    mkdir "$STATE_DIRECTORY"
    note 4 "run-$turn" run -c "$work/run.conf"
done

# What only the demonstration and its broker need stays out. From 21 on Java numbers the classes, each run from one, and 25
# notes what is resolved in them (@cp), which older ones do not understand; any of them makes an image of the rest.
cat "$work"/demo-? "$work"/run-? | grep -vE '^(#|@cp )' | sed 's/ id: [0-9]*$//' | grep -vE '(^|^@[a-z-]+ )(io/netty|io/moquette|org/h2|io/walnutedge/(demo|simulate))/' |
    LC_ALL=C sort -u >"$list"
