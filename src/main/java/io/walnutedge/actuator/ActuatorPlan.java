package io.walnutedge.actuator;

import io.walnutedge.hocon.ConfigTable;
import io.walnutedge.reading.ValueRange;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.i2c.I2cBus;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An actuator that can be opened. Immutable; any thread.
 *
 * @param place where it is, in words, for tables and logs: {@code pin 11}, {@code pwmchip0 channel 2}
 * @param pin a pin of the header that it occupies, as the user wrote it
 * @param claims what it occupies beside a pin; no two outputs may have one in common
 * @param chip a device on an I2C bus that it is a part of, which other outputs of the same type may share
 * @param range of its values; empty where it is on or off alone
 * @param notes what the owner should know, for {@code check}
 */
public record ActuatorPlan(
        String place,
        Optional<String> pin,
        List<String> claims,
        Optional<ChipAddress> chip,
        Optional<ValueRange> range,
        List<String> notes,
        Opening opening) {

    public ActuatorPlan {
        claims = List.copyOf(claims);
        notes = List.copyOf(notes);
    }

    /** @param address of seven bits */
    public record ChipAddress(I2cBus bus, int address) {
        public ChipAddress(int bus, int address) {
            this(I2cBus.of(bus), address);
        }

        /** Reads the bus. */
        static ChipAddress on(ConfigTable settings, int address) {
            settings.refuse(
                    "mux",
                    "outputs behind a bus switch need the kernel's driver of the switch (i2c-mux-pca954x): the channel"
                            + " is a bus of its own then, whose number is bus");
            return new ChipAddress(I2cBus.read(settings), address);
        }

        /** On the bus by its number now, where it has one. */
        public ChipAddress numbered(DeviceFiles files) {
            return new ChipAddress(bus.numbered(files), address);
        }

        /** In words. */
        public String describe() {
            return String.format(Locale.ROOT, "0x%02x on %s", address, bus.describe());
        }
    }

    /** Makes the actuator, on the thread {@code outputs}; as quick as {@link Actuator} wants it. */
    @FunctionalInterface
    public interface Opening {
        /** @param level to have from the first moment on, without another one before; empty: the one it shows */
        Actuator open(ActuatorHardware hardware, OptionalDouble level) throws ActuatorException;
    }
}
