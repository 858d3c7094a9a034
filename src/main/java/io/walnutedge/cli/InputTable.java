package io.walnutedge.cli;

import io.walnutedge.config.InputConfig;
import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.text.TimeText;
import java.util.List;
import java.util.Locale;

/** The inputs as {@code check} shows them: one row for each topic. */
final class InputTable {
    private final TextTable table =
            new TextTable("INPUT", "PIN", "ACTIVE", "DEBOUNCE", "ELSE EVERY", "TOPIC", "PUBLISHES", "QOS", "RETAIN");

    InputTable(List<InputConfig> inputs) {
        inputs.forEach(input -> {
            input.contact().ifPresent(contact -> {
                row(input, contact.topic(), "ON OFF", contact.qos(), contact.retain());
                contact.events()
                        .ifPresent(events -> row(input, events.topic(), describe(events), contact.qos(), false));
            });
            input.counter()
                    .ifPresent(counter -> counter.measurements()
                            .forEach(each -> row(input, each.topic(), describe(each), each.qos(), each.retain())));
        });
    }

    TextTable table() {
        return table;
    }

    /** Whether a line has interrupts shows only when it is opened, which {@code check} does not. */
    static String footnote() {
        return "Inputs are watched by interrupt where the line has one, else read as often as ELSE EVERY says;"
                + " the log tells which.";
    }

    private void row(InputConfig input, String topic, String what, int qos, boolean retain) {
        table.row(
                input.id(),
                input.pin(),
                input.activeLow() ? "low" : "high",
                describe(input.debounce()),
                TimeText.of(input.poll()),
                topic,
                what,
                qos,
                retain ? "yes" : "no");
    }

    private static String describe(InputConfig.Debounce debounce) {
        var on = TimeText.of(debounce.on());
        var off = TimeText.of(debounce.off());
        return on.equals(off) ? on : "on " + on + ", off " + off;
    }

    private static String describe(InputConfig.Events events) {
        return "events, " + events.format().name().toLowerCase(Locale.ROOT)
                + events.longPress()
                        .map(time -> ", long after " + TimeText.of(time))
                        .orElse("")
                + events.doubleClick()
                        .map(time -> ", double within " + TimeText.of(time))
                        .orElse("");
    }

    private static String describe(MeasurementConfig measurement) {
        return measurement.quantity()
                + (measurement.unit().isEmpty() ? "" : " in " + measurement.unit())
                + " every " + TimeText.of(measurement.every())
                + ", " + measurement.format().name().toLowerCase(Locale.ROOT) + " ." + measurement.decimals();
    }
}
