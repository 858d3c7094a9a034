package io.walnutedge.sensor.chip;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Channels;
import io.walnutedge.sensor.Sensor;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.i2c.I2cChip;
import io.walnutedge.sensor.i2c.I2cDriver;
import io.walnutedge.sensor.i2c.KernelChip;
import io.walnutedge.sensor.i2c.KernelNode;
import io.walnutedge.sensor.i2c.Probe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What ADS1115 (datasheet SBAS444D, whose sections these are) and ADS1015 (SBAS473E, the same registers) have in common: a
 * voltage for each channel, one single-shot conversion each. Stateless; any thread.
 *
 * <p>The ends of the code are not a voltage but "this much or more": such a channel has no value then.
 */
final class Ads1x15 {
    private static final int CONVERSION = 0; // 9.6.1, table 7
    private static final int CONFIG = 1; // 9.6.1, table 7
    private static final int START = 0x8000; // 9.6.3, OS: written starts; read, no conversion is running
    private static final int SINGLE_SHOT = 0x0100; // 9.6.3, MODE
    private static final int NO_COMPARATOR = 0x0003; // 9.6.3, COMP_QUE
    private static final int MIN = -0x8000; // 9.5.4, table 5: an input at full scale or below

    /** MUX (9.6.3). */
    private static final Map<String, Integer> CHANNELS =
            Map.of("a0-a1", 0, "a0-a3", 1, "a1-a3", 2, "a2-a3", 3, "a0", 4, "a1", 5, "a2", 6, "a3", 7);

    /** PGA (9.6.3): full scale in volts, by code. */
    private static final List<Double> RANGES = List.of(6.144, 4.096, 2.048, 1.024, 0.512, 0.256);

    /** Lo_thresh and Hi_thresh after a reset (9.6.4); nothing tells the two apart. */
    static final Probe PROBE = Probe.of(
            List.of("ads1115", "ads1015"),
            new Probe.Expected(2, 2, 0xffff, 0x8000),
            new Probe.Expected(3, 2, 0xffff, 0x7fff));

    private Ads1x15() {}

    /**
     * A chip of the family.
     *
     * @param rates conversions per second, by code (DR, 9.6.3)
     * @param max the code of an input at full scale or above (9.5.4, table 5)
     */
    record Variant(String name, List<Integer> rates, int fallback, int max) {
        String keys() {
            var all = rates.stream()
                    .map(rate -> rate == fallback ? "**" + rate + "**" : String.valueOf(rate))
                    .collect(Collectors.joining(" "));
            return "`channels`, default all of `a0` `a1` `a2` `a3`, also `a0-a1` `a0-a3` `a1-a3` `a2-a3`; "
                    + "`range` 0.256 0.512 1.024 2.048 **4.096** 6.144 (V); `ranges { a0 = 2.048 }` by channel; `rate` "
                    + all;
        }

        KernelChip kernel(String device) {
            return KernelChip.of(
                    device, quantities -> quantities.stream().map(this::node).toList());
        }

        /** The differences and the inputs by number, codes as they are, in mV. */
        private KernelNode node(Quantity quantity) {
            var channel = quantity.name().replaceAll("a(\\d)", "voltage$1");
            var unit = 0x8000 - max; // what the lowest bit of a code is of 16 bits
            return KernelNode.iio(quantity, channel, 0.001, max / unit, MIN / unit);
        }
    }

    /** {@code range} serves all channels; the section {@code ranges} has exceptions by channel. */
    static SensorPlan plan(I2cDriver driver, ConfigTable settings, Variant variant) {
        var rate = I2cChip.oneOf(settings, "rate", variant.fallback, variant.rates);
        var range = range(settings, "range", 4.096);
        var ranges = settings.sectionOrEmpty("ranges");
        var inputs = new ArrayList<Input>();
        for (var channel : channels(settings)) {
            inputs.add(new Input(Quantity.VOLTAGE.named(channel), range(ranges, channel, range), rate, variant));
        }
        ranges.finish();
        var quantities = inputs.stream().map(Input::quantity).toList();
        return driver.plan(settings, variant.name, quantities, chip -> {
            chip.alive(chip.readRegister(CONFIG, 2));
            return new Opened(chip, List.copyOf(inputs));
        });
    }

    private static List<String> channels(ConfigTable settings) {
        var wanted = settings.has("channels") ? settings.texts("channels") : List.of("a0", "a1", "a2", "a3");
        var channels = new LinkedHashSet<String>();
        for (var channel : wanted) {
            if (!CHANNELS.containsKey(channel)) {
                settings.problem(
                        "channels",
                        "'" + channel + "' is no channel; accepted: a0, a1, a2, a3, and the differences a0-a1, a0-a3,"
                                + " a1-a3, a2-a3");
            } else if (!channels.add(channel)) {
                settings.problem("channels", channel + " is there twice");
            }
        }
        if (wanted.isEmpty()) {
            settings.problem("channels", "an empty list; leave the key out to have a0, a1, a2, a3");
        }
        return channels.isEmpty() ? List.of("a0") : List.copyOf(channels);
    }

    private static double range(ConfigTable settings, String key, double fallback) {
        var range = settings.number(key, fallback, 0.256, 6.144);
        if (!RANGES.contains(range)) {
            settings.problem(key, range + " is no range; accepted: 6.144, 4.096, 2.048, 1.024, 0.512, 0.256 (volts)");
            return fallback;
        }
        return range;
    }

    /** A channel with its full scale in volts and its conversions per second. */
    private record Input(Quantity quantity, double range, int rate, Variant variant) {
        int config() {
            var mux = CHANNELS.getOrDefault(quantity.name(), 0);
            return (mux << 12)
                    | (RANGES.indexOf(range) << 9)
                    | SINGLE_SHOT
                    | (variant.rates.indexOf(rate) << 5)
                    | NO_COMPARATOR;
        }

        /** Rates vary by 10 % (7.5), and the chip needs about 25 us to wake (9.4.2.1). */
        Duration conversion() {
            return Duration.ofNanos(1_100_000_000L / rate + 25_000);
        }
    }

    private record Opened(I2cChip chip, List<Input> inputs) implements Sensor {
        @Override
        public List<Measurement> read() throws SensorException, InterruptedException {
            return Channels.measure(inputs, Input::quantity, this::convert);
        }

        private Measurement convert(Input input) throws SensorException, InterruptedException {
            var config = START | input.config();
            chip.write(CONFIG, config >> 8, config & 0xff);
            chip.await(input.conversion(), () -> isOver(input));
            var code = (short) I2cChip.unsigned16(chip.readRegister(CONVERSION, 2), 0);
            if (code == input.variant.max || code == MIN) {
                throw chip.none(input.quantity.name() + " is saturated at " + (code != MIN ? input.range : -input.range)
                        + " V; widen range, or reduce the voltage");
            }
            return Measurement.of(input.quantity, code * input.range / 32_768);
        }

        /** The register is read with all its bits: another answer means another chip, a reset or a dead bus. */
        private boolean isOver(Input input) throws SensorException {
            var found = I2cChip.unsigned16(chip.alive(chip.readRegister(CONFIG, 2)), 0);
            if ((found & ~START) != input.config()) {
                throw chip.fault("its configuration is " + I2cChip.hex(found & ~START, 4) + ", not the "
                        + I2cChip.hex(input.config(), 4) + " written; was its power interrupted?");
            }
            return (found & START) != 0;
        }
    }
}
