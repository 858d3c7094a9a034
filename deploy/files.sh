# Sourced by install.sh and package.sh: which file of a built tree goes where. Not run by itself.
# They set $here (the tree), $built (where its jar is) and DESTDIR.
lib=/usr/lib/walnut-edge
etc=/etc/walnut-edge
doc=/usr/share/doc/walnut-edge

# put MODE FILE TARGET
put() {
    install -D -m "$1" "$2" "$DESTDIR$3"
}

# put_libraries DIRECTORY MACHINE: jars, and the natives of a machine as `uname -m` names it
put_libraries() {
    put 644 "$built/walnut-edge.jar" "$1/walnut-edge.jar"
    put 755 "$here/deploy/on-stop" "$1/on-stop"
    put 755 "$here/deploy/make-archive" "$1/make-archive"
    put 755 "$here/deploy/train" "$1/train"
    put 644 "$here/deploy/classes.list" "$1/classes.list"
    for library in "$built"/lib/*.jar; do
        put 644 "$library" "$1/lib/$(basename "$library")"
    done
    put_natives "$1" "$2"
}

# put_natives DIRECTORY MACHINE
put_natives() {
    case $2 in
        aarch64) jna=linux-aarch64 serial=armv8_64 ;;
        *) jna=linux-x86-64 serial=x86_64 ;;
    esac
    for native in "$built/native/com/sun/jna/$jna"/*.so "$built/native/Linux/$serial"/*.so \
        "$built/native/lib/$2"/pi4j-linuxfs/*.so; do
        # Pi4J's own exists for aarch64 only
        [ ! -e "$native" ] || put 644 "$native" "$1/native/$2/$(basename "$native")"
    done
}

# What stands outside of the program's directory and is replaced by every upgrade.
put_others() {
    put 755 "$here/deploy/walnut-edge" /usr/bin/walnut-edge
    for unit in walnut-edge.service walnut-edge-image.service; do
        put 644 "$here/systemd/$unit" /usr/lib/systemd/system/$unit
    done
    put 644 "$here/systemd/60-walnut-edge.rules" /usr/lib/udev/rules.d/60-walnut-edge.rules
    for document in "$here"/src/site/markdown/*.md "$here/deploy/demo.svg"; do
        put 644 "$document" "$doc/$(basename "$document")"
    done
    # what it links to is beside it there
    sed 's/\](\(src\/site\/markdown\|deploy\)\//](/g' "$here/README.md" | put 644 /dev/stdin $doc/README.md
    # what is in it, as CycloneDX
    [ ! -e "$built/walnut-edge.cdx.json" ] || put 644 "$built/walnut-edge.cdx.json" $doc/walnut-edge.cdx.json
    (cd "$here/config/examples" && find . -type f) | while read -r example; do
        put 644 "$here/config/examples/$example" "$doc/examples/${example#./}"
    done
    for scenario in "$here"/config/scenarios/*; do
        put 644 "$scenario" "$doc/examples/scenarios/$(basename "$scenario")"
    done
}
