# Sourced by the scripts beside it: installs Debian packages that are missing, finds a JDK, builds. Not run by itself.

# A Java that takes the locale for ASCII finds nothing below a directory with a Chinese name, as in deploy/walnut-edge.
export LC_ALL=C.UTF-8

# say TEXT: to the terminal, apart from the output of what runs
say() { printf '== %s\n' "$*" >&2; }

die() {
    printf '%s: %s\n' "$(basename "$0")" "$*" >&2
    exit 1
}

# as_root COMMAND...: through sudo where this is not root
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        die "needs root to install packages: run it as root, or install sudo"
    fi
}

# need COMMAND=PACKAGE...: installs the packages whose command is missing; a library is named by its file, as a pattern
need() {
    local missing=() pair
    for pair in "$@"; do
        has "${pair%%=*}" || missing+=("${pair#*=}")
    done
    install_packages "${missing[@]}"
}

need_for_tests() {
    need mvn=maven mosquitto=mosquitto mosquitto_pub=mosquitto-clients openssl=openssl ps=procps \
        socat=socat unshare=util-linux '/usr/lib/*/faketime/libfaketime.so.1=libfaketime' strace=strace setpriv=util-linux \
        systemd-analyze=systemd deb-systemd-helper=init-system-helpers dpkg-deb=dpkg lintian=lintian lowdown=lowdown
}

has() {
    case $1 in
        /*) compgen -G "$1" ;;
        *) PATH="$PATH:/usr/sbin:/sbin" command -v "$1" ;;
    esac >/dev/null
}

# install_packages PACKAGE...: one written as A|B is the first of them that this Debian has
install_packages() {
    [ $# -gt 0 ] || return 0
    command -v apt-get >/dev/null || die "missing: $*; this is not Debian, so install them by hand"
    as_root apt-get update -qq
    local package choice chosen=()
    for package in "$@"; do
        for choice in ${package//|/ }; do
            ! apt-cache show "$choice" >/dev/null 2>&1 || break
        done
        chosen+=("$choice")
    done
    say "installing ${chosen[*]}"
    # A service that a package brings is not to run: the tests start their own on a free port.
    local policy=/usr/sbin/policy-rc.d made=
    if [ ! -e $policy ]; then
        printf '#!/bin/sh\nexit 101\n' | as_root tee $policy >/dev/null
        as_root chmod 755 $policy
        made=yes
    fi
    local status=0
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${chosen[@]}" >&2 || status=$?
    [ -z "$made" ] || as_root rm -f $policy
    [ $status = 0 ] || die "apt-get could not install ${chosen[*]}"
}

# use_jdk: sets JAVA_HOME to a JDK that builds the project. Its own value comes first, then the oldest one installed: the class
# files of a JDK differ from another's, and a released package has those of Debian 12's.
use_jdk() {
    local home
    for home in "${JAVA_HOME:-}" /usr/lib/jvm/java-{17,21,25}-openjdk-*; do
        if [ -n "$home" ] && [ -x "$home/bin/javac" ] && "$home/bin/javac" -version 2>&1 | grep -Eq '^javac (17|21|25)([^0-9]|$)'; then
            export JAVA_HOME="$home"
            return 0
        fi
    done
    [ -z "${1:-}" ] || die "no JDK 17, 21 or 25 under /usr/lib/jvm, although one is installed"
    install_packages 'openjdk-17-jdk-headless|openjdk-21-jdk-headless|openjdk-25-jdk-headless'
    use_jdk again
}

# build_quick: makes target/walnut-edge.jar where it is missing or old; the checks are for deploy/test.sh
build_quick() {
    local jar=target/walnut-edge.jar
    [ ! -e $jar ] || [ -n "$(find pom.xml src/main -newer $jar -print -quit)" ] || return 0
    say "compiling with $(basename "$JAVA_HOME"): up to a minute, the first time also a download of 47 MiB"
    mvn_quick package
    touch $jar
}

# mvn_quick GOAL: in a JVM that starts fast, as it has ended before the better compiler would pay, and without Java 25's warnings of
# Maven's own libraries
mvn_quick() {
    need mvn=maven
    local options="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:+IgnoreUnrecognizedVMOptions --sun-misc-unsafe-memory-access=allow"
    MAVEN_OPTS="$options ${MAVEN_OPTS:-}" mvn -B -q -Dquick "$1" >&2
}
