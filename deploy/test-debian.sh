#!/bin/bash
# What a newcomer does, in a fresh minimal Debian: as a user, in a directory with blanks and Chinese signs, the demo and the package;
# then its installation, the daemon beside a broker, a reading, the end. As root or with sudo; keeps the plain Debian, its packages
# and Maven's libraries in ${XDG_CACHE_HOME:-~/.cache}/walnut-edge.
# usage: deploy/test-debian.sh bookworm|trixie [JDK]      as in: deploy/test-debian.sh trixie 25; without, the scripts choose one
set -euo pipefail
cd "$(dirname "$0")/.."
. deploy/tools.sh
suite=${1:?bookworm or trixie}
jdk=${2:-}

# Processes, mounts and the loopback's ports are of this run alone, and end with it.
if [ -z "${WALNUT_EDGE_INSIDE:-}" ]; then
    need debootstrap=debootstrap unshare=util-linux ip=iproute2
    WALNUT_EDGE_CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/walnut-edge
    as_root env WALNUT_EDGE_INSIDE=yes WALNUT_EDGE_CACHE="$WALNUT_EDGE_CACHE" WALNUT_EDGE_LIBRARIES="$HOME/.m2/repository" \
        unshare --mount --pid --fork --kill-child "$0" "$@"
    exit
fi

cache=$WALNUT_EDGE_CACHE
plain=$cache/debian-$suite.tar
mkdir -p "$cache"/{archives,m2,debian}
exec 9>"$cache/lock-debian"
flock 9
root=$cache/debian
mount -t tmpfs -o mode=755 none "$root"
if [ ! -e "$plain" ]; then
    say "debootstrap $suite, once"
    debootstrap --variant=minbase "$suite" "$root" >"$cache/debootstrap.log" 2>&1 || die "see $cache/debootstrap.log"
    tar -C "$root" --numeric-owner --exclude=./dev/* -cf "$plain.part" .
    mv "$plain.part" "$plain"
else
    tar -C "$root" --numeric-owner -xf "$plain"
fi
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"
mount -t sysfs -o ro sysfs "$root/sys"
mount --bind "$cache/archives" "$root/var/cache/apt/archives"
printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
chmod 755 "$root/usr/sbin/policy-rc.d"
cp /etc/{resolv.conf,hosts} "$root/etc/"
echo "127.0.0.1 $(hostname)" >>"$root/etc/hosts"

inside() { chroot "$root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root DEBIAN_FRONTEND=noninteractive "$@" 9>&-; }
tree="/home/pi/我的 项目/walnut-edge"
as_user() {
    inside runuser -u pi -- env HOME=/home/pi sh -c 'cd "$1" && shift && exec "$@"' - "$tree" "$@"
}
installs() {
    inside apt-get -qq install -y --no-install-recommends "$@" >"$root/tmp/apt.log" 2>&1 || { cat "$root/tmp/apt.log" >&2 && return 1; }
}

say "what each PC has: sudo, certificates${jdk:+, JDK $jdk}"
inside apt-get -qq update
installs sudo ca-certificates ${jdk:+"openjdk-$jdk-jdk-headless"}
inside useradd -m pi
echo 'pi ALL=(ALL) NOPASSWD: ALL' >"$root/etc/sudoers.d/pi"
mkdir -p "$root$tree" "$root/home/pi/.m2"
if [ -d "$WALNUT_EDGE_LIBRARIES" ]; then
    cp -ru "$WALNUT_EDGE_LIBRARIES" "$cache/m2/"
fi
mount --bind "$cache/m2" "$root/home/pi/.m2"
tar -c --exclude=./target --exclude=./.git . | tar -x -C "$root$tree"
inside chown -R pi: /home/pi

say "deploy/demo.sh"
begin=$(date +%s)
as_user deploy/demo.sh --plain --for 5s | awk -v begin="$begin" '/^reading/ && !n++ {
    "date +%s" | getline now
    printf "== the first reading after %d s\n", now - begin
} END { exit !n }'

say "deploy/package.sh and its installation"
package=$(as_user deploy/package.sh)
installs "$tree/$package" mosquitto mosquitto-clients

say "the daemon"
unshare --net sh -c 'ip link set lo up && exec chroot "$1" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin sh -eu' - "$root" 9>&- <<'INSIDE'
mosquitto -p 1883 >/tmp/broker.log 2>&1 &
setpriv --reuid walnut-edge --regid walnut-edge --init-groups walnut-edge run >/tmp/daemon.out 2>/tmp/daemon.err &
daemon=$!
trap 'cat /tmp/daemon.out /tmp/daemon.err' EXIT
timeout 10 sh -c 'until mosquitto_pub -n -t any 2>/tmp/probe.log; do sleep 0.1; done'
timeout 60 mosquitto_sub -v -C 1 -t 'walnutpi/+/board/load1'
kill $daemon
status=0
wait $daemon || status=$?
[ $status = 143 ] || { echo "stopped with status $status instead of 143, Java's of SIGTERM"; exit 1; }
! grep -vE '^[0-9:.]+ (INFO|WARN) ' /tmp/daemon.err # nothing but the log
INSIDE
