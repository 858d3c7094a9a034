package io.walnutedge.watch;

import io.walnutedge.config.InputConfig;
import io.walnutedge.config.PayloadFormat;
import io.walnutedge.health.Alerts;
import io.walnutedge.plan.Plan;
import io.walnutedge.plan.Topic.Kind;
import io.walnutedge.plan.TopicMap;
import io.walnutedge.reading.ItemId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
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
    /** By topics that say whether a quantity has a value, where that is. */
    private final Map<String, String> quantities = new LinkedHashMap<>();
    /** By topic whose alerts they are, and what was told last. */
    private final Map<String, String> alertNames = new LinkedHashMap<>();

    private final Map<String, String> alerts = new LinkedHashMap<>();
    private final String statusTopic;
    private final String healthTopic;
    private String daemon = "";
    private String uptime = "";

    public Board(Plan plan) {
        var topics = plan.topics();
        for (var sensor : plan.sensors()) {
            for (var measurement : sensor.measurements().values()) {
                topics.find(Kind.QUANTITY_STATUS, sensor.id(), measurement.quantity())
                        .ifPresent(topic -> quantities.put(topic.name(), measurement.topic()));
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
            add(topics, sensor.id());
        }
        statusTopic = topics.of(Kind.STATUS).name();
        healthTopic = topics.of(Kind.HEALTH).name();
        alertNames.put(topics.alert(Alerts.OUTBOX).name(), Alerts.OUTBOX);
        for (var what : Alerts.What.values()) {
            alertNames.put(topics.alert(what.toString()).name(), what.toString());
        }
        plan.inputs().forEach(input -> {
            add(input);
            add(topics, input.id());
        });
        plan.outputs().forEach(output -> {
            var config = output.config();
            states.put(
                    config.messages().stateTopic(),
                    new Cell(
                            config.id().value(),
                            "output, " + output.actuator().place(),
                            "",
                            config.messages().format(),
                            JsonValue.STATE));
            add(topics, config.id());
        });
    }

    private void add(TopicMap topics, ItemId id) {
        topics.find(Kind.STATUS, id).ifPresent(topic -> availability.put(topic.name(), id.value()));
        topics.find(Kind.ALERT, id).ifPresent(topic -> alertNames.put(topic.name(), id.value()));
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
        topics.addAll(quantities.keySet());
        topics.addAll(alertNames.keySet());
        topics.add(statusTopic);
        topics.add(healthTopic);
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
        if (topic.equals(statusTopic)) {
            daemon = payload;
        }
        if (topic.equals(healthTopic)) {
            uptime = JsonValue.UPTIME.of(payload);
        }
        if (alertNames.containsKey(topic)) {
            alerts.put(topic, payload);
        }
        var quantity = readings.get(quantities.get(topic));
        if (quantity != null) {
            quantity.none = !payload.equals("online");
        }
        var sensor = availability.get(topic);
        if (sensor != null) {
            Stream.concat(readings.values().stream(), states.values().stream())
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

    /** What is wrong, as {@code tank: no such device}. */
    public synchronized List<String> alerts() {
        return alertNames.entrySet().stream()
                .filter(each -> !alerts.getOrDefault(each.getKey(), "").isEmpty())
                .map(each -> each.getValue() + ": " + alerts.get(each.getKey()))
                .toList();
    }

    /** {@code online} or {@code offline}, as the daemon or its last will says; empty before that is known. */
    public synchronized String daemon() {
        return daemon;
    }

    /** Seconds since the daemon's start, when it told its health last; empty before that. */
    public synchronized OptionalLong uptime() {
        return uptime.matches("[0-9]{1,15}") ? OptionalLong.of(Long.parseLong(uptime)) : OptionalLong.empty();
    }

    /** One topic's last message and its history. */
    private static final class Cell {
        private final String name;
        private final String detail;
        private final String unit;
        private final PayloadFormat format;
        private final JsonValue field;
        private final Sparkline sparkline = new Sparkline(HISTORY);
        private String value = "";
        private long arrived;
        private long count;
        private boolean offline;
        private boolean none;

        Cell(String name, String detail, String unit, PayloadFormat format) {
            this(name, detail, unit, format, JsonValue.VALUE);
        }

        Cell(String name, String detail, String unit, PayloadFormat format, JsonValue field) {
            this.field = field;
            this.name = name;
            this.detail = detail;
            this.unit = unit;
            this.format = format;
        }

        void take(String payload, long nanos) {
            value = format == PayloadFormat.JSON ? field.of(payload) : payload;
            arrived = nanos;
            count++;
            try {
                sparkline.add(Double.parseDouble(value));
            } catch (NumberFormatException text) {
                return; // a text has no line
            }
        }

        Row row() {
            var shown = offline ? "offline" : none ? "none" : value;
            return new Row(name, detail, shown, unit, arrived, sparkline.toString(), count);
        }
    }
}
