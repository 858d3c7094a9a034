#!/bin/bash
# Makes the Debian package target/walnut-edge_VERSION_all.deb of what is in target/, and builds that first where it is missing
# or old.
# usage: deploy/package.sh      prints the package's name
set -euo pipefail
cd "$(dirname "$0")/.."
umask 022
. deploy/tools.sh
. deploy/files.sh

use_jdk
need dpkg-deb=dpkg lowdown=lowdown
build_quick
jar=target/walnut-edge.jar
[ target/walnut-edge.cdx.json -nt pom.xml ] || mvn_quick cyclonedx:makeBom@bill-of-materials
version=$(sed -n '/<parent>/,/<\/parent>/d; s/^  <version>\(.*\)<\/version>$/\1/p' pom.xml | head -n 1)
parts=deploy/debian
said=$(sed -n '1s/^walnut-edge (\([^)]*\)).*/\1/p' $parts/changelog)
[ "$said" = "$version" ] || die "pom.xml has version $version, $parts/changelog $said; add an entry for the new one"

# The date of all files: of the newest entry in the change log, so that a second run makes the same package
SOURCE_DATE_EPOCH=$(date -d "$(sed -n 's/^ -- .*>  //p' $parts/changelog | head -n 1)" +%s)
export SOURCE_DATE_EPOCH

here=$PWD
built=$PWD/target
DESTDIR=$PWD/target/package
rm -rf "$DESTDIR"
mkdir -p "$DESTDIR/DEBIAN"

put_libraries $lib aarch64
put_natives $lib x86_64
# Java's files are the same on all machines and have their place in /usr/share; machine code has none in a package for all
# machines, postinst unpacks it.
share=/usr/share/walnut-edge
mkdir -p "$DESTDIR$share"
mv "$DESTDIR$lib/lib" "$DESTDIR$lib/walnut-edge.jar" "$DESTDIR$share/"
ln -s ../../share/walnut-edge/lib "$DESTDIR$lib/lib"
ln -s ../../share/walnut-edge/walnut-edge.jar "$DESTDIR$lib/walnut-edge.jar"
tar -C "$DESTDIR$lib/native" --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner -c aarch64 x86_64 |
    gzip -9n >"$DESTDIR$share/native.tar.gz"
rm -r "$DESTDIR$lib/native"
put_others
put 644 $parts/sysusers.conf /usr/lib/sysusers.d/walnut-edge.conf
put 644 $parts/copyright $doc/copyright

# conffiles: what the user edits, and dpkg asks about when it has changed on both sides
put 644 config/application.conf $etc/application.conf
for chip in config/chips/*.conf; do
    put 644 "$chip" "$etc/chips/$(basename "$chip")"
done
mkdir -p "$DESTDIR$etc/conf.d"
(cd "$DESTDIR" && find ."$etc" -type f | sed 's/^\.//' | LC_ALL=C sort) >"$DESTDIR/DEBIAN/conffiles"

compressed() {
    mkdir -p "$(dirname "$DESTDIR$1")"
    gzip -9n >"$DESTDIR$1"
}
compressed $doc/changelog.gz <$parts/changelog
deploy/man-page.sh $jar "$version" | compressed /usr/share/man/man1/walnut-edge.1.gz
deploy/conf-page.sh "$version" | compressed /usr/share/man/man5/walnut-edge.conf.5.gz
"$JAVA_HOME/bin/java" -cp $jar picocli.AutoComplete -f -n walnut-edge -o target/completion io.walnutedge.Main
sed -i '1{/^#!/d}' target/completion
put 644 target/completion /usr/share/bash-completion/completions/walnut-edge

for script in postinst prerm postrm; do
    install -m 755 $parts/$script "$DESTDIR/DEBIAN/$script"
done
install -m 644 $parts/triggers "$DESTDIR/DEBIAN/triggers"
sed -e "s/@VERSION@/$version/" -e "s/@SIZE@/$(du -sk --apparent-size --exclude=DEBIAN "$DESTDIR" | cut -f1)/" \
    $parts/control.in >"$DESTDIR/DEBIAN/control"
(cd "$DESTDIR" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum) >"$DESTDIR/DEBIAN/md5sums"
chmod -R u+rwX,go+rX,go-w "$DESTDIR"

package=target/walnut-edge_${version}_all.deb
dpkg-deb --root-owner-group -Zxz --build "$DESTDIR" "$package" >&2
rm -rf "$DESTDIR"
echo "$package"
