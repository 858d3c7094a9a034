package io.walnutedge.actuator;

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

/**
 * A channel of a PWM controller (Documentation/ABI/testing/sysfs-class-pwm), for each type of output on one. Immutable; any
 * thread.
 *
 * @param frequency in Hz
 */
record PwmChannel(Attributes attributes, Place place, double frequency, Curve curve) {
    /** On the 1B it clocks the Ethernet PHY (the board's device tree, {@code pwm5} and {@code ac200}). */
    private static final int ETHERNET_CLOCK = 5;

    private static final double NANOS = 1e9;
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(10);
    /** Udev gives the files to their group after an export; who opens is asked again a second later if it takes longer. */
    private static final int TRIES = 15;

    /** The duty cycle, 0 to 1, of a level; it grows with the level. */
    interface Curve {
        double duty(double level);

        /** The inverse of {@link #duty}; beyond 0 to 1 where the duty cycle is that of no level. */
        double level(double duty);
    }

    /** Where it is: keys {@code chip} and {@code channel}. */
    record Place(int chip, int channel) {
        static Place read(ConfigTable settings) {
            return new Place(settings.integer("chip", 0, 0, 999), settings.integer("channel", 0, 999));
        }

        @Override
        public String toString() {
            return "pwmchip" + chip + " channel " + channel;
        }
    }

    /** @param range of the output's values */
    ActuatorPlan plan(ValueRange range) {
        return new ActuatorPlan(
                place.toString(),
                Optional.empty(),
                List.of(place.toString()),
                Optional.empty(),
                Optional.of(range),
                notes(),
                this::open);
    }

    private List<String> notes() {
        var notes = new ArrayList<String>();
        if (place.chip == 0 && place.channel == ETHERNET_CLOCK) {
            notes.add("channel 5 clocks the Ethernet of a 1B; it is refused there");
        }
        if (place.chip == 0 && (place.channel == 2 || place.channel == 3)) {
            notes.add("channels 2 and 3 of a 1B share a divider: use one frequency for both, or only one of them");
        }
        return notes;
    }

    private Actuator open(ActuatorHardware hardware, OptionalDouble level) throws ActuatorException {
        var files = hardware.hardware().access(DeviceFiles.class);
        var isFirst = Board.detect(files.proc())
                .map()
                .filter(map -> map.startsWith("walnutpi-1b"))
                .isPresent();
        if (isFirst && place.chip == 0 && place.channel == ETHERNET_CLOCK) {
            throw new ActuatorException(place + " clocks the Ethernet of this board; choose channel 1 to 4");
        }
        var chip = files.sys().resolve("class/pwm/pwmchip" + place.chip);
        var channel = new Line(this, chip.resolve("pwm" + place.channel));
        try {
            if (!Files.isDirectory(channel.directory)) {
                attributes.write(chip.resolve("export"), Integer.toString(place.channel));
            }
            awaitPermission(channel, hardware);
            channel.begin(level);
            return channel;
        } catch (IOException failed) {
            throw SysfsTrouble.of(place.toString(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new ActuatorException(place + ": stopped while waiting for its permissions", stopped);
        }
    }

    private void awaitPermission(Line channel, ActuatorHardware hardware)
            throws InterruptedException, AccessDeniedException {
        for (var tries = 0; !attributes.isWritable(channel.duty); tries++) {
            if (tries == TRIES) {
                throw new AccessDeniedException(channel.duty.toString());
            }
            hardware.hardware().pause(BETWEEN_TRIES);
        }
    }

    private static final class Line implements Actuator {
        private final Attributes attributes;
        private final PwmChannel channel;
        private final long period;
        private final Path directory;
        private final Path duty;
        private final Path enable;

        Line(PwmChannel channel, Path directory) {
            this.attributes = channel.attributes;
            this.channel = channel;
            this.period = Math.round(NANOS / channel.frequency);
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
            // what another program left may be the duty cycle of no level
            var kept = Math.max(channel.curve.duty(0), Math.min(channel.curve.duty(1), shown));
            var wanted = level.isPresent() ? nanos(level.getAsDouble()) : Math.round(kept * period);
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
            return Math.round(channel.curve.duty(level) * period);
        }

        @Override
        public void set(double level) throws ActuatorException {
            try {
                attributes.write(duty, Long.toString(nanos(level)));
            } catch (IOException failed) {
                throw SysfsTrouble.of(channel.place.toString(), failed);
            }
        }

        @Override
        public double read() throws ActuatorException {
            try {
                var isEnabled = attributes.read(enable).equals("1");
                return channel.curve.level(isEnabled ? SysfsTrouble.number(attributes, duty) / (double) period : 0);
            } catch (IOException failed) {
                throw SysfsTrouble.of(channel.place.toString(), failed);
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
