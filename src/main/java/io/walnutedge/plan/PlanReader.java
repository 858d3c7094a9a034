package io.walnutedge.plan;

import io.walnutedge.actuator.ActuatorDrivers;
import io.walnutedge.actuator.ActuatorPlan;
import io.walnutedge.config.CommandsConfig;
import io.walnutedge.config.DeviceConfig;
import io.walnutedge.config.LogConfig;
import io.walnutedge.config.MqttConfig;
import io.walnutedge.config.OutboxConfig;
import io.walnutedge.hocon.ConfigException;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.hocon.Problems;
import io.walnutedge.reading.ItemId;
import io.walnutedge.sampling.ScheduledSensor;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.sensor.Occupancy;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.i2c.BusUse;
import io.walnutedge.sensor.i2c.I2cDevice;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a configuration, its file and those in {@code conf.d} beside it, into a {@link Plan}, or tells every mistake in it. One thread. */
public final class PlanReader {
    private static final List<String> SECTIONS = List.of("device", "mqtt", "outbox");

    private final Drivers drivers;
    private final ActuatorDrivers actuators;
    private final PinNames pinNames;
    private final long heap;
    private final DeviceFiles files;

    /** With every type of outputs, for a daemon in a heap as this process has one. */
    public PlanReader(Drivers drivers, PinNames pinNames) {
        this(drivers, pinNames, Runtime.getRuntime().maxMemory());
    }

    /** @param heap bytes that the heap of the daemon can grow to */
    public PlanReader(Drivers drivers, PinNames pinNames, long heap) {
        this(drivers, ActuatorDrivers.installed(), pinNames, heap, DeviceFiles.SYSTEM);
    }

    /**
     * @param heap bytes that the heap of the daemon can grow to
     * @param files where buses that are named are looked up
     */
    public PlanReader(Drivers drivers, ActuatorDrivers actuators, PinNames pinNames, long heap, DeviceFiles files) {
        this.files = files;
        this.drivers = drivers;
        this.actuators = actuators;
        this.pinNames = pinNames;
        this.heap = heap;
    }

    /** @throws ConfigException with all problems, each with its file and line */
    public Plan read(Path file) throws ConfigException {
        var problems = new Problems();
        return read(ConfigFile.openWithParts(file, problems), problems);
    }

    /** Reads a table that is open already. */
    public Plan read(ConfigTable root, Problems problems) throws ConfigException {
        var device = DeviceConfig.from(root.sectionOrEmpty("device"));
        var mqtt = MqttConfig.from(root.sectionOrEmpty("mqtt"), device);
        var base = mqtt.topics().base();
        var outbox = OutboxConfig.from(root.sectionOrEmpty("outbox"));
        var log = LogConfig.from(root.sectionOrEmpty("log"));
        var pins = new PinUse(pinNames, device);
        var names = new NameUse(mqtt.homie().enabled());
        var topics = new TopicUse(mqtt.homie().enabled() ? mqtt.homie().base(device.id()) + "/" : "");
        topics.ofDevice(root.sectionOrEmpty("mqtt"), device, mqtt);
        var commands = CommandsConfig.from(root.sectionOrEmpty("commands"));
        topics.use(root.sectionOrEmpty("commands"), TopicMap.ofAdministrator(commands));
        var occupancy = new Occupancy();
        occupancy.of(BusUse.class, () -> new BusUse(files));
        var sensors = new SensorReader(drivers, mqtt, names, topics, occupancy).read(root.sectionOrEmpty("sensors"));
        var inputs = new InputReader(mqtt, pins, names, topics).read(root.sectionOrEmpty("inputs"));
        var chips = sensors.stream().flatMap(this::chips).collect(Collectors.toSet());
        var outputs = new OutputReader(actuators, base, pins, names, topics, chips, files)
                .read(root.sectionOrEmpty("outputs"));
        topics.finish();
        root.finish();
        var heapUse = new HeapUse(heap);
        sensors.forEach(sensor -> heapUse.sensor(root.sectionOrEmpty("sensors"), sensor));
        inputs.forEach(heapUse::input);
        outputs.forEach(heapUse::output);
        heapUse.check(root, mqtt, outbox);
        problems.throwIfAny();
        var sections = SECTIONS.stream()
                .collect(Collectors.toMap(
                        name -> name, name -> root.sectionOrEmpty(name).written()));
        return new Plan(
                device,
                mqtt,
                outbox,
                commands,
                log,
                sensors,
                inputs,
                outputs,
                new Plan.Texts(sections, names.written()));
    }

    /** The addresses that a sensor uses. */
    private Stream<ActuatorPlan.ChipAddress> chips(ScheduledSensor sensor) {
        if (!(sensor.plan().source() instanceof I2cDevice chip)) {
            return Stream.empty();
        }
        var bus = chip.bus().numbered(files);
        return Stream.concat(Stream.of(chip.address()), chip.mux().stream().map(I2cDevice.MuxChannel::address))
                .map(address -> new ActuatorPlan.ChipAddress(bus, address));
    }

    static Optional<ItemId> id(ConfigTable settings, String name) {
        if (!ItemId.isValid(name)) {
            settings.problem("'" + name + "' is not an id; accepted: " + ItemId.ACCEPTED);
            return Optional.empty();
        }
        return Optional.of(new ItemId(name));
    }
}
