#!/bin/sh
# Removes walnut-edge. The configuration and the data stay, unless --purge is given.
#   sudo deploy/uninstall.sh [--purge]
# With DESTDIR set it only removes the files below that directory.
set -eu
DESTDIR=${DESTDIR:-}

die() {
    echo "walnut-edge: $*" >&2
    exit 1
}

purge=no
for argument in "$@"; do
    case $argument in
        --purge) purge=yes ;;
        *) die "unknown argument $argument; accepted: --purge" ;;
    esac
done

if [ -z "$DESTDIR" ]; then
    [ "$(id -u)" -eq 0 ] || die "run it as root: sudo $0"
    if dpkg-query -W -f '${Status}' walnut-edge 2>/dev/null | grep -q ' installed$'; then
        die "it is installed as a package: apt remove walnut-edge, or apt purge walnut-edge"
    fi
    if command -v systemctl >/dev/null; then
        if [ -d /run/systemd/system ]; then
            systemctl stop walnut-edge walnut-edge-image 2>/dev/null || true
        fi
        systemctl -q disable walnut-edge 2>/dev/null || true
    fi
fi

rm -rf "$DESTDIR/usr/lib/walnut-edge" "$DESTDIR/usr/lib/walnut-edge.new" "$DESTDIR/usr/lib/walnut-edge.old" \
    "$DESTDIR/usr/share/doc/walnut-edge"
rm -f "$DESTDIR/usr/bin/walnut-edge" "$DESTDIR/usr/lib/systemd/system/walnut-edge.service" \
    "$DESTDIR/usr/lib/systemd/system/walnut-edge-image.service" \
    "$DESTDIR/usr/lib/udev/rules.d/60-walnut-edge.rules"
if [ $purge = yes ]; then
    rm -rf "$DESTDIR/etc/walnut-edge" "$DESTDIR/var/lib/walnut-edge" \
        "$DESTDIR/etc/systemd/system/walnut-edge.service.d"
fi

if [ -z "$DESTDIR" ]; then
    [ ! -d /run/systemd/system ] || systemctl daemon-reload
    [ ! -S /run/udev/control ] || udevadm control --reload
    if [ $purge = yes ] && getent passwd walnut-edge >/dev/null; then
        userdel walnut-edge
        ! getent group walnut-edge >/dev/null || groupdel walnut-edge
    fi
fi
# The groups i2c and gpio stay: other programs may use them by now.
if [ $purge = yes ]; then
    echo "walnut-edge: removed, with its configuration and data"
else
    echo "walnut-edge: removed; /etc/walnut-edge and /var/lib/walnut-edge are still there (--purge removes them)"
fi
