package io.walnutedge.plan;

import io.walnutedge.actuator.ActuatorDrivers;
import io.walnutedge.actuator.ActuatorPlan;
import io.walnutedge.actuator.ActuatorPlan.ChipAddress;
import io.walnutedge.config.CommandWord;
import io.walnutedge.config.OutputConfig;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.output.OutputPlan;
import io.walnutedge.reading.ItemId;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.text.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads section {@code outputs}: the driver's own keys by the driver, the rest here. One thread. */
final class OutputReader {
    private final ActuatorDrivers drivers;
    private final String base;
    private final PinUse pins;
    private final NameUse names;
    private final TopicUse topics;
    private final Set<ChipAddress> sensors;
    private final DeviceFiles files;
    private final Map<String, String> claims = new HashMap<>();
    private final Map<ChipAddress, String> chipTypes = new HashMap<>();
    private final Map<String, String> initiallyOn = new HashMap<>();

    /** @param sensors addresses that sensors use */
    OutputReader(
            ActuatorDrivers drivers,
            String base,
            PinUse pins,
            NameUse names,
            TopicUse topics,
            Set<ChipAddress> sensors,
            DeviceFiles files) {
        this.files = files;
        this.drivers = drivers;
        this.base = base;
        this.pins = pins;
        this.names = names;
        this.topics = topics;
        this.sensors = sensors;
    }

    List<OutputPlan> read(ConfigTable section) {
        var outputs = new ArrayList<OutputPlan>();
        section.sections()
                .forEach((name, settings) -> PlanReader.id(settings, name).ifPresent(id -> add(outputs, id, settings)));
        return outputs;
    }

    private void add(List<OutputPlan> outputs, ItemId id, ConfigTable settings) {
        var type = settings.text("type", "gpio");
        var driver = drivers.find(type);
        if (driver.isEmpty()) {
            settings.problem(
                    "type",
                    "'" + type + "' is not a type of outputs; accepted: " + String.join(", ", drivers.names())
                            + Suggestion.of(type, drivers.names()));
            return;
        }
        if (CommandWord.written().contains(id.value())) {
            settings.problem("'" + id + "' is a word of commands; choose another name");
        }
        var actuator = driver.get().plan(settings);
        var config = OutputConfig.from(
                settings, id, base, actuator.range(), actuator.chip().isPresent());
        settings.finish();
        claim(settings, type, actuator);
        interlock(settings, config);
        topics.use(settings, TopicMap.ofOutput(config));
        if (names.use(settings, id)) {
            topics.use(settings, TopicMap.ofItem(base, id));
        }
        outputs.add(new OutputPlan(config, type, actuator));
    }

    private void claim(ConfigTable settings, String type, ActuatorPlan actuator) {
        actuator.pin().ifPresent(pin -> pins.use(settings, pin));
        for (var each : actuator.claims()) {
            // what is on a bus is the same by each name of the bus
            var claim = actuator.chip()
                    .map(chip ->
                            each.replace(chip.describe(), chip.numbered(files).describe()))
                    .orElse(each);
            var other = claims.putIfAbsent(claim, at(settings, "type"));
            if (other != null) {
                settings.problem("type", claim + " is used by " + other + " already");
            }
        }
        actuator.chip().map(named -> named.numbered(files)).ifPresent(chip -> {
            var where = chip.describe();
            if (sensors.contains(chip)) {
                settings.problem("address", where + " is used by a sensor already");
            }
            var other = chipTypes.putIfAbsent(chip, type);
            if (other != null && !other.equals(type)) {
                settings.problem("type", where + " is a " + other + " for another output already");
            }
        });
    }

    private void interlock(ConfigTable settings, OutputConfig config) {
        if (config.interlock().isPresent() && config.initial() == OutputConfig.Initial.ON) {
            var group = config.interlock().get().group();
            var other = initiallyOn.putIfAbsent(group, at(settings, "initial"));
            if (other != null) {
                settings.problem(
                        "initial",
                        "on is that of " + other + " already; only one of interlock '" + group + "' may be on");
            }
        }
    }

    private static String at(ConfigTable settings, String key) {
        return settings.path() + " (" + settings.where(key) + ")";
    }
}
