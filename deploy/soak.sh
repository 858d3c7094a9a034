#!/bin/bash
# Builds the package twice and compares, then runs the fault suite at full length, some hours, and prints what it measured as a
# block for development.md.
# usage: deploy/soak.sh [--short] [--seed N] [SUITE...]      as in: deploy/soak.sh --short ClockIT
#   --short   a few minutes for each suite: does it run here?
#   --seed N  the same chances as another run had
set -euo pipefail
cd "$(dirname "$0")/.."
. deploy/tools.sh

suites=(BrokerFaultsIT KillIT BacklogIT ClockIT StopIT FullDiskIT DamagedStoreIT QuietDiskIT RandomStatesIT OutputModelTest)
# the long column of the tests: 300 faults, 1,000 kills, 30 min of load, 500,000 readings of backlog, 1,000 states of a chip, ...
lengths=(faults=300 kills=1000 load=1800 outage=500 steps=1000 stops=200 disk=20000000 damages=80 quiet=3600 outputs=1000000)
states=1000
seed=()
chosen=()
while [ $# -gt 0 ]; do
    case $1 in
        --short)
            lengths=(faults=8 kills=10 load=20 outage=10 steps=20 stops=11 disk=2000000 damages=8 quiet=20 outputs=100000)
            states=10
            ;;
        --seed)
            seed=(-Dwalnutedge.seed="${2:?a number}")
            shift
            ;;
        -*) die "unknown option $1; see the head of $0" ;;
        *) chosen+=("$1") ;;
    esac
    shift
done
[ ${#chosen[@]} = 0 ] || suites=("${chosen[@]}")

use_jdk
need_for_tests
say "building"
mvn -B -q -DskipTests package >&2

machine() {
    local cpu memory
    cpu=$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)
    memory=$(awk '/^MemTotal:/ { printf "%.0f", $2 / 1048576 }' /proc/meminfo)
    printf '%s, %s x %s, %s GiB, Linux %s, Java %s, mosquitto %s\n' "$(date -u +%F)" "$(nproc)" \
        "${cpu:-$(uname -m)}" "$memory" "$(uname -r)" \
        "$("$JAVA_HOME/bin/java" -version 2>&1 | sed -n '1s/.*"\(.*\)".*/\1/p')" \
        "$(PATH=$PATH:/usr/sbin mosquitto -h 2>&1 | sed -n 's/^mosquitto version //p')"
    git log -1 --format='commit %h' 2>/dev/null || true
}

run() {
    case $1 in
        RandomStatesIT)
            deploy/test-board.sh arm64 -Dit.test="$1" -Dwalnutedge.states=$states \
                -Dmaven.test.redirectTestOutputToFile=true "${seed[@]}"
            ;;
        *Test) # on virtual time
            mvn -B -q surefire:test -Dtest="$1" \
                -Dmaven.test.redirectTestOutputToFile=true "${lengths[@]/#/-Dwalnutedge.fault.}" "${seed[@]}"
            ;;
        *)
            mvn -B -q failsafe:integration-test failsafe:verify -Dit.test="io.walnutedge.fault.$1" \
                -Dmaven.test.redirectTestOutputToFile=true "${lengths[@]/#/-Dwalnutedge.fault.}" "${seed[@]}"
            ;;
    esac
}

# Two builds of one source, in different directories, are the same package to the byte.
build_twice() {
    local turn tree built=()
    rm -rf target/twice
    for turn in 1 2; do
        tree=target/twice/$turn
        mkdir -p "$tree"
        tar -c --exclude=./target --exclude=./.git . | tar -x -C "$tree"
        built+=("$tree/$(cd "$tree" && deploy/package.sh)")
    done
    cmp "${built[@]}" || die "two builds differ: ${built[*]}"
    rm -rf target/twice
}

if [ ${#chosen[@]} = 0 ]; then
    say "building the package twice"
    build_twice
fi

results=target/soak.txt
machine >$results
status=0
for suite in "${suites[@]}"; do
    say "$suite"
    begin=$SECONDS
    verdict=passed
    run "$suite" >target/soak-"$suite".log 2>&1 || verdict="FAILED, see target/soak-$suite.log" status=1
    {
        printf '\n%s: %s after %d min %d s\n' "$suite" "$verdict" $(((SECONDS - begin) / 60)) $(((SECONDS - begin) % 60))
        grep -hv '^[[:space:]]*$' target/*-reports/io.walnutedge.*."$suite"-output.txt || true
    } >>$results
done

say "development.md's block, also in $results"
sed 's/^\(.\)/    \1/' $results
exit $status
