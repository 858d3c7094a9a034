#!/bin/bash
# Prints walnut-edge(1), with the commands and options as the program itself tells them.
# usage: deploy/man-page.sh JAR VERSION
set -euo pipefail
jar=$1
version=$2
help() { "${JAVA_HOME:-/usr}/bin/java" -XX:TieredStopAtLevel=1 -jar "$jar" "$@" --help; }
# roff takes \ for a command, and a dot or an apostrophe at the begin of a line
escaped() { sed -e 's/\\/\\e/g' -e 's/-/\\-/g' -e "s/^\([.']\)/\\\\\&\1/"; }

summary=$(help)
cat <<TEXT
.TH WALNUT-EDGE 1 "" "walnut-edge $version" "User Commands"
.SH NAME
walnut-edge \\- sensors to MQTT, and commands back to outputs
.SH SYNOPSIS
.B walnut-edge
[\\fB\\-hV\\fR] \\fICOMMAND\\fR [\\fIOPTION\\fR...]
.SH DESCRIPTION
walnut-edge reads the sensors of a Walnut Pi board, publishes what they measure to an MQTT broker, and drives outputs as it
is told there. The service walnut-edge.service runs \\fBwalnut-edge run\\fR; the other commands help to set it up.
.SH COMMANDS
TEXT
for command in $(sed -n '/^Commands:/,/^$/ s/^  \([a-z][a-z-]*\) .*/\1/p' <<<"$summary"); do
    [ "$command" != help ] || continue
    printf '.SS %s\n.nf\n' "$command"
    help "$command" | escaped
    printf '.fi\n'
done
cat <<'TEXT'
.SH EXIT STATUS
0 done, 1 failed, 2 wrong arguments, 78 the configuration has mistakes, 143 stopped by SIGTERM, 130 by SIGINT.
.SH ENVIRONMENT
.TP
.B WALNUT_EDGE_JAVA
The Java to take, 17 or newer, as \fI/usr/lib/jvm/.../bin/java\fR, instead of the newest there.
.TP
.B WALNUT_EDGE_JAVA_OPTS
Options for Java, added to those of the launcher.
.SH FILES
.TP
.I /etc/walnut\-edge/application.conf
The configuration, see walnut\-edge.conf(5). \fBwalnut-edge check\fR tells its mistakes.
.TP
.I /etc/walnut\-edge/chips
Definitions of chips that the configuration can name.
.TP
.I /usr/share/doc/walnut\-edge
The documents, with examples.
.TP
.I /var/lib/walnut\-edge
Readings that wait for the broker, and the states of outputs.
.SH SEE ALSO
.BR walnut\-edge.conf (5),
.BR systemctl (1),
.BR journalctl (1),
.BR mosquitto (8)
TEXT
