package io.walnutedge.sensor.sysfs;

import com.google.auto.service.AutoService;
import io.walnutedge.config.Settings;
import io.walnutedge.sensor.Attribute;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorPlan;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A channel of a hardware monitoring chip, named by the chip and its channel or label:
 * {@code type = hwmon, chip = lm75, channel = temp1} or {@code label = "CPU"}. Files and units are those of
 * Documentation/hwmon/sysfs-interface.rst.
 *
 * <p>A label is sought among the channels of one class: temperatures, or that of {@code channel}, as in
 * {@code channel = in, label = Vcore}, because the quantity must be known before the chip is there. {@code device} names
 * the device that the chip is, such as {@code 1-0048}, where several chips have one name.
 */
@AutoService(SensorDriver.class)
public final class Hwmon implements SensorDriver {
    private static final Pattern CHANNEL = Pattern.compile("([a-z]+)([0-9]{0,4})");

    @Override
    public String name() {
        return "hwmon";
    }

    @Override
    public SensorPlan plan(Settings settings) {
        var chip = settings.text("chip");
        var channel = settings.text("channel", "temp");
        var kind = kindOf(settings, channel);
        var wanted = new HwmonChip.Wanted(
                chip, kind, channel, settings.optionalText("label"), settings.optionalText("device"));
        return new SensorPlan(
                new SensorPlan.FileLike("hwmon " + wanted.describe()),
                List.of(kind.quantity()),
                hardware -> FoundSensor.open(
                        Attribute.isKernel(hardware.roots().sys()), () -> HwmonChip.find(wanted, hardware.roots())));
    }

    private static HwmonKind kindOf(Settings settings, String channel) {
        var match = CHANNEL.matcher(channel);
        var kind = match.matches() ? HwmonKind.of(match.group(1)) : Optional.<HwmonKind>empty();
        if (kind.isEmpty()) {
            settings.problem(
                    "channel",
                    "'" + channel + "' is no channel; accepted: " + HwmonKind.names()
                            + ", with a number as in temp1, or without one beside a label");
        }
        return kind.orElse(HwmonKind.TEMP);
    }
}
