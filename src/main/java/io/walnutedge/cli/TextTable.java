package io.walnutedge.cli;

import io.walnutedge.text.Columns;
import io.walnutedge.text.Printable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A table in plain text, columns as wide as their widest cell. One thread. */
final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();

    TextTable(String... head) {
        rows.add(List.of(head));
    }

    void row(Object... cells) {
        rows.add(java.util.Arrays.stream(cells)
                .map(String::valueOf)
                .map(Printable::of)
                .toList());
    }

    boolean isEmpty() {
        return rows.size() == 1;
    }

    void print(PrintWriter out) {
        var widths = new int[rows.get(0).size()];
        for (var row : rows) {
            for (var i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], Columns.width(row.get(i)));
            }
        }
        for (var row : rows) {
            var line = new StringBuilder();
            for (var i = 0; i < row.size(); i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - Columns.width(row.get(i)) + 2));
            }
            out.println(line.toString().stripTrailing());
        }
        out.flush();
    }
}
