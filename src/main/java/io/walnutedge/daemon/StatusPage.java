package io.walnutedge.daemon;

import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.json.JsonWriter;
import io.walnutedge.output.OutputPlan;
import io.walnutedge.plan.Plan;
import io.walnutedge.publish.LatestStates;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Reading;
import io.walnutedge.sampling.Sampler;
import io.walnutedge.sampling.SensorStatus;
import io.walnutedge.text.TimeText;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * All that {@code walnut-edge status} shows, as one JSON object. Any thread.
 *
 * <pre>
 * {"device":"greenhouse","health":{ as published },"alerts":{"clock":"..."},
 *  "sensors":{"room":{"state":"online","values":{"temperature":{"value":"21.46","unit":"°C","age":3}}},
 *             "fan":{"state":"online","values":{"rpm":{"none":"..."}}},
 *             "tank":{"state":"offline","why":"..."}},
 *  "inputs":{"door":{"state":"OFF"}},
 *  "outputs":{"lamp":{"state":"ON","cause":"command 42","remaining":"4 s"},
 *             "fan":{"state":"ON","level":40,"unit":"%","cause":"start"}}}
 * </pre>
 */
final class StatusPage {
    private final Supplier<Plan> plan;
    private final HealthMonitor health;
    private final Sampler sampler;
    private final LatestStates latestStates;
    private final LongSupplier nanoTime;

    StatusPage(
            Supplier<Plan> plan,
            HealthMonitor health,
            Sampler sampler,
            LatestStates latestStates,
            LongSupplier nanoTime) {
        this.plan = plan;
        this.health = health;
        this.sampler = sampler;
        this.latestStates = latestStates;
        this.nanoTime = nanoTime;
    }

    String text() {
        var now = plan.get();
        var alerts = new JsonWriter();
        latestStates.alerts().forEach(alerts::put);
        return new JsonWriter()
                .put("device", now.device().id())
                .put("health", health.figures().json())
                .put("alerts", alerts)
                .put("sensors", sensors(now))
                .put("inputs", inputs(now))
                .put("outputs", outputs(now))
                .toString();
    }

    private JsonWriter sensors(Plan plan) {
        var states = sampler.status().stream().collect(Collectors.toMap(SensorStatus::id, each -> each));
        var all = new JsonWriter();
        for (var sensor : plan.sensors()) {
            var status = states.get(sensor.id());
            if (status != null) {
                var one = new JsonWriter().put("state", status.state().name().toLowerCase(Locale.ROOT));
                if (!status.why().isEmpty()) {
                    one.put("why", status.why());
                }
                all.put(sensor.id().value(), one.put("values", values(sensor.id(), sensor.measurements())));
            }
        }
        for (var input : plan.inputs()) {
            input.counter()
                    .ifPresent(counter -> all.put(
                            input.id().value(),
                            available(input.id(), "online")
                                    .put(
                                            "values",
                                            values(
                                                    input.id(),
                                                    counter.measurements().stream()
                                                            .collect(Collectors.toMap(
                                                                    MeasurementConfig::quantity, each -> each))))));
        }
        return all;
    }

    /** Contacts; what a counter counts is among the sensors. */
    private JsonWriter inputs(Plan plan) {
        var all = new JsonWriter();
        for (var input : plan.inputs()) {
            if (input.contact().isPresent()) {
                var state = latestStates
                        .contact(input.id())
                        .map(on -> on ? "ON" : "OFF")
                        .orElse("unknown");
                all.put(input.id().value(), available(input.id(), state));
            }
        }
        return all;
    }

    /** What was read of it, in the order of the topics. */
    private JsonWriter values(ItemId id, Map<String, MeasurementConfig> measurements) {
        var values = new JsonWriter();
        var readings = latestStates.readings(id);
        measurements.forEach((quantity, config) -> {
            var absence = latestStates.absence(id, quantity);
            var reading = readings.get(quantity);
            if (absence.isPresent()) {
                values.put(quantity, new JsonWriter().put("none", absence.get().reason()));
            } else if (reading != null) {
                values.put(quantity, value(reading, config));
            }
        });
        return values;
    }

    private JsonWriter value(Reading reading, MeasurementConfig config) {
        var age = nanoTime.getAsLong() - reading.stamp().monotonicNanos();
        return new JsonWriter()
                .put("value", reading.value().format(config.decimals()))
                .put("unit", config.unit())
                .put("age", Duration.ofNanos(Math.max(0, age)).toSeconds());
    }

    private JsonWriter available(ItemId id, String state) {
        var why = latestStates.offline(id);
        return why.isPresent()
                ? new JsonWriter().put("state", "offline").put("why", why.get())
                : new JsonWriter().put("state", state);
    }

    private JsonWriter outputs(Plan plan) {
        var all = new JsonWriter();
        plan.outputs().forEach(output -> all.put(output.config().id().value(), output(output)));
        return all;
    }

    private JsonWriter output(OutputPlan output) {
        var id = output.config().id();
        var last = latestStates.output(id);
        if (last.isEmpty() || latestStates.offline(id).isPresent()) {
            return available(id, "unknown");
        }
        var state = last.get().state();
        var json = new JsonWriter().put("state", state.word());
        output.config()
                .range()
                .ifPresent(
                        range -> json.put("level", range.value(state.level())).put("unit", range.unit()));
        var left =
                state.remaining().minusNanos(nanoTime.getAsLong() - last.get().nanos());
        if (!left.isNegative() && !left.isZero()) {
            // up, so that time that is left never reads as none
            json.put(
                    "remaining",
                    TimeText.of(Duration.ofSeconds(left.plusNanos(999_999_999).toSeconds())));
        }
        return json.put("cause", state.cause());
    }
}
