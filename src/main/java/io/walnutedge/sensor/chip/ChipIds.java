package io.walnutedge.sensor.chip;

import io.walnutedge.sensor.Crc8;
import io.walnutedge.sensor.SensorException;
import io.walnutedge.sensor.chip.ChipPlace.Asking;
import io.walnutedge.sensor.chip.ChipPlace.Expected;
import io.walnutedge.sensor.chip.ChipPlace.Probe;
import io.walnutedge.sensor.i2c.Registers;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells chips apart by their id registers, for {@code scan}. Stateless; any thread.
 *
 * <p>To read a register is to write its number first. To a chip without registers that byte is a command, an output level or
 * a setting; so one asks only where that is harmless for every chip that may be there, and says otherwise what may be
 * there. The answer is for an address at which something answers already: to find that out is the caller's affair.
 */
public final class ChipIds {
    private static final int SWITCH_ASKED = 0xd0;

    private ChipIds() {}

    /** What may be at an address, without any transfer. */
    public static Identified mayBe(int address) {
        return place(address)
                .map(place -> new Identified(place.all(), false, "not asked"))
                .orElseGet(ChipIds::unknown);
    }

    /** Asks where asking is harmless. */
    public static Identified identify(int address, Registers registers) {
        return identify(address, registers, false);
    }

    /**
     * Asks also where a chip of another type than the owner has would be disturbed; never where a byte is a command.
     *
     * @param consent of the owner, who knows that no such chip is there; see {@link Identified#why}
     */
    public static Identified identify(int address, Registers registers, boolean consent) {
        var place = place(address);
        if (place.isEmpty()) {
            return unknown();
        }
        var asking = place.get().asking();
        if (asking == Asking.NEVER || (asking == Asking.CONSENT && !consent)) {
            return new Identified(
                    place.get().all(), false, "not asked: " + place.get().harm());
        }
        return ask(place.get(), registers);
    }

    /** Where asking needs the owner's consent, and what it may do there: a sentence without a full stop each. */
    public static List<String> harms() {
        return ChipPlaces.ALL.stream()
                .filter(place -> place.asking() == Asking.CONSENT)
                .map(place ->
                        String.format(Locale.ROOT, "0x%02x to 0x%02x: %s", place.first(), place.last(), place.harm()))
                .toList();
    }

    /** Whether what may be at an address is told apart with the owner's consent alone. */
    public static boolean needsConsent(int address) {
        return place(address).filter(place -> place.asking() == Asking.CONSENT).isPresent();
    }

    /**
     * Asks an address that does not acknowledge a plain read. A SHT3x refuses reads while it has no result, so that it looks
     * absent; its status register may be asked at any time (its datasheet, 4.11). The other chips of these addresses
     * acknowledge reads, or do not know the command.
     */
    public static Optional<Identified> identifySilent(int address, Registers registers) {
        if (!Sht3x.ADDRESSES.contains(address)) {
            return Optional.empty();
        }
        try {
            registers.write(Sht3x.READ_STATUS >> 8, Sht3x.READ_STATUS & 0xff);
            var answer = registers.read(3);
            return Crc8.SENSIRION.of(answer, 0, 2) == (answer[2] & 0xff)
                    ? Optional.of(new Identified(List.of("sht3x"), true, "its status has a good checksum"))
                    : Optional.empty();
        } catch (SensorException absent) {
            return Optional.empty();
        }
    }

    private static Optional<ChipPlace> place(int address) {
        return ChipPlaces.ALL.stream().filter(place -> place.has(address)).findFirst();
    }

    private static Identified unknown() {
        return new Identified(List.of(), false, "not asked: no chip of this address is known");
    }

    private static Identified ask(ChipPlace place, Registers registers) {
        if (place.has(0x77)) {
            var echo = askSwitch(registers);
            if (echo.isPresent()) {
                return new Identified(List.of("tca9548a"), true, echo.get());
            }
        }
        for (var probe : place.probes()) {
            if (probe.all().stream().allMatch(expected -> holds(expected, registers))) {
                return new Identified(probe.chips(), probe.chips().size() == 1, evidence(probe));
            }
        }
        return new Identified(place.silent(), false, "no id register that is known; these have none");
    }

    private static String evidence(Probe probe) {
        var first = probe.all().get(0);
        return String.format(
                Locale.ROOT, "register 0x%02x is 0x%0" + 2 * first.count() + "x", first.register(), first.value());
    }

    /**
     * A tca9548a has one register, the mask of its channels, which every written byte replaces and every read gives
     * (SCPS207, 8.6). Its mask is read first and written back, so that its channels move only for that moment.
     */
    private static Optional<String> askSwitch(Registers registers) {
        var mask = 0;
        try {
            mask = registers.read(1)[0] & 0xff;
            if ((registers.readRegister(SWITCH_ASKED, 1)[0] & 0xff) != SWITCH_ASKED) {
                return Optional.empty();
            }
        } catch (SensorException refused) {
            return Optional.empty();
        }
        try {
            registers.write(mask);
            return Optional.of("it echoes what is written to it");
        } catch (SensorException failed) {
            return Optional.of(
                    "it echoes what is written to it; its channels could not be set back: " + failed.getMessage());
        }
    }

    /** A chip may refuse a register that it does not have: then it is not this chip. */
    private static boolean holds(Expected expected, Registers registers) {
        try {
            var value = 0;
            for (var each : registers.readRegister(expected.register(), expected.count())) {
                value = (value << 8) | (each & 0xff);
            }
            return (value & expected.mask()) == expected.value();
        } catch (SensorException refused) {
            return false;
        }
    }
}
