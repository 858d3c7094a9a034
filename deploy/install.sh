#!/bin/sh
# Installs walnut-edge on a Debian board and starts it. Run it as root, from a built tree or an unpacked release; run it
# again to upgrade. A configuration that you have edited stays as it is.
#   sudo deploy/install.sh [--no-start]
# With DESTDIR set it only puts the files below that directory.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
DESTDIR=${DESTDIR:-}
skipped=
# shellcheck source=deploy/files.sh
. "$here/deploy/files.sh"

say() {
    echo "walnut-edge: $*"
}

die() {
    echo "walnut-edge: $*" >&2
    exit 1
}

start=yes
for argument in "$@"; do
    case $argument in
        --no-start) start=no ;;
        *) die "unknown argument $argument; accepted: --no-start" ;;
    esac
done

# A built tree has the jar in target/, a release beside its other directories.
built=$here
[ -e "$here/target/walnut-edge.jar" ] && built=$here/target
[ -e "$built/walnut-edge.jar" ] || die "no walnut-edge.jar in $here; build it first, as with: deploy/demo.sh --plain --for 20s"

check_machine() {
    [ "$(id -u)" -eq 0 ] || die "run it as root: sudo $0"
    if dpkg-query -W -f '${Status}' walnut-edge 2>/dev/null | grep -q ' installed$'; then
        die "it is installed as a package; upgrade that with: apt install ./walnut-edge_VERSION_all.deb"
    fi
    case $(uname -m) in
        aarch64) ;;
        x86_64)
            say "note: this is no arm64 board; there is no header, and I2C does not work"
            ;;
        *) die "$(uname -m) is not supported; walnut-edge runs on 64-bit ARM (and, without I2C, on x86-64)" ;;
    esac
    if ! has_java; then
        command -v apt-get >/dev/null || die "there is no Java 17 or newer, and no apt-get to install it with"
        say "installing default-jre-headless"
        apt-get -qq update
        DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install default-jre-headless >/dev/null
        has_java || die "there is still no Java 17 or newer"
    fi
}

has_java() {
    "$here/deploy/walnut-edge" --java >/dev/null 2>&1
}

create_user() {
    for group in i2c gpio walnut-edge; do
        getent group $group >/dev/null || groupadd --system $group
    done
    if ! getent passwd walnut-edge >/dev/null; then
        useradd --system --gid walnut-edge --no-create-home --home-dir /var/lib/walnut-edge \
            --shell /usr/sbin/nologin --comment "walnut-edge daemon" walnut-edge
    fi
    usermod --append --groups i2c,gpio walnut-edge
}

has_systemd() {
    [ -d /run/systemd/system ]
}

stop_service() {
    if has_systemd && systemctl -q is-active walnut-edge; then
        say "stopping the running one (its outputs go to their on-stop state)"
        systemctl stop walnut-edge
    fi
}

# A new directory takes the place of the old one, so that no jar of an older release stays in it.
put_program() {
    new=$DESTDIR$lib.new
    rm -rf "$new"
    put_libraries $lib.new "$(uname -m)"
    # what was shipped, to know next time whether the installed one was edited
    put 644 "$here/config/application.conf" $lib.new/application.conf
    for chip in "$here"/config/chips/*.conf; do
        [ ! -e "$chip" ] || put 644 "$chip" "$lib.new/chips/$(basename "$chip")"
    done
    before=$DESTDIR$lib.old
    rm -rf "$before"
    [ ! -e "$DESTDIR$lib" ] || mv "$DESTDIR$lib" "$before"
    mv "$new" "$DESTDIR$lib"
}

put_files() {
    put_program
    put_others
    put 644 "$here/LICENSE" $doc/LICENSE
    mkdir -p "$DESTDIR/var/lib/walnut-edge" "$DESTDIR$etc/conf.d"
    # secrets, which systemd hands to the service
    [ -d "$DESTDIR$etc/credentials" ] || install -d -m 700 "$DESTDIR$etc/credentials"
    put_config
    put_chips
    rm -rf "$before"
}

# Definitions of chips: those that were edited stay.
put_chips() {
    for chip in "$DESTDIR$lib"/chips/*; do
        [ -e "$chip" ] || continue
        name=$(basename "$chip")
        if [ ! -e "$DESTDIR$etc/chips/$name" ] || cmp -s "$DESTDIR$etc/chips/$name" "$before/chips/$name"; then
            put 644 "$chip" "$etc/chips/$name"
        elif ! cmp -s "$DESTDIR$etc/chips/$name" "$chip"; then
            say "$etc/chips/$name is yours and stays"
        fi
    done
}

put_config() {
    config=$DESTDIR$etc/application.conf
    shipped=$DESTDIR$lib/application.conf
    if [ ! -e "$config" ] || cmp -s "$config" "$before/application.conf"; then
        put 644 "$shipped" $etc/application.conf
        rm -f "$config.new"
    elif cmp -s "$config" "$shipped"; then
        rm -f "$config.new"
    else
        put 644 "$shipped" $etc/application.conf.new
        say "$etc/application.conf is yours and stays; the shipped one is beside it as application.conf.new"
    fi
}

own_files() {
    chown walnut-edge:walnut-edge /var/lib/walnut-edge
    chmod 750 /var/lib/walnut-edge
}

apply_rules() {
    if [ -S /run/udev/control ]; then
        udevadm control --reload
        udevadm trigger --subsystem-match=i2c-dev --subsystem-match=gpio --subsystem-match=pwm --subsystem-match=leds
        udevadm settle --timeout=10 || true
    else
        skipped="$skipped udev"
    fi
}

start_service() {
    if ! command -v systemctl >/dev/null; then
        skipped="$skipped service"
        return
    fi
    systemctl -q enable walnut-edge || skipped="$skipped enabling"
    if ! has_systemd; then
        skipped="$skipped starting"
        return
    fi
    [ $start = yes ] || return 0
    if ! systemctl restart walnut-edge; then
        journalctl --no-pager -o cat -n 20 -u walnut-edge || true
        die "it is installed but does not start, see above; after a change: sudo systemctl restart walnut-edge"
    fi
}

where_to_look() {
    [ -z "$skipped" ] || say "left out, because it is not running here:$skipped"
    cat <<TEXT

walnut-edge is installed.
  settings   $etc/application.conf and $etc/conf.d   (examples: $doc/examples)
             walnut-edge check; sudo systemctl reload walnut-edge
  log        journalctl -fu walnut-edge
  hardware   sudo walnut-edge scan; walnut-edge pins
  readings   walnut-edge sub 'walnutpi/#'   (or mosquitto_sub -v -t 'walnutpi/#')
TEXT
}

if [ -n "$DESTDIR" ]; then
    put_files
    say "files are in $DESTDIR; left out: user, groups, Java, service"
    exit 0
fi
check_machine
create_user
stop_service
put_files
! has_systemd || systemctl daemon-reload
$lib/make-archive --no-wait
own_files
apply_rules
start_service
where_to_look
