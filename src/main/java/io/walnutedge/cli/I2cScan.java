package io.walnutedge.cli;

import io.walnutedge.sensor.Drivers;
import io.walnutedge.sensor.Hardware;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.files.DeviceFiles;
import io.walnutedge.sensor.i2c.ChipIds;
import io.walnutedge.sensor.i2c.I2cBuses;
import io.walnutedge.sensor.i2c.Identified;
import io.walnutedge.sensor.i2c.Registers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Looks for chips on I2C buses. An address is asked with a read of one byte, which starts nothing on the chips that are
 * known; one that a kernel driver holds is not touched. Where a chip's id is asked for, {@link ChipIds} says. One thread.
 */
final class I2cScan {
    private static final Pattern BUS = Pattern.compile("i2c-([0-9]+)");
    /**
     * The buses of the boards' headers, by their device-tree node: I2C1, I2C2 and I2C4 of the H616, and the buses of the
     * T527 that are not in its always-on domain. Others carry the board's own power supply.
     */
    private static final Pattern HEADER_NODE =
            Pattern.compile("i2c@(5002400|5002800|5003000)|(i2c|twi)@2502[0-9a-f]{3}");

    private static final Pattern ALLWINNER_NODE = Pattern.compile("(i2c|twi)@.*");

    /**
     * An address with something at it.
     *
     * @param entry of section {@code sensors}; empty where no driver is known to fit
     */
    record Found(int bus, int address, String what, String entry) {}

    /** What the kernel says of an address that a driver of its own holds (strerror(3), EBUSY). */
    private static final String BUSY = "resource busy";

    private final Hardware hardware;
    private final Drivers drivers;
    private final boolean consent;

    /** @param consent of the owner to ask where that may disturb a chip, see {@link ChipIds#harms} */
    I2cScan(Hardware hardware, Drivers drivers, boolean consent) {
        this.hardware = hardware;
        this.drivers = drivers;
        this.consent = consent;
    }

    /** The buses that have a device node, in order. */
    List<Integer> buses() {
        try (var nodes = Files.list(hardware.access(DeviceFiles.class).dev())) {
            return nodes.map(node -> BUS.matcher(String.valueOf(node.getFileName())))
                    .filter(java.util.regex.Matcher::matches)
                    .map(match -> Integer.parseInt(match.group(1)))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    /** The node of a bus in the device tree, where there is one. */
    Optional<String> node(int bus) {
        try {
            var node = hardware.access(DeviceFiles.class)
                    .sys()
                    .resolve("bus/i2c/devices/i2c-" + bus + "/of_node")
                    .toRealPath();
            return Optional.of(String.valueOf(node.getFileName()));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /** Whether a bus may be scanned unasked: it is on the header, or the machine does not say where it is. */
    boolean isOnHeader(int bus) {
        return node(bus)
                .filter(name -> ALLWINNER_NODE.matcher(name).matches())
                .map(name -> HEADER_NODE.matcher(name).matches())
                .orElse(true);
    }

    List<Found> scan(int bus) {
        var found = new ArrayList<Found>();
        for (var address = ChipIds.FIRST; address <= ChipIds.LAST; address++) {
            look(bus, address).ifPresent(found::add);
        }
        return found;
    }

    private Optional<Found> look(int bus, int address) {
        var holder = holder(bus, address);
        if (holder.isPresent()) {
            return Optional.of(held(bus, address, "driver " + holder.get()));
        }
        try (var registers = hardware.access(I2cBuses.class).registers(bus, address)) {
            var silence = silence(registers);
            if (silence.contains(BUSY)) {
                return Optional.of(held(bus, address, "driver, whose name is not known"));
            }
            var identified = silence.isEmpty()
                    ? Optional.of(ChipIds.identify(address, registers, consent))
                    : ChipIds.identifySilent(address, registers);
            return identified.map(chip -> new Found(bus, address, what(address, chip), entry(bus, address, chip)));
        } catch (SensorException unusable) {
            return Optional.of(new Found(bus, address, String.valueOf(unusable.getMessage()), ""));
        }
    }

    private static Found held(int bus, int address, String driver) {
        return new Found(bus, address, "held by the kernel's " + driver + "; read it by hwmon or iio", "");
    }

    private String what(int address, Identified chip) {
        return chip + (ChipIds.needsConsent(address) && !consent ? "; scan --ask asks" : "");
    }

    /** Why an address does not answer; empty where it does. */
    private static String silence(Registers registers) {
        try {
            registers.read(1);
            return "";
        } catch (SensorException silent) {
            return String.valueOf(silent.getMessage());
        }
    }

    /** The kernel driver that is bound to an address. */
    private Optional<String> holder(int bus, int address) {
        var device = String.format(Locale.ROOT, "bus/i2c/devices/%d-%04x/driver", bus, address);
        Path driver = hardware.access(DeviceFiles.class).sys().resolve(device);
        try {
            return Files.exists(driver)
                    ? Optional.of(String.valueOf(driver.toRealPath().getFileName()))
                    : Optional.empty();
        } catch (IOException vanished) {
            return Optional.empty();
        }
    }

    private String entry(int bus, int address, Identified identified) {
        var known =
                identified.chips().stream().filter(drivers.names()::contains).toList();
        if (known.isEmpty()) {
            return "";
        }
        var type = known.get(0);
        var line = String.format(
                Locale.ROOT, "%s-%02x { type = %s, bus = %d, address = 0x%02x }", type, address, type, bus, address);
        if (identified.certain()) {
            return line;
        }
        var others = String.join(", ", known.subList(1, known.size()));
        return "# if it is a " + type + ": " + line + (others.isEmpty() ? "" : " # other types there: " + others);
    }
}
