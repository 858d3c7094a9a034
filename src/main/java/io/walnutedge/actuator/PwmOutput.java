package io.walnutedge.actuator;

import com.google.auto.service.AutoService;
import io.walnutedge.board.Board;
import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.ValueRange;
import io.walnutedge.sensor.files.DeviceFiles;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** {@code pwm}: a channel of a PWM controller (Documentation/ABI/testing/sysfs-class-pwm). */
@AutoService(ActuatorDriver.class)
public final class PwmOutput implements ActuatorDriver {
    /** On the 1B it clocks the Ethernet PHY (the board's device tree, {@code pwm5} and {@code ac200}). */
    private static final int ETHERNET_CLOCK = 5;

    private static final double NANOS = 1e9;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(10);
    /** Udev gives the files to their group after an export; who opens is asked again a second later if it takes longer. */
    private static final int TRIES = 15;

    private final Attributes attributes;

    public PwmOutput() {
        this(Attributes.KERNEL);
    }

    PwmOutput(Attributes attributes) {
        this.attributes = attributes;
    }

    /** What is configured. */
    private record Config(int chip, int channel, double frequency, double gamma) {
        String place() {
            return "pwmchip" + chip + " channel " + channel;
        }
    }

    @Override
    public String name() {
        return "pwm";
    }

    @Override
    public ActuatorPlan plan(ConfigTable settings) {
        var config = new Config(
                settings.integer("chip", 0, 0, 999),
                settings.integer("channel", 0, 999),
                settings.number("frequency", 1000, 0.1, 1_000_000),
                settings.number("gamma", 1, 1, 4));
        return new ActuatorPlan(
                config.place(),
                Optional.empty(),
                List.of(config.place()),
                Optional.empty(),
                Optional.of(ValueRange.PERCENT),
                notes(config),
                (hardware, level) -> open(config, hardware, level));
    }

    private static List<String> notes(Config config) {
        var notes = new ArrayList<String>();
        if (config.chip == 0 && config.channel == ETHERNET_CLOCK) {
            notes.add("channel 5 clocks the Ethernet of a 1B; it is refused there");
        }
        if (config.chip == 0 && (config.channel == 2 || config.channel == 3)) {
            notes.add("channels 2 and 3 of a 1B share a divider: use one frequency for both, or only one of them");
        }
        return notes;
    }

    private Actuator open(Config config, ActuatorHardware hardware, OptionalDouble level) throws ActuatorException {
        var files = hardware.hardware().access(DeviceFiles.class);
        var isFirst = Board.detect(files.proc())
                .map()
                .filter(map -> map.startsWith("walnutpi-1b"))
                .isPresent();
        if (isFirst && config.chip == 0 && config.channel == ETHERNET_CLOCK) {
            throw new ActuatorException(config.place() + " clocks the Ethernet of this board; choose channel 1 to 4");
        }
        var chip = files.sys().resolve("class/pwm/pwmchip" + config.chip);
        var channel = new Channel(attributes, config, chip.resolve("pwm" + config.channel));
        try {
            if (!Files.isDirectory(channel.directory)) {
                attributes.write(chip.resolve("export"), Integer.toString(config.channel));
            }
            awaitPermission(channel, hardware);
            channel.begin(level);
            return channel;
        } catch (IOException failed) {
            throw SysfsTrouble.of(config.place(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ActuatorException(config.place() + ": stopped while waiting for its permissions", stopped);
        }
    }

    private void awaitPermission(Channel channel, ActuatorHardware hardware)
            throws InterruptedException, AccessDeniedException {
        for (var tries = 0; !attributes.isWritable(channel.duty); tries++) {
            if (tries == TRIES) {
                throw new AccessDeniedException(channel.duty.toString());
            }
            hardware.hardware().pause(BETWEEN_TRIES);
        }
    }

    private static final class Channel implements Actuator {
        private final Attributes attributes;
        private final Config config;
        private final long period;
        private final Path directory;
        private final Path duty;
        private final Path enable;

        Channel(Attributes attributes, Config config, Path directory) {
            this.attributes = attributes;
            this.config = config;
            this.period = Math.round(NANOS / config.frequency);
            this.directory = directory;
            this.duty = directory.resolve("duty_cycle");
            this.enable = directory.resolve("enable");
        }

        /**
         * The duty cycle must never be longer than the period ("duty_cycle": less than the period), and is there before the
         * channel is enabled. The polarity can be changed only while it is not ("polarity").
         */
        void begin(OptionalDouble level) throws IOException, ActuatorException {
            var isEnabled = attributes.read(enable).equals("1");
            var isInversed = hasPolarity() && attributes.read(polarity()).equals("inversed");
            var before = SysfsTrouble.number(attributes, directory.resolve("period"));
            var shown = isEnabled && before > 0 ? SysfsTrouble.number(attributes, duty) / (double) before : 0;
            if (isInversed) {
                attributes.write(enable, "0");
                attributes.write(polarity(), "normal");
                shown = isEnabled ? 1 - shown : 0;
                isEnabled = false;
            }
            var wanted = level.isPresent() ? nanos(level.getAsDouble()) : Math.round(shown * period);
            if (before != period) {
                if (SysfsTrouble.number(attributes, duty) > period) {
                    attributes.write(duty, Long.toString(Math.min(wanted, before)));
                }
                attributes.write(directory.resolve("period"), Long.toString(period));
            }
            attributes.write(duty, Long.toString(wanted));
            if (!isEnabled) {
                attributes.write(enable, "1");
            }
        }

        private Path polarity() {
            return directory.resolve("polarity");
        }

        /** A controller that cannot change it has none. */
        private boolean hasPolarity() {
            return Files.exists(polarity());
        }

        private long nanos(double level) {
            return Math.round(Math.pow(level, config.gamma) * period);
        }

        @Override
        public void set(double level) throws ActuatorException {
            try {
                attributes.write(duty, Long.toString(nanos(level)));
            } catch (IOException failed) {
                throw SysfsTrouble.of(config.place(), failed);
            }
        }

        @Override
        public double read() throws ActuatorException {
            try {
                if (!attributes.read(enable).equals("1")) {
                    return 0;
                }
                return Math.pow(SysfsTrouble.number(attributes, duty) / (double) period, 1 / config.gamma);
            } catch (IOException failed) {
                throw SysfsTrouble.of(config.place(), failed);
            }
        }

        @Override
        public List<LastWrite> writes(double level) {
            return List.of(new FileWrite(duty, Long.toString(nanos(level))), new FileWrite(enable, "1"));
        }

        /** It stays enabled. */
        @Override
        public void close() {
            // nothing is held
        }
    }
}
