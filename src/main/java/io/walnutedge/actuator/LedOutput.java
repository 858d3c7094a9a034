package io.walnutedge.actuator;

import com.google.auto.service.AutoService;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.hocon.UserPath;
import io.walnutedge.reading.ValueRange;
import io.walnutedge.sensor.files.DeviceFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** {@code led}: an LED of the kernel (Documentation/ABI/testing/sysfs-class-led). */
@AutoService(ActuatorDriver.class)
public final class LedOutput implements ActuatorDriver {
    private final Attributes attributes;

    public LedOutput() {
        this(Attributes.KERNEL);
    }

    LedOutput(Attributes attributes) {
        this.attributes = attributes;
    }

    @Override
    public String name() {
        return "led";
    }

    @Override
    public ActuatorPlan plan(ConfigTable settings) {
        var led = settings.text("led");
        if (led.contains("/") || led.startsWith(".")) {
            settings.problem("led", "'" + led + "' is no name of an LED; accepted: one of /sys/class/leds");
        }
        var name = UserPath.of(settings, "led", led);
        var place = "led " + led;
        return new ActuatorPlan(
                place,
                Optional.empty(),
                List.of(place),
                Optional.empty(),
                Optional.of(ValueRange.PERCENT),
                List.of(),
                (hardware, level) -> {
                    var directory = hardware.hardware()
                            .access(DeviceFiles.class)
                            .sys()
                            .resolve("class/leds")
                            .resolve(name);
                    return new Led(attributes, place, directory).open(level);
                });
    }

    private static final class Led implements Actuator {
        private final Attributes attributes;
        private final String place;
        private final Path brightness;
        private final Path trigger;
        private final Path max;
        private long full;

        Led(Attributes attributes, String place, Path directory) {
            this.attributes = attributes;
            this.place = place;
            this.brightness = directory.resolve("brightness");
            this.trigger = directory.resolve("trigger");
            this.max = directory.resolve("max_brightness");
        }

        Led open(OptionalDouble level) throws ActuatorException {
            try {
                full = SysfsTrouble.number(attributes, max);
                // to take the trigger away turns the LED off ("trigger"), so that its brightness is read before
                var shown = SysfsTrouble.number(attributes, brightness) / (double) full;
                if (!attributes.read(trigger).contains("[none]")) {
                    attributes.write(trigger, "none");
                }
                set(level.orElse(shown));
                return this;
            } catch (IOException failed) {
                throw SysfsTrouble.of(place, failed);
            }
        }

        @Override
        public void set(double level) throws ActuatorException {
            try {
                attributes.write(brightness, steps(level));
            } catch (IOException failed) {
                throw SysfsTrouble.of(place, failed);
            }
        }

        private String steps(double level) {
            return Long.toString(Math.round(level * full));
        }

        @Override
        public double read() throws ActuatorException {
            try {
                return SysfsTrouble.number(attributes, brightness) / (double) full;
            } catch (IOException failed) {
                throw SysfsTrouble.of(place, failed);
            }
        }

        @Override
        public List<LastWrite> writes(double level) {
            return List.of(new FileWrite(brightness, steps(level)));
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
