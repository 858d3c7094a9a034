package io.walnutedge.sensor.sysfs;

import com.google.auto.service.AutoService;
import io.walnutedge.config.Settings;
import io.walnutedge.config.Suggestion;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.Attribute;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorPlan;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Channels of an industrial I/O device, named by the device: {@code type = iio, device = bme280, channels = [temp,
 * pressure]}. Files and units are those of Documentation/ABI/testing/sysfs-bus-iio, both the processed form
 * ({@code in_temp_input}) and raw with scale and offset; what is published is in our own units.
 *
 * <p>{@code parent} names the device it hangs on, such as {@code 1-0076}, where several devices have one name.
 */
@AutoService(SensorDriver.class)
public final class Iio implements SensorDriver {
    @Override
    public String name() {
        return "iio";
    }

    @Override
    public SensorPlan plan(Settings settings) {
        var device = settings.text("device");
        var parent = settings.optionalText("parent");
        var channels = channels(settings);
        var wanted = new IioDevice.Wanted(device, parent, channels);
        return new SensorPlan(
                new SensorPlan.FileLike("iio " + device + " "
                        + channels.stream().map(IioChannel::name).collect(Collectors.joining(" "))),
                channels.stream().map(IioChannel::quantity).toList(),
                hardware -> FoundSensor.open(
                        Attribute.isKernel(hardware.roots().sys()), () -> IioDevice.find(wanted, hardware.roots())));
    }

    private static List<IioChannel> channels(Settings settings) {
        var key = settings.has("channels") ? "channels" : "channel";
        var names = settings.texts(key);
        if (settings.has("channel") && settings.has("channels")) {
            settings.problem("channel", "give either channel or channels");
        }
        if (names.isEmpty()) {
            settings.problem(
                    key,
                    "is required: one of " + String.join(", ", IioChannel.types())
                            + ", with number or modifier as in voltage0 or temp_object");
        }
        var channels = new ArrayList<IioChannel>();
        var seen = new HashSet<Quantity>();
        for (var name : names) {
            var channel = IioChannel.of(name);
            if (channel.isEmpty()) {
                var bare = name.replaceFirst("[^a-z].*", "");
                settings.problem(
                        key,
                        "'" + name + "' is no channel; known types: " + String.join(", ", IioChannel.types())
                                + Suggestion.of(bare, IioChannel.types()));
            } else if (!seen.add(channel.get().quantity())) {
                settings.problem(key, "'" + name + "' is given twice");
            } else {
                channels.add(channel.get());
            }
        }
        return channels;
    }
}
