package io.walnutedge.plan;

import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.config.MqttConfig;
import io.walnutedge.config.Settings;
import io.walnutedge.config.Suggestion;
import io.walnutedge.filter.Filters;
import io.walnutedge.reading.Quantity;
import io.walnutedge.reading.SensorId;
import io.walnutedge.schedule.ScheduledSensor;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.sensor.SensorPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads section {@code sensors}: the driver's own keys by the driver, the rest here. One thread. */
final class SensorReader {
    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final List<String> OF_ONE_QUANTITY =
            List.of("topic", "unit", "decimals", "factor", "offset", "filters");

    private final Drivers drivers;
    private final MqttConfig mqtt;
    private final String base;
    private final NameUse names;
    private final TopicUse topics;
    private final Map<SensorPlan.I2cDevice, String> devices = new HashMap<>();

    SensorReader(Drivers drivers, MqttConfig mqtt, String base, NameUse names, TopicUse topics) {
        this.drivers = drivers;
        this.mqtt = mqtt;
        this.base = base;
        this.names = names;
        this.topics = topics;
    }

    List<ScheduledSensor> read(Settings section) {
        var sensors = new ArrayList<ScheduledSensor>();
        section.sections()
                .forEach((name, settings) -> PlanReader.id(settings, name).ifPresent(id -> add(sensors, id, settings)));
        return sensors;
    }

    private void add(List<ScheduledSensor> sensors, SensorId id, Settings settings) {
        var type = settings.text("type");
        var driver = drivers.find(type);
        if (driver.isEmpty()) {
            if (!type.isEmpty()) {
                settings.problem(
                        "type",
                        "'" + type + "' is not a type of sensor; accepted: " + String.join(", ", drivers.names())
                                + Suggestion.of(type, drivers.names()));
            }
            return;
        }
        var every = settings.duration("every", Duration.ofSeconds(10), SHORTEST, LONGEST);
        var plan = driver.get().plan(settings);
        var enabled = settings.flag("enabled", true);
        var filters = new HashMap<String, Filters>();
        var measurements = measurements(id, settings, plan, every, enabled, filters);
        settings.finish();
        if (!enabled || measurements.values().stream().noneMatch(MeasurementConfig::enabled)) {
            return;
        }
        if (names.use(settings, id)) {
            topics.ofEntry(settings, id);
        }
        checkAddress(settings, plan);
        sensors.add(new ScheduledSensor(id, type, every, plan, measurements, filters));
    }

    private Map<String, MeasurementConfig> measurements(
            SensorId id,
            Settings settings,
            SensorPlan plan,
            Duration every,
            boolean sensorEnabled,
            Map<String, Filters> filters) {
        var single = plan.quantities().size() == 1;
        var measurements = new LinkedHashMap<String, MeasurementConfig>();
        for (var quantity : plan.quantities()) {
            // a key of a sensor with one quantity may have the quantity's name, as text has
            var table =
                    single && !settings.hasTable(quantity.name()) ? settings : settings.sectionOrEmpty(quantity.name());
            var filter = Filters.read(table, quantity.unit());
            filters.put(quantity.name(), filter);
            var published = new Quantity(quantity.name(), filter.unit(), quantity.decimals());
            var measurement = MeasurementConfig.from(table, published, defaults(id, settings, quantity, every));
            if (table != settings) {
                table.finish();
            }
            measurements.put(quantity.name(), measurement);
            if (sensorEnabled && measurement.enabled()) {
                topics.publish(table, "topic", measurement.topic());
            }
        }
        if (!single) {
            refuseKeysOfOneQuantity(settings, plan);
        }
        return measurements;
    }

    private MeasurementConfig.Defaults defaults(SensorId id, Settings settings, Quantity quantity, Duration every) {
        return new MeasurementConfig.Defaults(
                every,
                base + "/" + id + "/" + quantity.name(),
                settings.choice("format", mqtt.format()),
                settings.integer("qos", mqtt.qos(), 0, 1),
                settings.flag("retain", mqtt.retain()),
                settings.choice("replay", mqtt.replay()));
    }

    private static void refuseKeysOfOneQuantity(Settings settings, SensorPlan plan) {
        var names = plan.quantities().stream().map(Quantity::name).toList();
        for (var key : OF_ONE_QUANTITY) {
            if (settings.has(key)) {
                settings.problem(
                        key,
                        "this sensor has several quantities; write it inside one of them, as in " + names.get(0) + " { "
                                + key + " = ... }; there are: " + String.join(", ", names));
            }
        }
    }

    private void checkAddress(Settings settings, SensorPlan plan) {
        if (plan.source() instanceof SensorPlan.I2cDevice device) {
            var other = devices.putIfAbsent(device, settings.path() + " (" + settings.where("type") + ")");
            if (other != null) {
                settings.problem("address", device.describe() + " is used by " + other + " already");
            }
        }
    }
}
