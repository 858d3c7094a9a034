package io.walnutedge.watch;

import java.io.PrintWriter;
import java.util.List;

/**
 * Draws a {@link Board} as a live table with the control sequences of ECMA-48 that every terminal knows: cursor home,
 * erase to the end of line and of screen. One thread.
 */
public final class Screen {
    private static final String HOME = "\u001b[H";
    private static final String ERASE_LINE = "\u001b[K";
    private static final String ERASE_BELOW = "\u001b[J";
    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";
    private static final String BOLD = "\u001b[1m";
    private static final String DIM = "\u001b[2m";
    private static final String RED = "\u001b[31m";
    private static final String GREEN = "\u001b[32m";
    private static final String CYAN = "\u001b[36m";
    private static final String PLAIN = "\u001b[0m";

    private final PrintWriter out;
    private final String title;
    private final List<String> hints;
    private final int height;

    /** @param height lines of the terminal, or 0 where that is not known: a longer table would scroll at each drawing */
    public Screen(PrintWriter out, String title, List<String> hints, int height) {
        this.out = out;
        this.title = title;
        this.hints = List.copyOf(hints);
        this.height = height;
    }

    /** Clears the terminal and hides the cursor. */
    public void open() {
        out.print(HIDE_CURSOR + HOME + ERASE_BELOW);
        out.flush();
    }

    public void close() {
        out.print(SHOW_CURSOR);
        out.println();
        out.flush();
    }

    /** Draws the whole table over the last one. */
    public void draw(Board board, long nowNanos) {
        var page = new StringBuilder(HOME);
        line(page, BOLD + title + PLAIN);
        line(page, "");
        line(page, DIM + row("SENSOR", "QUANTITY", "VALUE", "UNIT", "AGE", "HISTORY") + PLAIN);
        var readings = board.readings();
        var shown = Math.min(readings.size(), room(board));
        for (var row : readings.subList(0, shown)) {
            var value = row.value().equals("offline")
                    ? RED + pad("offline", 12, true) + PLAIN
                    : BOLD + pad(shown(row), 12, true) + PLAIN;
            line(
                    page,
                    pad(row.name(), 12, false) + pad(row.detail(), 18, false) + value + "  " + pad(row.unit(), 6, false)
                            + pad(age(row, nowNanos), 8, true) + "  " + CYAN + row.history() + PLAIN);
        }
        line(page, shown < readings.size() ? DIM + (readings.size() - shown) + " more in a higher window" + PLAIN : "");
        for (var row : board.states()) {
            var colour = row.value().equals("ON") ? GREEN + BOLD : "";
            line(
                    page,
                    pad(row.name(), 12, false)
                            + pad(row.detail(), 18, false)
                            + colour
                            + pad(shown(row), 12, true)
                            + PLAIN
                            + pad("", 8, false)
                            + pad(age(row, nowNanos), 8, true));
        }
        line(page, "");
        hints.forEach(hint -> line(page, hint));
        out.print(page + ERASE_BELOW);
        out.flush();
    }

    /** Lines that are left for readings beside the title, the head, three gaps, the states, the hints and the cursor. */
    private int room(Board board) {
        var others = 7 + board.states().size() + hints.size();
        return height == 0 ? Integer.MAX_VALUE : Math.max(1, height - others);
    }

    private static String row(String sensor, String quantity, String value, String unit, String age, String history) {
        return pad(sensor, 12, false) + pad(quantity, 18, false) + pad(value, 12, true) + "  " + pad(unit, 6, false)
                + pad(age, 8, true) + "  " + history;
    }

    private static void line(StringBuilder page, String text) {
        page.append(text).append(ERASE_LINE).append('\n');
    }

    private static String shown(Board.Row row) {
        return row.seen() ? row.value() : "-";
    }

    private static String age(Board.Row row, long nowNanos) {
        return row.seen() ? String.format("%.1f s", Math.max(0, nowNanos - row.arrivedNanos()) / 1e9) : "-";
    }

    private static String pad(String text, int width, boolean right) {
        var cut = text.length() > width ? text.substring(0, width - 1) + "…" : text;
        var blanks = " ".repeat(width - cut.length());
        return right ? blanks + cut : cut + blanks;
    }
}
