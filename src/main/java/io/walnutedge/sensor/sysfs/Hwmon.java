package io.walnutedge.sensor.sysfs;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.files.FileSource;
import java.util.ArrayList;
import java.util.List;

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
    @Override
    public String name() {
        return "hwmon";
    }

    @Override
    public String title() {
        return "chips of the kernel's hardware monitoring";
    }

    @Override
    public String keys() {
        return "`chip`, `channel` or `channels`: " + HwmonKind.gives();
    }

    @Override
    public SensorPlan plan(ConfigTable settings) {
        var wanted = new HwmonChip.Wanted(
                settings.text("chip"),
                picks(settings),
                settings.optionalText("label"),
                settings.optionalText("device"));
        if (settings.has("channels") && settings.has("label")) {
            settings.problem("label", "names a single channel; write channel = ... instead of channels");
        }
        return new SensorPlan(
                new FileSource("hwmon " + wanted.describe()),
                wanted.picks().stream().map(HwmonPick::quantity).toList(),
                hardware -> FoundSensor.open(hardware, files -> HwmonChip.find(wanted, files)));
    }

    private static List<HwmonPick> picks(ConfigTable settings) {
        if (!settings.has("channels")) {
            return List.of(pick(settings, "channel", settings.text("channel", "temp"), false));
        }
        if (settings.has("channel")) {
            settings.problem("channel", "give either channel or channels");
        }
        var names = settings.texts("channels");
        if (names.isEmpty()) {
            settings.problem("channels", "is empty; accepted: a list as in [temp1, fan1]");
        }
        var picks = new ArrayList<HwmonPick>();
        for (var name : names) {
            var pick = pick(settings, "channels", name, true);
            if (!pick.hasNumber()) {
                settings.problem("channels", "'" + name + "' has no number; write it as in " + name + "1");
            } else if (picks.contains(pick)) {
                settings.problem("channels", "'" + name + "' is given twice");
            } else {
                picks.add(pick);
            }
        }
        return picks.isEmpty() ? List.of(HwmonPick.TEMP) : picks;
    }

    private static HwmonPick pick(ConfigTable settings, String key, String name, boolean numbered) {
        var pick = HwmonPick.of(name, numbered);
        if (pick.isEmpty()) {
            settings.problem(
                    key,
                    "'" + name + "' is no channel; accepted: " + HwmonPick.ACCEPTED
                            + ", or without one beside a label");
        }
        return pick.orElse(HwmonPick.TEMP);
    }
}
