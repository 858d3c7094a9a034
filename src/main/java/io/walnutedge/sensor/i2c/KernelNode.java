package io.walnutedge.sensor.i2c;

import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.NoValueException;
import io.walnutedge.sensor.RelativeHumidity;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.Attribute;
import io.walnutedge.sensor.files.DeviceFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a kernel driver shows a quantity of a chip: a file of hwmon (Documentation/hwmon/sysfs-interface.rst) or a channel
 * of IIO (Documentation/ABI/testing/sysfs-bus-iio), with the factor from the kernel's unit to ours. Immutable; any
 * thread.
 *
 * @param hwmon as in {@code temp1_input}; empty where no hwmon driver has the quantity
 * @param hwmonScale a file that the value is multiplied with; empty for none
 * @param iio as in {@code in_NAME_raw}; empty where no IIO driver has it
 * @param ends raw codes that mean "this or more", which are no value
 */
public record KernelNode(
        Quantity quantity,
        String hwmon,
        double hwmonFactor,
        String hwmonScale,
        String iio,
        double iioFactor,
        List<Integer> ends) {
    public KernelNode {
        ends = List.copyOf(ends);
    }

    public static KernelNode hwmon(Quantity quantity, String file, double factor) {
        return new KernelNode(quantity, file, factor, "", "", 1, List.of());
    }

    public static KernelNode iio(Quantity quantity, String channel, double factor, Integer... ends) {
        return new KernelNode(quantity, "", 1, "", channel, factor, List.of(ends));
    }

    /** The same, multiplied with the number in another file of the hwmon device. */
    public KernelNode scaledBy(String file) {
        return new KernelNode(quantity, hwmon, hwmonFactor, file, iio, iioFactor, ends);
    }

    /** m°C, m%, kPa and lux, of the first channel. */
    static KernelNode of(Quantity quantity) {
        if (quantity.equals(Quantity.TEMPERATURE)) {
            return new KernelNode(quantity, "temp1_input", 0.001, "", "temp", 0.001, List.of());
        }
        if (quantity.equals(Quantity.HUMIDITY)) {
            return new KernelNode(quantity, "humidity1_input", 0.001, "", "humidityrelative", 0.001, List.of());
        }
        if (quantity.equals(Quantity.PRESSURE)) {
            return iio(quantity, "pressure", 10);
        }
        if (quantity.equals(Quantity.ILLUMINANCE)) {
            return iio(quantity, "illuminance", 1);
        }
        throw new IllegalArgumentException("no usual place for " + quantity.name());
    }

    /** A node that was found: (value + offset) * scale. One thread. */
    record Open(
            KernelNode node, Attribute value, Optional<Attribute> offset, Optional<Attribute> scale, double factor) {
        Quantity quantity() {
            return node.quantity;
        }

        Measurement measure() throws SensorException {
            var raw = value.number();
            for (var end : node.ends) {
                if (raw == end) {
                    throw new NoValueException(value.path() + " is " + end + ": the chip is saturated");
                }
            }
            var number = raw;
            if (offset.isPresent()) {
                number += offset.get().number();
            }
            if (scale.isPresent()) {
                number *= scale.get().number();
            }
            var ours = number * factor;
            return Measurement.of(
                    node.quantity,
                    node.quantity.equals(Quantity.HUMIDITY)
                            ? RelativeHumidity.checked(ours, value.path().toString())
                            : ours);
        }

        void close() {
            value.close();
            offset.ifPresent(Attribute::close);
            scale.ifPresent(Attribute::close);
        }
    }

    /**
     * Looks for the node below the chip's device, such as {@code 1-0044}.
     *
     * @param kept see {@link Attribute#isKernel}
     */
    Optional<Open> find(DeviceFiles files, Path device, boolean kept) throws SensorException {
        for (var chip : files.numbered(device.resolve("hwmon"), "hwmon")) {
            var value = attribute(files, chip, hwmon, kept);
            if (!hwmon.isEmpty() && value.isPresent()) {
                var scale =
                        hwmonScale.isEmpty() ? Optional.<Attribute>empty() : attribute(files, chip, hwmonScale, kept);
                return Optional.of(new Open(this, value.get(), Optional.empty(), scale, hwmonFactor));
            }
        }
        for (var chip : files.numbered(device, "iio:device")) {
            var input = attribute(files, chip, "in_" + iio + "_input", kept);
            if (input.isPresent()) {
                return Optional.of(new Open(this, input.get(), Optional.empty(), Optional.empty(), iioFactor));
            }
            var raw = attribute(files, chip, "in_" + iio + "_raw", kept);
            if (raw.isPresent()) {
                var offset = shared(files, chip, "offset", kept);
                return Optional.of(new Open(this, raw.get(), offset, shared(files, chip, "scale", kept), iioFactor));
            }
        }
        return Optional.empty();
    }

    /** Of the channel, or of all channels of its type. */
    private Optional<Attribute> shared(DeviceFiles files, Path chip, String item, boolean kept) {
        var type = iio.replaceAll("[0-9]", "");
        return Stream.of("in_" + iio + "_" + item, "in_" + type + "_" + item)
                .flatMap(name -> attribute(files, chip, name, kept).stream())
                .findFirst();
    }

    private static Optional<Attribute> attribute(DeviceFiles files, Path chip, String name, boolean kept) {
        var path = chip.resolve(name);
        return files.exists(path) ? Optional.of(files.attribute(path, kept)) : Optional.empty();
    }
}
