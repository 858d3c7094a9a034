package io.walnutedge.vboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Our driver and the kernel's agree on the same chip in random states of its registers, over the whole range, within the
 * chip's resolution; and both find what was put there. What our driver says to the chip is checked by its bytes. Under
 * emulation a thousand states take 20 min, so that they are for {@code deploy/soak.sh}.
 */
@Tag("board-arm64")
@ExtendWith(SharedBoard.class)
class RandomStatesIT {
    private static final int STATES = Integer.getInteger("walnutedge.states", 100);
    private static final long SEED = Long.getLong("walnutedge.seed", System.nanoTime());
    private static final String HWMON = "hwmon/hwmon*/";
    private static final String IIO = "iio:device*/";
    private static final String SHT3X = "sht3x";

    /** Its driver answers what it has read before within the same jiffy (drivers/hwmon/sht3x.c); the guest's are of 4 ms. */
    private static final Duration SHT3X_CACHE = Duration.ofMillis(20);

    /** What the chip is set to, and what that is in the units of the quantities, in the driver's order. */
    private record State(Map<String, Object> set, List<Double> expected) {}

    /**
     * A quantity in the kernel's files: (file + offset) * scale.
     *
     * @param files the value's, then those of offset and scale, if there are any
     * @param resolution of the chip, which both may differ by, and of the kernel's number
     */
    private record Channel(List<String> files, double factor, double resolution) {
        double of(List<Double> numbers) {
            double offset = numbers.size() == 3 ? numbers.get(1) : 0;
            double scale = numbers.size() > 1 ? numbers.get(numbers.size() - 1) : 1;
            return (numbers.get(0) + offset) * scale * factor;
        }

        boolean isPower() {
            return files.get(0).contains("power");
        }
    }

    /**
     * A chip with both drivers.
     *
     * @param bytes what our driver writes for one sample, in hexadecimal digits, register numbers included
     * @param prepare a script for the kernel's driver, in the device's directory
     */
    private record Case(
            int address,
            String own,
            String kernel,
            String prepare,
            List<Channel> channels,
            List<String> bytes,
            Function<Random, State> states) {
        String settings() {
            return own.contains(" ") ? own : own + " address=" + address;
        }

        @Override
        public String toString() {
            return own.split(" ", 2)[0];
        }
    }

    private static Channel channel(String file, double factor, double resolution) {
        return new Channel(List.of(file), factor, resolution);
    }

    /** Codes from the first to the last, both included. */
    private static int code(Random random, int first, int last) {
        return first + random.nextInt(last - first + 1);
    }

    private static State one(String quantity, double value) {
        return new State(Map.of(quantity, value), List.of(value));
    }

    private static State two(String first, double one, String second, double two) {
        return new State(Map.of(first, one, second, two), List.of(one, two));
    }

