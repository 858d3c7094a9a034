package io.walnutedge.cli;

import io.walnutedge.json.JsonException;
import io.walnutedge.json.JsonReader;
import io.walnutedge.text.Printable;
import java.io.PrintWriter;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The answer of the daemon to {@code status}, in words. One thread. */
final class StatusText {
    /** The page, a table in it, an entry, its values, one of them. */
    private static final int DEPTH = 6;

    private static final int MINUTE = 60;
    private static final int HOUR = 60 * MINUTE;
    private static final int DAY = 24 * HOUR;

    private final JsonView page;
    private final JsonView health;
    private final InstantSource wall;

    /** @param wall of the machine that the daemon runs on */
    StatusText(String json, InstantSource wall) throws JsonException {
        this.page = new JsonView(JsonReader.object(json, DEPTH));
        this.health = page.object("health");
        this.wall = wall;
    }

    /** Whether nobody needs to look after anything. */
    boolean isWell() {
        return health.object("link").flag("connected")
                && page.object("alerts").members().isEmpty()
                && page.object("sensors").objects().values().stream()
                        .noneMatch(sensor -> isOffline(sensor) || sensor.has("why"))
                && page.object("inputs").objects().values().stream().noneMatch(StatusText::isOffline)
                && page.object("outputs").objects().values().stream().noneMatch(StatusText::isOffline);
    }

    private static boolean isOffline(JsonView entry) {
        return entry.text("state").equals("offline");
    }

    void print(PrintWriter out) {
        out.println(Printable.of(page.text("device") + ", walnut-edge " + health.text("version") + ", running for "
                + span(health.number("uptime"))));
        out.println();
        out.println(Printable.of("link    " + link(health.object("link"))));
        out.println("queue   " + queue(health.object("queue")));
        out.println("clock   " + (health.object("clock").flag("synchronized") ? "synchronized" : "not synchronized"));
        var memory = health.object("memory");
        out.println(Printable.of("memory  " + memory.text("heap") + " MiB of heap"
                + (memory.has("resident") ? ", " + memory.text("resident") + " MiB resident" : "")));
        page.object("alerts")
                .members()
                .forEach((what, why) -> out.println(Printable.of("alert   " + what + ": " + why)));
        print(out, buses());
        print(out, sensors());
        print(out, inputs());
        print(out, outputs());
        out.flush();
    }

    private static void print(PrintWriter out, TextTable table) {
        if (!table.isEmpty()) {
            out.println();
            table.print(out);
        }
    }

    private String link(JsonView link) {
        var reconnects = link.number("reconnects");
        return (link.flag("connected") ? "connected to " : "not connected to ")
                + link.text("broker")
                + since(link)
                + (reconnects == 0 ? "" : reconnects == 1 ? ", 1 reconnect" : ", " + reconnects + " reconnects");
    }

    private String since(JsonView link) {
        try {
            var age = Duration.between(Instant.parse(link.text("since")), wall.instant());
            return " for " + span(Math.max(0, age.toSeconds()));
        } catch (DateTimeException unknown) {
            return "";
        }
    }

    private static String queue(JsonView queue) {
        var waiting = queue.number("waiting");
        var oldest = queue.has("oldest") ? ", the oldest for " + span(queue.number("oldest")) : "";
        return (waiting == 0
                        ? "nothing waits"
                        : count(waiting, "reading waits", "readings wait") + oldest + ", " + queue.number("stored")
                                + " on the disk")
                + "; " + queue.number("dropped") + " dropped since the start";
    }

    private static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    private TextTable buses() {
        var table = new TextTable("BUS", "MISSED", "ERRORS");
        health.object("buses")
                .objects()
                .forEach((name, bus) -> table.row(name, bus.number("missed"), bus.number("errors")));
        return table;
    }

    private TextTable sensors() {
        var table = new TextTable("SENSOR", "QUANTITY", "VALUE", "UNIT", "AGE", "STATE");
        page.object("sensors").objects().forEach((name, sensor) -> {
            var state = state(sensor);
            var values = sensor.object("values").objects();
            if (values.isEmpty()) {
                table.row(name, "-", "-", "-", "-", state);
            }
            values.forEach((quantity, value) -> {
                if (value.has("none")) {
                    table.row(name, quantity, "-", "-", "-", none(state, value.text("none")));
                } else {
                    table.row(
                            name,
                            quantity,
                            value.text("value"),
                            value.text("unit").isEmpty() ? "-" : value.text("unit"),
                            span(value.number("age")),
                            state);
                }
            });
        });
        return table;
    }

    /** An offline sensor has a reason that is newer. */
    private static String none(String state, String reason) {
        return state.equals("online") || state.startsWith("online:") ? "none: " + reason : state;
    }

    private TextTable inputs() {
        var table = new TextTable("INPUT", "STATE");
        page.object("inputs").objects().forEach((name, input) -> table.row(name, state(input)));
        return table;
    }

    private TextTable outputs() {
        var table = new TextTable("OUTPUT", "STATE", "LEFT", "CAUSE");
        page.object("outputs")
                .objects()
                .forEach((name, output) -> table.row(
                        name,
                        output.text("state")
                                + (output.has("level") ? " " + output.number("level") + " " + output.text("unit") : ""),
                        output.has("remaining") ? output.text("remaining") : "-",
                        output.text(isOffline(output) ? "why" : "cause")));
        return table;
    }

    private static String state(JsonView entry) {
        return entry.text("state") + (entry.has("why") ? ": " + entry.text("why") : "");
    }

    /** The two largest units: {@code 2 h 5 min}. */
    static String span(long seconds) {
        if (seconds < MINUTE) {
            return seconds + " s";
        }
        if (seconds < HOUR) {
            return seconds / MINUTE + " min " + seconds % MINUTE + " s";
        }
        return seconds < DAY
                ? seconds / HOUR + " h " + seconds % HOUR / MINUTE + " min"
                : seconds / DAY + " d " + seconds % DAY / HOUR + " h";
    }
}
