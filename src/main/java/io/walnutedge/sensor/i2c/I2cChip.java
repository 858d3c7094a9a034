package io.walnutedge.sensor.i2c;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Channels;
import io.walnutedge.sensor.Crc8;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.NoValueException;
import io.walnutedge.sensor.RelativeHumidity;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.SensorPlan.Input;
import io.walnutedge.sensor.SensorPlan.Need;
import io.walnutedge.sensor.SensorPlan.Opening;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.i2c.Probe.Expected;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** An opened chip: transfers with their length checked, faults that say where. Used by one thread at a time. */
public final class I2cChip {
    private static final Duration POLL = Duration.ofMillis(1);

    private final String name;
    private final I2cDevice device;
    private final Registers registers;
    private final Hardware hardware;

    private I2cChip(String name, I2cDevice device, Registers registers, Hardware hardware) {
        this.name = name;
        this.device = device;
        this.registers = registers;
        this.hardware = hardware;
    }

    /** Makes a sensor of a chip that answers: checks who it is and prepares it. */
    @FunctionalInterface
    public interface Starting {
        Sensor start(I2cChip chip) throws SensorException, InterruptedException;
    }

    /** Computes a number of what was read. */
    @FunctionalInterface
    public interface Figure {
        double value() throws SensorException;
    }

    @FunctionalInterface
    public interface Ready {
        boolean check() throws SensorException;
    }

    /** A plan that gives the device back if the chip cannot be started, and when the sensor is closed. */
    public static SensorPlan plan(String name, I2cDevice device, List<Quantity> quantities, Starting starting) {
        return plan(name, device, quantities, List.of(), starting);
    }

    /** The same, of a chip that takes values from other sensors. */
    public static SensorPlan plan(
            String name, I2cDevice device, List<Quantity> quantities, List<Need> needs, Starting starting) {
        Opening opening = hardware -> {
            var registers = Mux.open(hardware, device);
            var started = false;
            try {
                var sensor = starting.start(new I2cChip(name, device, registers, hardware));
                started = true;
                return new Opened(sensor, device, registers, hold(hardware.access(DeviceFiles.class), device));
            } finally {
                if (!started) {
                    registers.close();
                }
            }
        };
        return new SensorPlan(device, quantities, opening, needs).intermittent();
    }

    private static KernelHold hold(DeviceFiles files, I2cDevice device) throws SensorException {
        var address = device.mux().map(I2cDevice.MuxChannel::address).orElse(device.address());
        return KernelHold.of(files, device.bus().number(files), address);
    }

    /**
     * Reads no more when a driver of the kernel comes: the kernel refuses an address that it holds (I2C_SLAVE, EBUSY), but not
     * to a descriptor that had selected it before. Gives the device back behind the driver's own last words.
     */
    private record Opened(Sensor sensor, I2cDevice device, Registers registers, KernelHold hold) implements Sensor {
        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            if (hold.isHeld()) {
                throw new SensorException(
                        "the kernel's driver " + hold.driver() + " has taken " + device.describe() + " meanwhile");
            }
            return sensor.read();
        }

