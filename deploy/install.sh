#!/bin/sh
# Installs walnut-edge on a Debian board and starts it. Run it as root, from a built tree or an unpacked release; run it
# again to upgrade. A configuration that you have edited stays as it is.
#   sudo deploy/install.sh [--no-start]
# With DESTDIR set it only puts the files below that directory.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
DESTDIR=${DESTDIR:-}
lib=/usr/lib/walnut-edge
etc=/etc/walnut-edge
doc=/usr/share/doc/walnut-edge
skipped=

# How the kernel calls the processor's temperature: the boards with a T527 have another name than the shipped one.
zone=cpu-thermal
if [ -z "$DESTDIR" ] && grep -qs '^walnutpi-2' /proc/device-tree/model; then
    zone=cpul_thermal_zone
fi

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
    case $(uname -m) in
        aarch64) native=linux-aarch64 ;;
        x86_64)
            native=linux-x86-64
            say "note: this is no arm64 board; there is no header, and I2C does not work"
            ;;
        *) die "$(uname -m) is not supported; walnut-edge runs on 64-bit ARM (and, without I2C, on x86-64)" ;;
    esac
    command -v apt-get >/dev/null || die "this is no Debian: there is no apt-get"
    if ! has_java; then
        say "installing openjdk-17-jre-headless"
        apt-get -qq update
        DEBIAN_FRONTEND=noninteractive apt-get -qq -y --no-install-recommends install openjdk-17-jre-headless >/dev/null
        has_java || die "there is still no Java 17 or newer"
    fi
}

has_java() {
    for java in /usr/lib/jvm/java-17-openjdk-*/bin/java /usr/bin/java; do
        [ -x "$java" ] || continue
        major=$("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
        [ "${major:-0}" -ge 17 ] && return 0
    done
    return 1
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

# put MODE FILE TARGET
put() {
    install -D -m "$1" "$2" "$DESTDIR$3"
}

# A new directory takes the place of the old one, so that no jar of an older release stays in it.
put_program() {
    new=$DESTDIR$lib.new
    rm -rf "$new"
    mkdir -p "$new/lib" "$new/native"
    chmod 755 "$new" "$new/lib" "$new/native"
    install -m 644 "$built/walnut-edge.jar" "$new/"
    install -m 755 "$here/deploy/on-stop" "$new/"
    install -m 644 "$built"/lib/*.jar "$new/lib/"
    install -m 644 "$built/native/com/sun/jna/$native"/* "$new/native/"
    case $native in linux-aarch64) serial=armv8_64 ;; *) serial=x86_64 ;; esac
    install -m 644 "$built/native/Linux/$serial"/*.so "$new/native/"
    if [ $native = linux-aarch64 ]; then
        install -m 644 "$built"/native/lib/aarch64/pi4j-linuxfs/*.so "$new/native/"
    fi
    # what was shipped, to know next time whether the installed one was edited
    sed "s/^\( *cpu .*zone = \)cpu-thermal/\1$zone/" "$here/config/application.conf" >"$new/application.conf"
    chmod 644 "$new/application.conf"
    for chip in "$here"/config/chips/*.conf; do
        [ ! -e "$chip" ] || install -D -m 644 "$chip" "$new/chips/$(basename "$chip")"
    done
    before=$DESTDIR$lib.old
    rm -rf "$before"
    [ ! -e "$DESTDIR$lib" ] || mv "$DESTDIR$lib" "$before"
    mv "$new" "$DESTDIR$lib"
}

put_files() {
    put_program
    put 755 "$here/deploy/walnut-edge" /usr/bin/walnut-edge
    put 644 "$here/systemd/walnut-edge.service" /usr/lib/systemd/system/walnut-edge.service
    put 644 "$here/systemd/60-walnut-edge.rules" /usr/lib/udev/rules.d/60-walnut-edge.rules
    put 644 "$here/README.md" $doc/README.md
    put 644 "$here/LICENSE" $doc/LICENSE
    for example in "$here"/config/examples/*.conf; do
        put 644 "$example" "$doc/examples/$(basename "$example")"
    done
    mkdir -p "$DESTDIR/var/lib/walnut-edge"
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
    systemctl daemon-reload
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
  settings   $etc/application.conf   (examples: $doc/examples)
             walnut-edge check; sudo systemctl restart walnut-edge
  log        journalctl -fu walnut-edge
  hardware   sudo walnut-edge scan; walnut-edge pins
  readings   walnut-edge sub 'walnutpi/#'   (or mosquitto_sub -v -t 'walnutpi/#')
TEXT
}

if [ -n "$DESTDIR" ]; then
    case $(uname -m) in aarch64) native=linux-aarch64 ;; *) native=linux-x86-64 ;; esac
    put_files
    say "files are in $DESTDIR; left out: user, groups, Java, service"
    exit 0
fi
check_machine
create_user
stop_service
put_files
own_files
apply_rules
start_service
where_to_look
