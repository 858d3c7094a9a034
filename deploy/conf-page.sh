#!/bin/bash
# Prints walnut-edge.conf(5), made of the documents that have the keys.
# usage: deploy/conf-page.sh VERSION
set -euo pipefail
cd "$(dirname "$0")/../src/site/markdown"

cat <<TEXT
.\\" no key is torn at the end of a line
.nr HY 0
.TH WALNUT-EDGE.CONF 5 "" "walnut-edge $1" "File Formats"
.SH NAME
walnut-edge.conf \\- configuration of walnut-edge: sensors, inputs, outputs and the MQTT broker
.SH SYNOPSIS
.I /etc/walnut\\-edge/application.conf
.br
.I /etc/walnut\\-edge/conf.d/*.conf
.ad l
TEXT
# A row of a table becomes a term and what it means: columns are too narrow for it in a terminal.
awk -F '[|]' '
    function trimmed(text) { gsub(/^ +| +$/, "", text); return text }
    /^\[中文\]/ { next }
    /\.zh\.md\)$/ { next }
    /^```/ { fenced = !fenced }
    /^# / { $0 = toupper($0) }
    fenced || !/^\|/ { row = 0; print; next }
    { row++ }
    row == 1 { for (i = 2; i < NF; i++) head[i] = trimmed($i) }
    row > 2 {
        term = "**" trimmed($2) "**"
        text = ""
        for (i = 3; i < NF; i++) {
            cell = trimmed($i)
            if (cell == "") continue
            if (head[i] == "default") term = term ", " (cell == "required" ? "" : "default ") cell
            else text = text (text == "" ? "" : "; ") (i == 3 || head[i] == "" ? "" : head[i] ": ") cell
        }
        printf text == "" ? "\n%s\n" : "\n%s\n\n:   %s\n", term, text
    }
' configuration.md sensors.md inputs-outputs.md |
    lowdown -Tman --nroff-nolinks --out-no-smarty --parse-no-metadata |
    # a terminal has no typewriter font
    sed 's/\\fC/\\fB/g'
cat <<'TEXT'
.SH SEE ALSO
.BR walnut\-edge (1)
.PP
.I /usr/share/doc/walnut\-edge
has the chips with their keys, the topics and payloads, and examples.
TEXT
