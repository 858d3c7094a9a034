package io.walnutedge.actuator;

import io.walnutedge.gpio.FakeLines;
import io.walnutedge.hocon.ConfigFile;
import io.walnutedge.hocon.Problems;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.files.Roots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Files of PWM channels and LEDs, with the kernel's rules for what may be written when. */
abstract class SysfsRig {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path root;

    final List<String> writes = new ArrayList<>();
    final Problems problems = new Problems();
    boolean permits = true;

    /** Does what the kernel would do, and refuses what it would refuse. */
    final Attributes kernel = new Attributes() {
        @Override
        public String read(Path attribute) throws IOException {
            return Attributes.KERNEL.read(attribute);
        }

        @Override
        public void write(Path attribute, String text) throws IOException {
            var name = attribute.getFileName().toString();
            writes.add(name + "=" + text);
            switch (name) {
                case "export" -> channel(attribute.resolveSibling("pwm" + text), 0, 0, 0);
                case "period" -> requireAtLeast(Long.parseLong(text), number(attribute.resolveSibling("duty_cycle")));
                case "duty_cycle" -> requireAtLeast(number(attribute.resolveSibling("period")), Long.parseLong(text));
                case "polarity" -> requireAtLeast(0, number(attribute.resolveSibling("enable")));
                case "trigger" -> Attributes.KERNEL.write(attribute.resolveSibling("brightness"), "0");
                default -> {}
            }
            Attributes.KERNEL.write(attribute, name.equals("trigger") ? "[" + text + "] timer" : text);
        }

        @Override
        public boolean isWritable(Path attribute) {
            return permits;
        }

        private void requireAtLeast(long limit, long value) throws IOException {
            if (value > limit) {
                throw new IOException("Invalid argument");
            }
        }

        private long number(Path attribute) throws IOException {
            return Long.parseLong(read(attribute));
        }
    };

    final Hardware hardware = new Hardware() {
        @Override
        public <T> T access(Class<T> kind) {
            return Hardware.pick(
                    kind, new DeviceFiles(new Roots(root.resolve("sys"), root.resolve("proc"), root.resolve("dev"))));
        }

        @Override
        public void pause(Duration duration) {
            writes.add("pause");
        }
    };

    @BeforeEach
    void makeFiles() throws IOException {
        Files.createDirectories(chip());
        Files.createDirectories(root.resolve("proc/device-tree"));
        Files.createFile(chip().resolve("export"));
    }

    Path chip() {
        return root.resolve("sys/class/pwm/pwmchip0");
    }

    void channel(Path directory, long period, long duty, int enable) throws IOException {
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("period"), period + "\n");
        Files.writeString(directory.resolve("duty_cycle"), duty + "\n");
        Files.writeString(directory.resolve("enable"), enable + "\n");
        Files.writeString(directory.resolve("polarity"), "normal\n");
    }

    ActuatorPlan plan(ActuatorDriver driver, String hocon) {
        var settings = ConfigFile.parse(hocon, problems);
        var plan = driver.plan(settings);
        settings.finish();
        return plan;
    }

    Actuator open(ActuatorPlan plan, OptionalDouble level) throws ActuatorException {
        return plan.opening().open(new ActuatorHardware(new FakeLines(), FakeLines::pin, hardware), level);
    }
}
