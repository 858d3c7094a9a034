package io.walnutedge.plan;

import io.walnutedge.config.MeasurementConfig;
import io.walnutedge.config.MqttConfig;
import io.walnutedge.filter.Filters;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.IntervalBounds;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.MeasurementKeys;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sampling.ScheduledSensor;
import io.walnutedge.sensor.Derived;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.sensor.Occupancy;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.text.Suggestion;
import io.walnutedge.text.TimeText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads section {@code sensors}: the driver's own keys by the driver, the rest here. One thread. */
final class SensorReader {
    private final Drivers drivers;
    private final MqttConfig mqtt;
    private final NameUse names;
    private final TopicUse topics;
    private final Occupancy occupancy;
    private final InputCheck inputs = new InputCheck();

    SensorReader(Drivers drivers, MqttConfig mqtt, NameUse names, TopicUse topics, Occupancy occupancy) {
        this.drivers = drivers;
        this.mqtt = mqtt;
        this.names = names;
        this.topics = topics;
        this.occupancy = occupancy;
    }

    List<ScheduledSensor> read(ConfigTable section) {
        var sensors = new ArrayList<ScheduledSensor>();
        section.sections()
                .forEach((name, settings) -> PlanReader.id(settings, name).ifPresent(id -> add(sensors, id, settings)));
        inputs.check(sensors);
        return sensors;
    }

    private void add(List<ScheduledSensor> sensors, ItemId id, ConfigTable settings) {
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
        var plan = Derived.of(settings, driver.get().plan(settings));
        var bounds = IntervalBounds.from(plan.shortest());
        var every = settings.duration("every", driver.get().every(), bounds.shortest(), bounds.longest());
        var only = driver.get().sampleEvery();
        var sampleEvery = sampleEvery(settings, only, every, bounds);
        var enabled = settings.flag("enabled", true);
        var filters = new HashMap<String, Filters>();
        var measurements = measurements(id, settings, plan, new Rates(every, sampleEvery), filters);
        settings.finish();
        if (!enabled || measurements.values().stream().noneMatch(MeasurementConfig::enabled)) {
            return;
        }
        var sensor = new ScheduledSensor(
                id,
                type,
                sampleEvery,
                plan,
                measurements,
                filters,
                only.map(IntervalBounds::exactly).orElse(bounds));
        topics.use(TopicMap.ofSensor(base(), sensor), quantity -> table(settings, plan, quantity));
        names.quantities(settings, measurements.keySet());
        if (names.use(settings, id)) {
            topics.use(settings, TopicMap.ofItem(base(), id));
        }
        plan.source().occupy(settings, occupancy);
        inputs.add(settings, plan);
        sensors.add(sensor);
    }

    private String base() {
        return mqtt.topics().base();
    }

    /** That of a quantity; a key of a sensor with one quantity may have the quantity's name, as text has. */
    private static ConfigTable table(ConfigTable settings, SensorPlan plan, String quantity) {
        return plan.quantities().size() == 1 && !settings.hasTable(quantity)
                ? settings
                : settings.sectionOrEmpty(quantity);
    }

    /** How often a sensor is published, and how often it is read for that. */
    private record Rates(Duration every, Duration sampleEvery) {
        boolean isOversampled() {
            return sampleEvery.compareTo(every) < 0;
        }
    }

    private static Duration sampleEvery(
            ConfigTable settings, Optional<Duration> only, Duration every, IntervalBounds bounds) {
        var sampleEvery = settings.optionalDuration("sample-every", bounds.shortest(), bounds.longest())
                .orElse(only.orElse(every));
        if (only.isPresent() && !only.get().equals(sampleEvery)) {
            settings.problem("sample-every", "must be " + TimeText.of(only.get()) + " with this sensor; leave it out");
        }
        if (sampleEvery.compareTo(every) > 0 || every.toNanos() % sampleEvery.toNanos() != 0) {
            settings.problem(
                    "sample-every",
                    "every, " + TimeText.of(every) + ", must be a whole multiple of it, or equal to it");
            return every;
        }
        return sampleEvery;
    }

    private Map<String, MeasurementConfig> measurements(
            ItemId id, ConfigTable settings, SensorPlan plan, Rates rates, Map<String, Filters> filters) {
        var measurements = new LinkedHashMap<String, MeasurementConfig>();
        for (var quantity : plan.quantities()) {
            var table = table(settings, plan, quantity.name());
            var filter = Filters.read(table, quantity.unit());
            var published = new Quantity(quantity.name(), filter.unit(), quantity.decimals());
            var measurement = MeasurementConfig.from(table, published, defaults(id, settings, quantity, rates));
            // what an oversampled sensor publishes is the mean, unless filters say otherwise
            var isMean = rates.isOversampled() && !table.has("filters");
            filters.put(quantity.name(), isMean ? Filters.mean(filter.unit(), measurement.every()) : filter);
            if (table != settings) {
                table.finish();
            }
            measurements.put(quantity.name(), measurement);
        }
        if (plan.quantities().size() > 1) {
            refuseKeysOfOneQuantity(settings, plan);
        }
        return measurements;
    }

    private MeasurementConfig.Defaults defaults(ItemId id, ConfigTable settings, Quantity quantity, Rates rates) {
        return new MeasurementConfig.Defaults(
                rates.every(),
                rates.sampleEvery(),
                mqtt.readings().topic(id.value(), quantity.name()),
                mqtt.readings().within(settings));
    }

    private static void refuseKeysOfOneQuantity(ConfigTable settings, SensorPlan plan) {
        var names = plan.quantities().stream().map(Quantity::name).toList();
        for (var key : MeasurementKeys.OF_ONE_QUANTITY) {
            if (settings.has(key)) {
                settings.problem(
                        key,
                        "this sensor has several quantities; write it inside one of them, as in " + names.get(0) + " { "
                                + key + " = ... }; there are: " + String.join(", ", names));
            }
        }
    }
}