    static Stream<Case> chips() {
        return Stream.of(
                new Case(
                        Board.LM75,
                        "lm75 resolution=11",
                        "lm75b",
                        ":",
                        List.of(channel(HWMON + "temp1_input", 1e-3, 1e-9)),
                        List.of("00", "01"),
                        random -> one("temp", code(random, -55 * 8, 125 * 8) / 8.0)),
                new Case(
                        Board.TMP102,
                        "tmp102 extended=true, address=0x49",
                        "tmp102",
                        ":",
                        List.of(channel(HWMON + "temp1_input", 1e-3, 0.001)), // of the kernel's number
                        List.of("01e190", "01", "00"),
                        random -> one("temp", code(random, -55 * 16, 150 * 16) / 16.0)),
                new Case(
                        Board.SHT3X,
                        "sht3x",
                        SHT3X,
                        ":",
                        // the kernel's thousandths are cut
                        List.of(
                                channel(HWMON + "temp1_input", 1e-3, 175 / 65_535.0 + 0.001),
                                channel(HWMON + "humidity1_input", 1e-3, 100 / 65_535.0 + 0.001)),
                        List.of("2400"),
                        random -> two(
                                "temp",
                                -45 + 175 * code(random, 1_873, 63_663) / 65_535.0,
                                "rh",
                                100 * code(random, 0, 65_535) / 65_535.0)),
                new Case(
                        Board.SI7021,
                        "htu21d",
                        "si7020",
                        ":",
                        // 14 and 12 bits, and what the kernel's offset loses (si7020.c)
                        List.of(
                                raw("temp", 1e-3, 175.72 / 16_384 + 0.0028),
                                raw("humidityrelative", 1e-3, 125 / 4_096.0 + 0.0033)),
                        List.of("e7", "f3", "f5"),
                        random -> two(
                                "temp",
                                -46.85 + 175.72 * code(random, 640, 16_022) / 16_384,
                                "rh",
                                -6 + 125.0 * code(random, 197, 3_473) / 4_096)),
                new Case(
                        Board.BMP280,
                        "bmp280",
                        "bmp280",
                        ":",
                        // 0.01 °C of output, and half of that of the chip's setting; 0.16 Pa of the converter (table 7)
                        List.of(
                                channel(IIO + "in_temp_input", 1e-3, 0.011),
                                channel(IIO + "in_pressure_input", 10, 0.02)),
                        List.of("f425", "f2", "f7"),
                        random -> two(
                                "temp",
                                code(random, -4_000, 8_500) / 100.0,
                                "hpa",
                                code(random, 30_000, 110_000) / 100.0)),
                new Case(
                        Board.BH1750,
                        "bh1750 address=0x23, measurement-time=31",
                        "bh1750",
                        // 31 times 1.74 ms, which is the shortest, so that many do not last
                        "echo 0.053940 > iio:device*/in_illuminance_integration_time",
                        List.of(new Channel(
                                List.of(IIO + "in_illuminance_raw", IIO + "in_illuminance_scale"),
                                1,
                                69 / 31.0 / 1.2 / 2)), // half a count
                        List.of("01", "40", "7f", "20"),
                        random -> one("lux", code(random, 0, 65_534) / 1.2 * 69 / 31)),
                new Case(
                        Board.INA219,
                        "ina219 address=0x42",
                        "ina219",
                        "echo 100000 > " + HWMON + "shunt_resistor",
                        monitor(0.004, 0.000_01),
                        List.of("03", "003c43", "02", "02", "00", "05", "01", "04"),
                        random -> monitored(code(random, 0, 6_500), 0.004, code(random, -31_999, 31_999), 0.000_01)),
                new Case(
                        Board.INA226,
                        "ina226 address=0x43",
                        "ina226",
                        "echo 100000 > " + HWMON + "shunt_resistor",
                        monitor(0.001_25, 0.000_0025),
                        List.of("004123", "06", "00", "05", "02", "01", "04"),
                        random -> monitored(
                                code(random, 0, 28_800), 0.001_25, code(random, -32_766, 32_766), 0.000_0025)),
                new Case(
                        Board.ADS1015,
                        "ads1015 address=0x4b, range=2.048, channels=[a0]",
                        "ads1015",
                        ":",
                        List.of(new Channel(List.of(IIO + "in_voltage0_raw", IIO + "in_voltage0_scale"), 1e-3, 1e-6)),
                        List.of("01c583", "01", "00"),
                        random -> {
                            int code = code(random, -2_047, 2_046);
                            return new State(Map.of("channel", 0, "mv", (double) code), List.of(code / 1000.0));
                        }));
    }

    private static Channel raw(String name, double factor, double resolution) {
        String file = IIO + "in_" + name;
        return new Channel(List.of(file + "_raw", file + "_offset", file + "_scale"), factor, resolution);
    }

    /** Bus voltage, shunt voltage, current over 0.1 Ω, power; the kernel's in mV, mV, mA and µW. */
    private static List<Channel> monitor(double busStep, double shuntStep) {
        double amperes = shuntStep / 0.1;
        return List.of(
                channel(HWMON + "in1_input", 1e-3, 0.001),
                channel(HWMON + "in0_input", 1e-3, 0.001),
                // the kernel's is in milliamperes, ours is cut by the calibration to the next step
                channel(HWMON + "curr1_input", 1e-3, 0.001 + 2 * amperes),
                // a step of the power register is 20 or 25 of the current's
                channel(HWMON + "power1_input", 1e-6, 25 * amperes + busStep));
    }

    private static State monitored(int bus, double busStep, int shunt, double shuntStep) {
        double volts = bus * busStep;
        double amperes = shunt * shuntStep / 0.1;
        return new State(
                Map.of("bus", bus, "shunt", shunt), List.of(volts, shunt * shuntStep, amperes, volts * amperes));
    }

    @AfterEach
    void rest(Chips chips) {
        chips.log();
    }

