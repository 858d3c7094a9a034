#!/bin/bash
# build-arm64.sh DIRECTORY: makes the arm64 guest of the virtual board in DIRECTORY:
#   root/       Debian's arm64 packages, unpacked and not configured: no arm64 program runs to build it
#   vmlinuz     Debian's own arm64 kernel
#   initrd.gz   loads the drivers of the file system and starts guest/init
#   qemu/       QEMU 10 from bookworm-backports: 7.2 of bookworm loses GPIO interrupts
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"
out=$(cd "$1" && pwd)
work=$(mktemp -d "$out/build.XXXXXX")
trap 'rm -rf "$work"' EXIT
root=$out/root

packages=bash,busybox-static,coreutils,dash,findutils,grep,hostname,iproute2,kmod,libc-bin,mawk,mount,procps,sed,util-linux
packages+=,python3,openjdk-17-jre-headless,linux-image-arm64,linux-headers-arm64
"$here/debian-sources.sh" | mmdebstrap --quiet --variant=extract --architectures=arm64 \
    --hook-dir=/usr/share/mmdebstrap/hooks/merged-usr --aptopt='Apt::Install-Recommends "false"' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' --include="$packages" bookworm "$root" -
mkdir -p "$root"/{dev,mnt,proc,root,run,sys,tmp}
version=$(ls "$root/usr/lib/modules")
modules=$root/usr/lib/modules/$version

echo "build-arm64.sh: QEMU from bookworm-backports"
(
    mkdir -p "$work/apt/lists/partial" "$work/apt/archives/partial"
    cd "$work/apt"
    "$here/debian-sources.sh" bookworm-backports >sources.list
    : >status
    options=(-q -o "Dir::Etc::sourcelist=$PWD/sources.list" -o Dir::Etc::sourceparts=/dev/null
        -o "Dir::State::lists=$PWD/lists" -o "Dir::Cache=$PWD" -o "Dir::State::status=$PWD/status")
    apt-get "${options[@]}" update
    apt-get "${options[@]}" download qemu-system-arm qemu-system-common qemu-system-data
    for package in *.deb; do dpkg-deb -x "$package" "$out/qemu"; done
)

# Debian's arm64 kernel has neither virtio-i2c nor virtio-gpio nor the GPIO aggregator, nor the drivers of two chips:
# built as modules against its headers. The headers are an arm64 package whose build tools are arm64 programs: this machine's take their place.
echo "build-arm64.sh: five kernel modules"
"$here/unpack-kernel-source.sh" "$work"
mkdir "$work/modules"
cp "$work"/linux-source-6.1/drivers/{i2c/busses/i2c-virtio.c,gpio/gpio-virtio.c,gpio/gpio-aggregator.c} "$work/modules/"
cp "$work"/linux-source-6.1/drivers/{hwmon/ina2xx.c,iio/humidity/si7020.c} "$work/modules/"
echo 'obj-m := i2c-virtio.o gpio-virtio.o gpio-aggregator.o ina2xx.o si7020.o' >"$work/modules/Makefile"
(cd "$work" && apt-get -q download linux-kbuild-6.1)
rm -r "$root"/usr/lib/linux-kbuild-6.1
dpkg-deb -x "$work"/linux-kbuild-6.1_*.deb "$root"
headers=$root/usr/src/linux-headers-$version
sed -i "s,/usr/src/,$root/usr/src/," "$headers/Makefile"
nice make -s -C "$headers" M="$work/modules" ARCH=arm64 CROSS_COMPILE=aarch64-linux-gnu- modules
mkdir "$modules/extra"
for module in "$work"/modules/*.ko; do
    aarch64-linux-gnu-strip --strip-debug -o "$modules/extra/$(basename "$module")" "$module"
done
depmod -b "$root" "$version"

tree=$work/initramfs
mkdir -p "$tree"/{bin,dev,proc,root}
cp "$root/bin/busybox" "$tree/bin/"
cp "$here/guest/initramfs" "$tree/init"
for name in virtio_pci 9pnet_virtio 9p virtio_net; do
    modprobe -d "$root" -S "$version" --show-depends "$name"
done | sed -n 's/^insmod \([^ ]*\).*/\1/p' | awk '!seen[$0]++' >"$work/wanted"
while read -r file; do
    cp "$file" "$tree/"
    basename "$file"
done <"$work/wanted" | sed 's,^,/,' >"$tree/modules"
(cd "$tree" && find . | cpio -o -H newc --quiet | gzip -1) >"$out/initrd.gz"

cp "$root/boot/vmlinuz-$version" "$out/vmlinuz"
rm -rf "$root"/{boot,usr/src,usr/lib/linux-*} "$modules"/kernel/{sound,drivers/{gpu,media,infiniband,scsi,staging,usb}}