        @Override
        public void close() {
            sensor.close();
            registers.close();
        }
    }

    public void write(int... bytes) throws SensorException {
        registers.write(bytes);
    }

    public void write(List<Integer> bytes) throws SensorException {
        write(bytes.stream().mapToInt(Integer::intValue).toArray());
    }

    public byte[] read(int count) throws SensorException {
        return exactly(count, registers.read(count));
    }

    public byte[] readRegister(int register, int count) throws SensorException {
        return exactly(count, registers.readRegister(register, count));
    }

    /** A register of 16 bits, the higher byte first. */
    public int word(int register) throws SensorException {
        return unsigned16(readRegister(register, 2), 0);
    }

    /** Into a register of 16 bits, the higher byte first. */
    public void writeWord(int register, int word) throws SensorException {
        write(register, (word >> 8) & 0xff, word & 0xff);
    }

    /** Of seven bits. */
    public int address() {
        return device.address();
    }

    private byte[] exactly(int count, byte[] answer) throws SensorException {
        if (answer.length != count) {
            throw fault("answered " + answer.length + " bytes instead of " + count);
        }
        return answer;
    }

    /** Reads words of 16 bits, the higher byte first, each followed by its checksum. */
    public int[] words(int count, Crc8 crc) throws SensorException {
        var answer = read(3 * count);
        var words = new int[count];
        for (var i = 0; i < count; i++) {
            check(crc.of(answer, 3 * i, 2), answer[3 * i + 2] & 0xff);
            words[i] = unsigned16(answer, 3 * i);
        }
        return words;
    }

    /** Refuses an answer whose checksum is not the expected one. */
    public void check(int expected, int found) throws SensorException {
        if (expected != found) {
            throw fault("bad checksum " + hex(found, 2) + " instead of " + hex(expected, 2)
                    + "; look at the wires, or it is no " + name);
        }
    }

    /** Refuses what a bus says on which nobody drives the data line, or a chip without power: only ones, only zeros. */
    public byte[] alive(byte[] answer) throws SensorException {
        var first = answer[0];
        var same = true;
        for (var each : answer) {
            same &= each == first;
        }
        if (same && (first == 0 || first == -1)) {
            throw fault("answers only " + hex(first & 0xff, 2) + "; look at its power and its wires");
        }
        return answer;
    }

    /** Refuses a chip whose id register holds none of these, and a dead bus. */
    public void identify(Expected... ids) throws SensorException {
        identify("id", "", ids);
    }

    /** The same, with the register's name in the datasheet and the only id. */
    public void identify(String register, Expected id) throws SensorException {
        identify(register, " instead of " + hex(id.value(), 2 * id.count()), id);
    }

    private void identify(String register, String instead, Expected... ids) throws SensorException {
        var answer = alive(readRegister(ids[0].register(), ids[0].count()));
        if (Stream.of(ids).noneMatch(id -> id.isIn(answer))) {
            throw fault("the chip is another one: its " + register + " is 0x"
                    + HexFormat.of().formatHex(answer) + instead);
        }
    }

    /** Monotonic, in nanoseconds. */
    public long nanoTime() {
        return hardware.nanoTime();
    }

    public void pause(Duration duration) throws InterruptedException {
        hardware.pause(duration);
    }

    /** Waits for a conversion, then asks until it is ready, for at most as long again. */
    public void await(Duration conversion, Ready ready) throws SensorException, InterruptedException {
        pause(conversion);
        var extra = Duration.ZERO;
        while (!ready.check()) {
            if (extra.compareTo(conversion) >= 0) {
                throw fault("still converts after " + conversion.plus(extra).toMillis() + " ms");
            }
            pause(POLL);
            extra = extra.plus(POLL);
        }
    }

    /** A value within the datasheet's range, both ends included, where a value beyond spoils the whole sample. */
    public double within(Quantity quantity, double value, double min, double max) throws SensorException {
        return new Range(quantity, min, max).checked(value, where());
    }

    /** A value within a range that the kernel's driver shares. */
    public double within(Range range, double value) throws SensorException {
        return range.checked(value, where());
    }

    /** A quantity that does not take the others with it where it has no value. */
    public static Measurement each(Quantity quantity, Figure figure) {
        try {
            return Measurement.of(quantity, figure.value());
        } catch (SensorException none) {
            return Channels.absent(quantity, none);
        }
    }

    /** A value within the datasheet's range, both ends included; none where it is not, as {@link Range#measured} says. */
    public Measurement measured(Quantity quantity, double value, double min, double max) throws SensorException {
        return measured(new Range(quantity, min, max), value);
    }

    /** The same of a range that the kernel's driver shares. */
    public Measurement measured(Range range, double value) throws SensorException {
        return range.measured(value, where());
    }

    /**
     * The same, where a value below is what the chip has before it has measured: then nothing of the sample is trusted.
     *
     * @throws SensorException if it is below
     */
    public Measurement measuredOnceBegun(Quantity quantity, double value, double min, double max)
            throws SensorException {
        return value < min
                ? Measurement.of(quantity, within(quantity, value, min, max))
                : measured(quantity, value, min, max);
    }

    /** A humidity in percent, cropped as its makers say; none where it is far beyond. */
    public Measurement humidity(double percent) {
        return each(Quantity.HUMIDITY, () -> RelativeHumidity.checked(percent, where()));
    }

    /** Refuses settings other than those written, which a chip has after a power cut, and another chip always. */
    public void same(String register, int written, int found) throws SensorException {
        if (found != written) {
            throw fault("its " + register + " is " + hex(found, 1) + ", not the " + hex(written, 1)
                    + " written; was its power interrupted?");
        }
    }

    public SensorException fault(String message) {
        return new SensorException(where() + ": " + message);
    }

    public NoValueException none(String message) {
        return new NoValueException(where() + ": " + message);
    }

    private String where() {
        return name + " at " + device.describe();
    }

    /** Of 16 bits, the higher byte first. */
    public static int unsigned16(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }

    /** Of 16 bits, the lower byte first. */
    public static int littleEndian16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) | ((bytes[at + 1] & 0xff) << 8);
    }

    /** The newest published value of another sensor. */
    public Optional<Hardware.Latest> latest(Input input) {
        return hardware.latest(input.sensor(), input.quantity());
    }

    /** As {@code 0x4f}, with so many digits at least. */
    public static String hex(int value, int digits) {
        return String.format(Locale.ROOT, "0x%0" + digits + "x", value);
    }

    /** A number of the settings that is one of a few. */
    public static int oneOf(ConfigTable settings, String key, int fallback, List<Integer> accepted) {
        var number = settings.integer(key, fallback, accepted.get(0), accepted.get(accepted.size() - 1));
        if (!accepted.contains(number)) {
            settings.problem(key, number + " is none of " + accepted.toString().replaceAll("[\\[\\]]", ""));
            return fallback;
        }
        return number;
    }
}