    @ParameterizedTest
    @MethodSource("chips")
    void ownAndKernel_agree(Case chip, Guest guest, I2cProgram i2c, Chips chips) {
        List<State> states = Stream.generate(new Random(SEED)::nextLong)
                .limit(STATES)
                .map(Random::new)
                .map(chip.states)
                .toList();
        List<List<Double>> own = new ArrayList<>();
        i2c.ask("sensor own " + chip.settings());
        try {
            for (State state : states) {
                chips.set(chip.address, state.set);
                own.add(i2c.sample("own"));
            }
            chips.log();
            i2c.ask("sample own");
            assertThat(chips.log().stream()
                            .filter(message -> message.address() == chip.address && !message.read())
                            .map(Chips.Message::data))
                    .as("bytes of a sample")
                    .containsExactlyElementsOf(chip.bytes);
        } finally {
            i2c.ask("end own");
        }
        try (KernelDriver kernel = guest.bind(chip.kernel, chip.address)) {
            guest.output("cd /sys/bus/i2c/devices/1-%04x; %s".formatted(chip.address, chip.prepare));
            List<List<String>> files = chip.channels.stream()
                    .map(channel -> channel.files.stream().map(kernel::path).toList())
                    .toList();
            for (int i = 0; i < states.size(); i++) {
                chips.set(chip.address, states.get(i).set);
                if (chip.kernel.equals(SHT3X)) {
                    LockSupport.parkNanos(SHT3X_CACHE.toNanos());
                }
                for (int j = 0; j < files.size(); j++) {
                    double its = chip.channels.get(j).of(i2c.numbers(files.get(j)));
                    compare(chip, states.get(i), own.get(i), its, i, j);
                }
            }
            throughTheKernel(chip, own.get(own.size() - 1), i2c);
        }
    }

    /** With {@code driver = auto} the sensor reads what the kernel's driver shows, as it holds the address. */
    private static void throughTheKernel(Case chip, List<Double> own, I2cProgram i2c) {
        i2c.ask("sensor auto " + chip.settings());
        try {
            List<Double> auto = i2c.sample("auto");
            assertThat(auto).hasSameSizeAs(own);
            for (int j = 0; j < own.size(); j++) {
                Channel channel = chip.channels.get(j);
                // a power is made of the kernel's millivolts and milliamperes
                double power = channel.isPower() ? 0.001 * (own.get(0) + Math.abs(own.get(2))) : 0;
                assertThat(auto.get(j))
                        .as("through the kernel's driver, quantity %d of seed %d", j, SEED)
                        .isCloseTo(own.get(j), within(channel.resolution + power));
            }
        } finally {
            i2c.ask("end auto");
        }
    }

    private static void compare(Case chip, State state, List<Double> own, double kernel, int i, int j) {
        double resolution = chip.channels.get(j).resolution;
        double ours = own.get(j);
        // a power monitor's power has no sign in the kernel's file
        double same = kernel >= 0 && chip.channels.get(j).isPower() ? Math.abs(ours) : ours;
        assertThat(same)
                .as("our driver and the kernel's, quantity %d of state %d of seed %d, %s", j, i, SEED, state)
                .isCloseTo(kernel, within(resolution));
        assertThat(ours)
                .as("our driver and the chip, quantity %d of state %d of seed %d, %s", j, i, SEED, state)
                .isCloseTo(state.expected.get(j), within(resolution));
    }

    /** Both read the scratchpad: the kernel's driver its own, ours the bytes that w1_slave shows. */
    @Test
    void ds18b20_ownAndKernel_agree(Guest guest, I2cProgram i2c, Chips chips) {
        String device = "/sys/bus/w1/devices/28-0316a2795bff/";
        guest.await("test -e " + device + "temperature");
        // the emulated chip converts at once; 750 ms each would be long
        guest.output("echo 2 > " + device + "conv_time");
        Random random = new Random(SEED);
        i2c.ask("sensor own ds18b20 id=\"28-0316a2795bff\"");
        try {
            for (int i = 0; i < STATES; i++) {
                int code = code(random, -55 * 16, 125 * 16);
                double celsius = (code == 85 * 16 ? code + 1 : code) / 16.0; // 85 is what it says after power-up
                chips.setOneWire(Board.DS2482, "a", "temp", celsius);
                double own = i2c.sample("own").get(0);
                assertThat(own).as("ours, state %d of seed %d", i, SEED).isCloseTo(celsius, within(0.001));
                assertThat(i2c.numbers(List.of(device + "temperature")).get(0) / 1000)
                        .as("the kernel's thousandths, state %d of seed %d", i, SEED)
                        .isCloseTo(own, within(0.001));
            }
        } finally {
            i2c.ask("end own");
            guest.output("echo 0 > " + device + "conv_time");
        }
    }
}
