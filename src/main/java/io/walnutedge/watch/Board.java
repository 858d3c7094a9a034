package io.walnutedge.watch;

import io.walnutedge.config.InputConfig;
import io.walnutedge.config.PayloadFormat;
import io.walnutedge.plan.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of a board from its topics. Any thread. */
public final class Board {
    private static final int HISTORY = 20; // what is left of 80 columns

    /** A row of the table. */
    public record Row(
            String name, String detail, String value, String unit, long arrivedNanos, String history, long count) {
        public boolean seen() {
            return count > 0;
        }
    }

    private final Map<String, Cell> readings = new LinkedHashMap<>();
    private final Map<String, Cell> states = new LinkedHashMap<>();
    private final Map<String, String> availability = new LinkedHashMap<>();

    public Board(Plan plan) {
        for (var sensor : plan.sensors()) {
            for (var measurement : sensor.measurements().values()) {
                if (measurement.enabled()) {
                    readings.put(
                            measurement.topic(),
                            new Cell(
                                    sensor.id().value(),
                                    measurement.quantity(),
                                    measurement.unit(),
                                    measurement.format()));
                }
            }
            availability.put(plan.statusTopic(sensor.id()), sensor.id().value());
        }
        plan.inputs().forEach(input -> {
            add(input);
            if (input.counter().isPresent()) {
                availability.put(plan.statusTopic(input.id()), input.id().value());
            }
        });
        plan.outputs()
                .forEach(output -> states.put(
                        output.config().stateTopic(),
                        new Cell(
                                output.config().id().value(),
                                "output, " + output.actuator().place(),
                                "",
                                PayloadFormat.PLAIN)));
    }

    private void add(InputConfig input) {
        var id = input.id().value();
        input.contact()
                .ifPresent(contact ->
                        states.put(contact.topic(), new Cell(id, "input, " + input.pin(), "", PayloadFormat.PLAIN)));
        input.counter()
                .ifPresent(counter -> counter.measurements()
                        .forEach(each ->
                                readings.put(each.topic(), new Cell(id, each.quantity(), each.unit(), each.format()))));
    }

    /** Every topic that a board of this plan has something to say on. */
    public synchronized List<String> topics() {
        var topics = new ArrayList<>(readings.keySet());
        topics.addAll(states.keySet());
        topics.addAll(availability.keySet());
        return topics;
    }

    /** Takes a message; says which reading it was, or null where it is none. */
    public synchronized @Nullable Row arrived(String topic, String payload, long nanos) {
        var cell = readings.get(topic);
        if (cell != null) {
            cell.take(payload, nanos);
            return cell.row();
        }
        var state = states.get(topic);
        if (state != null) {
            state.take(payload, nanos);
        }
        var sensor = availability.get(topic);
        if (sensor != null) {
            readings.values().stream()
                    .filter(each -> each.name.equals(sensor))
                    .forEach(each -> each.offline = payload.equals("offline"));
        }
        return null;
    }

    public synchronized List<Row> readings() {
        return readings.values().stream().map(Cell::row).toList();
    }

    public synchronized List<Row> states() {
        return states.values().stream().map(Cell::row).toList();
    }

    /** One topic's last message and its history. */
    private static final class Cell {
        private final String name;
        private final String detail;
        private final String unit;
        private final PayloadFormat format;
        private final Sparkline sparkline = new Sparkline(HISTORY);
        private String value = "";
        private long arrived;
        private long count;
        private boolean offline;

        Cell(String name, String detail, String unit, PayloadFormat format) {
            this.name = name;
            this.detail = detail;
            this.unit = unit;
            this.format = format;
        }

        void take(String payload, long nanos) {
            value = format == PayloadFormat.JSON ? JsonValue.of(payload) : payload;
            arrived = nanos;
            count++;
            try {
                sparkline.add(Double.parseDouble(value));
            } catch (NumberFormatException text) {
                return; // a text has no line
            }
        }

        Row row() {
            return new Row(name, detail, offline ? "offline" : value, unit, arrived, sparkline.toString(), count);
        }
    }
}
