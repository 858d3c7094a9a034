package io.walnutedge.sensor.sysfs;

import io.walnutedge.reading.Measurement;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.NoValueException;
import io.walnutedge.sensor.RelativeHumidity;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.Attribute;
import io.walnutedge.sensor.files.DeviceFiles;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An open value of a hwmon chip. One thread at a time.
 *
 * @param chip its directory
 * @param channel such as {@code temp1}
 * @param fault null where the chip does not tell of open or short-circuited probes
 */
record HwmonValue(
        DeviceFiles files,
        HwmonPick pick,
        Path chip,
        String channel,
        Attribute value,
        @Nullable Attribute fault) implements FoundChannels.Channel {
    static HwmonValue of(DeviceFiles files, Path chip, HwmonChip.Channel channel, HwmonPick pick, boolean kept)
            throws SensorException {
        var name = channel.name();
        var endings =
                pick.item().map(item -> List.of("_" + item)).orElse(pick.kind().endings());
        var file = endings.stream()
                .map(ending -> chip.resolve(name + ending))
                .filter(files::exists)
                .findFirst();
        if (file.isEmpty()) {
            throw new SensorException(chip + " has no " + name + String.join(" or " + name, endings) + "; there are: "
                    + DeviceFiles.list(there(files, chip, name)));
        }
        var fault = chip.resolve(name + "_fault");
        return new HwmonValue(
                files,
                pick,
                chip,
                name,
                files.attribute(file.get(), kept),
                pick.isMeasured() && files.exists(fault) ? files.attribute(fault, kept) : null);
    }

    /** For errors: what the chip has of a channel. */
    private static List<String> there(DeviceFiles files, Path chip, String channel) throws SensorException {
        return files.entries(chip).stream()
                .map(DeviceFiles::nameOf)
                .filter(name -> name.startsWith(channel + "_"))
                .toList();
    }

    Path path() {
        return value.path();
    }

    private boolean hasFault() throws SensorException {
        return fault != null && fault.number() != 0;
    }

    @Override
    public Measurement measure() throws SensorException {
        if (hasFault()) {
            throw new SensorException(chip.resolve(channel + "_fault") + " reports a fault of the probe");
        }
        var converted = pick.converted(number());
        return Measurement.of(pick.quantity(), pick.isMeasured() ? checked(converted) : converted);
    }

    private double checked(double converted) throws SensorException {
        if (pick.kind().equals(HwmonKind.TEMP)) {
            return Celsius.checked(converted, value);
        }
        return pick.kind().quantity().equals(Quantity.HUMIDITY)
                ? RelativeHumidity.checked(converted, path().toString())
                : converted;
    }

    /** A channel that is switched off gives no value (sysfs-interface.rst, "_enable"); pwm means something else by it. */
    private double number() throws SensorException {
        try {
            return value.number();
        } catch (SensorException none) {
            var switchedOff = files.text(chip, channel + "_enable").filter("0"::equals);
            if (switchedOff.isEmpty() || channel.startsWith("pwm")) {
                throw none;
            }
            throw new NoValueException(
                    value.path() + " has no value: the channel is switched off; write 1 to "
                            + chip.resolve(channel + "_enable"),
                    none);
        }
    }

    @Override
    public void close() {
        value.close();
        if (fault != null) {
            fault.close();
        }
    }
}
