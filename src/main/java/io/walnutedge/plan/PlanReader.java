package io.walnutedge.plan;

import io.walnutedge.config.ConfigException;
import io.walnutedge.config.ConfigFile;
import io.walnutedge.config.DeviceConfig;
import io.walnutedge.config.LogConfig;
import io.walnutedge.config.MqttConfig;
import io.walnutedge.config.OutboxConfig;
import io.walnutedge.config.OutputConfig;
import io.walnutedge.config.Problems;
import io.walnutedge.config.Settings;
import io.walnutedge.reading.SensorId;
import io.walnutedge.sensor.Drivers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads a configuration file into a {@link Plan}, or tells every mistake in it. One thread. */
public final class PlanReader {
    private final Drivers drivers;
    private final PinNames pinNames;

    public PlanReader(Drivers drivers, PinNames pinNames) {
        this.drivers = drivers;
        this.pinNames = pinNames;
    }

    /** @throws ConfigException with all problems, each with its file and line */
    public Plan read(Path file) throws ConfigException {
        var problems = new Problems();
        return read(ConfigFile.open(file, problems), problems);
    }

    /** Reads a table that is open already. */
    public Plan read(Settings root, Problems problems) throws ConfigException {
        var device = DeviceConfig.from(root.sectionOrEmpty("device"));
        var mqtt = MqttConfig.from(root.sectionOrEmpty("mqtt"), device);
        var base = mqtt.topicPrefix() + "/" + device.id();
        var outbox = OutboxConfig.from(root.sectionOrEmpty("outbox"));
        var log = LogConfig.from(root.sectionOrEmpty("log"));
        var pins = new PinUse(pinNames, device);
        var names = new NameUse();
        var topics = new TopicUse(base);
        topics.ofDevice(root.sectionOrEmpty("mqtt"), mqtt);
        var sensors = new SensorReader(drivers, mqtt, base, names, topics).read(root.sectionOrEmpty("sensors"));
        var inputs = new InputReader(mqtt, base, pins, names, topics).read(root.sectionOrEmpty("inputs"));
        var outputs = new ArrayList<OutputConfig>();
        lines(root, "outputs").forEach((id, settings) -> {
            var output = OutputConfig.from(settings, id, base);
            settings.finish();
            pins.use(settings, output.pin());
            topics.publish(settings, "topic", output.stateTopic());
            output.commandTopics().forEach(topic -> topics.subscribe(settings, "set-topic", topic));
            if (names.use(settings, id)) {
                topics.ofEntry(settings, id);
            }
            outputs.add(output);
        });
        root.finish();
        problems.throwIfAny();
        return new Plan(device, mqtt, outbox, log, sensors, inputs, outputs);
    }

    /** The entries of a section of GPIO lines with a valid id and the one type that there is. */
    private static Map<SensorId, Settings> lines(Settings root, String section) {
        var lines = new LinkedHashMap<SensorId, Settings>();
        root.sectionOrEmpty(section).sections().forEach((name, settings) -> {
            var type = settings.text("type", "gpio");
            if (!type.equals("gpio")) {
                settings.problem("type", "'" + type + "' is not a type of " + section + "; accepted: gpio");
            }
            id(settings, name).ifPresent(id -> lines.put(id, settings));
        });
        return lines;
    }

    static Optional<SensorId> id(Settings settings, String name) {
        if (!SensorId.isValid(name)) {
            settings.problem("'" + name + "' is not an id; accepted: " + SensorId.ACCEPTED);
            return Optional.empty();
        }
        return Optional.of(new SensorId(name));
    }
}
