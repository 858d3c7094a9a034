package io.walnutedge.sensor.sysfs;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.files.FileSource;
import io.walnutedge.text.Suggestion;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Channels of an industrial I/O device, named by the device: {@code type = iio, device = bme280, channels = [temp,
 * pressure]}. Files and units are those of Documentation/ABI/testing/sysfs-bus-iio, both the processed form
 * ({@code in_temp_input}) and raw with scale and offset; what is published is in our own units.
 *
 * <p>{@code set} changes settings of the driver, such as {@code sampling_frequency}, at opening. {@code parent} names the device it hangs on, such as {@code 1-0076}, where several devices have one name.
 */
@AutoService(SensorDriver.class)
public final class Iio implements SensorDriver {
    /** Settings that change how a channel is measured (sysfs-bus-iio), shared or a channel's own. */
    private static final Pattern SETTING = Pattern.compile("(?:in_[a-z0-9_-]{1,64}_)?(?:sampling_frequency"
            + "|oversampling_ratio|scale|integration_time|hardwaregain|calibbias|calibscale|calibemissivity"
            + "|filter_(?:low|high)_pass_3db_frequency)");

    /** What the kernel takes: numbers, and words of enumerations. */
    private static final Pattern VALUE = Pattern.compile("[-+a-zA-Z0-9_.]{1,32}");

    private static final Pattern EXPONENT = Pattern.compile("-?[0-9.]{1,20}E-?[0-9]{1,2}");

    private final AttributeWriter writer;

    public Iio() {
        this(AttributeWriter.KERNEL);
    }

    /** For tests: with another kernel. */
    Iio(AttributeWriter writer) {
        this.writer = writer;
    }

    @Override
    public String name() {
        return "iio";
    }

    @Override
    public String title() {
        return "devices of the kernel's industrial I/O";
    }

    @Override
    public String keys() {
        return "`device`, `channel` or `channels`: " + IioChannel.gives();
    }

    @Override
    public SensorPlan plan(ConfigTable settings) {
        var device = settings.text("device");
        var parent = settings.optionalText("parent");
        var channels = channels(settings);
        var label = settings.optionalText("label");
        if (label.isPresent() && (channels.size() > 1 || channels.stream().anyMatch(each -> !each.isType()))) {
            settings.problem("label", "needs a single channel without a number, as in channel = voltage");
        }
        var wanted = new IioDevice.Wanted(device, parent, channels, label, adjustments(settings));
        return new SensorPlan(
                new FileSource("iio " + device + " "
                        + channels.stream().map(IioChannel::name).collect(Collectors.joining(" "))),
                channels.stream().map(IioChannel::quantity).toList(),
                hardware -> FoundSensor.open(hardware, files -> IioDevice.find(wanted, files, writer)));
    }

    private static List<Adjustment> adjustments(ConfigTable settings) {
        var set = settings.sectionOrEmpty("set");
        var adjustments = new ArrayList<Adjustment>();
        for (var name : set.keys()) {
            var value = set.word(name);
            if (!SETTING.matcher(name).matches()) {
                set.problem(
                        name,
                        "is no setting; accepted: sampling_frequency, oversampling_ratio, integration_time and the"
                                + " like, alone or of a channel as in in_voltage0_scale");
            } else if (!VALUE.matcher(value).matches()) {
                set.problem(name, "'" + value + "' is no value; accepted: a number as in " + name + "_available");
            } else {
                adjustments.add(new Adjustment("iio", name, plain(value)));
            }
        }
        set.finish();
        return adjustments;
    }

    /** The kernel takes no exponent (drivers/iio/industrialio-core.c, __iio_str_to_fixpoint), as in 1.0E-4. */
    private static String plain(String value) {
        return EXPONENT.matcher(value).matches() ? new BigDecimal(value).toPlainString() : value;
    }

    private static List<IioChannel> channels(ConfigTable settings) {
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
