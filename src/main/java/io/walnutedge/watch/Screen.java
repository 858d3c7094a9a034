package io.walnutedge.watch;

import io.walnutedge.text.Columns;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

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
    /** Of the table below: name 12, quantity 18, value 12, gap 2, unit 6, age 8, gap 2. */
    private static final int HISTORY_COLUMN = 60;
    /** The rest is in the table as {@code offline}, or in {@code walnut-edge status}. */
    private static final int MOST_ALERTS = 4;

    private final PrintWriter out;
    private final String title;
    private final List<String> hints;
    private final Terminal size;

    public Screen(PrintWriter out, String title, List<String> hints, Terminal size) {
        this.out = out;
        this.title = title;
        this.hints = List.copyOf(hints);
        this.size = size;
    }

    /** Clears the terminal and hides the cursor. */
    public void open() {
        out.print(HIDE_CURSOR + HOME + ERASE_BELOW);
        out.flush();
    }

    public void close() {
        out.print(PLAIN + SHOW_CURSOR);
        out.println();
        out.flush();
    }

    /**
     * Draws the whole table over the last one.
     *
     * @param note below the title
     */
    public void draw(Board board, String note, long nowNanos) {
        var page = new StringBuilder(HOME);
        line(page, BOLD + fit(title) + PLAIN);
        line(page, fit(note));
        line(page, DIM + row("SENSOR", "QUANTITY", "VALUE", "UNIT", "AGE", "HISTORY") + PLAIN);
        var readings = board.readings();
        var states = board.states();
        var alerts = board.alerts();
        var room = room(Math.min(alerts.size(), MOST_ALERTS));
        // the outputs leave the readings half of the window
        var shownStates = Math.min(states.size(), Math.max(room / 2, room - readings.size()));
        var shown = Math.min(readings.size(), room - shownStates);
        var more = readings.size() - shown + states.size() - shownStates;
        for (var row : readings.subList(0, shown)) {
            var value = row.value().equals("offline")
                    ? RED + pad("offline", 12, true) + PLAIN
                    : BOLD + pad(shown(row), 12, true) + PLAIN;
            line(
                    page,
                    pad(row.name(), 12, false) + pad(row.detail(), 18, false) + value + "  " + pad(row.unit(), 6, false)
                            + pad(age(row, nowNanos), 8, true) + "  " + CYAN + history(row) + PLAIN);
        }
        line(page, more > 0 ? DIM + more + " more in a higher window" + PLAIN : "");
        for (var row : states.subList(0, shownStates)) {
            var colour = row.value().equals("ON") ? GREEN + BOLD : row.value().equals("offline") ? RED : "";
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
        alerts.stream().limit(MOST_ALERTS).forEach(alert -> line(page, RED + fit("alert " + alert) + PLAIN));
        hints.forEach(hint -> line(page, fit(hint)));
        out.print(page + ERASE_BELOW);
        out.flush();
    }

    /** Lines that are left for readings and states beside title, note, head, two gaps, the alerts, the hints and the cursor. */
    private int room(int alerts) {
        var others = 6 + alerts + hints.size();
        return size.lines() == 0 ? Integer.MAX_VALUE / 2 : Math.max(2, size.lines() - others);
    }

    private String fit(String text) {
        var limit = size.columns() == 0 ? Integer.MAX_VALUE : size.columns();
        return Columns.fit(text, limit);
    }

    /** The newest values, as many as there are columns left. */
    private String history(Board.Row row) {
        var columns = size.columns() == 0 ? row.history().length() : Math.max(0, size.columns() - HISTORY_COLUMN);
        var from = Math.max(0, row.history().length() - columns);
        return row.history().substring(from);
    }

    private static String row(String sensor, String quantity, String value, String unit, String age, String history) {
        return pad(sensor, 12, false) + pad(quantity, 18, false) + pad(value, 12, true) + "  " + pad(unit, 6, false)
                + pad(age, 8, true) + "  " + history;
    }

    /** Erased first: behind a full line the cursor stands on its last column, which would go. */
    private static void line(StringBuilder page, String text) {
        page.append(ERASE_LINE).append(text).append('\n');
    }

    private static String shown(Board.Row row) {
        return row.seen() ? row.value() : "-";
    }

    private static String age(Board.Row row, long nowNanos) {
        return row.seen()
                ? String.format(Locale.ROOT, "%.1f s", Math.max(0, nowNanos - row.arrivedNanos()) / 1e9)
                : "-";
    }

    private static String pad(String text, int width, boolean right) {
        return Columns.pad(text, width, right);
    }
}
