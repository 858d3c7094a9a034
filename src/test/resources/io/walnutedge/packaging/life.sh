#!/bin/sh
# The life of the package on a machine: installed, upgraded, removed and purged, in a copy of this one that is gone afterwards.
# usage: unshare --mount sh life.sh WORK FIRST.deb SECOND.deb JAVA      as root; prints facts, each as name=value
# JAVA is a directory of /usr/lib/jvm, and the only one there
set -eu
work=$1
mount -t tmpfs none "$work"
mkdir "$work/upper" "$work/work" "$work/root"
mount -t overlay none -o "lowerdir=/,upperdir=$work/upper,workdir=$work/work" "$work/root"
cp "$2" "$work/root/first.deb"
cp "$3" "$work/root/second.deb"
for each in dev proc; do
    mount --rbind "/$each" "$work/root/$each"
done
mount -t tmpfs none "$work/root/run"
mount -t tmpfs none "$work/root/tmp"
for each in "$work"/root/usr/lib/jvm/*; do
    [ "${each##*/}" = "$4" ] || rm -rf "$each"
done

run() { chroot "$work/root" env DEBIAN_FRONTEND=noninteractive LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"; }
package() { run dpkg --force-depends "$@" </dev/null >"$work/said" 2>&1 || { cat "$work/said" >&2; exit 1; }; }
fact() { printf '%s=%s\n' "$1" "$2"; }
there() { if [ -e "$work/root$1" ] || [ -L "$work/root$1" ]; then echo yes; else echo no; fi; }
config=$work/root/etc/walnut-edge/application.conf
image=/usr/lib/walnut-edge/classes.jsa

package -i /first.deb
fact installed "$(run dpkg-query -W -f '${db:Status-Status} ${Version}' walnut-edge)"
fact program "$(run walnut-edge --version)"
fact user "$(run id -nG walnut-edge | tr ' ' '\n' | sort | tr '\n' ' ')"
fact state "$(run stat -c '%U:%G %a' /var/lib/walnut-edge)"
fact enabled "$(there /etc/systemd/system/multi-user.target.wants/walnut-edge.service)"
fact natives "$(there "/usr/lib/walnut-edge/native/$(uname -m)/libjnidispatch.so")"
fact image "$(there $image)"
make() { run /usr/lib/walnut-edge/make-archive; }
fact made "$(make 2>&1)"
fact image-made "$(run stat -c '%U:%G %a' $image)"
case $(run walnut-edge --java) in
2[5-9]* | [3-9]*) strict=-XX:AOTMode=on ;;
*) strict=-Xshare:on ;;
esac
fact shared "$(run env WALNUT_EDGE_JAVA_OPTS=$strict walnut-edge --version)"
fact left-over "$(run find /tmp /run -user nobody)"
fact conf-d "$(run stat -c '%U:%G %a' /etc/walnut-edge/conf.d)"
fact credentials "$(run stat -c '%U:%G %a' /etc/walnut-edge/credentials)"
fact check "$(run walnut-edge check >/dev/null 2>&1 && echo good)"

echo of the Java before >"$work/root$image"
run dpkg-trigger --by-package=dpkg --no-await /usr/lib/jvm
package --triggers-only walnut-edge
fact image-after-java-changed "$(there $image) $(run head -c 6 $image 2>/dev/null | grep -c 'of the')"
make

echo '# edited' >>"$config"
part=$work/root/etc/walnut-edge/conf.d/site.conf
echo 'device { id = site }' >"$part"
login=$work/root/etc/walnut-edge/credentials/mqtt-login
echo 'pi:pi' >"$login"
package --force-confold -i /second.deb
fact upgraded "$(run dpkg-query -W -f '${db:Status-Status} ${Version}' walnut-edge)"
fact edited "$(tail -n 1 "$config")"
fact shipped-beside "$(tail -n 1 "$config.dpkg-dist")"
fact check-after-upgrade "$(run walnut-edge check | grep -E '^(with|device|broker|warning)' | tr -s ' ' | tr '\n' ';')"
fact image-after-upgrade "$(there $image)"
make

package -r walnut-edge
fact removed-program "$(there /usr/lib/walnut-edge) $(there /usr/share/walnut-edge) $(there /usr/bin/walnut-edge)"
fact removed-config "$(tail -n 1 "$config")"
fact removed-others "$(cat "$part") $(cat "$login")"
fact removed-state "$(there /var/lib/walnut-edge)"

package -P walnut-edge
fact purged "$(run find /etc /usr /var /lib -xdev -name '*walnut-edge*')"
fact purged-user "$(run grep -c walnut-edge /etc/passwd || true)$(run grep -c walnut-edge /etc/group || true)"
