package io.walnutedge.sensor.sysfs;

import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.text.Suggestion;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds hwmon chips and their channels below {@code /sys/class/hwmon}. */
final class HwmonChip {
    static final String DIRECTORY = "class/hwmon";
    static final String PREFIX = "hwmon";

    private static final Pattern VALUE = Pattern.compile("([a-z]+)([0-9]+)((?:_input|_average|_alarm)?)");

    private HwmonChip() {}

    /** What the configuration names. */
    record Wanted(String chip, List<HwmonPick> picks, Optional<String> label, Optional<String> device) {
        String describe() {
            return chip + device.map(name -> " at " + name).orElse("") + " "
                    + label.map(text -> "'" + text + "'")
                            .orElse(picks.stream().map(HwmonPick::toString).collect(Collectors.joining(" ")));
        }
    }

    /** A channel that is there. */
    record Channel(HwmonKind kind, String name, Optional<String> label) {
        @Override
        public String toString() {
            return name + label.map(text -> " (" + text + ")").orElse("");
        }
    }

    static FoundSensor.Device find(Wanted wanted, DeviceFiles files) throws SensorException {
        var chip = new NamedDevice("hwmon chip", PREFIX, wanted.chip(), "device", wanted.device())
                .in(files, files.sys().resolve(DIRECTORY));
        var kept = files.isKernel(files.sys());
        return FoundChannels.of(
                wanted.picks(),
                HwmonPick::quantity,
                pick -> HwmonValue.of(files, chip, channel(files, wanted, pick, chip), pick, kept));
    }

    private static Channel channel(DeviceFiles files, Wanted wanted, HwmonPick pick, Path chip) throws SensorException {
        var all = channels(files, chip);
        var matches = all.stream()
                .filter(channel -> channel.kind().equals(pick.kind()))
                .filter(channel -> !pick.hasNumber() || channel.name().equals(pick.channel()))
                .filter(channel -> wanted.label().isEmpty() || channel.label().equals(wanted.label()))
                .toList();
        if (matches.size() == 1) {
            return matches.get(0);
        }
        var sought = "channel '" + pick.channel() + "'"
                + wanted.label().map(label -> " labelled '" + label + "'").orElse("");
        var there = "; there are: "
                + DeviceFiles.list(all.stream().map(Channel::toString).toList());
        throw new SensorException(
                matches.isEmpty()
                        ? "hwmon chip '" + wanted.chip() + "' in " + chip + " has no " + sought + there
                                + suggestion(wanted, pick, all)
                        : "hwmon chip '" + wanted.chip() + "' in " + chip + " has " + matches.size() + " of " + sought
                                + "; say which with channel = ..." + there);
    }

    private static String suggestion(Wanted wanted, HwmonPick pick, List<Channel> all) {
        var label = wanted.label().orElse("");
        var elsewhere = all.stream()
                .filter(channel -> channel.label().equals(wanted.label()) && !label.isEmpty())
                .findFirst();
        if (elsewhere.isPresent()) {
            return "; write channel = " + elsewhere.get().name();
        }
        var labels = all.stream().flatMap(channel -> channel.label().stream()).toList();
        var names = all.stream().map(Channel::name).toList();
        return label.isEmpty() ? Suggestion.of(pick.channel(), names) : Suggestion.of(label, labels);
    }

    /** The channels of a chip that have a value, by name. */
    static List<Channel> channels(DeviceFiles files, Path chip) throws SensorException {
        var channels = new LinkedHashSet<Channel>();
        for (var entry : files.entries(chip)) {
            var match = VALUE.matcher(DeviceFiles.nameOf(entry));
            var kind = match.matches() ? HwmonKind.of(match.group(1)) : Optional.<HwmonKind>empty();
            if (kind.filter(one -> one.endings().contains(match.group(3))).isPresent()) {
                var name = match.group(1) + match.group(2);
                channels.add(new Channel(kind.get(), name, files.text(chip, name + "_label")));
            }
        }
        return List.copyOf(channels);
    }
}
