package io.walnutedge.sensor.sysfs;

import io.walnutedge.reading.Measurement;
import io.walnutedge.sensor.RelativeHumidity;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.Attribute;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.text.Suggestion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds IIO devices and opens their channels below {@code /sys/bus/iio/devices}. */
final class IioDevice {
    static final String DIRECTORY = "bus/iio/devices";
    static final String PREFIX = "iio:device";

    private static final Pattern VALUE = Pattern.compile("in_(.+)_(?:raw|input)");

    private IioDevice() {}

    /**
     * What the configuration names.
     *
     * @param label of the only channel, which then names a type
     */
    record Wanted(
            String device,
            Optional<String> parent,
            List<IioChannel> channels,
            Optional<String> label,
            List<Adjustment> adjustments) {}

    static FoundSensor.Device find(Wanted wanted, DeviceFiles files, AttributeWriter writer) throws SensorException {
        var device = new NamedDevice("IIO device", PREFIX, wanted.device(), "parent", wanted.parent())
                .in(files, files.sys().resolve(DIRECTORY));
        for (var each : wanted.adjustments()) {
            each.apply(files, device, writer);
        }
        var kept = files.isKernel(files.sys());
        return FoundChannels.of(wanted.channels(), IioChannel::quantity, channel -> {
            var there = wanted.label().isEmpty() ? channel : labelled(files, device, channel, wanted);
            return open(files, device, there, wanted.device(), kept);
        });
    }

    /** The channel of that type and label, under the quantity that was planned. */
    private static IioChannel labelled(DeviceFiles files, Path device, IioChannel wanted, Wanted of)
            throws SensorException {
        var matches = new ArrayList<IioChannel>();
        for (var name : channelNames(files, device)) {
            IioChannel.of(name)
                    .filter(channel -> channel.type().equals(wanted.type()))
                    .filter(channel ->
                            files.text(device, "in_" + name + "_label").equals(of.label()))
                    .ifPresent(matches::add);
        }
        if (matches.size() != 1) {
            throw new SensorException(
                    "IIO device '" + of.device() + "' in " + device + " has " + matches.size() + " of "
                            + wanted.type() + " labelled '" + of.label().orElse("") + "'; there are: "
                            + DeviceFiles.list(described(files, device)));
        }
        return matches.get(0).giving(wanted.quantity());
    }

    /** For errors: the channels with their labels. */
    private static List<String> described(DeviceFiles files, Path device) throws SensorException {
        return channelNames(files, device).stream()
                .map(name -> name
                        + files.text(device, "in_" + name + "_label")
                                .map(label -> " (" + label + ")")
                                .orElse(""))
                .toList();
    }

    private static Open open(DeviceFiles files, Path device, IioChannel channel, String name, boolean kept)
            throws SensorException {
        var input = device.resolve("in_" + channel.name() + "_input");
        if (files.exists(input)) {
            return new Open(channel, files.attribute(input, kept), null, null);
        }
        var raw = device.resolve("in_" + channel.name() + "_raw");
        if (!files.exists(raw)) {
            throw new SensorException("IIO device '" + name + "' in " + device + " has no channel '" + channel.name()
                    + "'; there are: " + DeviceFiles.list(described(files, device))
                    + Suggestion.of(channel.name(), channelNames(files, device)));
        }
        var scale = first(files, device, channel.shared("scale"), kept);
        if (scale == null && channel.needsScale()) {
            throw new SensorException("IIO device '" + name + "' in " + device + " gives '" + channel.name()
                    + "' raw and no scale, so that its unit is unknown");
        }
        return new Open(
                channel, files.attribute(raw, kept), scale, first(files, device, channel.shared("offset"), kept));
    }

    private static @Nullable Attribute first(DeviceFiles files, Path device, List<String> names, boolean kept) {
        return names.stream()
                .map(device::resolve)
                .filter(files::exists)
                .findFirst()
                .map(path -> files.attribute(path, kept))
                .orElse(null);
    }

    /** The channels of a device that have a value, also those of unknown types. */
    static List<String> channelNames(DeviceFiles files, Path device) throws SensorException {
        return files.entries(device).stream()
                .map(entry -> VALUE.matcher(DeviceFiles.nameOf(entry)))
                .filter(match -> match.matches())
                .map(match -> match.group(1))
                .distinct()
                .toList();
    }

    /** A channel: (value + offset) * scale, where those are given. */
    private record Open(
            IioChannel channel,
            Attribute value,
            @Nullable Attribute scale,
            @Nullable Attribute offset) implements FoundChannels.Channel {
        @Override
        public Measurement measure() throws SensorException {
            var shifted = value.number() + (offset == null ? 0 : offset.number());
            var kernel = scale == null ? shifted : shifted * scale.number();
            var ours = kernel * channel.factor();
            if (!Double.isFinite(ours)) {
                throw new SensorException(value.path() + " times its scale is more than a number may be");
            }
            return Measurement.of(
                    channel.quantity(),
                    switch (channel.type()) {
                        case "temp" -> Celsius.checked(ours, value);
                        case "humidityrelative" ->
                            RelativeHumidity.checked(ours, value.path().toString());
                        default -> ours;
                    });
        }

        @Override
        public void close() {
            value.close();
            if (scale != null) {
                scale.close();
            }
            if (offset != null) {
                offset.close();
            }
        }
    }
}
