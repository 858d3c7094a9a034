package io.walnutedge.sensor.sysfs;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.hocon.UserPath;
import io.walnutedge.reading.ItemId;
import io.walnutedge.reading.Quantity;
import io.walnutedge.sensor.SensorDriver;
import io.walnutedge.sensor.SensorPlan;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.files.FileSource;
import io.walnutedge.sensor.text.PatternText;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A number in a file that some other program writes: {@code type = file, path = /run/tank, unit = cm}. By default the
 * file is one number with an optional unit, with {@code pattern} the number is the one that a regular expression picks with its group, as in
 * {@code pattern = "water: ([0-9.]+)"}. {@code quantity} names what it is ({@code value} by default).
 */
@AutoService(SensorDriver.class)
public final class FileDriver implements SensorDriver {
    private static final String PATTERN = "pattern";

    @Override
    public String name() {
        return "file";
    }

    @Override
    public boolean isRecorded() {
        return false;
    }

    @Override
    public SensorPlan plan(ConfigTable settings) {
        var path = path(settings);
        var pattern = pattern(settings).map(PatternText::new);
        // the unit is a key of the measurement and read by the caller, as are decimals, factor and offset
        var quantity = new Quantity(quantityName(settings), "", 3);
        return new SensorPlan(
                new FileSource(path.toString()),
                List.of(quantity),
                hardware -> new PlainFileSensor(
                        path, hardware.access(DeviceFiles.class).tap(), pattern, quantity));
    }

    private static Path path(ConfigTable settings) {
        var text = settings.text("path");
        var path = UserPath.of(settings, "path", text);
        if (!path.isAbsolute() && !text.isEmpty()) {
            settings.problem("path", "'" + text + "' must start with /");
        }
        return path;
    }

    private static Optional<Pattern> pattern(ConfigTable settings) {
        var text = settings.optionalText(PATTERN);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            var pattern = Pattern.compile(text.get());
            var groups = pattern.matcher("").groupCount();
            if (groups > 1) {
                settings.problem(
                        PATTERN,
                        "has " + groups + " groups; accepted: one, which is the number;"
                                + " write (?:...) for the others");
            }
            return Optional.of(pattern);
        } catch (PatternSyntaxException wrong) {
            settings.problem(
                    PATTERN,
                    "is no regular expression: " + wrong.getDescription() + " at character " + (wrong.getIndex() + 1));
            return Optional.empty();
        }
    }

    private static String quantityName(ConfigTable settings) {
        var name = settings.text("quantity", "value");
        if (ItemId.isValid(name)) {
            return name;
        }
        settings.problem("quantity", "'" + name + "' is not a name; accepted: " + ItemId.ACCEPTED);
        return "value";
    }
}
