package io.walnutedge.sensor.chip;

import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problem;
import io.walnutedge.hocon.Problems;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Value;
import io.walnutedge.sensor.Drivers;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.i2c.I2cBuses;
import io.walnutedge.sensor.i2c.Registers;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.StringJoiner;
import java.util.function.LongSupplier;

/** One chip on the table: a driver by its name, registers of any kind, and a clock that only pauses move. */
public final class Bench implements Hardware, I2cBuses, LongSupplier {
    private final Map<String, Latest> known = new HashMap<>();
    private Registers registers = new FakeRegisters();
    private long nanos = 1_000_000_000;

    public static SensorPlan plan(String driver, String hocon) {
        var problems = new Problems();
        var plan = plan(driver, hocon, problems);
        if (!problems.isEmpty()) {
            throw new AssertionError(problems.list().toString());
        }
        return plan;
    }

    public static List<String> problems(String driver, String hocon) {
        var problems = new Problems();
        plan(driver, hocon, problems);
        return problems.list().stream().map(Problem::toString).toList();
    }

    private static SensorPlan plan(String driver, String hocon, Problems problems) {
        var settings = ConfigFile.parse(hocon, problems);
        var plan = Drivers.installed().find(driver).orElseThrow().plan(settings);
        settings.finish();
        return plan;
    }

    Sensor open(String driver, String hocon, Registers on) throws SensorException, InterruptedException {
        registers = on;
        return plan(driver, hocon).opening().open(this);
    }

    /** The values of one reading, by quantity. */
    public static Map<String, Double> read(Sensor sensor) throws SensorException, InterruptedException {
        var values = new LinkedHashMap<String, Double>();
        for (var measurement : sensor.read()) {
            var number = ((Value.Numeric) measurement.value()).number();
            values.put(measurement.quantity().name(), number);
        }
        return values;
    }

    /** Why quantities of a sample have no value, as {@code power none: ...}; there has to be one. */
    static String absent(Sensor sensor) throws SensorException, InterruptedException {
        var absent = new StringJoiner("\n");
        for (var measurement : sensor.read()) {
            measurement
                    .absence()
                    .ifPresent(none -> absent.add(
                            measurement.quantity().name() + (none.failed() ? " failed: " : " none: ") + none.reason()));
        }
        return absent.toString();
    }

    /** The first values, however long the chip takes for them, tried each second. */
    Map<String, Double> readFirst(Sensor sensor) throws SensorException, InterruptedException {
        var values = read(sensor);
        for (var i = 0; i < 120 && values.isEmpty(); i++) {
            pause(Duration.ofSeconds(1));
            values = read(sensor);
        }
        return values;
    }

    /** A random number generator; its seed is printed, and can be given as {@code -Dseed=}. */
    static Random random() {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("seed " + seed);
        return new Random(seed);
    }

    /** What another sensor published, named as in room.temperature. */
    void know(String input, double value, Duration age) {
        known.put(input, new Latest(value, age));
    }

    @Override
    public Optional<Latest> latest(ItemId sensor, String quantity) {
        return Optional.ofNullable(known.get(sensor + "." + quantity));
    }

    @Override
    public <T> T access(Class<T> kind) {
        return Hardware.pick(kind, DeviceFiles.SYSTEM, this);
    }

    @Override
    public Registers registers(int bus, int address) {
        return registers;
    }

    @Override
    public void pause(Duration duration) {
        nanos += duration.toNanos();
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public long getAsLong() {
        return nanos;
    }
}
