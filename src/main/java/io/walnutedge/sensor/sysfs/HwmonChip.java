package io.walnutedge.sensor.sysfs;

import io.walnutedge.config.Suggestion;
import io.walnutedge.reading.Measurement;
import io.walnutedge.sensor.Attribute;
import io.walnutedge.sensor.DeviceDirs;
import io.walnutedge.sensor.Roots;
import io.walnutedge.sensor.SensorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds hwmon chips and their channels below {@code /sys/class/hwmon}. */
final class HwmonChip {
    static final String DIRECTORY = "class/hwmon";
    static final String PREFIX = "hwmon";

    /** Some power meters give only an average (sysfs-interface.rst, "Power"). */
    private static final Pattern VALUE = Pattern.compile("([a-z]+)([0-9]+)_(?:input|average)");

    private HwmonChip() {}

    /** What the configuration names. */
    record Wanted(String chip, HwmonKind kind, String channel, Optional<String> label, Optional<String> device) {
        String describe() {
            return chip + device.map(name -> " at " + name).orElse("") + " "
                    + label.map(text -> "'" + text + "'").orElse(channel);
        }
    }

    /** A channel that is there. */
    record Channel(HwmonKind kind, String name, Optional<String> label) {
        @Override
        public String toString() {
            return name + label.map(text -> " (" + text + ")").orElse("");
        }
    }

    static FoundSensor.Device find(Wanted wanted, Roots roots) throws SensorException {
        var chip = new NamedDevice("hwmon chip", PREFIX, wanted.chip(), "device", wanted.device())
                .in(roots.sys().resolve(DIRECTORY));
        var channel = channel(wanted, chip);
        var kept = Attribute.isKernel(roots.sys());
        var input = chip.resolve(channel.name() + "_input");
        var fault = chip.resolve(channel.name() + "_fault");
        return new Open(
                channel.kind(),
                new Attribute(Files.exists(input) ? input : chip.resolve(channel.name() + "_average"), kept),
                Files.exists(fault) ? new Attribute(fault, kept) : null);
    }

    private static Channel channel(Wanted wanted, Path chip) throws SensorException {
        var all = channels(chip);
        var numbered = !wanted.channel().equals(wanted.kind().prefix());
        var matches = all.stream()
                .filter(channel -> channel.kind().equals(wanted.kind()))
                .filter(channel -> !numbered || channel.name().equals(wanted.channel()))
                .filter(channel -> wanted.label().isEmpty() || channel.label().equals(wanted.label()))
                .toList();
        if (matches.size() == 1) {
            return matches.get(0);
        }
        var sought = "channel '" + wanted.channel() + "'"
                + wanted.label().map(label -> " labelled '" + label + "'").orElse("");
        var there = "; there are: "
                + DeviceDirs.list(all.stream().map(Channel::toString).toList());
        throw new SensorException(
                matches.isEmpty()
                        ? "hwmon chip '" + wanted.chip() + "' in " + chip + " has no " + sought + there
                                + suggestion(wanted, all)
                        : "hwmon chip '" + wanted.chip() + "' in " + chip + " has " + matches.size() + " of " + sought
                                + "; say which with channel = ..." + there);
    }

    private static String suggestion(Wanted wanted, List<Channel> all) {
        var label = wanted.label().orElse("");
        var elsewhere = all.stream()
                .filter(channel -> channel.label().equals(wanted.label()) && !label.isEmpty())
                .findFirst();
        if (elsewhere.isPresent()) {
            return "; write channel = " + elsewhere.get().name();
        }
        var labels = all.stream().flatMap(channel -> channel.label().stream()).toList();
        var names = all.stream().map(Channel::name).toList();
        return label.isEmpty() ? Suggestion.of(wanted.channel(), names) : Suggestion.of(label, labels);
    }

    /** The channels of a chip that have a value, by name. */
    static List<Channel> channels(Path chip) throws SensorException {
        var channels = new LinkedHashSet<Channel>();
        for (var entry : DeviceDirs.entries(chip)) {
            var match = VALUE.matcher(DeviceDirs.nameOf(entry));
            var kind = match.matches() ? HwmonKind.of(match.group(1)) : Optional.<HwmonKind>empty();
            if (kind.isPresent()) {
                var name = match.group(1) + match.group(2);
                channels.add(new Channel(kind.get(), name, DeviceDirs.text(chip, name + "_label")));
            }
        }
        return List.copyOf(channels);
    }

    /** @param fault null where the chip does not tell of open or short-circuited probes */
    private record Open(
            HwmonKind kind, Attribute value, @Nullable Attribute fault) implements FoundSensor.Device {
        @Override
        public List<Measurement> measure() throws SensorException {
            if (fault != null && fault.number() != 0) {
                throw new SensorException(fault.path() + " reports a fault of the probe");
            }
            var converted = kind.converted(value.number());
            var checked = kind.equals(HwmonKind.TEMP) ? Celsius.checked(converted, value) : converted;
            return List.of(Measurement.of(kind.quantity(), checked));
        }

        @Override
        public void close() {
            value.close();
            if (fault != null) {
                fault.close();
            }
        }
    }
}
