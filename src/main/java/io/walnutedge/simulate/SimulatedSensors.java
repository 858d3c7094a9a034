package io.walnutedge.simulate;

import io.walnutedge.hardware.I2cTarget;
import io.walnutedge.output.OutputPlan;
import io.walnutedge.plan.Plan;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sampling.ScheduledSensor;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.sensor.files.FileSource;
import io.walnutedge.sensor.formula.Computed;
import io.walnutedge.sensor.i2c.I2cDevice;
import io.walnutedge.simulate.chip.ChipModel;
import io.walnutedge.simulate.chip.ModelMaker;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/** The chips that a plan names, each as the model of its driver. Any thread, once {@link #connect} was called. */
final class SimulatedSensors implements Buses {
    /** Of quantities that the scenario does not name: what a room has. */
    private static final Map<String, Wave> USUAL = Map.of(
            "°C", new Wave(21.5, 2, 80),
            "%", new Wave(45, 6, 95),
            "hPa", new Wave(1013, 3, 140),
            "lx", new Wave(320, 200, 45));

    private record Place(int bus, int address) {}

    private record Moved(ChipModel model, String quantity, Course course) {}

    private final SimulatedBuses buses = new SimulatedBuses();
    private final Plan plan;
    private final LongSupplier nanos;
    private final Map<String, ChipModel> models = new LinkedHashMap<>();
    private final Map<Place, I2cTarget> slaves = new LinkedHashMap<>();
    private final List<Moved> moved = new ArrayList<>();

    /** @param nanos a monotonic clock, by which the chips convert */
    SimulatedSensors(Plan plan, LongSupplier nanos) {
        this.plan = plan;
        this.nanos = nanos;
        var makers = ModelMaker.installed();
        var drivers = Drivers.installed();
        for (var sensor : plan.sensors()) {
            drivers.find(sensor.type())
                    .map(driver -> makers.get(driver.name()))
                    .ifPresent(maker -> models.put(sensor.id().value(), maker.make(nanos)));
        }
    }

    /** What a scenario may set of a chip; nothing where only its registers can be given. */
    Set<String> quantities(ScheduledSensor sensor) {
        var model = models.get(sensor.id().value());
        return model == null ? Set.of() : new TreeSet<>(model.quantities());
    }

    /**
     * Puts the chips on their buses.
     *
     * @param startedAt by the same clock
     * @return what the board cannot simulate, in words
     */
    List<String> connect(Scenario scenario, long startedAt) {
        var missing = new ArrayList<String>();
        for (var sensor : plan.sensors()) {
            if (sensor.plan().source() instanceof I2cDevice device) {
                connect(sensor, device, scenario, startedAt);
            } else if (!(sensor.plan().source() instanceof FileSource)
                    && !(sensor.plan().source() instanceof Computed)) {
                missing.add(sensor.id() + " (" + sensor.type() + ") is not simulated: it is read from this machine");
            }
        }
        plan.outputs().forEach(this::connect);
        return missing;
    }

    private void connect(ScheduledSensor sensor, I2cDevice device, Scenario scenario, long startedAt) {
        var id = sensor.id().value();
        var around = scenario.of(id);
        var model = models.get(id);
        I2cTarget chip = model == null ? new RegisterBytes(around.registers()) : model;
        if (!around.faults().isEmpty()) {
            chip = new FaultyI2cTarget(
                    chip, around.faults(), () -> nanos.getAsLong() - startedAt, scenario.seed() ^ id.hashCode());
        }
        if (device.mux().isEmpty()) {
            slaves.put(new Place(buses.number(device.bus()), device.address()), chip);
        } else {
            behind(device, device.mux().get(), chip);
        }
        if (model != null) {
            moved.addAll(courses(sensor, model, around));
        }
    }

    private void behind(I2cDevice device, I2cDevice.MuxChannel mux, I2cTarget chip) {
        var through =
                slaves.computeIfAbsent(new Place(buses.number(device.bus()), mux.address()), place -> new BusSwitch());
        var behind = slaves.computeIfAbsent(
                new Place(buses.number(device.bus()), device.address()), place -> new BusSwitch.Behind());
        if (through instanceof BusSwitch bus && behind instanceof BusSwitch.Behind all) {
            all.add(bus, mux.channel(), chip);
        }
    }

    private static List<Moved> courses(ScheduledSensor sensor, ChipModel model, Scenario.AtSensor around) {
        var units = new TreeMap<String, String>();
        sensor.plan().quantities().forEach((Quantity each) -> units.put(each.name(), each.unit()));
        var courses = new ArrayList<Moved>();
        for (var quantity : model.quantities()) {
            var usual = USUAL.get(units.getOrDefault(quantity, ""));
            var course = around.courses().getOrDefault(quantity, usual);
            if (course != null) {
                courses.add(new Moved(model, quantity, course));
            }
        }
        return courses;
    }

    /** A chip of outputs keeps what is written to its registers. */
    private void connect(OutputPlan output) {
        output.actuator()
                .chip()
                .ifPresent(chip -> slaves.putIfAbsent(
                        new Place(buses.number(chip.bus()), chip.address()), new RegisterBytes(Map.of())));
    }

    @Override
    public Map<Integer, Map<Integer, I2cTarget>> slaves() {
        var buses = new TreeMap<Integer, Map<Integer, I2cTarget>>();
        slaves.forEach((place, slave) ->
                buses.computeIfAbsent(place.bus, bus -> new TreeMap<>()).put(place.address, slave));
        return buses;
    }

    @Override
    public Map<String, Integer> named() {
        return buses.named();
    }

    @Override
    public void update(long nanos) {
        moved.forEach(each -> each.model.set(each.quantity, each.course.at(nanos)));
    }
}
